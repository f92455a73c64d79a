using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Formats.Petab;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Fitting;

/// <summary>The benchmark collection of Hass et al. (2019), Bioinformatics 35, 3073, at its published parameters.</summary>
public class PetabBenchmarks
{
    public static TheoryData<string> Problems { get; } =
        ["Boehm_JProteomeRes2014", "Borghans_BiophysChem1997", "Brannmark_JBC2010", "Bruno_JExpBot2016", "Crauste_CellSystems2017", "Elowitz_Nature2000", "Fujita_SciSignal2010", "Perelson_Science1996"];

    /// <summary>
    /// Perelson's table of simulations was made with other parameters than the nominal ones (its noise is 1, the nominal 10⁵), Fujita's differs
    /// from scipy's solution by 3e-3; see <see cref="Likelihoods_are_those_of_scipy"/> for these two.
    /// </summary>
    public static TheoryData<string> Tabled { get; } = [.. Problems.Select(p => p.Data).Except(["Fujita_SciSignal2010", "Perelson_Science1996"])];

    [Theory] // printed by petab_oracle.py
    [InlineData("Boehm_JProteomeRes2014", -138.2219975)]
    [InlineData("Borghans_BiophysChem1997", 83.3236954)]
    [InlineData("Bruno_JExpBot2016", 46.6881814)]
    [InlineData("Crauste_CellSystems2017", -190.9639776)]
    [InlineData("Elowitz_Nature2000", 63.2027504)]
    [InlineData("Fujita_SciSignal2010", 53.0837727)]
    [InlineData("Perelson_Science1996", -432.0385498)]
    public void Likelihoods_are_those_of_scipy(string name, double expected)
    {
        var objective = new FitObjective(PetabProblem.Read(Path.Combine(SharedData.Path("petab-benchmarks", name), name + ".yaml")));
        var found = objective.Simulate([.. objective.Parameters.Select(p => p.Nominal)], TestContext.Current.CancellationToken);
        Assert.Equal(expected, found.LogLikelihood, 5e-6 * Math.Abs(expected));
    }

    [Theory]
    [MemberData(nameof(Tabled))]
    public void Simulations_are_the_published_ones_and_the_likelihood_follows_from_them(string name)
    {
        string folder = SharedData.Path("petab-benchmarks", name);
        var objective = new FitObjective(PetabProblem.Read(Path.Combine(folder, name + ".yaml")));
        var found = objective.Simulate([.. objective.Parameters.Select(p => p.Nominal)], TestContext.Current.CancellationToken);
        Assert.Empty(found.Failures);
        var published = PetabTables.Read(Path.Combine(folder, $"simulatedData_{name}.tsv"));
        var measurements = PetabTables.Read(Directory.GetFiles(folder, "measurementData_*.tsv").Single());
        Assert.Equal(published.Count, found.Rows.Length);
        var nominal = PetabTables.Read(Path.Combine(folder, $"parameters_{name}.tsv")).ToDictionary(r => r["parameterId"], r => r["nominalValue"]);
        var observables = PetabTables.Read(Path.Combine(folder, $"observables_{name}.tsv")).ToDictionary(r => r["observableId"]);
        double largest = published.Max(r => Math.Abs(PetabTables.Number(r["simulation"]))), likelihood = 0, worst = 0;
        // Replicates have the same simulation, so any row of the same measured thing will do.
        var simulations = published.GroupBy(Key).ToDictionary(g => g.Key, g => g.Select(r => PetabTables.Number(r["simulation"])).ToArray());
        foreach (var row in found.Rows)
        {
            var m = row.Measurement;
            string condition = row.Experiment.Split(" after rest in ")[0];
            var same = simulations.First(s => s.Key.Item1 == m.Observable && s.Key.Item2 == condition && Near(s.Key.Item3, m.Time) && (s.Key.Item4.Length == 0 || s.Key.Item4 == m.DataSet)).Value;
            worst = Math.Max(worst, same.Min(s => Math.Abs(row.Simulated - s) / Math.Max(Math.Abs(s), 1e-6 * largest)));
        }
        foreach (var row in measurements)
        {
            var key = Key(row);
            double simulated = simulations.First(s => s.Key.Item1 == key.Item1 && s.Key.Item2 == key.Item2 && Near(s.Key.Item3, key.Item3) && (s.Key.Item4.Length == 0 || s.Key.Item4 == key.Item4)).Value[0], measured = PetabTables.Number(row["measurement"]);
            // All noise formulas of these problems are their one noise parameter: a number, or a row of the parameter table.
            var observable = observables[row["observableId"]];
            Assert.StartsWith("noiseParameter1_", observable["noiseFormula"]);
            double sigma = PetabTables.Number(nominal.GetValueOrDefault(row["noiseParameters"], row["noiseParameters"]));
            bool isLog10 = observable.GetValueOrDefault("observableTransformation", "lin") == "log10";
            double residual = isLog10 ? Math.Log10(measured / simulated) / sigma : (measured - simulated) / sigma;
            likelihood -= (0.5 * residual * residual) + Math.Log(sigma * Math.Sqrt(2 * Math.PI)) + (isLog10 ? Math.Log(measured * Math.Log(10)) : 0);
        }
        Assert.True(worst < 1e-3, $"simulations differ by {worst:e1}");
        Assert.Equal(likelihood, found.LogLikelihood, 1e-3 * Math.Max(1, Math.Abs(likelihood)));
    }

    // Just beyond Crauste's published optimum the pathogen grows without limit, so all parameters move the same thing far: the least eigenvalue of
    // the scaled information is 2e-12 of the largest. It is there at every tolerance of the solver, so the data determine all that no bound holds.
    [Fact]
    public void Crauste_s_parameters_within_bounds_are_determined_at_any_tolerance()
    {
        string name = "Crauste_CellSystems2017";
        var problem = PetabProblem.Read(Path.Combine(SharedData.Path("petab-benchmarks", name), name + ".yaml"));
        Identifiability At(Tolerance tolerance)
        {
            var objective = new FitObjective(problem with { Tolerance = tolerance });
            double[] published = [.. objective.Parameters.Select(p => p.Nominal)];
            // Published just beside their lower bounds.
            var held = objective.Parameters.Select(p => p.Name is "mu_LE" or "mu_P" or "mu_PE" ? p.Lower : p.Nominal).ToArray();
            return Identifiability.Of(objective.Parameters, objective.Evaluate(published, ObjectiveParts.GaussNewton, TestContext.Current.CancellationToken).GaussNewton!, at: held);
        }

        Identifiability coarse = At(new Tolerance(1e-8, 1e-12)), fine = At(new Tolerance(1e-12, 1e-16));
        Assert.Equal(9, coarse.Rank);
        Assert.Equal(9, fine.Rank);
        for (int i = 0; i < coarse.StandardErrors.Length; i++)
        {
            // A hundredth: four digits of the sensitivities beyond the condition of the information.
            if (!double.IsNaN(fine.StandardErrors[i])) Assert.Equal(fine.StandardErrors[i], coarse.StandardErrors[i], 0.01 * fine.StandardErrors[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void Gradients_are_those_of_differences(string name)
    {
        string folder = SharedData.Path("petab-benchmarks", name);
        var tolerance = name.StartsWith("Fujita", StringComparison.Ordinal) ? new Tolerance(1e-8, 1e-12) : new Tolerance(1e-11, 1e-15);
        var objective = new FitObjective(PetabProblem.Read(Path.Combine(folder, name + ".yaml")) with { Method = new Rodas5P(), Tolerance = tolerance, MaximumSteps = 200_000 });
        // Beside the published point, where slopes are not zero; Crauste's model blows up 1e-5 beside it, so there away from that edge.
        double Shift(string id, int j) => !name.StartsWith("Crauste", StringComparison.Ordinal) ? 0.001 * ((j % 3) - 1) : id.StartsWith("mu_P", StringComparison.Ordinal) ? 0.3 : 0;
        // In Fujita's, fast forward and backward fluxes cancel, so that pS6 is good to 1e-5 at any tolerance.
        double allowed = name.StartsWith("Fujita", StringComparison.Ordinal) ? 1e-2 : 1e-4;
        GradientCheck.Of(objective, [.. objective.Parameters.Select((p, j) => p.Nominal + Shift(p.Name, j))], allowed);
    }

    // The table of simulations gives some times in more digits.
    private static bool Near(double a, double b) => a == b || Math.Abs(a - b) <= 1e-7 * Math.Abs(a);

    private static (string, string, double, string) Key(Dictionary<string, string> row) =>
        (row["observableId"], row["simulationConditionId"], PetabTables.Number(row["time"]), row.GetValueOrDefault("datasetId", ""));
}
