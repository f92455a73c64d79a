using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Formats.Measurements;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats;

/// <summary>Tables with a mapping; expected numbers are from A = A₀ exp(−k t).</summary>
public class MeasurementProblemTests
{
    private const string Head = "model: model.ant\ndata: data.csv\n";

    [Fact]
    public void Two_lines_make_a_problem()
    {
        using var folder = new MappingFolder(Head + "observe: A ± 0.2\nestimate: k=0.1..10:log", "time,A,comment\n0,10.1,start\n2,3.9,\n4,,lost\n");
        var problem = folder.Read();
        var objective = new FitObjective(problem);
        var k = Assert.Single(objective.Parameters);
        Assert.Equal(("k", ParameterScale.Log10), (k.Name, k.Scale));
        Assert.Equal((-1.0, 1.0), (k.Lower, k.Upper));
        Assert.Equal(Math.Log10(0.5), k.Nominal, 1e-12);
        var found = At(objective);
        Assert.Equal(2, found.Rows.Length);
        double expected = Normal(10.1, 10, 0.2) + Normal(3.9, 10 * Math.Exp(-1), 0.2);
        Assert.Equal(expected, found.LogLikelihood, 1e-5);
        Assert.EndsWith("data.csv, line 3, column 'A'.", found.Rows[1].Measurement.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Replicates_parts_of_values_columns_of_noise_and_distributions()
    {
        using var folder = new MappingFolder(
            Head + "observe:\n- one = 2*A ± 5 % + 0.1\n- two = 2*A +- spread laplace\n- three = A ± s log10-normal\nestimate: s=0.01..1; k=50%..200%",
            "time;one;two;three;spread\n1;12;11;6.5;0.3\n");
        var problem = folder.Read();
        Assert.Equal((0.25, 1.0), (problem.Parameters[1].Lower, problem.Parameters[1].Upper));
        var objective = new FitObjective(problem);
        double a = 10 * Math.Exp(-0.5), s = 0.505; // the middle of its range
        double expected = Normal(12, 2 * a, 0.7) - (Math.Abs(11 - (2 * a)) / 0.3) - Math.Log(0.6) + Normal(Math.Log10(6.5), Math.Log10(a), s) - Math.Log(6.5 * Math.Log(10));
        Assert.Equal(expected, At(objective).LogLikelihood, 1e-5);
        var gradient = objective.Evaluate([s, 0.5], ObjectiveParts.Gradient, TestContext.Current.CancellationToken).Gradient!;
        double z = (Math.Log10(6.5) - Math.Log10(a)) / s;
        Assert.Equal((1 - (z * z)) / s, gradient[0], 1e-4);
    }

    [Fact]
    public void Columns_may_be_conditions_and_starts_of_species()
    {
        using var folder = new MappingFolder(Head + "time: t\nobserve: A ± 0.2\nconditions: dose = A; k\nset: B = 1\nestimate: f=0.5..2".Replace("A ± 0.2", "sum = f*(A + B) ± 0.2", StringComparison.Ordinal), "t,dose,k,sum\n0,10,1,11\n1,10,1,11\n1,20,0.2,21\n");
        var problem = folder.Read();
        Assert.Equal(["A = 10, k = 1", "A = 20, k = 0.2"], problem.Experiments.Select(e => e.Name));
        var found = new FitObjective(problem).Simulate([1], TestContext.Current.CancellationToken);
        Assert.Equal([11, 11, 21], found.Rows.Select(r => Math.Round(r.Simulated, 5)));
    }

    /// <summary>At rest all of A is B: B = A₀ + B₀, with A₀ in thousandths of the column.</summary>
    [Fact]
    public void A_condition_may_be_a_formula_of_columns_and_all_rows_at_rest()
    {
        using var folder = new MappingFolder(Head + "time: inf\nobserve: sum = B ± 0.2\nconditions: (dose + more)/1000 = A\nset: B = 1\nestimate: k=0.5..2", "dose,more,sum\n2000,1000,4.1\n5000,0,6\n");
        var problem = folder.Read();
        Assert.Equal(["A = 3", "A = 5"], problem.Experiments.Select(e => e.Name));
        Assert.All(problem.Experiments, e => Assert.Equal(double.PositiveInfinity, e.Measurements[0].Time));
        var found = new FitObjective(problem).Simulate([1], TestContext.Current.CancellationToken);
        Assert.Equal([4, 6], found.Rows.Select(r => Math.Round(r.Simulated, 6)));
    }

    /// <summary>Each batch begins with its own A; gradient by hand, A = A₀ e^(−kt).</summary>
    [Fact]
    public void One_value_is_estimated_for_each_value_of_a_column()
    {
        using var folder = new MappingFolder(Head + "observe: A ± 0.2\nestimate: k=0.1..2; A[batch]=5..20", "time,batch,A\n0,a,9\n1,a,6\n1,b,5\n2,b,3.5\n");
        var problem = folder.Read();
        Assert.Equal(["k", "A.start[a]", "A.start[b]"], problem.Parameters.Select(p => p.Name));
        Assert.Equal((5, 20, 12.5), (problem.Parameters[2].Lower, problem.Parameters[2].Upper, problem.Parameters[2].Nominal));
        Assert.Equal(["A.start[a]", "A.start[b]"], problem.Experiments.Select(e => e.Name));
        var objective = new FitObjective(problem);
        double[] x = [0.5, 9.5, 8.5];
        var found = objective.Simulate(x, TestContext.Current.CancellationToken);
        double e = Math.Exp(-0.5);
        Assert.Equal([9.5, 9.5 * e, 8.5 * e, 8.5 * e * e], found.Rows.Select(r => r.Simulated), (a, b) => Math.Abs(a - b) < 1e-6);
        double[] gradient = objective.Evaluate(x, ObjectiveParts.Gradient, TestContext.Current.CancellationToken).Gradient!;
        Assert.Equal((((8.5 * e) - 5) * e / 0.04) + (((8.5 * e * e) - 3.5) * e * e / 0.04), gradient[2], 1e-3);
    }

    [Fact]
    public void One_value_is_estimated_in_each_row_that_is_meant()
    {
        using var folder = new MappingFolder(Head + "time: 1\nobserve: A ± 0.2\nset: k = 0\nestimate: A=5..20; k[row]=0.01..3:log where A < 9", "A,other\n10,1\n6,2\n,3\n4,4\n");
        var problem = folder.Read();
        Assert.Equal(["A.start", "k[2]", "k[4]"], problem.Parameters.Select(p => p.Name));
        Assert.Equal(["data", "k[2]", "k[4]"], problem.Experiments.Select(e => e.Name));
        var found = new FitObjective(problem).Simulate([10, 0, Math.Log10(2)], TestContext.Current.CancellationToken);
        Assert.Equal([10, 10 * Math.Exp(-1), 10 * Math.Exp(-2)], found.Rows.Select(r => r.Simulated), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Feasible_problems_are_fitted_in_potentials_and_conductances()
    {
        using var folder = new MappingFolder(Head + "parametrise: feasible\nobserve: A ± 0.1\nestimate: mu0_B=-3..3; K_ab=0.1..10:log", "time,A\n0,10\n1,6\n");
        File.WriteAllText(folder.File("model.ant"), "model pair\n ab: A -> B; k1*A - k2*B\n A = 10; B = 0; k1 = 0.5; k2 = 0.25\nend");
        // k⁺/k⁻ = exp(μ°A − μ°B) = 2, of the two one is the reference.
        var problem = folder.Read();
        var potential = problem.Parameters.Single(p => p.Name.StartsWith("mu0_", StringComparison.Ordinal));
        Assert.Equal(-Math.Log(2), potential.Nominal, 1e-12);
        Assert.Equal(Math.Log10(0.5), problem.Parameters.Single(p => p.Name == "K_ab").Nominal, 1e-12);
        // A = 10 (1/3 + 2/3 exp(−0.75 t))
        Assert.Equal(10 * ((1 / 3.0) + (2 / 3.0 * Math.Exp(-0.75))), At(new FitObjective(problem)).Rows[1].Simulated, 1e-5);
    }

    [Fact]
    public void A_constant_that_follows_from_potentials_can_t_be_estimated()
    {
        using var folder = new MappingFolder(Head + "parametrise: feasible\nobserve: A ± 0.1\nestimate: k1=0.1..1", "time,A\n0,10\n1,6\n");
        File.WriteAllText(folder.File("model.ant"), "model pair\n ab: A -> B; k1*A - k2*B\n A = 10; B = 0; k1 = 0.5; k2 = 0.25\nend");
        Assert.Contains("'k1' follows from potentials", Assert.Throws<MeasurementException>(() => folder.Read()).What, StringComparison.Ordinal);
    }

    [Fact]
    public void The_start_of_a_species_can_be_estimated_with_a_prior()
    {
        using var folder = new MappingFolder(Head + "observe: A ± 0.2\nestimate: A~lognormal(8,0.5)", "time,A\n0,9\n1,6\n");
        var objective = new FitObjective(folder.Read());
        double x = Math.Log(9), a = 9 * Math.Exp(-0.5);
        var found = objective.Simulate([x], TestContext.Current.CancellationToken);
        Assert.Equal(Normal(9, 9, 0.2) + Normal(6, a, 0.2), found.LogLikelihood, 1e-5);
        Assert.Equal(-Normal(x, Math.Log(8), 0.5), found.Value + found.LogLikelihood, 1e-9);
        double slope = objective.Evaluate([x], ObjectiveParts.Gradient, TestContext.Current.CancellationToken).Gradient![0];
        Assert.Equal(((a - 6) * a / 0.04) + ((x - Math.Log(8)) / 0.25), slope, 1e-3);
    }

    [Fact]
    public void Mappings_are_told_from_petab()
    {
        using var folder = new MappingFolder(Head, "");
        using var petab = new PetabFolder();
        Assert.True(MeasurementProblem.IsMapping(folder.File("fit.yaml")));
        Assert.False(MeasurementProblem.IsMapping(petab.File("problem.yaml")));
        Assert.False(MeasurementProblem.IsMapping(folder.File("nosuch.yaml")));
    }

    private static FitEvaluation At(FitObjective objective) => objective.Simulate([.. objective.Parameters.Select(p => p.Nominal)], TestContext.Current.CancellationToken);

    private static double Normal(double v, double mean, double sigma) => (-0.5 * Math.Pow((v - mean) / sigma, 2)) - Math.Log(sigma * Math.Sqrt(2 * Math.PI));
}
