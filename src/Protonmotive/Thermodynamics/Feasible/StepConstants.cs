using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Thermodynamics;

/// <summary>A parameter that stands in an equilibrium constant.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Exponent">Its power in K.</param>
internal readonly record struct Handle(string Name, double Exponent);

/// <summary>ln K of a step as Σ e ln p over parameters that may be changed, plus a rest; turned so that equal constants give equal signatures.</summary>
internal sealed record StepConstants(ReactionStep Step, ImmutableArray<Handle> Handles, Expression Rest, double RestValue, SparseNumbers Species)
{
    /// <summary>The handles with their exponents as text.</summary>
    public string Signature { get; } = string.Join(' ', Handles.Select(h => h.Name + "^" + h.Exponent.ToString("0.######", CultureInfo.InvariantCulture)));

    public static StepConstants Of(ReactionStep step, Network network, StartValues start)
    {
        var handles = new SortedDictionary<string, double>(StringComparer.Ordinal);
        Expression rest = Expression.Zero;
        double known = 0;
        foreach (var (@base, exponent) in step.Constants)
        {
            known += exponent * Math.Log(Value(@base, start));
            if (@base.Operation == Operation.Symbol && IsHandle(@base.Name, network)) handles[@base.Name] = handles.GetValueOrDefault(@base.Name) + exponent;
            else rest += exponent * Expression.Log(@base);
        }
        // The level of a held species that the law leaves out is in K, but in no constant.
        double literal = step.LogEquilibrium!.Value - known;
        if (Math.Abs(literal) > 1e-12) rest += literal;
        var used = handles.Where(h => Math.Abs(h.Value) > 1e-12).Select(h => new Handle(h.Key, h.Value)).ToImmutableArray();
        double restValue = step.LogEquilibrium.Value - used.Sum(h => h.Exponent * Math.Log(start.Constant(h.Name)!.Value));
        bool turned = used.Length > 0 && used[0].Exponent < 0;
        return new StepConstants(step, turned ? [.. used.Select(h => h with { Exponent = -h.Exponent })] : used, turned ? -rest : rest, turned ? -restValue : restValue,
            [.. step.Stoichiometry.Select(s => (s.Key, turned ? -s.Value : s.Value))]);
    }

    private static double Value(Expression @base, StartValues start) => @base.IsConstant ? @base.Value : @base.Evaluate(name => start.Constant(name) ?? double.NaN);

    private static bool IsHandle(string name, Network network) =>
        network.Find(name) is Parameter { Value.IsConstant: true } && !network.InitialAssignments.Any(i => i.Target == name);
}

/// <summary>Names with numbers, in order.</summary>
internal sealed class SparseNumbers : List<(string Name, double Value)>;

/// <summary>Steps with the same constants.</summary>
internal sealed class ConstantGroup
{
    /// <summary>The steps, turned alike.</summary>
    public List<StepConstants> Members { get; } = [];

    /// <summary>Constants in their K.</summary>
    public ImmutableArray<Handle> Handles => Members[0].Handles;

    /// <summary>Those that stand in no other group's K.</summary>
    public ImmutableArray<Handle> Own { get; set; } = [];

    /// <summary>Whether it has one constant for each direction, both its own.</summary>
    public bool IsPair => Handles.Length == 2 && Own.Length == 2 && Handles[0].Exponent == 1 && Handles[1].Exponent == -1;

    /// <summary>Σ e² over its own constants.</summary>
    public double Weight => Own.Sum(h => h.Exponent * h.Exponent);
}
