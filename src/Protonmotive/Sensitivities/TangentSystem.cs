using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Sensitivities;

/// <summary>
/// A system with its own tangent along one direction as further states: its adjoint gives second derivatives. The tangent of x is
/// named <c>x.tangent</c>; the direction stands in the parameters <c>p.tangent</c>.
/// </summary>
/// <remarks>ds/dt = ∂f/∂y s + ∂f/∂p v, s(0) = ∂y₀/∂p v: the first variation (Hairer, Nørsett and Wanner 1993, Solving ODEs I, I.14).</remarks>
public static class TangentSystem
{
    /// <summary>Name of the tangent of a quantity.</summary>
    public static string Name(string quantity) => quantity + ".tangent";

    /// <summary>Adds the tangent.</summary>
    /// <param name="system">A smooth system: no events, no conditions that switch, no delays.</param>
    /// <param name="given">Parameters that vary; their tangents are parameters, 0 until set. Those of others follow their definitions.</param>
    /// <exception cref="SensitivityException">The system is not smooth.</exception>
    public static EquationSystem Of(EquationSystem system, IEnumerable<string> given)
    {
        Differentiability.Check(system);
        if (!system.Events.IsEmpty || !system.Modes.IsEmpty)
            throw new SensitivityException("Second derivatives need a smooth system.", $"System '{system.Name}' has events or conditions that switch.", "Take differences of gradients there.");
        var free = given.ToHashSet(StringComparer.Ordinal);
        var slopes = new Dictionary<Expression, Expression>();
        foreach (string name in system.States.Select(s => s.Name).Concat(system.Parameters.Select(p => p.Name))) slopes[Expression.Symbol(name)] = Expression.Symbol(Name(name));
        Expression Slope(Expression of)
        {
            ExpressionGraph.Rewrite([of], slopes, Differentiation.Rule);
            return slopes[of];
        }

        int n = system.States.Length;
        return system with
        {
            Name = $"{system.Name} with its tangent",
            Parameters = [.. system.Parameters, .. system.Parameters.Select(p => new ParameterDefinition(Name(p.Name), "", free.Contains(p.Name) ? Expression.Zero : Slope(p.Definition)))],
            States = [.. system.States, .. system.States.Select(s => new StateVariable(Name(s.Name), "", Slope(s.Initial), Slope(s.Rate), s.ScaleGroup is null ? null : Name(s.ScaleGroup)))],
            Quadratures = [.. system.Quadratures, .. system.Quadratures.Select(q => new Quadrature(Name(q.Name), "", Slope(q.Integrand), q.ScaleWith is null ? null : Name(q.ScaleWith), q.AbsoluteScale))],
            Observables = [.. system.Observables, .. system.Observables.Select(o => new Observable(Name(o.Name), "", Slope(o.Value)))],
            Mass = [.. system.Mass, .. system.Mass.Select(m => new MassEntry(m.Row + n, m.Column + n, m.Value))],
        };
    }
}
