using System.Text;

namespace Protonmotive.Formats;

/// <summary>Writes a file whole or not at all: beside its name first, then moved into place.</summary>
public static class WholeFile
{
    private static readonly UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes text in UTF-8 with line feeds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <param name="write">Writes the text; if it throws, nothing is left behind and an older file stays as it was.</param>
    /// <exception cref="ModelFormatException">The file is there and may not be replaced, or its folder is not there.</exception>
    /// <exception cref="IOException">The disk is full, or the like.</exception>
    public static void Write(string path, bool overwrite, Action<TextWriter> write)
    {
        Check(path, overwrite);
        var full = Path.GetFullPath(path);
        var unfinished = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}");
        try
        {
            using (var writer = new StreamWriter(unfinished, append: false, utf8) { NewLine = "\n" }) write(writer);
            File.Move(unfinished, full, overwrite);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Says early, before any work, whether a file can be written under that name.</summary>
    /// <exception cref="ModelFormatException">The file is there and may not be replaced, or its folder is not there.</exception>
    public static void Check(string path, bool overwrite)
    {
        if (Directory.Exists(path)) throw new ModelFormatException("The output is a folder.", path, "Give the name of a file.");
        if (File.Exists(path) && !overwrite) throw new ModelFormatException("The output file is there already.", path, "Choose another name, or add --force to replace it.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder || !Directory.Exists(folder))
            throw new ModelFormatException("The folder of the output is not there.", path, "Make it first, or mend the path.");
    }
}
