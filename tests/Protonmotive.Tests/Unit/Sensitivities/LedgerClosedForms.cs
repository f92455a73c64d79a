using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Sensitivities;

/// <summary>Derivatives of ledger numbers against closed forms.</summary>
public class LedgerClosedForms
{
    private const double RT = PhysicalConstants.CodataGasConstant * 300;
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    /// <summary>
    /// A machine between held levels S₁ → S₂ and W₁ → W₂ spends RT ln(S₁/S₂) a turn to lift RT ln(W₂/W₁), whatever its law: η is their
    /// ratio, and ∂η/∂W₂ = 1/(W₂ ln(S₁/S₂)), ∂η/∂S₁ = −η/(S₁ ln(S₁/S₂)), ∂η/∂X = 0.
    /// </summary>
    [Fact]
    public void Efficiency_of_a_coupled_machine_by_the_levels_of_its_reservoirs()
    {
        var b = new NetworkBuilder("machine") { Temperature = 300.0 };
        var cell = b.Compartment("cell", 1, "L");
        Species Held(string name, double level) => b.Reservoir(name, cell, b.Parameter("level_" + name, level, "M"), standardPotential: 0);
        var (s1, s2, w1, w2) = (Held("S1", 9), Held("S2", 1), Held("W1", 2), Held("W2", 6));
        var x = b.Parameter("X", 0.4, "mol/s");
        b.Process("machine", ProcessKind.Pump, "S1 + W1 <-> S2 + W2", FluxLaw.Formula(x * ((s1 * w1) - (s2 * w2))), halves: [new("fuel", "S1 -> S2"), new("load", "W1 -> W2")]);
        b.Species("other", cell, 1, standardPotential: 0);
        var ledger = new LedgerSensitivities(Account.Of(b.Build()));
        string[] names = ["level_W2", "level_S1", "X"];
        var start = TangentStart.Along(ledger.Kernel, names);
        var course = ledger.Along(start, 0, ForwardSensitivities.Solve(start, 0, 2, [2], null, cancellation), 0);
        var settled = SettledState.Of(start, 2, new Tolerance(1e-10), cancellation: cancellation);
        double η = Math.Log(3) / Math.Log(9);
        double[] expected = [1 / (6 * Math.Log(9)), -η / (9 * Math.Log(9)), 0];
        foreach (var (found, power) in new[] { (course, 2.0), (ledger.AtRest(settled), 1) })
        {
            Assert.Equal(η, found.Value("machine.efficiency"), 1e-12);
            for (int d = 0; d < 3; d++) Assert.Equal(expected[d], found.Slope("machine.efficiency", d), 1e-12);
            // Dissipated per time: X (S₁W₁ − S₂W₂) RT ln(S₁W₁/(S₂W₂)).
            Assert.Equal(power * (18 - 6) * RT * Math.Log(3), found.Slope("machine.dissipated", 2), 1e-6);
        }
    }

    /// <summary>
    /// n = n₀ e^(−kt) in a litre, to which d mol are added at t₁: the jump supplies G(n + d) − G(n), so ∂/∂d is the potential after,
    /// μ = RT ln(n + d), and ∂/∂k is −t₁ n (μ after − μ before). All energy stored comes from jumps or goes as heat.
    /// </summary>
    [Fact]
    public void What_a_jump_supplies()
    {
        var b = new NetworkBuilder("addition") { Temperature = 300.0 };
        var cell = b.Compartment("cell", 1, "L");
        var a = b.Species("A", cell, 3, standardPotential: 0);
        b.Reservoir("sink", cell, 0.01, standardPotential: 0);
        var k = b.Parameter("k", 0.3, "1/s");
        b.Process("loss", ProcessKind.Leak, "A -> sink", FluxLaw.Formula(k * a));
        var at = b.Parameter("at", 2, "s");
        var dose = b.Parameter("dose", 5, "M");
        b.When("added", LessOrEqual(at, Time), [new("A", a + dose)]);
        var ledger = new LedgerSensitivities(Account.Of(b.Build()));
        string[] names = ["dose", "k", "at"];
        var start = TangentStart.Along(ledger.Kernel, names);
        var options = new SensitivityOptions { Tolerance = new Tolerance(1e-11, 1e-14) };
        var solution = ForwardSensitivities.Solve(start, 0, 4, [1, 4], options, cancellation);
        double n = 3 * Math.Exp(-0.6), before = RT * Math.Log(n), after = RT * Math.Log(n + 5);
        double Energy(double x) => RT * x * (Math.Log(x) - 1);
        var late = ledger.Along(start, 0, solution, 1);
        var early = ledger.Along(start, 0, solution, 0);
        // supplied = jump + what the sink takes, and the latter is −RT ln(0.01) times the extent, here with opposite sign.
        int supplied = ledger.Numbers.IndexOf(ledger.Numbers.First(x => x.Name == "supplied")), sink = ledger.Numbers.IndexOf(ledger.Numbers.First(x => x.Name == "supplied.sink"));
        Assert.Equal(0, early.Value(supplied) - early.Value(sink), 1e-9);
        Assert.Equal(Energy(n + 5) - Energy(n), late.Value(supplied) - late.Value(sink), 1e-5);
        double[] expected = [after, -2 * n * (after - before), -0.3 * n * (after - before)];
        var adjoint = AdjointSensitivities.Solve(start, 0, 4, [1, 4], options, cancellation);
        var (all, part) = (ledger.Gradient("supplied", start, 0, adjoint, 1), ledger.Gradient("supplied.sink", start, 0, adjoint, 1));
        for (int d = 0; d < 3; d++)
        {
            Assert.Equal(expected[d], late.Slope(supplied, d) - late.Slope(sink, d), 1e-5);
            double[] Pulled(AdjointGradient g) => TangentStart.PullBack(ledger.Kernel, start.Parameters, names, g.Parameters, g.InitialState);
            int index = ledger.Kernel.ParameterIndex(names[d]);
            Assert.Equal(expected[d], Pulled(all)[index] - Pulled(part)[index], 1e-5);
        }
    }
}
