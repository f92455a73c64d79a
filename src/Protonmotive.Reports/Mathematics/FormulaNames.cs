using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Protonmotive.Reports.Mathematics;

/// <summary>Names as they are set: <c>E_Na</c> as E with the subscript Na, <c>Delta_psi</c> as Δψ, <c>potential.X</c> as μ with the subscript X.</summary>
/// <remarks>Letters alone are italic, names of several letters and labels below upright (IUPAC Green Book, 1.3 and 1.6). <c>Pi</c> is phosphate, Pᵢ, since models of cells say so; <c>pi</c> is π.</remarks>
internal static partial class FormulaNames
{
    private const int LongestSubscript = 16;

    private static readonly FrozenDictionary<string, string> greek = new Dictionary<string, string>
    {
        ["alpha"] = "α", ["beta"] = "β", ["gamma"] = "γ", ["delta"] = "δ", ["epsilon"] = "ε", ["zeta"] = "ζ", ["eta"] = "η", ["theta"] = "θ", ["iota"] = "ι",
        ["kappa"] = "κ", ["lambda"] = "λ", ["mu"] = "μ", ["nu"] = "ν", ["xi"] = "ξ", ["pi"] = "π", ["rho"] = "ρ", ["sigma"] = "σ", ["tau"] = "τ",
        ["upsilon"] = "υ", ["phi"] = "φ", ["chi"] = "χ", ["psi"] = "ψ", ["omega"] = "ω",
        ["Gamma"] = "Γ", ["Delta"] = "Δ", ["Theta"] = "Θ", ["Lambda"] = "Λ", ["Xi"] = "Ξ", ["Sigma"] = "Σ", ["Upsilon"] = "Υ", ["Phi"] = "Φ", ["Psi"] = "Ψ", ["Omega"] = "Ω",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What the engine calls the quantities that belong to a store or a process.
    private static readonly FrozenDictionary<string, string> before = new Dictionary<string, string>
    {
        ["potential"] = "μ", ["affinity"] = "A", ["extent"] = "ξ", ["power"] = "P", ["drive"] = "X",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> after = new Dictionary<string, string>
    {
        ["amount"] = "n", ["content"] = "x", ["charge"] = "q", ["heat"] = "Q", ["extent"] = "ξ",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A name; its letters upright where it names a substance.</summary>
    public static Formula Set(string name, bool isUpright = false)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0 && dot < name.Length - 1)
        {
            string first = name[..dot], last = name[(dot + 1)..];
            if (first == "rate") return Derivative(Set(last));
            if (before.TryGetValue(first, out var letter)) return new Formula.Script(Letter(letter), Subscript([last]), null);
            if (after.TryGetValue(last, out letter)) return new Formula.Script(Letter(letter), Subscript([first]), null);
            if (last == "initial") return With(Set(first, isUpright), new Formula.Number("0"));
            return With(Set(last, isUpright), Subscript([first])); // a parameter of a process: its name below
        }
        var parts = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return new Formula.Identifier(name, false);
        var (stem, below, above) = Head(parts[0], isUpright);
        int next = 1;
        if (parts[0] is "Delta" or "Δ" && parts.Length > 1 && IsQuantity(parts[1]))
        {
            var (of, ofBelow, ofAbove) = Head(parts[1], isUpright);
            (stem, below, above, next) = (Formula.Of(stem, of), ofBelow, ofAbove, 2);
        }
        var rest = parts[next..];
        if (IsSentence(rest)) return new Formula.Identifier(name, false); // no subscript but a sentence
        if (rest.Length > 0) below = below is null ? Subscript(rest) : Formula.Of(below, new Formula.Operator(",", SignRole.Separator), Subscript(rest));
        return below is null && above is null ? stem : new Formula.Script(stem, below, above);
    }

    /// <summary>The parts of a name for where it is written in plain letters: Greek as letters, Δ with what it is of.</summary>
    public static string[] Parts(string name)
    {
        string[] parts = [.. name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(Plainly)];
        return parts is ["Δ", var of, .. var rest] ? ["Δ" + of, .. rest] : parts.Length > 0 ? parts : [name];
    }

    /// <summary>A name as words, in plain letters.</summary>
    public static string Words(string name) => string.Join(' ', Parts(name));

    /// <summary>Whether what would stand below a name is too long for it.</summary>
    public static bool IsSentence(IEnumerable<string> parts) => parts.Sum(p => p.Length) > LongestSubscript;

    private static string Plainly(string part) => greek.TryGetValue(part, out var letter) ? letter
        : part.Length > 5 && part.StartsWith("Delta", StringComparison.Ordinal) && char.IsUpper(part[5]) ? "Δ" + Plainly(part[5..])
        : part;

    /// <summary>The rate of change of a quantity.</summary>
    public static Formula Derivative(Formula quantity) => new Formula.Fraction(
        Formula.Of(new Formula.Identifier("d", false), quantity),
        Formula.Of(new Formula.Identifier("d", false), new Formula.Identifier("t", true)));

    private static Formula.Script With(Formula named, Formula subscript) => named is Formula.Script script
        ? script with { Below = script.Below is null ? subscript : Formula.Of(script.Below, new Formula.Operator(",", SignRole.Separator), subscript) }
        : new Formula.Script(named, subscript, null);

    /// <summary>The first part of a name: its letters, and what belongs below and above them (k1, Vmax, DeltaG0).</summary>
    private static (Formula Stem, Formula? Below, Formula? Above) Head(string part, bool isUpright)
    {
        if (greek.TryGetValue(part, out var letter)) return (Letter(letter), null, null);
        if (part == "Pi") return (Plain("P"), Plain("i"), null);
        if (part.Length > 5 && part.StartsWith("Delta", StringComparison.Ordinal) && char.IsUpper(part[5]))
        {
            var (of, below, _) = Head(part[5..], isUpright);
            return part == "DeltaG0" ? (Formula.Of(Letter("Δ"), Letter("G")), null, new Formula.Identifier("∘", false)) : (Formula.Of(Letter("Δ"), of), below, null);
        }
        if (part[0] is 'Δ' && part.Length > 1)
        {
            var (of, below, above) = Head(part[1..], isUpright);
            return (Formula.Of(Letter("Δ"), of), below, above);
        }
        if (Substance().IsMatch(part)) return Chemical(part);
        if (LetterAndWord().Match(part) is { Success: true } match && !isUpright) return (Letter(match.Groups[1].Value + match.Groups[3].Value), Plain(match.Groups[2].Value + match.Groups[4].Value), null);
        if (Numbered().Match(part) is { Success: true } numbered && (!isUpright || numbered.Groups[1].Value.All(char.IsUpper)))
        {
            string stem = numbered.Groups[1].Value + numbered.Groups[3].Value;
            return (greek.TryGetValue(stem, out letter) ? Letter(letter) : isUpright ? Plain(stem) : Word(stem), numbered.Groups[2].Length > 0 ? new Formula.Number(numbered.Groups[2].Value) : Plain(numbered.Groups[4].Value), null);
        }
        return (isUpright ? Plain(part) : Word(part), null, null);
    }

    /// <summary>H2O, O2: digits below; H2O as pieces, so that each digit stands below its own letter.</summary>
    private static (Formula Stem, Formula? Below, Formula? Above) Chemical(string part)
    {
        var pieces = new List<Formula>();
        foreach (Match piece in ElementAndCount().Matches(part))
        {
            var element = Plain(piece.Groups[1].Value);
            pieces.Add(piece.Groups[2].Length == 0 ? element : new Formula.Script(element, new Formula.Number(piece.Groups[2].Value), null));
        }
        return pieces[^1] is Formula.Script last ? (Formula.Of(pieces[..^1].Append(last.Base)), last.Below, null) : (Formula.Of(pieces), null, null);
    }

    /// <summary>What stands below: labels, which are upright, with commas between.</summary>
    internal static Formula Subscript(IReadOnlyList<string> parts)
    {
        var items = new List<Formula>();
        foreach (var part in parts)
        {
            if (items.Count > 0) items.Add(new Formula.Operator(",", SignRole.Separator));
            items.Add(part.All(char.IsAsciiDigit) ? new Formula.Number(part)
                : part.Contains('_', StringComparison.Ordinal) ? Plain(string.Join('\u00A0', part.Split('_', StringSplitOptions.RemoveEmptyEntries))) // the name of a process is words
                : greek.ContainsKey(part) || part[0] == 'Δ' || part.StartsWith("Delta", StringComparison.Ordinal) ? Head(part, false).Stem
                : Plain(part));
        }
        return Formula.Of(items);
    }

    private static bool IsQuantity(string part) => part.Length <= 2 || greek.ContainsKey(part);

    private static Formula.Identifier Word(string text) => text.Length == 1 ? Letter(text) : Plain(text);

    private static Formula.Identifier Plain(string text) => new(text, false);

    // Capital Greek stands upright, as it is in most books.
    private static Formula.Identifier Letter(string text) => new(text, text[0] is not (>= 'Α' and <= 'Ω') && !char.IsAsciiDigit(text[0]));

    [GeneratedRegex("^(?:[HCNO][0-9]?){2,}$|^[HNO]2$")]
    private static partial Regex Substance();

    [GeneratedRegex("([A-Z])([0-9]?)")]
    private static partial Regex ElementAndCount();

    [GeneratedRegex("^(?:([KkVv])(max|cat|eq|off|on|m|i|d|a)|([A-Za-z])(max|min|tot|eq|ref))$")]
    private static partial Regex LetterAndWord();

    [GeneratedRegex("^([A-Za-z]|[A-Z]{2,4}|alpha|beta|gamma|delta|epsilon|lambda|mu|rho|sigma|tau|phi|psi|omega|theta|eta|kappa|nu)([0-9]{1,3})$|^([A-Za-z])([0-9][a-z])$")]
    private static partial Regex Numbered();
}
