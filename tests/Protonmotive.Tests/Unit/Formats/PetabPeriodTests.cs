using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Formats.Petab;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats;

/// <summary>Version 2: several periods, several conditions at once, formulas, mapping; expected numbers from closed forms.</summary>
public class PetabPeriodTests
{
    private const double K = 0.5;

    [Fact]
    public void A_rate_that_is_switched_off_and_on_again()
    {
        using var folder = Folder("model m\n J: A -> ; s*k*A\n A = 10; k = 1; s = 1\nend");
        folder.With("conditions.tsv", "", "conditionId\ttargetId\ttargetValue\non\ts\t1\noff\ts\t0\nadd\tA\tA + gift*time\n")
            .With("parameters.tsv", "", "parameterId\tlowerBound\tupperBound\tnominalValue\testimate\nk\t0.001\t100\t0.5\ttrue\ngift\t0\t10\t2\ttrue\n")
            .With("experiments.tsv", "", "experimentId\ttime\tconditionId\ne1\t5\tadd\ne1\t2\toff\ne1\t0\ton\ne1\t3\ton\ne2\t-1\ton\ne2\t1\toff\ne2\t1\tadd\n")
            .With("measurements.tsv", "", "observableId\texperimentId\tmeasurement\ttime\nobs\te1\t1\t2.5\nobs\te1\t1\t5\nobs\te1\t1\t6\nobs\te2\t1\t0\nobs\te2\t1\t1\nobs\te2\t1\t4\n");
        const double Gift = 2;
        double at5 = (10 * Math.Exp(-4 * K)) + (5 * Gift), e2 = (10 * Math.Exp(-2 * K)) + Gift;
        Holds(folder.Read(), [K, Gift],
        [
            (10 * Math.Exp(-2 * K), -20 * Math.Exp(-2 * K), 0), (at5, -40 * Math.Exp(-4 * K), 5), (at5 * Math.Exp(-K), -((40 * Math.Exp(-4 * K)) + at5) * Math.Exp(-K), 5 * Math.Exp(-K)),
            (10 * Math.Exp(-K), -10 * Math.Exp(-K), 0), (e2, -20 * Math.Exp(-2 * K), 1), (e2, -20 * Math.Exp(-2 * K), 1),
        ]);
    }

    [Fact]
    public void After_a_rest_everything_stays_that_no_condition_sets()
    {
        // A' = p − k A with p = 4 in the rest; p stays, A gets 1 more at t = 5; from t = 7 on p = 2, and A comes to rest at 2/k.
        using var folder = Folder("model m\n I: -> A; p\n J: A -> ; k*A\n A = 0; k = 1; p = 1\nend");
        folder.With("conditions.tsv", "", "conditionId\ttargetId\ttargetValue\nhigh\tp\t2*half\nmore\tA\tA + 1\nlow\tp\thalf\n")
            .With("parameters.tsv", "", "parameterId\tlowerBound\tupperBound\tnominalValue\testimate\nk\t0.001\t100\t0.5\ttrue\nhalf\t0\t10\t2\ttrue\n")
            .With("experiments.tsv", "", "experimentId\ttime\tconditionId\ne1\t-inf\thigh\ne1\t5\tmore\ne1\t7\tlow\ne2\t-inf\thigh\n")
            .With("measurements.tsv", "", "observableId\texperimentId\tmeasurement\ttime\nobs\te1\t1\t5\nobs\te1\t1\t6\nobs\te1\t1\tinf\nobs\te2\t1\t3\n");
        Holds(folder.Read(), [K, 2],
        [
            ((4 / K) + 1, -4 / (K * K), 2 / K), ((4 / K) + Math.Exp(-K), (-4 / (K * K)) - Math.Exp(-K), 2 / K), (2 / K, -2 / (K * K), 1 / K), (4 / K, -4 / (K * K), 2 / K),
        ]);
    }

    [Fact]
    public void A_size_that_is_set_leaves_concentrations_and_formulas_take_values_before()
    {
        using var folder = Folder("model m\n compartment C = 2\n species S in C, U in C\n J: S -> ; C*k*S\n S = 3; U = 5; k = 1\nend");
        folder.With("conditions.tsv", "", "conditionId\ttargetId\ttargetValue\nwide\tC\t8\nwide\tS\tS + C\n")
            .With("observables.tsv", "", "observableId\tobservableFormula\tnoiseFormula\nobs\tS\t0.5\nother\tU + 100*C\t0.5\n")
            .With("experiments.tsv", "", "experimentId\ttime\tconditionId\ne1\t0\t\ne1\t1\twide\n")
            .With("measurements.tsv", "", "observableId\texperimentId\tmeasurement\ttime\nobs\te1\t1\t1\nobs\te1\t1\t2\nother\te1\t1\t1.5\n");
        double s = (3 * Math.Exp(-K)) + 2;
        Holds(folder.Read(), [K], [(s, -3 * Math.Exp(-K), 0), (s * Math.Exp(-K), -((3 * Math.Exp(-K)) + s) * Math.Exp(-K), 0), (805, 0, 0)]);
    }

    [Fact]
    public void Formulas_at_the_start_and_names_of_a_mapping()
    {
        using var folder = Folder("model m\n J: A -> ; k*A\n A = 10; k = 1\nend");
        folder.With("problem.yaml", "condition_files", "mapping_files: [mapping.tsv]\ncondition_files")
            .With("mapping.tsv", "", "petabEntityId\tmodelEntityId\nrate\tk\nsubstance\tA\nnote\t\n")
            .With("conditions.tsv", "", "conditionId\ttargetId\ttargetValue\nhigh\tsubstance\t3*start^2\n")
            .With("parameters.tsv", "", "parameterId\tlowerBound\tupperBound\tnominalValue\testimate\nrate\t0.001\t100\t0.5\ttrue\nstart\t0\t10\t2\ttrue\n")
            .With("observables.tsv", "", "observableId\tobservableFormula\tnoiseFormula\nobs\tsubstance*rate\t0.5\n")
            .With("experiments.tsv", "", "experimentId\ttime\tconditionId\ne1\t0\thigh\n")
            .With("measurements.tsv", "", "observableId\texperimentId\tmeasurement\ttime\nobs\te1\t1\t1\n");
        double a = 12 * Math.Exp(-K);
        Holds(folder.Read(), [K, 2], [(K * a, a - (K * a), K * a)]);
    }

    [Theory]
    [InlineData("experiments.tsv", "e1\t0\toff", "e1\t0\toff\ne1\t0\tlate", "set twice")]
    [InlineData("experiments.tsv", "e1\t0\toff", "e1\tNaN\toff", "period starts")]
    [InlineData("experiments.tsv", "e1\t0\toff", "e1\t0\toff\ne1\t2\tabsent", "no condition 'absent'")]
    [InlineData("measurements.tsv", "obs\te1\t1\t1", "obs\te1\t1\t-3", "before its experiment starts")]
    [InlineData("measurements.tsv", "obs\te1\t1\t1", "obs\te9\t1\t1", "no experiment 'e9'")]
    [InlineData("conditions.tsv", "late\ts", "late\tx", "nothing in the model")]
    [InlineData("conditions.tsv", "late\ts", "late\trule", "rule of the model")]
    [InlineData("conditions.tsv", "late\ts\t1", "late\ts\tunknown + 1", "'unknown'")]
    [InlineData("conditions.tsv", "late\ts\t1", "late\ts\t(1 +", "can't be read")]
    [InlineData("conditions.tsv", "late\ts\t1", "late\ts\tinf", "sets s to inf")]
    [InlineData("problem.yaml", "condition_files", "extensions:\n  sciml:\n    version: 1.0\n    required: true\ncondition_files", "extension 'sciml'")]
    [InlineData("measurements.tsv", "observableId\texperimentId\tmeasurement\ttime\nobs\te1\t1\t1", "observableId\texperimentId\tmeasurement\ttime\tmodelId\nobs\te1\t1\t1\tother", "no model 'other'")]
    public void What_is_not_read_is_refused_by_name(string file, string old, string text, string said)
    {
        using var folder = Folder("model m\n J: A -> ; s*k*A\n A = 10; k = 1; s = 1; rule := 2*s\nend");
        folder.With("conditions.tsv", "", "conditionId\ttargetId\ttargetValue\noff\ts\t0\nlate\ts\t1\n")
            .With("experiments.tsv", "", "experimentId\ttime\tconditionId\ne1\t0\toff\ne1\t4\tlate\n")
            .With("measurements.tsv", "", "observableId\texperimentId\tmeasurement\ttime\nobs\te1\t1\t1\n");
        Assert.Equal(2, folder.Read().Experiments[0].Condition.Assignments.Length); // as it is, it is read
        folder.With(file, old, text);
        var error = Assert.Throws<PetabException>(folder.Read);
        Assert.Contains(said, error.What, StringComparison.Ordinal);
        Assert.Contains(said == "set twice" ? "conditions.tsv, line 3" : file, error.Where, StringComparison.Ordinal);
    }

    // Simulations by row, and their slopes by both parameters through the gradient of the objective.
    private static void Holds(FitProblem problem, double[] x, (double Value, double ByFirst, double BySecond)[] expected)
    {
        var objective = new FitObjective(problem);
        var rows = objective.Simulate(x, TestContext.Current.CancellationToken).Rows;
        var gradient = new double[2];
        Assert.Equal(expected.Length, rows.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k].Value, rows[k].Simulated, 2e-7 * Math.Max(1, expected[k].Value)); // solved at 1e-8
            double slope = (expected[k].Value - 1) / 0.25;
            gradient[0] += slope * expected[k].ByFirst;
            gradient[1] += slope * expected[k].BySecond;
        }
        var found = objective.Evaluate(x, ObjectiveParts.Gradient, TestContext.Current.CancellationToken);
        for (int j = 0; j < x.Length; j++) Assert.Equal(gradient[j], found.Gradient![j], 1e-5 * Math.Max(1, Math.Abs(gradient[j])));
    }

    private static PetabFolder Folder(string model) => new PetabFolder()
        .With("problem.yaml", "", "format_version: 2.0.0\nparameter_files: [parameters.tsv]\nmodel_files:\n  m:\n    location: model.ant\n    language: sbml\ncondition_files: [conditions.tsv]\nexperiment_files: [experiments.tsv]\nmeasurement_files: [measurements.tsv]\nobservable_files: [observables.tsv]\n")
        .With("model.ant", "", model)
        .With("parameters.tsv", "", "parameterId\tlowerBound\tupperBound\tnominalValue\testimate\nk\t0.001\t100\t0.5\ttrue\n");
}
