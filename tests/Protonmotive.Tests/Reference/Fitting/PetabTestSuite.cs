using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Formats.Petab;
using Xunit;

namespace Protonmotive.Tests.Reference.Fitting;

/// <summary>The PEtab test suite: objective, χ² and simulations of each case within the tolerances of its solution file.</summary>
public class PetabTestSuite
{
    public static TheoryData<string> Cases { get; } = ["0001", "0002", "0004", "0005", "0007", "0009", "0010", "0012", "0013", "0014", "0015", "0017", "0018", "0020"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_passes(string name)
    {
        string folder = SharedData.Path("petab-test-suite", "v1.0.0", "sbml", name);
        var expected = File.ReadLines(Path.Combine(folder, $"_{name}_solution.yaml")).Select(l => l.Split(':')).Where(p => p.Length == 2 && p[1].Trim().Length > 0)
            .ToDictionary(p => p[0].Trim(), p => double.Parse(p[1], CultureInfo.InvariantCulture));
        var objective = new FitObjective(PetabProblem.Read(Path.Combine(folder, $"_{name}.yaml")));
        var found = objective.Simulate([.. objective.Parameters.Select(p => p.Nominal)], TestContext.Current.CancellationToken);
        Assert.Empty(found.Failures);
        Assert.Equal(expected["chi2"], found.ChiSquare, expected["tol_chi2"]);
        Assert.Equal(expected["llh"], found.LogLikelihood, expected["tol_llh"]);
        var table = PetabTables.Read(Path.Combine(folder, "_simulations.tsv"));
        foreach (var row in table)
        {
            double time = PetabTables.Number(row["time"]);
            string condition = row["simulationConditionId"], rest = row.GetValueOrDefault("preequilibrationConditionId", "");
            string experiment = rest.Length == 0 ? condition : $"{condition} after rest in {rest}";
            var match = found.Rows.Where(r => r.Experiment == experiment && r.Measurement.Observable == row["observableId"] && (r.Measurement.Time == time || (double.IsInfinity(time) && double.IsInfinity(r.Measurement.Time)))).ToList();
            Assert.Contains(match, m => Math.Abs(m.Simulated - PetabTables.Number(row["simulation"])) <= expected["tol_simulations"]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_gradient_is_that_of_differences(string name)
    {
        string folder = SharedData.Path("petab-test-suite", "v1.0.0", "sbml", name);
        var objective = new FitObjective(PetabProblem.Read(Path.Combine(folder, $"_{name}.yaml")) with { Tolerance = new(1e-10, 1e-13) });
        GradientCheck.Of(objective, [.. objective.Parameters.Select(p => p.Nominal)], 1e-5);
    }
}
