using System.Text;
using Protonmotive.Networks;

namespace Protonmotive.Formats.Antimony;

/// <summary>
/// Reads Antimony, the text form of SBML: models and submodels, species, compartments, parameters, reactions, rules, events, functions,
/// units, random numbers, names and annotations. Strands of DNA are refused by name; constraints and objectives are told as notes.
/// </summary>
/// <remarks>
/// Smith, Bergmann, Chandran and Sauro (2009), Antimony: a modular model definition language, Bioinformatics 25:2452. Where the manual
/// and libAntimony differ, the library is followed: an event stays due if its trigger turns false. A symbol of a species is its concentration unless it is
/// <c>substanceOnly</c>; a rate is amount per time; a species without compartment is in <c>default_compartment</c>, of size 1.
/// </remarks>
public static class AntimonyReader
{
    /// <summary>Reads the main model of a file: the one marked *, else what stands outside of models, else the last.</summary>
    /// <exception cref="AntimonyException">It is no Antimony, or holds something that is not read.</exception>
    /// <exception cref="NetworkException">Its equations do not fit together.</exception>
    /// <exception cref="IOException">The file can't be opened.</exception>
    public static Network Load(string path)
    {
        var full = Path.GetFullPath(path);
        var imports = new AntimonyImports(Path.GetDirectoryName(full));
        imports.Opened(full);
        return Read(new AntimonySource(path, Text(path)), imports);
    }

    /// <summary>Reads a text, which can import nothing; the name is for errors.</summary>
    /// <exception cref="AntimonyException">It is no Antimony, or holds something that is not read.</exception>
    /// <exception cref="NetworkException">Its equations do not fit together.</exception>
    public static Network Parse(string text, string name = "antimony") => Read(new AntimonySource(name, text), new AntimonyImports(null));

    /// <summary>Whether a file that begins like this is Antimony: no XML, and a line begins a model or holds a reaction or assignment.</summary>
    internal static bool LooksLike(string start) => !start.TrimStart().StartsWith('<')
        && start.Split('\n').Select(l => l.Trim()).Any(l => l.StartsWith("model ", StringComparison.Ordinal) || l.StartsWith("module ", StringComparison.Ordinal)
            || l.Contains("->", StringComparison.Ordinal) || l.Contains(":=", StringComparison.Ordinal));

    /// <summary>The text of a file.</summary>
    internal static string Text(string path)
    {
        if (new FileInfo(path).Length > 4L * AntimonySource.LargestFile) throw new AntimonyException(
            "The file is too large to be a model.", $"{path}, line 1, column 1", $"At most {AntimonySource.LargestFile} characters are read.") { Line = 1, Column = 1 };
        return File.ReadAllText(path, Encoding.UTF8);
    }

    private static Network Read(AntimonySource source, AntimonyImports imports)
    {
        var library = new AntimonyLibrary();
        new AntimonyParser(source, library, imports).Read();
        var main = library.Main() ?? throw source.FaultAt(0, "The file holds no model.", "Write at least one statement, such as 'A -> B; k*A'.");
        var flat = new AntimonyFlattener();
        var scope = flat.Flatten(main);
        return new AntimonyNetwork(library, flat, scope, source, main == library.Bare ? Path.GetFileNameWithoutExtension(source.Name) : main.Name).Build();
    }
}
