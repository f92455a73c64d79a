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
/// A bead of 1 µm in water, held by an optical trap that is stiffened, softened or dragged: G = ½k(x − x₀)², x falls down its force against Stokes' friction and is
/// shaken by the water. Work is what the moving trap does along a path, heat what the friction takes.
/// </summary>
/// <remarks>
/// The time courses of the run show the bead without noise, from 30 nm; the study runs paths, which begin at equilibrium. Stiffening: ΔF = ½k_BT ln(k₁/k₀). Dragging at speed v:
/// ΔF = 0, ⟨W⟩ = γv²(t − τ(1 − e^(−t/τ))) with τ = γ/k, and W is Gaussian with variance 2k_BT⟨W⟩.
/// </remarks>
public sealed class BrownianParticle : CatalogueSystem
{
    private const double Soft = Stiffness, Stiff = 0.02, Speed = 20_000; // pN/nm, nm/s
    private const int Paths = 4000, FewestSteps = 100, Bins = 40, Drawn = 5;
    private const double LongestStep = Gamma / Stiff / 10; // s
    private const ulong Seed = 1;

    /// <inheritdoc/>
    public override string Name => "brownian-particle";

    /// <inheritdoc/>
    public override string Title => "A bead in a moving trap";

    /// <inheritdoc/>
    public override string Domain => "physics";

    /// <inheritdoc/>
    public override string Question => "What does the second law say of a single path, on which heat may run uphill?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Jarzynski C (1997). Nonequilibrium equality for free energy differences. Phys Rev Lett 78:2690–2693.",
        "Crooks GE (1999). Entropy production fluctuation theorem and the nonequilibrium work relation for free energy differences. Phys Rev E 60:2721–2726.",
        "Sekimoto K (1998). Langevin equation and thermodynamics. Prog Theor Phys Suppl 130:17–27.",
        "Mazonka O, Jarzynski C (1999). Exactly solvable model illustrating far-from-equilibrium predictions. arXiv:cond-mat/9912121.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("fast", "The trap is stiffened fourfold within 1 ms, 0.6 of the time γ/k = 1.68 ms in which the bead relaxes. " + Words, 0.001),
        new("slow", "The same within 10 ms, six times as long as the bead takes to relax.", 0.01),
        new("reverse", "Softened fourfold within 1 ms: the fast one backwards.", 0.001),
        new("drag", "Dragged 100 nm within 5 ms.", 0.005),
    ];

    private const string Words = "Of a path in the noise of the water, W is the work done on the bead and Q the heat it takes; kT is the energy of thermal motion, 4.1 zJ at 25 °C; ΔF is by what the free energy differs, that is, the least mean work. p_F and p_R are how often a work comes about on the way and on its reverse. Jarzynski: the mean of exp(−W/kT) is exp(−ΔF/kT); Crooks: p_F(W)/p_R(−W) = exp((W − ΔF)/kT), from which Bennett's estimate takes ΔF from both. The results are of such paths; the drawing, the course and the account are of the bead without noise.";

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => [Scenarios[0], Scenarios[1], Scenarios[3]];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("position", "nm", [new("x", "bead, without noise"), new("centre", "trap")]), new("stiffness of the trap", "pN/nm", [new("stiffness", "k")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario) => Build(scenario.Name, scenario.End);

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        double end = scenario.End;
        int steps = Math.Max(FewestSteps, (int)Math.Ceiling(end / LongestStep));
        var options = new LangevinOptions { Cancellation = cancellation };
        PathEnsemble Run(string protocol, ulong seed) => PathEnsemble.Run(
            new LangevinProblem(LangevinKernel.Compile(Build(protocol, end), Expression.Symbol("kT"), "x"), 0, end, steps) { Drawn = [new Draw("x_0", Distribution.Normal, [0, Math.Sqrt(KT / (protocol == "reverse" ? Stiff : Soft))])] }, Paths, seed, Enumerable.Range(0, FewestSteps + 1).Select(i => i * end / FewestSteps), options);
        string back = scenario.Name switch { "reverse" => "fast", "drag" => "drag", _ => "reverse" }; // dragging is its own reverse
        var (forward, reverse) = (Run(scenario.Name, Seed), Run(back, Seed + 1));
        double difference = scenario.Name switch { "drag" => 0, "reverse" => -Math.Log(Stiff / Soft) / 2, _ => Math.Log(Stiff / Soft) / 2 };
        var (mean, deviation) = PathEnsemble.Moments(forward.Work);
        var jarzynski = WorkRelations.Jarzynski(forward.Work, KT);
        var bennett = WorkRelations.Bennett(forward.Work, reverse.Work, KT);
        var histogram = WorkHistogram.Of(forward.Work, reverse.Work, Bins);
        const double errors = 4.5; // standard errors: one in 150,000
        string law = scenario.Name == "drag" ? "0: the trap is only moved" : "½ ln(k₁/k₀)";
        var results = ImmutableArray.CreateBuilder<NamedResult>();
        results.Add(new NamedResult("ΔF over kT by Jarzynski", jarzynski.Value / KT, "1", $"this and the rows below: {Paths} paths with noise").Against(difference, errors * jarzynski.StandardError / KT, law));
        results.Add(new NamedResult("ΔF over kT by Bennett, both ways", bennett.Value / KT, "1").Against(difference, errors * bennett.StandardError / KT, law));
        results.Add(new NamedResult("slope of ln p_F(W)/p_R(−W) over W/kT", histogram.Line.Slope * KT, "1").Against(1, errors * histogram.Line.SlopeError * KT, "Crooks 1999"));
        results.Add(new NamedResult("where p_F(W) and p_R(−W) cross, over kT", histogram.Line.Crossing / KT, "1").Against(difference, errors * histogram.Line.CrossingError / KT, "Crooks 1999: at ΔF"));
        double expected = MeanWork(scenario.Name) / KT;
        results.Add(new NamedResult("mean work over kT", mean / KT, "1").Against(expected, errors * deviation / KT / Math.Sqrt(Paths), scenario.Name == "drag" ? "γv²(t − τ(1 − e^(−t/τ)))/kT, τ = γ/k" : "½∫k̇⟨x²⟩dt/kT, ⟨x²⟩ from its own equation, by an independent code"));
        if (scenario.Name == "drag")
            results.Add(new NamedResult("variance of the work over 2kT⟨W⟩", deviation * deviation / (2 * KT * mean), "1").Against(1, errors * Math.Sqrt(2.0 / Paths), "Mazonka and Jarzynski 1999"));
        results.Add(new NamedResult("share of paths with W below ΔF", forward.Work.ToArray().Count(w => w < difference * KT) / (double)Paths, "1"));
        results.Add(new NamedResult("worst closure of the first law", PathLedger.Of(forward).WorstClosureResidual, "1").Against(0, 1e-12, "ΔG = W − Q on each path"));
        return new Findings(results.ToImmutable(), [Distributions(histogram, difference, scenario.Name, mean), Lines(forward)]);
    }

    private static Network Build(string protocol, double end)
    {
        var b = new NetworkBuilder("A bead in a moving trap") { EnergyUnit = "zJ", AmountUnit = "nm" };
        b.Parameter("kT", KT, "zJ", "CODATA 2018, 298.15 K");
        var (k0, k1) = protocol switch { "drag" => (Soft, Soft), "reverse" => (Stiff, Soft), _ => (Soft, Stiff) };
        var first = b.Parameter("k_0", k0, "pN/nm", "of the order of optical traps", "stiffness at the start");
        var last = b.Parameter("k_1", k1, "pN/nm", "of the order of optical traps", "stiffness at the end");
        var gamma = b.Parameter("gamma", Gamma, "pN·s/nm", "Stokes: 6πηr, 0.5 µm in water at 25 °C (0.89 mPa·s)", "friction");
        var k = b.Define("stiffness", first + ((last - first) * Expression.Time / b.Parameter("duration", end, "s")), "pN/nm");
        var centre = b.Define("centre", b.Parameter("v", protocol == "drag" ? Speed : 0, "nm/s", "ours", "speed of the trap") * Expression.Time, "nm");
        var start = b.Parameter("x_0", 30, "nm", "ours; paths draw it at equilibrium", "where the bead begins");
        b.Store("x", start, x => k * Expression.Power(x - centre, 2) / 2, "nm", "nm", face: x => x, description: "position of the bead");
        b.Process("friction", ProcessKind.Leak, "x ->", FluxLaw.Ohm(1 / gamma), unit: "nm/s");
        return b.Build();
    }

    // In zJ. Stiffening: s′ = −2ks/γ + 2kT/γ from s(0) = kT/k₀, W = ½k̇∫s dt, by scipy's solve_ivp (DOP853, 1e-12).
    private static double MeanWork(string scenario) => scenario switch
    {
        "fast" => 1.0405986965825675 * KT,
        "slow" => 0.7463672403403321 * KT,
        "reverse" => -0.5068522255065706 * KT,
        _ => Gamma * Speed * Speed * (0.005 - (Gamma / Soft * (1 - Math.Exp(-0.005 * Soft / Gamma)))),
    };

    private static LinePlot Distributions(WorkHistogram histogram, double difference, string scenario, double mean)
    {
        // From an empty bin before what can be seen to one after it: a path in hundreds of work far out would squeeze all others.
        const double seen = 5e-3;
        double step = histogram.Work.Length > 1 ? histogram.Work[1] - histogram.Work[0] : 1, most = Math.Max(histogram.Forward.Max(), histogram.Reverse.Max());
        bool IsSeen(int bin) => Math.Max(histogram.Forward[bin], histogram.Reverse[bin]) >= seen * most;
        int[] bins = [.. Enumerable.Range(0, histogram.Work.Length).Where(IsSeen)];
        int first = bins[0] - 1, count = bins[^1] + 2 - first;
        ImmutableArray<double> work = [.. Enumerable.Range(first, count).Select(i => (histogram.Work[0] + (i * step)) / KT)];
        ImmutableArray<double> Density(ImmutableArray<double> p) => [.. Enumerable.Range(first, count).Select(i => i >= 0 && i < p.Length ? p[i] * KT : 0)];
        double top = Density(histogram.Forward).Concat(Density(histogram.Reverse)).Max();
        var lines = ImmutableArray.CreateBuilder<PlotLine>();
        lines.Add(new("forward, p(W)", work, Density(histogram.Forward)));
        lines.Add(new("reverse, p(−W)", work, Density(histogram.Reverse)));
        lines.Add(new("ΔF", [difference, difference], [0, top]) { IsDashed = true });
        if (scenario == "drag")
        {
            double m = mean / KT, variance = 2 * m;
            lines.Add(new("Gaussian of variance 2kT⟨W⟩", work, [.. work.Select(w => Math.Exp(-(w - m) * (w - m) / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance))]) { IsDashed = true });
        }
        return new LinePlot("work", "Work on paths, forward and reversed: the curves cross at ΔF", new("work over kT"), new("density"), lines.ToImmutable());
    }

    private static LinePlot Lines(PathEnsemble paths) => new("paths", $"Paths of the bead: {Drawn} of {Paths}", new("time", "ms"), new("position", "nm"),
        [.. Enumerable.Range(0, Drawn).Select(i => new PlotLine($"path {i + 1}", [.. paths.Times.Select(t => t * 1e3)], paths.Path("x", i)))]);
}
