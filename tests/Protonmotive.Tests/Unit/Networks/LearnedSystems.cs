using Protonmotive.Networks;

namespace Protonmotive.Tests.Unit.Networks;

/// <summary>Which form a learned flux has.</summary>
public enum LearnedForm
{
    /// <summary>J = M·A.</summary>
    Mobility,
    /// <summary>J = NN.</summary>
    Free,
}

/// <summary>Small networks with learned fluxes.</summary>
internal static class LearnedSystems
{
    public static NetworkBuilder Stores(string name)
    {
        var b = new NetworkBuilder(name);
        b.Temperature = b.Parameter("T", 300, "K");
        var cell = b.Compartment("cell", 1, "L");
        b.Species("A", cell, 1, standardPotential: 0);
        b.Species("B", cell, 0.1, standardPotential: -1000);
        b.Species("C", cell, 0.5, standardPotential: 0);
        b.Species("D", cell, 0.5, standardPotential: 500);
        return b;
    }

    public static Network Exchange(LearnedForm form)
    {
        var b = new NetworkBuilder("exchange");
        b.Temperature = b.Parameter("T", 300, "K");
        var cell = b.Compartment("cell", 1, "L");
        var A = b.Species("A", cell, 1, standardPotential: 0);
        b.Species("B", cell, 0.1, standardPotential: -1000);
        var net = b.Perceptron("n", [LearnedInput.Logarithmic(A, 1, 1e-9, 2)], [4]);
        b.Process("ex", ProcessKind.Reaction, "A <-> B", form == LearnedForm.Mobility ? FluxLaw.Learned(new Mobility(net, 1e-4)) : FluxLaw.LearnedFree(net, 0.1));
        return b.Build();
    }

    public static Network Coupled()
    {
        var b = Stores("coupled");
        var net = b.Perceptron("n", [LearnedInput.Logarithmic(Protonmotive.Symbolics.Expression.Symbol("A"), 1, 1e-9), LearnedInput.Logarithmic(Protonmotive.Symbolics.Expression.Symbol("C"), 1, 1e-9)], [5], outputs: 3, seed: 2);
        var mobility = new MobilityMatrix(net, ["down", "up"], [1e-4, 1e-4]);
        b.Process("down", ProcessKind.Reaction, "A <-> B", FluxLaw.Learned(mobility));
        b.Process("up", ProcessKind.Reaction, "C <-> D", FluxLaw.Learned(mobility));
        return b.Build();
    }
}
