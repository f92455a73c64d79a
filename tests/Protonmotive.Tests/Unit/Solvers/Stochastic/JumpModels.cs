using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Tests.Unit.Solvers.Stochastic;

/// <summary>Small jump processes with known moments.</summary>
internal static class JumpModels
{
    /// <summary>X arrives at rate <paramref name="arrival"/> and each X leaves at rate <paramref name="loss"/>: Poisson from 0 on.</summary>
    public static Network Immigration(double arrival = 10, double loss = 0.5, double start = 0)
    {
        var b = new NetworkBuilder("immigration and death");
        var cell = b.Compartment("cell", 1);
        var x = b.Species("X", cell, start, inAmounts: true);
        b.Process("arrival", ProcessKind.Reaction, "-> X", FluxLaw.Formula(b.Parameter("arrivalRate", arrival)));
        b.Process("death", ProcessKind.Reaction, "X ->", FluxLaw.Formula(b.Parameter("lossRate", loss) * x));
        return b.Build();
    }

    /// <summary>A chain of isomers, 2·(n − 1) channels: X0 ⇌ X1 ⇌ … with all rates <paramref name="rate"/>.</summary>
    public static Network Chain(int length, double start, double rate = 1)
    {
        var b = new NetworkBuilder("chain");
        var cell = b.Compartment("cell", 1);
        var k = b.Parameter("k", rate);
        var pools = Enumerable.Range(0, length).Select(i => b.Species($"X{i}", cell, i == 0 ? start : 0, inAmounts: true)).ToArray();
        for (int i = 0; i + 1 < length; i++)
            b.Process($"step{i}", ProcessKind.Reaction, $"X{i} <-> X{i + 1}", FluxLaw.Formula(k * pools[i], k * pools[i + 1]));
        return b.Build();
    }

    /// <summary>2 A ⇌ B by mass action in a volume.</summary>
    public static Network Dimers(double monomers, double volume, double forward, double backward)
    {
        var b = new NetworkBuilder("dimers");
        var cell = b.Compartment("cell", volume);
        b.Species("A", cell, monomers / volume);
        b.Species("B", cell, 0);
        b.Process("pairing", ProcessKind.Reaction, "2 A <-> B", FluxLaw.MassAction(b.Parameter("forward", forward), b.Parameter("backward", backward)));
        return b.Build();
    }

    /// <summary>A network with one species X and what <paramref name="build"/> adds.</summary>
    public static Network With(double start, Action<NetworkBuilder, Species> build)
    {
        var b = new NetworkBuilder("one species");
        build(b, b.Species("X", b.Compartment("cell", 1), start, inAmounts: true));
        return b.Build();
    }

    public static IEnumerable<double> Times(double end, int steps) => Enumerable.Range(0, steps + 1).Select(i => end * i / steps);

    public static Expression Of(string name) => Expression.Symbol(name);
}
