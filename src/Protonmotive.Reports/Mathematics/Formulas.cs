using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Reports.Mathematics.Formula;

namespace Protonmotive.Reports.Mathematics;

/// <summary>The equations of networks as mathematics.</summary>
public static class Formulas
{
    /// <summary>Parts after which the rest of a formula is left out: no reader follows more.</summary>
    private const int Largest = 1500;
    private const int LongestText = 100_000;

    /// <summary>An expression: quotients as fractions, products without a sign, names such as <c>E_Na</c> with their subscripts.</summary>
    /// <param name="expression">Any expression. Where it has thousands of parts, an ellipsis stands for the rest.</param>
    /// <remarks>
    /// The value is that of the expression, but the form may differ where mathematics is freer than computation: factors that are
    /// numbers come first, a factor to a negative power stands below, a branch that only evaluates a removable singularity is its
    /// closed form. Numbers show six digits; 2π, 8/3 or 2F stand for their decimals.
    /// </remarks>
    public static Formula Of(Expression expression) => new FormulaComposer(Largest).Bound(FormulaForm.Of(expression), FormulaLevel.Or);

    /// <summary>The formula of a text that <see cref="Infix"/> printed; null where it can't be read, was cut, or is too long to be read by anyone.</summary>
    public static Formula? Read(string infix) => Read(infix, FormulaLevel.Or);

    private static Formula? Read(string infix, FormulaLevel atLeast)
    {
        if (infix.Length is 0 or > LongestText) return null;
        try
        {
            var composer = new FormulaComposer(Largest);
            var formula = composer.Bound(FormulaForm.Of(InfixParser.Parse(infix)), atLeast);
            return composer.HasLeftOut ? null : formula;
        }
        catch (ProtonmotiveException)
        {
            return null;
        }
    }

    /// <summary>A name: letters italic, words upright, what follows "_" below.</summary>
    public static Formula Name(string name) => FormulaNames.Set(name);

    /// <summary>The rate of change of a named quantity: dx/dt.</summary>
    public static Formula RateOf(string name) => FormulaNames.Derivative(FormulaNames.Set(name));

    /// <summary>The equation of a process: 2 X + Y ⇌ 3 X.</summary>
    public static Formula Reaction(Process process) => Of(
        Side(process.Reactants), new Operator(process.IsReversible ? "⇌" : "→", SignRole.Relation), Side(process.Products));

    /// <summary>The flux law of a process by its text; null as for <see cref="Read(string)"/>.</summary>
    public static Formula? ReadLaw(string process, string law) => Read(law) is { } flux ? Law(process, flux) : null;

    /// <summary>The equation that <see cref="Process.Equation"/> printed; null where it is none.</summary>
    public static Formula? ReadReaction(string equation)
    {
        foreach (var arrow in (string[])["⇌", "→"])
        {
            int at = equation.IndexOf(arrow, StringComparison.Ordinal);
            if (at >= 0) return Of(Side(equation[..at]), new Operator(arrow, SignRole.Relation), Side(equation[(at + 1)..]));
        }
        return null;
    }

    /// <summary>The law of a process: J = …, with its name below the J.</summary>
    public static Formula Law(string process, Formula flux) => Equation(Flux(process), flux);

    /// <summary>How a store changes: dX/dt = Σ ν J, over the processes that touch it.</summary>
    /// <param name="store">The store; what changes is its content.</param>
    /// <param name="network">Its network.</param>
    public static Formula Rate(Store store, Network network)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(network);
        // What comes in first, then what goes out.
        var terms = network.Processes
            .Select(p => (Coefficient: network.Coefficient(p, store), p.Name))
            .Where(t => t.Coefficient is not null)
            .Select(t => (Coefficient: FormulaForm.Of(t.Coefficient!), t.Name))
            .Select(t => (IsNegative: FormulaForm.IsNegative(t.Coefficient), Size: FormulaForm.IsNegative(t.Coefficient) ? FormulaForm.Of(-t.Coefficient) : t.Coefficient, t.Name))
            .OrderBy(t => t.IsNegative);
        var sum = new List<Formula>();
        foreach (var (isNegative, size, process) in terms)
        {
            if (sum.Count > 0) sum.Add(new Operator(isNegative ? "−" : "+", SignRole.Binary));
            else if (isNegative) sum.Add(FormulaComposer.Minus);
            if (size is not { IsConstant: true, Value: 1 })
            {
                sum.Add(new FormulaComposer(Largest).Bound(size, FormulaLevel.Product));
                sum.Add(new Operator("", SignRole.Beside));
            }
            sum.Add(Flux(process));
        }
        if (sum.Count == 0) sum.Add(new Number("0"));
        return Equation(FormulaNames.Derivative(FormulaNames.Set(store.ContentName)), Of(sum));
    }

    /// <summary>The flux of a process: J with its name below; a name that is a flux already stays.</summary>
    internal static Formula Flux(string process)
    {
        if (process is "J" or "v") return new Identifier(process, true);
        bool isFlux = process.Length > 1 && process[0] is 'J' or 'v' && (process[1] == '_' || char.IsAsciiDigit(process[1]) || char.IsUpper(process[1]));
        return isFlux
            ? new Script(new Identifier(process[..1], true), FormulaNames.Subscript([process[1..].TrimStart('_')]), null)
            : new Script(new Identifier("J", true), FormulaNames.Subscript([process]), null);
    }

    private static Formula Side(ImmutableArray<Participant> side) => Joined(side.Select(p => (
        p.Coefficient is { IsConstant: true, Value: 1 } ? null : new FormulaComposer(Largest).Bound(FormulaForm.Of(p.Coefficient), FormulaLevel.Product), p.Store.Name)));

    private static Formula Side(string side) => Joined(Terms(side).Select(term =>
    {
        int space = term.LastIndexOf(' ');
        return (space < 0 ? null : Read(term[..space], FormulaLevel.Product), term[(space + 1)..]);
    }));

    /// <summary>The terms of a side: what stands between + outside of brackets.</summary>
    private static IEnumerable<string> Terms(string side)
    {
        int from = 0, depth = 0;
        for (int i = 0; i < side.Length; i++)
        {
            if (side[i] == '(') depth++;
            else if (side[i] == ')') depth--;
            else if (depth == 0 && side.AsSpan(i).StartsWith(" + "))
            {
                yield return side[from..i].Trim();
                from = i + 3;
            }
        }
        if (!string.IsNullOrWhiteSpace(side[from..])) yield return side[from..].Trim();
    }

    private static Formula Joined(IEnumerable<(Formula? Coefficient, string Name)> terms)
    {
        var items = new List<Formula>();
        foreach (var (coefficient, name) in terms)
        {
            if (items.Count > 0) items.Add(new Operator("+", SignRole.Binary));
            if (coefficient is not null) items.AddRange([coefficient, new Operator("", SignRole.Product)]);
            items.Add(FormulaNames.Set(name, isUpright: true));
        }
        return items.Count == 0 ? new Identifier("∅", false) : Of(items);
    }

    private static Formula Of(params IEnumerable<Formula> items) => Formula.Of(items);
}
