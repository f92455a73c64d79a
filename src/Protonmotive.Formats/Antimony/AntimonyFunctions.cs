using System.Collections.Frozen;
using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Formats.Antimony;

/// <summary>Constants and functions that every Antimony file knows.</summary>
/// <remarks>
/// Names: those of the infix syntax of libSBML for SBML Level 3 and of its package distrib. <c>log</c> is the natural logarithm, as
/// Antimony reads it.
/// </remarks>
internal static class AntimonyFunctions
{
    /// <summary>CODATA 2006, as SBML Level 3 defines it.</summary>
    public const double Avogadro = 6.02214179e23;

    private static readonly FrozenDictionary<string, Expression> constants = new Dictionary<string, Expression>
    {
        ["time"] = Time, ["pi"] = Math.PI, ["exponentiale"] = Math.E, ["avogadro"] = Avogadro,
        ["true"] = One, ["True"] = One, ["TRUE"] = One, ["false"] = Zero, ["False"] = Zero, ["FALSE"] = Zero,
        ["inf"] = double.PositiveInfinity, ["INF"] = double.PositiveInfinity, ["infinity"] = double.PositiveInfinity, ["Infinity"] = double.PositiveInfinity,
        ["nan"] = double.NaN, ["NaN"] = double.NaN, ["NAN"] = double.NaN, ["notanumber"] = double.NaN,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, InfixFunction> own = new InfixFunction[]
    {
        new(["sqr"], 1, 1, a => Power(a[0], 2)),
        new(["root"], 1, 2, a => a.Length == 1 ? Sqrt(a[0]) : Root(a[0], a[1])),
        new(["plus"], 0, int.MaxValue, a => a.Length == 0 ? Zero : a.Skip(1).Aggregate(a[0], Add)),
        new(["times"], 0, int.MaxValue, a => a.Length == 0 ? One : a.Skip(1).Aggregate(a[0], Multiply)),
        new(["minus"], 1, 2, a => a.Length == 1 ? -a[0] : a[0] - a[1]),
        new(["divide"], 2, 2, a => a[0] / a[1]),
        new(["eq", "equals"], 2, int.MaxValue, a => Chain(a, AreEqual)), new(["neq"], 2, 2, a => AreNotEqual(a[0], a[1])),
        new(["lt"], 2, int.MaxValue, a => Chain(a, Less)), new(["leq"], 2, int.MaxValue, a => Chain(a, LessOrEqual)),
        new(["gt"], 2, int.MaxValue, a => Chain(a, Greater)), new(["geq"], 2, int.MaxValue, a => Chain(a, GreaterOrEqual)),
    }.SelectMany(f => f.Names.Select(n => KeyValuePair.Create(n, f))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of the engine's own language that Antimony does not know.</summary>
    private static readonly FrozenSet<string> foreign = new[] { "branch", "digamma", "expm1" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (Distribution Distribution, int Parameters)> distributions = new Dictionary<string, (Distribution, int)>
    {
        ["uniform"] = (Distribution.Uniform, 2), ["normal"] = (Distribution.Normal, 2), ["truncatedNormal"] = (Distribution.Normal, 2),
        ["lognormal"] = (Distribution.LogNormal, 2), ["exponential"] = (Distribution.Exponential, 1), ["truncatedExponential"] = (Distribution.Exponential, 1),
        ["gamma"] = (Distribution.Gamma, 2), ["truncatedGamma"] = (Distribution.Gamma, 2), ["cauchy"] = (Distribution.Cauchy, 2),
        ["chisquare"] = (Distribution.ChiSquare, 1), ["laplace"] = (Distribution.Laplace, 2), ["rayleigh"] = (Distribution.Rayleigh, 1),
        ["poisson"] = (Distribution.Poisson, 1), ["truncatedPoisson"] = (Distribution.Poisson, 1), ["bernoulli"] = (Distribution.Bernoulli, 1), ["binomial"] = (Distribution.Binomial, 2),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether the name is a constant.</summary>
    public static bool IsConstant(string name) => constants.ContainsKey(name);

    /// <summary>The constant of that name; null where there is none.</summary>
    public static Expression? Constant(string name) => constants.GetValueOrDefault(name);

    /// <summary>Whether the name is a function, random ones and <c>rateOf</c> included.</summary>
    public static bool IsFunction(string name) => name == "rateOf" || distributions.ContainsKey(name) || Find(name) is not null;

    /// <summary>The function of that name that depends on its arguments alone; null where there is none.</summary>
    public static InfixFunction? Find(string name) => own.GetValueOrDefault(name) ?? (foreign.Contains(name) ? null : InfixFunctions.Find(name));

    /// <summary>The function whose value is drawn at random, with what makes the draw; null where there is none.</summary>
    /// <remarks>Two arguments more than the distribution has parameters cut it off below and above.</remarks>
    public static InfixFunction? Random(string name, Func<Distribution, ImmutableArray<Expression>, Expression> draw)
    {
        if (!distributions.TryGetValue(name, out var found)) return null;
        bool canBeCut = found.Distribution is not (Distribution.Uniform or Distribution.Bernoulli);
        return new InfixFunction([name], found.Parameters, canBeCut ? found.Parameters + 2 : found.Parameters, a => draw(found.Distribution, a));
    }

    /// <summary>Number of parameters of a distribution.</summary>
    public static int Parameters(Distribution distribution) => distributions.Values.First(d => d.Distribution == distribution).Parameters;

    /// <summary>The name that calls a distribution.</summary>
    public static string NameOf(Distribution distribution) => distribution.ToString().ToLowerInvariant();

    private static Expression Chain(ImmutableArray<Expression> x, Func<Expression, Expression, Expression> relation) =>
        x.Length == 2 ? relation(x[0], x[1]) : And([.. Enumerable.Range(0, x.Length - 1).Select(i => relation(x[i], x[i + 1]))]);
}
