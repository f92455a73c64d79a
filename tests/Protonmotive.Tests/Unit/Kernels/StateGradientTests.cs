using Protonmotive.Kernels;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Kernels;

/// <summary>Gradients by all states at once are those of one state after the other, node for node.</summary>
public sealed class StateGradientTests
{
    [Fact]
    public void They_are_the_derivatives_one_by_one()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var system = RandomSystems.Make(seed);
            var index = system.States.Select((s, i) => (s.Name, i)).ToDictionary(s => s.Name, s => s.i);
            var gradients = new StateGradients(new Dependencies(index, new HashSet<string>()));
            foreach (var state in system.States)
            {
                var slopes = gradients.Of(state.Rate).ToDictionary(s => s.State, s => s.Slope);
                for (int j = 0; j < system.States.Length; j++)
                    Assert.Same(state.Rate.Derivative(Expression.Symbol(system.States[j].Name)), slopes.GetValueOrDefault(j, Expression.Zero));
            }
        }
    }

    [Fact]
    public void States_come_ascending_without_slopes_of_zero()
    {
        var (x, y, z) = (Expression.Symbol("x"), Expression.Symbol("y"), Expression.Symbol("z"));
        var gradients = new StateGradients(new Dependencies(new Dictionary<string, int> { ["x"] = 0, ["y"] = 1, ["z"] = 2 }, new HashSet<string>()));
        Assert.Equal([0, 2], gradients.Of((z + (3 * x) + y) - y).Select(s => s.State));
        Assert.Equal([2], gradients.Of(Expression.Floor(x) + z).Select(s => s.State));
        Assert.Empty(gradients.Of(Expression.Symbol("k") * Expression.Time));
    }
}
