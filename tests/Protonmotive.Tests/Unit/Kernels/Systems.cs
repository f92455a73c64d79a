using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Tests.Unit.Kernels;

/// <summary>Equation systems that kernel tests share.</summary>
internal static class Systems
{
    public static Expression S(string name) => Expression.Symbol(name);

    public static StateVariable State(string name, double initial, Expression rate) => new(name, "", initial, rate);

    public static ParameterDefinition Parameter(string name, Expression definition) => new(name, "", definition);

    public static EquationSystem Of(IEnumerable<StateVariable> states, params IEnumerable<ParameterDefinition> parameters) =>
        new() { Name = "test", States = [.. states], Parameters = [.. parameters] };

    /// <summary>Robertson (1966), as in Hairer and Wanner (1996), Solving Ordinary Differential Equations II, IV.1.</summary>
    public static EquationSystem Robertson()
    {
        var (a, b, c) = (S("a"), S("b"), S("c"));
        var (k1, k2, k3) = (S("k1"), S("k2"), S("k3"));
        return Of(
            [
                State("a", 1, (-k1 * a) + (k3 * b * c)),
                State("b", 0, (k1 * a) - (k2 * Expression.Power(b, 2)) - (k3 * b * c)),
                State("c", 0, k2 * Expression.Power(b, 2)),
            ],
            Parameter("k1", 0.04), Parameter("k2", 3e7), Parameter("k3", 1e4));
    }

    /// <summary>A random mass-action network: each reaction takes one or two species to one or two others.</summary>
    public static EquationSystem MassAction(int species, int reactions, int seed)
    {
        var random = new Random(seed);
        var x = Enumerable.Range(0, species).Select(i => S($"x{i}")).ToArray();
        var terms = Enumerable.Range(0, species).Select(_ => new List<Expression>()).ToArray();
        var parameters = new List<ParameterDefinition>();
        for (int r = 0; r < reactions; r++)
        {
            parameters.Add(Parameter($"k{r}", Math.Exp((4 * random.NextDouble()) - 2)));
            int a = random.Next(species), b = random.Next(species), c = random.Next(species);
            var flux = S($"k{r}") * x[a];
            if (r % 2 == 0) flux *= x[b];
            terms[a].Add(-flux);
            if (r % 2 == 0) terms[b].Add(-flux);
            terms[c].Add(flux);
        }
        return Of(terms.Select((t, i) => State($"x{i}", 1 + (0.1 * (i % 7)), Expression.Sum(t))), parameters);
    }

    /// <summary>The Brusselator in two dimensions with diffusion and periodic boundaries; Hairer and Wanner (1996), IV.10.</summary>
    public static EquationSystem Brusselator(int n)
    {
        var states = new List<StateVariable>();
        double α = 0.1 * (n - 1) * (n - 1);
        Expression U(int i, int j) => S($"u{(i + n) % n}_{(j + n) % n}");
        Expression V(int i, int j) => S($"v{(i + n) % n}_{(j + n) % n}");
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                var (u, v) = (U(i, j), V(i, j));
                var exchange = S("alpha") * (U(i + 1, j) + U(i - 1, j) + U(i, j + 1) + U(i, j - 1) - (4 * u));
                var vexchange = S("alpha") * (V(i + 1, j) + V(i - 1, j) + V(i, j + 1) + V(i, j - 1) - (4 * v));
                states.Add(State($"u{i}_{j}", 1, 1 + (Expression.Power(u, 2) * v) - (4.4 * u) + exchange));
                states.Add(State($"v{i}_{j}", 1, (3.4 * u) - (Expression.Power(u, 2) * v) + vexchange));
            }
        }
        return Of(states, Parameter("alpha", α));
    }
}
