namespace Protonmotive.Reports.Runs;

/// <summary>Writes a folder whole or not at all: beside its name first, then moved into place.</summary>
internal static class WholeFolder
{
    /// <summary>Writes a folder.</summary>
    /// <param name="path">Its final name; the caller has checked that it may be replaced.</param>
    /// <param name="fill">Writes the files into the folder it is given; if it throws, nothing is left and an older folder stays as it was.</param>
    /// <exception cref="RunFolderException">The disk refuses.</exception>
    public static void Write(string path, Action<string> fill)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var temporary = $"{target}.writing-{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(temporary);
            fill(temporary);
            MoveIntoPlace(temporary, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"The run could not be written: {e.Message}", $"folder {target}",
                "Free space or choose another folder with --out; nothing is left under that name.", e);
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }
    }

    /// <summary>Whether a folder may be written there; asked before the work, so that it is not lost after it.</summary>
    /// <param name="target">Its final name.</param>
    /// <param name="overwrite">Whether one that is there is replaced.</param>
    /// <param name="record">Name of the file that tells such a folder from others, which are never replaced.</param>
    /// <exception cref="RunFolderException">It may not.</exception>
    public static void CheckTarget(string target, bool overwrite, string record)
    {
        if (File.Exists(target)) throw new RunFolderException("A file has that name.", target, "Choose another folder with --out.");
        CheckRoom(target);
        if (!Directory.Exists(target)) return;
        bool isRun = File.Exists(Path.Combine(target, record));
        if (!overwrite && Directory.EnumerateFileSystemEntries(target).Any())
            throw new RunFolderException("The folder exists already.", target, isRun ? "Choose another folder with --out, or replace the run with --overwrite." : "It is no run: choose another folder with --out.");
        if (overwrite && !isRun && Directory.EnumerateFileSystemEntries(target).Any())
            throw new RunFolderException("The folder is no run, so it is not replaced.", target, "Choose another folder with --out.");
    }

    // Whether a folder can be made in the nearest folder above that is there.
    private static void CheckRoom(string target)
    {
        var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)));
        while (above is not null && !Directory.Exists(above) && !File.Exists(above)) above = Path.GetDirectoryName(above);
        if (above is null) return;
        var attempt = Path.Combine(above, $".writing-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
        try
        {
            Directory.CreateDirectory(attempt);
            Directory.Delete(attempt);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"The folder could not be written: {e.Message}", $"folder {above}", "Choose another folder with --out.", e);
        }
    }

    private static void MoveIntoPlace(string temporary, string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(temporary, target);
            return;
        }
        var old = temporary + ".old";
        Directory.Move(target, old);
        try
        {
            Directory.Move(temporary, target);
        }
        catch
        {
            Directory.Move(old, target);
            throw;
        }
        Directory.Delete(old, recursive: true);
    }
}
