using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Networks;

/// <summary>Reads reaction equations such as <c>NADH + Q + 5 H_x &lt;-&gt; NAD + QH2 + 4 H_c</c> or <c>8/3 H_c -> 8/3 H_x</c>.</summary>
public static class ReactionEquation
{
    private static readonly (string Arrow, bool Reversible)[] arrows = [("<->", true), ("<=>", true), ("⇌", true), ("->", false), ("→", false)];

    /// <summary>Splits an equation into its sides.</summary>
    /// <param name="equation">The equation; an empty side is nothing.</param>
    /// <param name="find">Gives the store of a name, or null.</param>
    /// <exception cref="NetworkException">No arrow, a coefficient that is no number, or an unknown store.</exception>
    public static (ImmutableArray<Participant> Reactants, ImmutableArray<Participant> Products, bool Reversible) Parse(string equation, Func<string, Store?> find)
    {
        foreach (var (arrow, reversible) in arrows)
        {
            int at = equation.IndexOf(arrow, StringComparison.Ordinal);
            if (at < 0) continue;
            return (Side(equation[..at], equation, find), Side(equation[(at + arrow.Length)..], equation, find), reversible);
        }
        throw new NetworkException("The reaction equation has no arrow.", $"equation '{equation}'", "Write '<->' for a reversible and '->' for a one-way process.");
    }

    private static ImmutableArray<Participant> Side(string side, string equation, Func<string, Store?> find)
    {
        if (string.IsNullOrWhiteSpace(side)) return [];
        return [.. side.Split(" + ").Select(term => Term(term.Trim(), equation, find))];
    }

    private static Participant Term(string term, string equation, Func<string, Store?> find)
    {
        int space = term.IndexOf(' ', StringComparison.Ordinal);
        var name = space < 0 ? term : term[(space + 1)..].Trim();
        double coefficient = space < 0 ? 1 : Coefficient(term[..space], equation);
        return new Participant(find(name) ?? throw new NetworkException(
            $"'{name}' is no store of this network.", $"equation '{equation}'", "Declare it before the process, or mend its spelling."), coefficient);
    }

    private static double Coefficient(string text, string equation)
    {
        var parts = text.Split('/');
        if (parts.Length <= 2 && parts.All(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
        {
            var numbers = parts.Select(p => double.Parse(p, CultureInfo.InvariantCulture)).ToArray();
            return numbers.Length == 1 ? numbers[0] : numbers[0] / numbers[1];
        }
        throw new NetworkException($"'{text}' is no coefficient.", $"equation '{equation}'", "Write a number or a fraction before the store, with a space: '8/3 H_c'.");
    }
}
