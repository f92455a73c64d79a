using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>The MathML that SBML allows: elements, kinds of operand and result, and numbers of operands.</summary>
/// <remarks>Hucka et al. (2019), Level 3 Version 2 Core, section 3.4.1.</remarks>
internal static class MathVocabulary
{
    public static readonly XNamespace Namespace = "http://www.w3.org/1998/Math/MathML";

    private static readonly Dictionary<string, MathOperator> operators = Operators();

    private static readonly HashSet<string> since32 = new(StringComparer.Ordinal) { "max", "min", "quotient", "rem", "implies" };

    /// <summary>The operator of that name in that edition; null where there is none.</summary>
    public static MathOperator? Find(string name, bool extended) => operators.TryGetValue(name, out var found) && (extended || !since32.Contains(name)) ? found : null;

    /// <summary>Constants and their kind; null for other elements.</summary>
    public static MathKind? Constant(string name) => name switch
    {
        "true" or "false" => MathKind.Boolean,
        "pi" or "exponentiale" or "infinity" or "notanumber" => MathKind.Number,
        _ => null,
    };

    /// <summary>The kinds of csymbol by their address; null for one that is not SBML's.</summary>
    public static string? Symbol(string url, SbmlEdition edition) => url switch
    {
        "http://www.sbml.org/sbml/symbols/time" => "time",
        "http://www.sbml.org/sbml/symbols/delay" => "delay",
        "http://www.sbml.org/sbml/symbols/avogadro" when edition.Level == 3 => "avogadro",
        "http://www.sbml.org/sbml/symbols/rateOf" when edition.Number >= 32 => "rateOf",
        _ when edition.Level == 3 && url.StartsWith("http://www.sbml.org/sbml/symbols/distrib/", StringComparison.Ordinal) => "distrib",
        _ => null,
    };

    private static Dictionary<string, MathOperator> Operators()
    {
        var result = new Dictionary<string, MathOperator>(StringComparer.Ordinal)
        {
            ["plus"] = new(0, int.MaxValue, MathKind.Number, MathKind.Number),
            ["times"] = new(0, int.MaxValue, MathKind.Number, MathKind.Number),
            ["minus"] = new(1, 2, MathKind.Number, MathKind.Number),
            ["divide"] = new(2, 2, MathKind.Number, MathKind.Number),
            ["power"] = new(2, 2, MathKind.Number, MathKind.Number),
            ["quotient"] = new(2, 2, MathKind.Number, MathKind.Number),
            ["rem"] = new(2, 2, MathKind.Number, MathKind.Number),
            ["max"] = new(1, int.MaxValue, MathKind.Number, MathKind.Number),
            ["min"] = new(1, int.MaxValue, MathKind.Number, MathKind.Number),
            ["and"] = new(0, int.MaxValue, MathKind.Boolean, MathKind.Boolean),
            ["or"] = new(0, int.MaxValue, MathKind.Boolean, MathKind.Boolean),
            ["xor"] = new(0, int.MaxValue, MathKind.Boolean, MathKind.Boolean),
            ["not"] = new(1, 1, MathKind.Boolean, MathKind.Boolean),
            ["implies"] = new(2, 2, MathKind.Boolean, MathKind.Boolean),
            ["eq"] = new(2, int.MaxValue, MathKind.Unknown, MathKind.Boolean),
            ["neq"] = new(2, 2, MathKind.Unknown, MathKind.Boolean),
        };
        foreach (var name in (string[])["gt", "lt", "geq", "leq"]) result[name] = new(2, int.MaxValue, MathKind.Number, MathKind.Boolean);
        foreach (var name in (string[])["root", "abs", "exp", "ln", "log", "floor", "ceiling", "factorial", "sin", "cos", "tan", "sec", "csc", "cot"]) result[name] = new(1, 1, MathKind.Number, MathKind.Number);
        foreach (var name in (string[])["sin", "cos", "tan", "sec", "csc", "cot"])
            result[name + "h"] = result["arc" + name] = result["arc" + name + "h"] = new(1, 1, MathKind.Number, MathKind.Number);
        return result;
    }
}
