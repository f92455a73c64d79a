using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Chemistry;

/// <summary>
/// The reversible Brusselator at many places, with diffusion between neighbours. Where B is above a threshold, and Y spreads faster than X, the uniform state
/// gives way to a pattern: waves on a ring, spots or stripes on a sheet.
/// </summary>
/// <remarks>At rest the mean of X is that of the uniform state, whatever the pattern, so fluxes and dissipation as a whole are too, but for k₋ times the change of Y.</remarks>
public sealed class BrusselatorSpace : CatalogueSystem
{
    private const double A = 4.5, Back = 1e-3, DiffusionX = 2.5, DiffusionY = 18, T = 298.15;
    private const int RingPlaces = 128, SheetPlaces = 64, RingModes = 40;
    private const ulong Seed = 1;

    /// <inheritdoc/>
    public override string Name => "brusselator-space";

    /// <inheritdoc/>
    public override string Title => "The Brusselator in space: spots and stripes";

    /// <inheritdoc/>
    public override string Domain => "chemistry";

    /// <inheritdoc/>
    public override string Question => "When does a uniform mixture turn into a pattern, and what does the pattern cost?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Turing AM (1952). The chemical basis of morphogenesis. Phil Trans R Soc B 237:37–72.",
        "Prigogine I, Lefever R (1968). Symmetry breaking instabilities in dissipative systems. II. J Chem Phys 48:1695–1700.",
        "Nicolis G, Prigogine I (1977). Self-organization in nonequilibrium systems, Wiley, ch. 7.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("line", "A ring of 128 places, B = 8: above the threshold of 7.18. Each place is a well-stirred volume of 1 L; X ⇌ X is diffusion from a place to the next, whose concentration is X[1]. Lengths are counted in places.", 100),
        new("below", "The same with B = 7: below the threshold, unevenness fades.", 60),
        new("spots", "A sheet of 64 by 64 places, B = 7.6: a little above the threshold of 7.18.", 150),
        new("stripes", "The same sheet with B = 8.5: further above the threshold.", 100),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => [Scenarios[0], Scenarios[2], Scenarios[3]];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
    [
        new("concentration at one place", "mol/L", [new("X[0]", "X"), new("Y[0]", "Y"), new("X[0,0]", "X"), new("Y[0,0]", "Y")]),
        new("unevenness of X", "mol/L", [new("unevenness", "root mean square")]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var b = new NetworkBuilder(Title);
        b.Temperature = b.Parameter("T", T, "K");
        var (forward, backward) = (b.Parameter("k_f", 1, "", "own", "forwards, of every step, in L, mol and s whatever its order"), b.Parameter("k_b", Back, "", "own", "backwards, likewise"));
        var step = b.RT * Expression.Log(forward / backward); // what a turnover of any step gives at equal concentrations of 1 mol/L
        var (levelA, levelB) = (b.Parameter("A_0", A, "mol/L"), b.Parameter("B_0", LevelB(scenario), "mol/L"));
        var place = b.Compartment("volume", 1, description: "of one place");
        b.Reservoir("A", place, levelA, standardPotential: step);
        b.Reservoir("B", place, levelB, standardPotential: 2 * step);
        b.Reservoir("D", place, 1, standardPotential: 0);
        b.Reservoir("E", place, 1, standardPotential: -step);
        // The uniform steady state, at which every place starts but for a small unevenness of X.
        var x = b.Parameter("X_uniform", (forward * levelA + backward) / (forward + backward), "mol/L");
        var y = b.Parameter("Y_uniform", (forward * levelB * x + (backward * x * x * x)) / ((forward * x * x) + backward), "mol/L");
        var uneven = b.Parameter("unevenness_0", 1e-3, "1", "own", "share of X by which places differ at the start");
        var grid = Places(scenario);
        b.Replicate(grid, at =>
        {
            b.Species("X", place, x * (1 + (uneven * (grid.IsSheet ? at.Noise(Seed) : Waves(at.Column)))), standardPotential: 0);
            b.Species("Y", place, (Expression)y, standardPotential: step);
            foreach (var (name, equation) in (ReadOnlySpan<(string, string)>)[("inflow", "A <-> X"), ("exchange", "B + X <-> Y + D"), ("autocatalysis", "2 X + Y <-> 3 X"), ("outflow", "X <-> E")])
                b.Process(name, ProcessKind.Reaction, equation, FluxLaw.MassAction(forward, backward));
        });
        b.Diffusion(grid, "X", b.Parameter("D_X", DiffusionX, "1/s", "own", "of X, with the distance of places as unit of length"));
        b.Diffusion(grid, "Y", b.Parameter("D_Y", DiffusionY, "1/s", "own", "of Y, likewise"));
        b.Define("unevenness", Expression.Sqrt(Expression.Sum(grid.Places.Select(p => Expression.Power(Expression.Symbol("X" + p.Suffix) - x, 2))) / grid.Places.Length), "mol/L");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution) => Study(scenario, solution).Results;

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(solution);
        ArgumentNullException.ThrowIfNull(scenario);
        var (grid, theory) = (Places(scenario), Theory(LevelB(scenario)));
        int last = solution.RowCount - 1;
        var spectrum = WaveSpectrum.Of(grid, solution, "X", last);
        var growth = ModeGrowth.Between(grid, solution, "X", Early(scenario));
        int fastest = growth.Fastest(theory);
        double uniform = theory.Dissipation * PhysicalConstants.CodataGasConstant * T * grid.Places.Length;
        var (reactions, spreading) = Dissipation(solution, last);
        double ratio = (reactions + spreading) / uniform, meanX = WaveSpectrum.Field(grid, solution, "X", last).Average(), meanY = WaveSpectrum.Field(grid, solution, "Y", last).Average();
        var results = ImmutableArray.CreateBuilder<NamedResult>();
        results.Add(new NamedResult("growth rate of the fastest mode", growth.Rate[fastest], "1/s", "early, from its amplitude").Against(Eigenvalue(scenario), 2e-3, "eigenvalue of the linearised equations with diffusion, by an independent code"));
        results.Add(new NamedResult("X, mean over places at the end", meanX, "mol/L").Against(theory.X, 2e-3, "(k_f A + k_b E)/(k_f + k_b), at rest whatever the pattern"));
        results.Add(new NamedResult("dissipation over that of the uniform state", ratio, "1", "at the end").Against(theory.DissipationAt(meanY) / theory.Dissipation, 1e-4, "potentials of A → E and B → D times what must flow at rest, from the mean of Y"));
        results.Add(new NamedResult("share of diffusion in the dissipation", spreading / (reactions + spreading), "1", "at the end"));
        var plots = ImmutableArray.CreateBuilder<Plot>();
        plots.Add(Dispersion(grid, growth, theory));
        if (scenario.Name == "below")
        {
            results.Add(new NamedResult("unevenness left, over the start", At(solution, "unevenness", solution.FinalTime) / At(solution, "unevenness", 0), "1").Against(0, 0.01, "every mode fades"));
        }
        else if (grid.IsSheet)
        {
            results.Add(new NamedResult("wavelength of the pattern", 2 * Math.PI / spectrum.MeanWaveNumber, "places").Against(2 * Math.PI / growth.WaveNumber[fastest], 0.9, "the fastest mode; a pattern is a band of modes about it"));
            results.Add(Skewness(grid, solution, last) is var skew && scenario.Name == "spots"
                ? new NamedResult("skewness of X", skew, "1", "negative: dark spots on light ground").Against(-0.77, 0.2, "own integration by numpy from other noise")
                : new NamedResult("skewness of X", skew, "1", "near 0: light and dark alike").Against(-0.09, 0.2, "own integration by numpy from other noise"));
            plots.Add(Map(grid, solution, last, scenario));
        }
        else
        {
            results[^1] = results[^1].Against(0.0037883, 4e-5, "the same ring by an independent code at 1e-8");
            results.Add(new NamedResult("waves round the ring", spectrum.Strongest <= RingPlaces / 2 ? spectrum.Strongest : RingPlaces - spectrum.Strongest, "1").Against(18, 0.5, "the fastest mode; the same ring by an independent code"));
            var (threshold, sweep) = Threshold(scenario, cancellation);
            results.Add(new NamedResult("threshold of B", threshold, "mol/L", "where the measured growth turns from loss to gain").Against(7.18418, 2e-3, "dispersion relation on this ring by an independent code; 7.18346 where any wavelength fits"));
            plots.Add(sweep);
            plots.Add(Profile(grid, solution, last));
            plots.Add(Spectrum(spectrum, growth.WaveNumber[fastest]));
        }
        plots.Add(Cost(solution, uniform));
        return new Findings(results.ToImmutable(), plots.ToImmutable());
    }

    private static double LevelB(Scenario scenario) => scenario.Name switch { "line" => 8, "below" => 7, "spots" => 7.6, _ => 8.5 };

    // The largest eigenvalue over the modes that fit on the grid.
    private static double Eigenvalue(Scenario scenario) => scenario.Name switch { "line" => 0.3699513, "below" => -0.0788117, "spots" => 0.1845128, _ => 0.6118362 };

    private static (double From, double To) Early(Scenario scenario) => scenario.Name switch { "line" => (5, 10), "below" => (10, 20), "spots" => (10, 20), _ => (4, 7) };

    private static Grid Places(Scenario scenario) => scenario.Name is "spots" or "stripes" ? Grid.Torus(SheetPlaces, SheetPlaces) : Grid.Ring(RingPlaces);

    private static BrusselatorTheory Theory(double levelB) => new(A, levelB, Back, DiffusionX, DiffusionY);

    // Every mode alike, with phases that do not line up.
    private static double Waves(int column) => Enumerable.Range(1, RingModes).Sum(m => Math.Cos((2 * Math.PI * m * column / RingPlaces) + (m * m))) / RingModes;

    /// <summary>Power of all reactions and of diffusion, from what their integrals gained over a tenth of the run up to a row.</summary>
    private static (double Reactions, double Spreading) Dissipation(Solution solution, int row)
    {
        double from = solution.Times[row] - (solution.FinalTime / 10);
        int first = row;
        while (first > 0 && solution.Times[first] > from) first--;
        double Power(string process)
        {
            var integral = solution.Column("power." + process);
            return (integral[row] - integral[first]) / (solution.Times[row] - solution.Times[first]);
        }
        return (Power("inflow") + Power("exchange") + Power("autocatalysis") + Power("outflow"), Power("diffusion_X") + Power("diffusion_Y"));
    }

    private static double Skewness(Grid grid, Solution solution, int row)
    {
        double[] x = WaveSpectrum.Field(grid, solution, "X", row);
        double mean = x.Average(), variance = x.Average(v => (v - mean) * (v - mean));
        return x.Average(v => Math.Pow(v - mean, 3)) / Math.Pow(variance, 1.5);
    }

    /// <summary>Growth of the most unstable mode of the ring at several B, and where it crosses 0.</summary>
    private (double Threshold, Plot Sweep) Threshold(Scenario scenario, CancellationToken cancellation)
    {
        var grid = Places(scenario);
        var kernel = Kernel.Compile(Build(scenario).Lower());
        double[] levels = [6.8, 7.0, 7.1, 7.2, 7.4, 7.6];
        var rates = new double[levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            var problem = new InitialValueProblem(kernel, 0, 20) { Overrides = ImmutableDictionary<string, double>.Empty.Add("B_0", levels[i]) };
            var growth = ModeGrowth.Between(grid, Ode.Solve(problem, new Rodas5P(), new Tolerance(1e-8, 1e-11), OutputTimes.At([10, 20]), cancellation: cancellation), "X", (10, 20));
            rates[i] = growth.Rate[growth.Fastest(Theory(levels[i]))];
        }
        int above = Array.FindIndex(rates, r => r > 0);
        double threshold = levels[above] - (rates[above] * (levels[above] - levels[above - 1]) / (rates[above] - rates[above - 1]));
        double critical = Theory(0).CriticalB;
        var fine = Enumerable.Range(0, 33).Select(i => 6.8 + (i * 0.025)).ToImmutableArray();
        return (threshold, new LinePlot("threshold", "Growth of the fastest mode: below the threshold unevenness fades, above it grows", new PlotAxis("B", "mol/L"), new PlotAxis("growth rate", "1/s"),
        [
            new PlotLine("measured", [.. levels], [.. rates]) { IsDots = true },
            new PlotLine("theory", fine, [.. fine.Select(level => Enumerable.Range(0, 1000).Max(q => Theory(level).GrowthRate(q * 2e-3)))]) { IsDashed = true },
            new PlotLine("threshold", [critical, critical], [rates[0], rates[^1]]),
        ]));
    }

    private static LinePlot Dispersion(Grid grid, ModeGrowth growth, BrusselatorTheory theory)
    {
        ImmutableArray<double> q = [.. Enumerable.Range(20, 121).Select(i => i * 0.01)], rates = [.. q.Select(theory.GrowthRate)];
        // What the places let through depends on the direction: q = 4 sin²(k/2) along a row, 8 sin²(k/√8) along a diagonal.
        PlotLine Theory(string label, double directions) => new(label, [.. q.Select(v => 2 * Math.Sqrt(directions) * Math.Asin(Math.Sqrt(v / directions) / 2))], rates) { IsDashed = true };
        // Modes that fade fast are soon below what stronger ones stir up.
        var shown = Enumerable.Range(1, growth.Rate.Length - 1).Where(i => growth.Laplacian[i] is > 0.25 and < 1.35 && growth.IsExcited(i)).OrderBy(i => growth.Laplacian[i]).ToList();
        return new LinePlot("growth", "Which waves grow: their rates in the first seconds, and what the linearised equations say", new PlotAxis("wave number", "radians per place"), new PlotAxis("growth rate", "1/s"),
        [
            new PlotLine("measured", [.. shown.Select(i => growth.WaveNumber[i])], [.. shown.Select(i => growth.Rate[i])]) { IsDots = true },
            .. grid.IsSheet ? (PlotLine[])[Theory("theory, along rows", 1), Theory("theory, along diagonals", 2)] : [Theory("theory", 1)],
        ]);
    }

    private static LinePlot Profile(Grid grid, Solution solution, int row)
    {
        ImmutableArray<double> at = [.. grid.Places.Select(p => p.X)];
        return new LinePlot("profile", "Concentrations round the ring at the end", new PlotAxis("place"), new PlotAxis("concentration", "mol/L"),
            [new PlotLine("X", at, [.. WaveSpectrum.Field(grid, solution, "X", row)]), new PlotLine("Y", at, [.. WaveSpectrum.Field(grid, solution, "Y", row)])]);
    }

    private static LinePlot Spectrum(WaveSpectrum spectrum, double fastest)
    {
        var modes = Enumerable.Range(1, RingPlaces / 2).ToList();
        return new LinePlot("spectrum", "Waves that the pattern is made of, and the fastest of the linearised equations", new PlotAxis("wave number", "radians per place"), new PlotAxis("amplitude of X", "mol/L"),
        [
            new PlotLine("at the end", [.. modes.Select(m => spectrum.WaveNumber[m])], [.. modes.Select(m => spectrum.Amplitude[m])]),
            new PlotLine("fastest mode", [fastest, fastest], [0, spectrum.Amplitude[spectrum.Strongest]]) { IsDashed = true },
        ]);
    }

    private static MapPlot Map(Grid grid, Solution solution, int row, Scenario scenario) => new(scenario.Name, $"X over the sheet after {solution.FinalTime:0} s, B = {LevelB(scenario).ToString(System.Globalization.CultureInfo.InvariantCulture)}",
        new PlotAxis("column"), new PlotAxis("row"), new PlotAxis("X", "mol/L"),
        [.. Enumerable.Range(0, grid.Columns).Select(i => i + 0.5)], [.. Enumerable.Range(0, grid.Rows).Select(i => i + 0.5)], [.. WaveSpectrum.Field(grid, solution, "X", row)]);

    private static LinePlot Cost(Solution solution, double uniform)
    {
        var (times, diffusion, all) = (new List<double>(), new List<double>(), new List<double>());
        for (int row = 1; row < solution.RowCount; row++)
        {
            if (solution.Times[row] < (times.Count + 1) * solution.FinalTime / 100) continue;
            var (reactions, spreading) = Dissipation(solution, row);
            times.Add(solution.Times[row]);
            diffusion.Add(100 * spreading / uniform);
            all.Add(100 * ((reactions + spreading - uniform) / uniform));
        }
        return new LinePlot("cost", "What the pattern costs: diffusion's part of the dissipation, and the change of the whole", new PlotAxis("time", "s"), new PlotAxis("dissipation, % of that of the uniform state"),
            [new PlotLine("diffusion", [.. times], [.. diffusion]), new PlotLine("whole, change", [.. times], [.. all])]);
    }
}
