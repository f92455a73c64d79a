using Protonmotive.Fitting.Problems;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats;

/// <summary>Version 2: experiments, conditions as rows, named places, noise distributions in one word; expected numbers from A = A₀ exp(−k t).</summary>
public class PetabSecondVersionTests
{
    [Fact]
    public void Experiments_conditions_and_placeholders()
    {
        using var folder = new PetabFolder();
        folder.With("problem.yaml", "", "format_version: 2.0.0\nparameter_files: [parameters.tsv]\nmodel_files:\n  m:\n    location: model.ant\n    language: sbml\ncondition_files: [conditions.tsv]\nexperiment_files: [experiments.tsv]\nmeasurement_files: [measurements.tsv]\nobservable_files: [observables.tsv]\n")
            .With("parameters.tsv", "", "parameterId\tlowerBound\tupperBound\tnominalValue\testimate\tpriorDistribution\tpriorParameters\nk\t0.001\t100\t0.5\ttrue\tlog-normal\t-1;0.4\nf\t0.1\t10\t2\ttrue\t\t\n")
            .With("conditions.tsv", "", "conditionId\ttargetId\ttargetValue\nlow\tA\t5\nlow\tk\tk\n")
            .With("experiments.tsv", "", "experimentId\ttime\tconditionId\ne1\t0\tlow\n")
            .With("observables.tsv", "", "observableId\tobservableFormula\tobservablePlaceholders\tnoiseFormula\tnoiseDistribution\nobs\tscaling*A\tscaling\t0.5\tlog-normal\n")
            .With("measurements.tsv", "", "observableId\texperimentId\tmeasurement\ttime\tobservableParameters\nobs\te1\t6\t1\tf\nobs\t\t9\t1\tf\n");
        var objective = new FitObjective(folder.Read());
        var found = objective.Simulate([0.5, 2], TestContext.Current.CancellationToken);
        double[] simulated = [2 * 5 * Math.Exp(-0.5), 2 * 10 * Math.Exp(-0.5)], measured = [6, 9];
        double likelihood = 0;
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(simulated[i], found.Rows.Single(r => r.Measurement.Value == measured[i]).Simulated, 1e-6);
            likelihood -= (0.5 * Math.Pow(Math.Log(measured[i] / simulated[i]) / 0.5, 2)) + Math.Log(0.5 * measured[i] * Math.Sqrt(2 * Math.PI));
        }
        Assert.Equal(likelihood, found.LogLikelihood, 1e-6);
        // −ln of the log-normal density at 0.5, of which the bounds cut off less than 1e-40; where one parameter has a prior, the other's is even.
        Assert.Equal(-0.3962535892347064 + Math.Log(9.9), found.Value + found.LogLikelihood, 1e-9);
    }
}
