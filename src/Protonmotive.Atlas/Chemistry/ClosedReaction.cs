using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Chemistry;

/// <summary>A ⇌ B in a closed vessel: it runs until both potentials are equal, and all free energy it had is dissipated.</summary>
public sealed class ClosedReaction : CatalogueSystem
{
    private const double Forward = 2, Backward = 1, Start = 3;

    /// <inheritdoc/>
    public override string Name => "closed-reaction";

    /// <inheritdoc/>
    public override string Title => "A reaction comes to equilibrium";

    /// <inheritdoc/>
    public override string Domain => "chemistry";

    /// <inheritdoc/>
    public override string Question => "Why does a reaction stop before its reactant is used up?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = ["Kondepudi D, Prigogine I (2014). Modern thermodynamics, 2nd ed., Wiley, ch. 9."];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } = [new("from-pure-A", "3 mol of A in 1 L, no B.", 10)];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("concentration", "mol/L", [new("A", "A"), new("B", "B")]), new("affinity", "kJ/mol", [new("affinity.conversion", "A to B", 1e-3)]) { IsLogarithmic = true }];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        b.Temperature = b.Parameter("T", 298.15, "K");
        var (forward, backward) = (b.Parameter("k_f", Forward, "1/s"), b.Parameter("k_b", Backward, "1/s"));
        var vessel = b.Compartment("vessel", 1);
        b.Species("A", vessel, b.Parameter("A_0", Start, "mol/L"), standardPotential: 0);
        b.Species("B", vessel, 0, standardPotential: -(b.RT * Expression.Log(forward / backward)));
        b.Process("conversion", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(forward, backward));
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        return [new NamedResult("A at the end", At(solution, "A", solution.FinalTime), "mol/L").Against(Start * Backward / (Forward + Backward), 1e-5, "[B]/[A] = k_f/k_b")];
    }
}
