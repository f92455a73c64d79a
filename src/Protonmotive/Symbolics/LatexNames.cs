using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Protonmotive.Symbolics;

/// <summary>Sets identifiers as mathematics: <c>Delta_psi_m</c> as Δψ with the subscript m, <c>K_eq</c> as K with the subscript eq.</summary>
internal static class LatexNames
{
    private static readonly FrozenSet<string> greek = new[]
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma",
        "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<char, string> letters = new Dictionary<char, string>
    {
        ['α'] = "alpha", ['β'] = "beta", ['γ'] = "gamma", ['δ'] = "delta", ['ε'] = "epsilon", ['ζ'] = "zeta", ['η'] = "eta", ['θ'] = "theta",
        ['κ'] = "kappa", ['λ'] = "lambda", ['μ'] = "mu", ['µ'] = "mu", ['ν'] = "nu", ['ξ'] = "xi", ['π'] = "pi", ['ρ'] = "rho", ['σ'] = "sigma",
        ['τ'] = "tau", ['φ'] = "phi", ['χ'] = "chi", ['ψ'] = "psi", ['ω'] = "omega", ['Γ'] = "Gamma", ['Δ'] = "Delta", ['Θ'] = "Theta",
        ['Λ'] = "Lambda", ['Ξ'] = "Xi", ['Π'] = "Pi", ['Σ'] = "Sigma", ['Φ'] = "Phi", ['Ψ'] = "Psi", ['Ω'] = "Omega",
    }.ToFrozenDictionary();

    /// <summary>The identifier as LaTeX.</summary>
    /// <remarks>Parts stand between "_" and "."; a leading Delta joins the part after it, further parts are one subscript.</remarks>
    public static string Set(string name)
    {
        var parts = name.Split(['_', '.'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return $@"\mathrm{{{Escape(name)}}}";
        int head = 1;
        string stem = Part(parts[0]);
        if (parts[0] is "Delta" or "Δ" && parts.Length > 1) stem += " " + Part(parts[head++]);
        return head == parts.Length ? stem : $"{stem}_{{{string.Join(",", parts.Skip(head).Select(Part))}}}";
    }

    private static string Part(string part)
    {
        if (greek.Contains(part)) return $@"\{part}";
        if (part.Length == 1 && char.IsAsciiLetterOrDigit(part[0])) return part;
        if (part.All(char.IsAsciiDigit)) return part;
        if (part.Any(letters.ContainsKey))
        {
            var text = new StringBuilder();
            var rest = new StringBuilder();
            foreach (char c in part)
            {
                if (!letters.TryGetValue(c, out string? letter)) { rest.Append(c); continue; }
                Flush();
                text.Append('\\').Append(letter).Append(' ');
            }
            Flush();
            return text.ToString().TrimEnd();

            void Flush()
            {
                if (rest.Length > 0) text.Append(Part(rest.ToString())).Append(' ');
                rest.Clear();
            }
        }
        return $@"\mathrm{{{Escape(part)}}}";
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            if (c is '\\') escaped.Append(@"\backslash ");
            else if (c is '^' or '~') escaped.Append('\\').Append(c).Append("{}");
            else if ("#$%&_{}".Contains(c, StringComparison.Ordinal)) escaped.Append('\\').Append(c);
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.Control) escaped.Append(c);
        }
        return escaped.ToString();
    }
}
