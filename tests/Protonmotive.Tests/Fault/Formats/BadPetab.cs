using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Tests.Unit.Formats;
using Xunit;

namespace Protonmotive.Tests.Fault.Formats;

/// <summary>PEtab problems that can't be read say what, in which file, line and column, and how to mend it.</summary>
public class BadPetab
{
    [Theory]
    [InlineData("problem.yaml", "", "", "is empty", "problem.yaml")]
    [InlineData("problem.yaml", "", "a: [1", "no YAML", "line 2")]
    [InlineData("problem.yaml", "format_version: 1", "format_version: 7", "version '7'", "problem.yaml")]
    [InlineData("problem.yaml", "format_version: 1", "format_version: 10.2", "version '10.2'", "problem.yaml")]
    [InlineData("parameters.tsv", "", "", "is empty", "parameters.tsv")]
    [InlineData("observables.tsv", "", "\n", "is empty", "observables.tsv")]
    [InlineData("measurements.tsv", "", "\0\0\0", "no column 'observableId'", "measurements.tsv")]
    [InlineData("measurements.tsv", "obs\tc0\t4\t2\n", "obs\tc0\t4", "'time' is empty", "line 3, column 'time'")]
    [InlineData("problem.yaml", "format_version: 1\n", "", "'format_version' is missing", "problem.yaml")]
    [InlineData("problem.yaml", "parameter_file: parameters.tsv\n", "", "'parameter_file' is missing", "problem.yaml")]
    [InlineData("problem.yaml", "  observable_files: [observables.tsv]\n", "", "'observable_files' is missing", "line 4")]
    [InlineData("problem.yaml", "model.ant", "nosuch.ant", "model is not there", "nosuch.ant")]
    [InlineData("problem.yaml", "[model.ant]", "[model.ant, model.ant]", "2 models", "line 4")]
    [InlineData("problem.yaml", "- condition_files", "- sbml_files: [model.ant]\n- condition_files", "2 problems", "line 4")]
    [InlineData("problem.yaml", "[measurements.tsv]", "[nosuch.tsv]", "table is not there", "nosuch.tsv")]
    [InlineData("parameters.tsv", "parameterId", "parameter", "no column 'parameterId'", "parameters.tsv")]
    [InlineData("parameters.tsv", "\t", ",", "no column", "parameters.tsv")]
    [InlineData("parameters.tsv", "0.5\t1", "200\t1", "outside its bounds", "line 2, column 'nominalValue'")]
    [InlineData("parameters.tsv", "0.001\t100", "100\t0.001", "bounds of 'k'", "line 2, column 'lowerBound'")]
    [InlineData("parameters.tsv", "0.001\t100", "-1\t100", "logarithmic scale", "line 2, column 'lowerBound'")]
    [InlineData("parameters.tsv", "0.001", "zero", "'zero' is no number", "line 2, column 'lowerBound'")]
    [InlineData("parameters.tsv", "log10", "log2", "no scale", "line 2, column 'parameterScale'")]
    [InlineData("parameters.tsv", "0.5\t1", "0.5\tmaybe", "whether to estimate", "line 2, column 'estimate'")]
    [InlineData("parameters.tsv", "0.5\t1", "\t0", "no value", "line 2, column 'nominalValue'")]
    [InlineData("parameters.tsv", "0.5\t1\n", "0.5\t1\nk\tlin\t0\t1\t0.5\t1\n", "there twice", "line 3, column 'parameterId'")]
    [InlineData("parameters.tsv", "0.5\t1\n", "0.5\t1\nq\tlin\t0\t1\t0.5\t1\n", "nothing uses it", "parameters.tsv")]
    [InlineData("conditions.tsv", "c0\n", "c0\nc0\n", "there twice", "line 3, column 'conditionId'")]
    [InlineData("conditions.tsv", "conditionId\nc0\n", "conditionId\tnosuch\nc0\t1\n", "sets 'nosuch', which is nothing in the model", "line 2, column 'nosuch'")]
    [InlineData("conditions.tsv", "conditionId\nc0\n", "conditionId\tk\nc0\tnosuch\n", "neither a number nor a parameter", "line 2, column 'k'")]
    [InlineData("observables.tsv", "0.5", "", "'noiseFormula' is empty", "line 2, column 'noiseFormula'")]
    [InlineData("observables.tsv", "\tA\t", "\tA +* 2\t", "can't be read", "line 2, column 'observableFormula'")]
    [InlineData("observables.tsv", "\tA\t", "\tnosuch*A\t", "'nosuch' stands in a formula", "observables.tsv")]
    [InlineData("observables.tsv", "0.5", "noiseParameter1_obs", "needs noiseParameter1_obs", "line 2, column 'noiseParameters'")]
    [InlineData("observables.tsv", "\tA\t0.5\n", "\tA\t0.5\nobs\tA\t0.5\n", "there twice", "line 3, column 'observableId'")]
    [InlineData("measurements.tsv", "obs\tc0\t4", "nosuch\tc0\t4", "no observable 'nosuch'", "line 3, column 'observableId'")]
    [InlineData("measurements.tsv", "obs\tc0\t4", "obs\tc9\t4", "no condition 'c9'", "line 3, column 'simulationConditionId'")]
    [InlineData("measurements.tsv", "obs\tc0\t4", "obs\tc0\tNaN", "is NaN", "line 3, column 'measurement'")]
    [InlineData("measurements.tsv", "obs\tc0\t4", "obs\tc0\tfour", "'four' is no number", "line 3, column 'measurement'")]
    [InlineData("measurements.tsv", "4\t2", "4\tNaN", "time of a measurement", "line 3, column 'time'")]
    [InlineData("measurements.tsv", "obs\tc0\t10\t0\nobs\tc0\t4\t2\n", "", "no measurements", "measurements.tsv")]
    public void Tables_that_do_not_fit_together(string file, string old, string text, string what, string where)
    {
        using var folder = new PetabFolder();
        folder.With(file, old, text);
        var fault = Assert.ThrowsAny<ProtonmotiveException>(folder.Read);
        Assert.Contains(what, fault.What, StringComparison.Ordinal);
        Assert.Contains(where, fault.Where, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Mend);
    }

    [Theory]
    [InlineData("parameterScaleNormal", "1", "two numbers")]
    [InlineData("parameterScaleNormal", "1;-2", "does not exist")]
    [InlineData("uniform", "2;1", "does not exist")]
    [InlineData("cauchy", "0;1", "no prior")]
    public void Priors_that_are_none(string kind, string numbers, string what)
    {
        using var folder = new PetabFolder();
        folder.With("parameters.tsv", "estimate\n", "estimate\tobjectivePriorType\tobjectivePriorParameters\n").With("parameters.tsv", "0.5\t1\n", $"0.5\t1\t{kind}\t{numbers}\n");
        var fault = Assert.ThrowsAny<ProtonmotiveException>(folder.Read);
        Assert.Contains(what, fault.What, StringComparison.Ordinal);
        Assert.Contains("line 2", fault.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_without_a_logarithm_is_refused_where_its_noise_needs_one()
    {
        using var folder = new PetabFolder();
        folder.With("observables.tsv", "noiseFormula\n", "noiseFormula\tobservableTransformation\n").With("observables.tsv", "0.5\n", "0.5\tlog10\n").With("measurements.tsv", "4\t2", "-4\t2");
        var fault = Assert.Throws<FitException>(() => new FitObjective(folder.Read()));
        Assert.Contains("no logarithm", fault.What, StringComparison.Ordinal);
        Assert.Contains("line 3, column 'measurement'", fault.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_that_blows_up_makes_the_objective_infinite_with_its_reason_and_the_other_is_still_simulated()
    {
        using var folder = new PetabFolder();
        // In 'bad' A' = A² from 10: infinite at t = 0.1.
        folder.With("model.ant", "", "model m\n J: -> A; q*A*A - k*A\n A = 10; k = 1; q = 0\nend")
            .With("conditions.tsv", "conditionId\nc0\n", "conditionId\tq\nc0\t0\nbad\t1\n")
            .With("measurements.tsv", "obs\tc0\t4\t2\n", "obs\tc0\t4\t2\nobs\tbad\t4\t2\n");
        var objective = new FitObjective(folder.Read());
        var token = TestContext.Current.CancellationToken;
        double[] x = [objective.Parameters[0].Nominal];
        var value = objective.Evaluate(x, ObjectiveParts.Gradient, token);
        Assert.Equal(double.PositiveInfinity, value.Value);
        Assert.StartsWith("bad: ", value.Failure, StringComparison.Ordinal);
        var simulated = objective.Simulate(x, token);
        Assert.Equal(double.PositiveInfinity, simulated.Value);
        Assert.Equal(["bad"], simulated.Failures.Keys);
        Assert.Equal(10 * Math.Exp(-1), simulated.Rows.Single(r => r.Experiment == "c0" && r.Measurement.Time == 2).Simulated, 1e-5);
    }

    [Fact]
    public void A_file_of_nothing_but_brackets_is_refused()
    {
        using var folder = new PetabFolder();
        folder.With("problem.yaml", "", new string('[', 200_000));
        Assert.Contains("nests more than", Assert.ThrowsAny<ProtonmotiveException>(folder.Read).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_beyond_all_measure_is_refused()
    {
        using var folder = new PetabFolder();
        folder.With("measurements.tsv", "obs\tc0\t4", new string('o', 1 << 20) + "\tc0\t4");
        Assert.ThrowsAny<ProtonmotiveException>(folder.Read);
    }

    [Fact]
    public void Paths_may_be_absolute()
    {
        using var folder = new PetabFolder();
        folder.With("problem.yaml", "[measurements.tsv]", $"['{folder.File("measurements.tsv")}']");
        Assert.Equal(2, folder.Read().MeasurementCount);
    }
}
