using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Langevin;
using Protonmotive.Symbolics;
using Protonmotive.Thermodynamics;
using static Protonmotive.Atlas.Physics.Bead;

namespace Protonmotive.Atlas.Physics;

/// <summary>
/// Szilard's engine with a bead in a trap instead of a molecule in a box: an instrument of finite resolution reads, with errors, on which side of the middle the bead is; the
/// trap is bent at once so that what is now known of the bead is its equilibrium, and then bent back slowly, which yields work.
/// </summary>
/// <remarks>
/// p(y|x) = ½(1 + y(1 − 2ε) tanh(x/w)), y = ±1, and I = ln 2p(y|x), since both readings are equally likely. The bent trap is G = ½kx² − λk_BT I(x, y) with λ from 1 to 0: its
/// free energy is the same at both ends, so ⟨exp(−W/kT − I)⟩ = 1 and −⟨W⟩ ≤ kT⟨I⟩ (Sagawa and Ueda 2010). Bending at once draws kT I on average; bending back gives up part of it to
/// haste (Horowitz and Parrondo 2011). A memory of two equal states costs kT ln 2 to clear.
/// </remarks>
public sealed class SzilardEngine : CatalogueSystem
{
    private const double Width = 14; // nm
    private const double Relaxation = Gamma / Stiffness, Measured = Relaxation / 2, StepsPerRelaxation = 100;
    private const int Paths = 2000;
    private const ulong Seed = 2;

    /// <inheritdoc/>
    public override string Name => "szilard-engine";

    /// <inheritdoc/>
    public override string Title => "Szilard's engine: work for a bit";

    /// <inheritdoc/>
    public override string Domain => "physics";

    /// <inheritdoc/>
    public override string Question => "How much work is a measurement with errors worth, and who pays for it?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Szilard L (1929). Über die Entropieverminderung in einem thermodynamischen System bei Eingriffen intelligenter Wesen. Z Phys 53:840–856.",
        "Sagawa T, Ueda M (2010). Generalized Jarzynski equality under nonequilibrium feedback control. Phys Rev Lett 104:090602.",
        "Horowitz JM, Parrondo JMR (2011). Designing optimal discrete-feedback thermodynamic engines. New J Phys 13:123019.",
        "Landauer R (1961). Irreversibility and heat generation in the computing process. IBM J Res Dev 5:183–191.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("slow", "One reading in twenty is wrong far from the middle. The trap of energy ½kx² is bent by −λ kT ln(1 + y(1 − 2ε) tanh(x/w)). The reading y is 0 before the measurement and then 1 or −1; from then on λ = 1 − (t − t_m)/duration falls from 1 to 0, within eight relaxation times γ/k = 1.68 ms. ρ is the chance of a place, p(y|x) that of a reading there; I = ln p(y|x)/p(y) is what a reading tells, and W the work done on the bead: less the work drawn. The results are of paths in the noise of the water; the drawing, the course and the account are of the bead without noise.", Measured + (8 * Relaxation)),
        new("fast", "The same within half a relaxation time γ/k. The trap and the work against the time taken are as in the figures of slow.", Measured + (Relaxation / 2)),
        new("noisy", "One reading in four is wrong far from the middle; bent back within eight relaxation times.", Measured + (8 * Relaxation)),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => Scenarios;

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("position", "nm", [new("x", "bead, without noise")]), new("bending of the trap", "1", [new("bending", "λ")]), new("reading and its information", "1", [new("reading", "y"), new("information", "I (nats)")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario) => Build(scenario.Name == "noisy" ? 0.25 : 0.05, scenario.End - Measured);

    private Network Build(double epsilon, double duration)
    {
        var b = new NetworkBuilder(Title) { EnergyUnit = "zJ", AmountUnit = "nm" };
        var kT = b.Parameter("kT", KT, "zJ", "CODATA 2018, 298.15 K");
        var k = b.Parameter("k", Stiffness, "pN/nm", "of the order of optical traps", "stiffness of the trap");
        var sharpness = 1 - (2 * b.Parameter("epsilon", epsilon, "1", "ours", "share of wrong readings far from the middle"));
        var width = b.Parameter("w", Width, "nm", "ours: half of the bead's spread", "resolution of the instrument");
        var reading = b.Variable("reading", 0, "1", "y: 0 before the measurement, then 1 or −1");
        var information = b.Variable("information", 0, "1", "ln p(y|x)/p(y), nats");
        var measured = b.Parameter("t_m", Measured, "s", "ours", "time of the measurement");
        // Before the reading y = 0 and nothing bends; so the pace may be one straight line, without a kink for the solver.
        var bending = 1 - ((Expression.Time - measured) / b.Parameter("duration", duration, "s", "ours", "of bending back"));
        b.Define("bending", Expression.Select(Expression.Less(Expression.Time, measured), 0, bending), "1");
        Expression Twice(Expression y, Expression x) => 1 + (y * sharpness * Expression.Tanh(x / width)); // 2p(y|x)

        var start = b.Parameter("x_0", 30, "nm", "ours; paths draw it at equilibrium", "where the bead begins");
        var chance = b.Parameter("chance", 0.5, "1", "ours; paths draw it from 0 to 1", "below p(1|x) the reading is 1");
        var position = b.Store("x", start, x => (k * x * x / 2) - (bending * kT * Expression.Log(Twice(reading, x))), "nm", "nm", face: x => x, description: "position of the bead");
        b.Process("friction", ProcessKind.Leak, "x ->", FluxLaw.Ohm(1 / b.Parameter("gamma", Gamma, "pN·s/nm", "Stokes: 6πηr, 0.5 µm in water at 25 °C", "friction")), unit: "nm/s");
        var read = Expression.Select(Expression.Less(chance, Twice(1, position) / 2), 1, -1);
        b.When("measurement", Expression.LessOrEqual(measured, Expression.Time), [new("reading", read), new("information", Expression.Log(Twice(read, position)))]);
        return b.Build();
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        double epsilon = scenario.Name == "noisy" ? 0.25 : 0.05;
        var paths = Run(epsilon, scenario.End - Measured, Paths, cancellation);
        double[] work = [.. paths.Work.ToArray().Select(w => w / KT)], information = paths.Sample("information", 1).ToArray();
        var (extracted, deviation) = PathEnsemble.Moments([.. work.Select(w => -w)]);
        var (known, spread) = PathEnsemble.Moments(information);
        var (balance, fluctuation) = PathEnsemble.Moments([.. work.Zip(information, (w, i) => Math.Exp(-w - i))]);
        var (naive, _) = PathEnsemble.Moments([.. work.Select(w => Math.Exp(-w))]);
        double wrong = paths.Sample("x", 0).ToArray().Zip(paths.Sample("reading", 1).ToArray(), (x, y) => x * y < 0 ? 1.0 : 0).Average(), error = 4.5 / Math.Sqrt(Paths);
        var (expected, missed) = epsilon > 0.1 ? (0.0834126075912829, 0.31302501619750456) : (0.30494021283085676, 0.16344502915550807); // scipy's quad, 1e-13, over the bead's Gaussian
        var ledger = PathLedger.Of(paths);
        return new Findings(
        [
            new NamedResult("information of the reading", known, "nats", $"this and the rows below: mean over {Paths} paths with noise").Against(expected, error * spread, "∫ρ Σ p(y|x) ln 2p(y|x) dx, by quadrature"),
            new NamedResult("share of wrong readings", wrong, "1").Against(missed, error * Math.Sqrt(missed * (1 - missed)), "∫ρ p(wrong|x) dx, by quadrature"),
            new NamedResult("⟨exp(−W/kT − I)⟩", balance, "1").Against(1, error * fluctuation, "Sagawa and Ueda 2010"),
            new NamedResult("⟨exp(−W/kT)⟩, without the information", naive, "1", "1 for a machine that knows nothing"),
            new NamedResult("work drawn over kT", extracted, "1", $"± {deviation / Math.Sqrt(Paths):g2} by chance; at most the information in the mean"),
            new NamedResult("work drawn over kT I", extracted / known, "1"),
            new NamedResult("clearing the memory over kT: Landauer's bill", Math.Log(2), "1", "two equal states"),
            new NamedResult("what is left over kT", extracted - Math.Log(2), "1", "below 0: the second law holds with the memory in the account"),
            new NamedResult("worst closure of the first law", ledger.WorstClosureResidual, "1").Against(0, 1e-3, "ΔG = W − Q on each path; for this energy up to the square of the time step"),
        ], scenario.Name == "fast" ? [] : [Haste(epsilon, expected, cancellation), Bent(epsilon)]); // those of "slow" would be the same
    }

    private PathEnsemble Run(double epsilon, double duration, int count, CancellationToken cancellation)
    {
        var kernel = LangevinKernel.Compile(Build(epsilon, duration), Expression.Symbol("kT"), "x", "reading", "information");
        double end = Measured + duration;
        return PathEnsemble.Run(new LangevinProblem(kernel, 0, end, (int)Math.Round(end / Relaxation * StepsPerRelaxation))
        {
            Drawn = [new Draw("x_0", Distribution.Normal, [0, Math.Sqrt(KT / Stiffness)]), new Draw("chance", Distribution.Uniform, [0, 1])],
        }, count, Seed, [Measured, end], new LangevinOptions { Cancellation = cancellation });
    }

    private LinePlot Haste(double epsilon, double information, CancellationToken cancellation)
    {
        ImmutableArray<double> durations = [0.25, 0.5, 1, 2, 4, 8];
        var moments = durations.Select(d => PathEnsemble.Moments(Run(epsilon, d * Relaxation, Paths, cancellation).Work)).ToList();
        ImmutableArray<double> drawn = [.. moments.Select(m => -m.Mean / KT)], error = [.. moments.Select(m => m.Deviation / KT / Math.Sqrt(Paths))];
        PlotLine Bound(string label, int side) => new(label, durations, [.. drawn.Zip(error, (w, e) => w + (side * e))]) { IsDashed = true };
        PlotLine Level(string label, double value) => new(label, [durations[0], durations[^1]], [value, value]) { IsDashed = true };
        return new LinePlot("haste", $"Work drawn against the time taken: mean of {Paths} paths, between lines of one standard error each way", new("time of bending back over relaxation time", "", true), new("energy over kT"),
            [new("work drawn", durations, drawn), Bound("one error more", 1), Bound("one error less", -1), Level("information, kT I", information), Level("memory, kT ln 2", Math.Log(2))]);
    }

    private static LinePlot Bent(double epsilon)
    {
        ImmutableArray<double> x = [.. Enumerable.Range(-90, 181).Select(i => (double)i)];
        PlotLine Line(string label, double y) => new(label, x, [.. x.Select(a => (Stiffness * a * a / 2 / KT) - Math.Log(1 + (y * (1 - (2 * epsilon)) * Math.Tanh(a / Width))))]);
        return new LinePlot("traps", "The trap before the reading, and just after each of the two", new("position", "nm"), new("energy over kT"), [Line("before", 0) with { IsDashed = true }, Line("after 'right'", 1), Line("after 'left'", -1)]);
    }
}
