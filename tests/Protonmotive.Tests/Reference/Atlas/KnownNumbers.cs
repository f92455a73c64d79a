using Protonmotive.Atlas;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Reference.Atlas;

/// <summary>What every system is known for, against its source; and what the ledgers of single ones must say.</summary>
public class KnownNumbers
{
    private const double R = 8.31446261815324;

    [Theory]
    [MemberData(nameof(BooksClose.All), MemberType = typeof(BooksClose))]
    public void Results_agree_with_their_sources(string system, string scenario)
    {
        var chosen = AtlasCatalogue.Systems.Get(system);
        var results = chosen.Study(chosen.Scenario(scenario), AtlasRun.Of(system, scenario).Solution, TestContext.Current.CancellationToken).Results;
        foreach (var result in results.Where(r => r.Reference is not null))
        {
            Assert.True(result.Agrees, $"{result.Name}: {result.Value:g9} {result.Unit}, not {result.Reference!.Value:g9} ± {result.Reference.Tolerance:g2} ({result.Reference.Source})");
            Assert.True(result.Reference!.Source.Length > 0 && result.Reference.Tolerance > 0, result.Name);
        }
    }

    [Fact]
    public void Heat_that_falls_from_400_to_300_kelvin_loses_its_exergy() => Assert.Equal(300 * Math.Log(350.0 * 350 / (400 * 300)), AtlasRun.Of("thermal-contact").Ledger.Dissipated, 1e-5);

    [Theory]
    [InlineData("wire")]
    [InlineData("thin-wire")]
    public void Shared_charge_loses_a_quarter_joule(string scenario) => Assert.Equal(0.25, AtlasRun.Of("two-capacitors", scenario).Ledger.Dissipated, 1e-7);

    [Fact]
    public void The_rope_of_the_weight_dissipates_nothing()
    {
        var ledger = AtlasRun.Of("motor-and-weight").Ledger;
        Assert.Equal(0, ledger.Processes.Single(p => p.Name == "rope").Power, 1e-9 * ledger.Activity);
        Assert.Equal("J", ledger.EnergyUnit);
        Assert.Equal(ledger.Supplied, ledger.Dissipated + ledger.StoredChange, 1e-6 * ledger.Supplied);
    }

    [Fact]
    public void A_closed_reaction_loses_three_ln_three() => Assert.Equal(R * 298.15 * 3 * Math.Log(3), AtlasRun.Of("closed-reaction").Ledger.Dissipated, 0.1);

    [Fact]
    public void Nine_tenths_of_a_cell_go_to_a_load_nine_times_its_resistance()
    {
        var ledger = AtlasRun.Of("daniell-cell").Ledger;
        Assert.Equal(0.9, ledger.Delivered / (ledger.Delivered + ledger.Dissipated), 1e-5);
    }

    [Fact]
    public void A_cell_begins_with_the_voltage_that_its_resistances_divide()
    {
        // CRC Handbook: 0.3419 V + 0.7618 V at rest, of which a load of nine times the inner resistance has nine tenths.
        var solution = AtlasRun.Of("daniell-cell").Solution;
        Assert.Equal(0.9 * 1.1037, solution.ObservableColumn("terminal")[0], 1e-12);
        Assert.Equal(0.9 * 1.1037 / 9, solution.ObservableColumn("load")[0], 1e-12);
    }

    [Theory]
    [InlineData("spots", 9, 0)]
    [InlineData("stripes", 7, 6)]
    public void The_fastest_waves_on_a_sheet_of_64_places_have_the_length_of_their_mode(string scenario, int along, int across)
    {
        var chosen = AtlasCatalogue.Systems.Get("brusselator-space");
        var known = chosen.Study(chosen.Scenario(scenario), AtlasRun.Of("brusselator-space", scenario).Solution, TestContext.Current.CancellationToken).Results.Single(r => r.Name == "wavelength of the pattern").Reference!.Value;
        Assert.Equal(64 / Math.Sqrt((along * along) + (across * across)), known, 1e-12);
    }

    [Fact]
    public void Heat_and_current_of_the_couple_are_reciprocal()
    {
        // Onsager: with forces V/T and ΔT/T² the current's answer to ΔT is the heat flow's answer to V (Callen 1948).
        const double T = 300, step = 1e-3;
        (double Current, double Heat) Fluxes(double hot, double voltage)
        {
            var system = AtlasCatalogue.Systems.Get("thermoelectric-couple");
            var account = Account.Of(system.Build(system.Scenarios[0]));
            var problem = new InitialValueProblem(account.Compile(), 0, 1) { Overrides = System.Collections.Immutable.ImmutableDictionary<string, double>.Empty.Add("T_h", hot).Add("V", voltage) };
            var solution = Ode.Solve(problem, new Tsit5(), new Tolerance(1e-8), SolveOptions.Default, OutputTimes.EveryStep);
            return (solution.ObservableColumn("couple")[^1], solution.ObservableColumn("heat_taken")[^1]);
        }

        double byTemperature = (Fluxes(T + step, 0).Current - Fluxes(T - step, 0).Current) / (2 * step) * T * T;
        double byVoltage = (Fluxes(T, -step * 1e-3).Heat - Fluxes(T, step * 1e-3).Heat) / (2e-3 * step) * T;
        Assert.Equal(byTemperature, byVoltage, 1e-6 * byTemperature);
        Assert.Equal(4e-4 * T * T / 4e-3, byTemperature, 1e-6 * byTemperature);
    }

    [Fact]
    public void More_current_than_at_half_the_voltage_gives_less_power()
    {
        double Power(string scenario) => AtlasRun.Of("thermoelectric-couple", scenario).Results["power delivered"];
        Assert.True(Power("matched") > Power("efficient") && Power("matched") > Power("near-short-circuit"));
    }

    [Fact]
    public void On_its_limit_cycle_the_Brusselator_dissipates_a_little_less_than_at_its_fixed_point()
    {
        // Time-averaged over ten periods after the transient: 58.496874; at the unstable fixed point 58.49935101721083.
        var run = AtlasRun.Of("brusselator", "clock", 1e-9);
        const double period = 7.12802736;
        double from = run.Solution.FinalTime - (10 * period), sum = 0;
        const int samples = 20_000;
        for (int i = 0; i < samples; i++) sum += run.At("dissipation", from + ((i + 0.5) * 10 * period / samples));
        Assert.Equal(58.496874, sum / samples / (R * 298.15), 2e-5);
    }

    [Fact]
    public void Free_energy_of_a_hierarchy_falls_as_its_dissipation_says()
    {
        foreach (string scenario in (string[])["perception", "learning"])
        {
            var run = AtlasRun.Of("predictive-coding", scenario);
            Assert.Equal(run.At("F", 0) - run.End("F"), run.Ledger.Dissipated, 1e-7);
        }
    }

    [Theory]
    [InlineData("slow", 0.3)]
    [InlineData("fast", 0.3)]
    [InlineData("noisy", 0.08)]
    public void A_reading_yields_at_most_the_work_that_its_information_is_worth(string scenario, double atLeast)
    {
        // Sagawa and Ueda 2010, eq. 8: −⟨W⟩ ≤ kT⟨I⟩; Landauer's kT ln 2 for the memory is more than either.
        var results = AtlasRun.Of("szilard-engine", scenario).Results;
        double drawn = results["work drawn over kT"], told = results["information of the reading"];
        Assert.InRange(drawn, 0, told);
        Assert.InRange(told, atLeast - 0.06, Math.Log(2));
        Assert.True(results["what is left over kT"] < 0);
    }

    [Fact]
    public void Haste_dissipates_the_work_that_a_reading_is_worth() => Assert.True(
        AtlasRun.Of("szilard-engine", "fast").Results["work drawn over kT"] < AtlasRun.Of("szilard-engine", "slow").Results["work drawn over kT"] / 2);

    [Fact]
    public void What_selection_dissipates_is_the_rise_of_mean_fitness()
    {
        var run = AtlasRun.Of("evolution-and-descent", "hill");
        double selection = run.Ledger.Processes.Where(p => p.Name.StartsWith("select_", StringComparison.Ordinal)).Sum(p => p.Power);
        Assert.Equal(run.End("mean_fitness") - run.At("mean_fitness", 0), selection, 1e-8);
        Assert.Equal(run.End("ascent_fitness") - run.At("ascent_fitness", 0), run.Ledger.Processes.Single(p => p.Name == "ascend").Power, 1e-8);
    }

    [Fact]
    public void Of_two_peaks_a_population_finds_the_higher_and_gradient_ascent_keeps_the_nearer()
    {
        var results = AtlasRun.Of("evolution-and-descent", "two-peaks").Results;
        Assert.InRange(results["mean trait at the end"], 1.2, 1.6);
        Assert.InRange(results["gradient ascent at the end"], -1.1, -0.9);
    }
}
