using System.Collections.Frozen;
using System.Globalization;
using Protonmotive.Networks;

namespace Protonmotive.Formats.Antimony;

/// <summary>Units as Antimony writes them, turned into the text that quantities of a network carry.</summary>
/// <remarks>Base units are those of SBML Level 3 (Hucka et al. 2019, table 2), singular or plural.</remarks>
internal static class AntimonyUnits
{
    private const int DeepestDefinitions = 32;

    private static readonly FrozenDictionary<string, string> symbols = new Dictionary<string, string>
    {
        ["ampere"] = "A", ["avogadro"] = "avogadro", ["becquerel"] = "Hz", ["candela"] = "cd", ["coulomb"] = "C", ["dimensionless"] = "1", ["farad"] = "F", ["gram"] = "g",
        ["gray"] = "Gy", ["henry"] = "H", ["hertz"] = "Hz", ["item"] = "item", ["joule"] = "J", ["katal"] = "kat", ["kelvin"] = "K", ["kilogram"] = "kg",
        ["liter"] = "L", ["litre"] = "L", ["lumen"] = "lm", ["lux"] = "lx", ["meter"] = "m", ["metre"] = "m", ["mole"] = "mol", ["newton"] = "N", ["ohm"] = "ohm",
        ["pascal"] = "Pa", ["radian"] = "rad", ["second"] = "s", ["siemens"] = "S", ["sievert"] = "Sv", ["steradian"] = "sr", ["tesla"] = "T", ["volt"] = "V",
        ["watt"] = "W", ["weber"] = "Wb",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names that stand for a model's own units even where they are not defined.</summary>
    private static readonly FrozenDictionary<string, string> defaults = new Dictionary<string, string>
    {
        ["substance"] = "mol", ["volume"] = "L", ["area"] = "m2", ["length"] = "m", ["time_unit"] = "s", ["extent"] = "mol",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a word names a unit: one that is defined, or a base unit.</summary>
    public static bool IsUnit(string word, AntimonyScope? scope) => Symbol(word) is not null || defaults.ContainsKey(word) || Definition(word, scope) is not null;

    /// <summary>Whether an assignment defines a unit of the model: to one of its names, by base units alone.</summary>
    public static bool Defines(string name, AntimonyFormula formula)
    {
        if (!defaults.ContainsKey(name)) return false;
        var words = Enumerable.Range(formula.First, Math.Max(0, formula.End - formula.First)).Select(i => formula.Source.Tokens[i]).Where(t => t.Kind == AntimonyTokenKind.Word).ToList();
        return words.Count > 0 && words.TrueForAll(w => Symbol(w.Text) is not null) && formula.Source.Tokens[formula.First].Kind is AntimonyTokenKind.Word or AntimonyTokenKind.Number;
    }

    /// <summary>The text of a unit formula; "" for a blank one.</summary>
    public static string Text(AntimonyFormula formula, AntimonyScope scope) => Text(formula, scope, 0);

    /// <summary>The text of a unit by its name; "" where it is not defined.</summary>
    public static string Named(string name, AntimonyScope scope) => Definition(name, scope) is { IsBlank: false } formula ? Text(formula, scope, 0) : "";

    private static AntimonyFormula? Definition(string word, AntimonyScope? scope)
    {
        for (; scope is not null; scope = scope.Parent)
            if (scope.Units.TryGetValue(word, out var formula)) return formula;
        return null;
    }

    private static string? Symbol(string word) => symbols.GetValueOrDefault(word) ?? (word.EndsWith('s') ? symbols.GetValueOrDefault(word[..^1]) : null);

    private static string Text(AntimonyFormula formula, AntimonyScope scope, int depth)
    {
        if (formula.IsBlank) return "";
        if (depth > DeepestDefinitions) throw formula.Source.Fault(formula.First, "Units are defined by each other in a circle.", "Define one of them by base units.");
        var text = new List<string>();
        var source = formula.Source;
        bool hasPlaceForNumber = true;
        for (int i = formula.First; i < formula.End; i++)
        {
            var token = source.Tokens[i];
            switch (token.Kind)
            {
                case AntimonyTokenKind.Number:
                    if (token.Value != 1 || i + 1 >= formula.End || source.Tokens[i + 1].Kind != AntimonyTokenKind.Word) text.Add(Number(token.Value));
                    hasPlaceForNumber = false;
                    break;
                case AntimonyTokenKind.Word:
                    text.Add(One(formula, i, scope, depth));
                    hasPlaceForNumber = false;
                    break;
                case AntimonyTokenKind.Sign when token.Text is "*" or "/" && !hasPlaceForNumber:
                    if (token.Text == "/") text.Add("/");
                    hasPlaceForNumber = true;
                    break;
                case AntimonyTokenKind.Sign when token.Text is "(" or ")":
                    text.Add(token.Text);
                    hasPlaceForNumber = token.Text == "(";
                    break;
                case AntimonyTokenKind.Sign when token.Text == "^" && i + 1 < formula.End:
                    bool negative = source.Tokens[i + 1].Is("-");
                    int at = negative ? i + 2 : i + 1;
                    if (at >= formula.End || source.Tokens[at].Kind != AntimonyTokenKind.Number) throw source.Fault(i, "A power of a unit must be a number.", "Write, for example, 'metre^2'.");
                    text.Add("^" + (negative ? "-" : "") + Number(source.Tokens[at].Value));
                    i = at;
                    break;
                default:
                    throw source.Fault(i, $"Found {token.Shown}, expected a unit.", "Write units with '*', '/' and '^': 'unit uM = 1e-6 mole / litre'.");
            }
        }
        return Join(text);
    }

    private static string One(AntimonyFormula formula, int i, AntimonyScope scope, int depth)
    {
        var word = formula.Source.Tokens[i].Text;
        if (Definition(word, scope) is { IsBlank: false } definition)
        {
            var inner = Text(definition, scope, depth + 1);
            return formula.End - formula.First > 1 && (inner.Contains(' ', StringComparison.Ordinal) || inner.Contains('/', StringComparison.Ordinal)) ? $"({inner})" : inner;
        }
        // A unit may be named and never defined; its name is then all that is known.
        return Symbol(word) ?? defaults.GetValueOrDefault(word) ?? word;
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Factors with blanks between; a quotient of products gets its divisors one by one, so that it can be read in one way.</summary>
    private static string Join(List<string> parts)
    {
        var text = string.Join(' ', parts).Replace(" ^", "^", StringComparison.Ordinal).Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal).Replace(" / ", "/", StringComparison.Ordinal);
        if (text.StartsWith('/')) text = "1" + text;
        return Unit.TryParse(text) is null && Unit.TryParse(Grouped(text)) is not null ? Grouped(text) : text;
    }

    /// <summary>"a/b c" as "a c/b": what follows a quotient multiplies it.</summary>
    private static string Grouped(string text)
    {
        var above = new List<string>();
        var below = new List<string>();
        foreach (var part in text.Split(' '))
        {
            var pieces = part.Split('/');
            above.Add(pieces[0]);
            below.AddRange(pieces[1..]);
        }
        return $"{string.Join(' ', above)}{string.Concat(below.Select(b => "/" + b))}";
    }
}
