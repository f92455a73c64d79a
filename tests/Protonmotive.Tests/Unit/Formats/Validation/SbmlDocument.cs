using System.Text;
using Protonmotive.Formats.Sbml.Validation;

namespace Protonmotive.Tests.Unit.Formats.Validation;

/// <summary>Small documents for the validator: the content of a model in an edition, with short forms of what every model needs.</summary>
internal static class SbmlDocument
{
    private static readonly (string Short, string Long)[] shorts =
    [
        ("{math:", "<math xmlns='http://www.w3.org/1998/Math/MathML'>"), (":math}", "</math>"),
        ("{c}", "<listOfCompartments><compartment id='c' size='1' constant='true'/></listOfCompartments>"),
        ("{c2}", "<listOfCompartments><compartment id='c' size='1'/></listOfCompartments>"),
        ("{c1}", "<listOfCompartments><compartment name='c'/></listOfCompartments>"),
        ("{p}", "<listOfParameters><parameter id='p' value='1' constant='false'/><parameter id='q' value='1' constant='false'/><parameter id='k' value='1' constant='true'/></listOfParameters>"),
        ("{s}", "<listOfSpecies><species id='A' compartment='c' initialAmount='1' hasOnlySubstanceUnits='false' boundaryCondition='false' constant='false'/><species id='B' compartment='c' initialAmount='1' hasOnlySubstanceUnits='false' boundaryCondition='false' constant='false'/></listOfSpecies>"),
        ("{s2}", "<listOfSpecies><species id='A' compartment='c' initialAmount='1'/><species id='B' compartment='c' initialAmount='1'/></listOfSpecies>"),
    ];

    /// <summary>The problems of a model of that edition (12, 21, 24, 25, 31, 32) with that content.</summary>
    public static IReadOnlyList<SbmlProblem> Problems(int edition, string content) => Of(Text(edition, content));

    /// <summary>The problems of a text.</summary>
    public static IReadOnlyList<SbmlProblem> Of(string text) => SbmlValidator.Validate(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test.xml");

    public static string Text(int edition, string content)
    {
        foreach (var (brief, full) in shorts) content = content.Replace(brief, full, StringComparison.Ordinal);
        int level = edition / 10, version = edition % 10;
        string space = level switch { 1 => "level1", 3 => $"level3/version{version}/core", _ => version == 1 ? "level2" : $"level2/version{version}" };
        return $"<sbml xmlns='http://www.sbml.org/sbml/{space}' level='{level}' version='{version}'>\n<model {(level == 1 ? "name" : "id")}='m'>\n{content}\n</model></sbml>";
    }
}
