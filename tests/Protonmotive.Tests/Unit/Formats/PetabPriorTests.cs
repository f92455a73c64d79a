using Protonmotive.Fitting.Problems;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats;

public class PetabPriorTests
{
    // −ln density at k = 0.5, whose decimal logarithm is −0.30103: written out from the densities' formulas.
    [Theory]
    [InlineData("uniform", "0;4", 1.3862943611198906)]
    [InlineData("normal", "1;0.4", 0.7838978013305176)]
    [InlineData("laplace", "1;0.4", 1.0268564)]
    [InlineData("logNormal", "-1;0.4", -0.3962535892347064)]
    [InlineData("logLaplace", "-1;0.4", -0.1491587)]
    [InlineData("parameterScaleUniform", "-3;2", 1.6094379)]
    [InlineData("parameterScaleNormal", "1;0.4", 5.292269831384953)]
    [InlineData("parameterScaleLaplace", "1;0.4", 3.0294314)]
    public void Every_kind_is_added_to_the_objective(string kind, string numbers, double expected)
    {
        using var folder = new PetabFolder();
        var plain = new FitObjective(folder.Read());
        folder.With("parameters.tsv", "estimate\n", "estimate\tobjectivePriorType\tobjectivePriorParameters\n").With("parameters.tsv", "0.5\t1\n", $"0.5\t1\t{kind}\t{numbers}\n");
        var objective = new FitObjective(folder.Read());
        double[] x = [objective.Parameters[0].Nominal];
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(expected, objective.Simulate(x, token).Value - plain.Simulate(x, token).Value, 1e-6);
        Assert.Equal(plain.Simulate(x, token).LogLikelihood, objective.Simulate(x, token).LogLikelihood, 1e-12);
    }

    [Fact]
    public void A_prior_of_initialization_moves_starts_and_not_the_objective()
    {
        using var folder = new PetabFolder();
        var token = TestContext.Current.CancellationToken;
        var plain = new FitObjective(folder.Read());
        folder.With("parameters.tsv", "estimate\n", "estimate\tinitializationPriorType\tinitializationPriorParameters\n").With("parameters.tsv", "0.5\t1\n", "0.5\t1\tuniform\t0.1;10\n");
        var objective = new FitObjective(folder.Read());
        Assert.Equal(plain.Simulate([-0.3], token).Value, objective.Simulate([-0.3], token).Value);
        Assert.Equal(-1, objective.Parameters[0].StartBounds.Lower, 1e-12);
        Assert.Equal(1, objective.Parameters[0].StartBounds.Upper, 1e-12);
        Assert.Equal(-3, objective.Parameters[0].Lower, 1e-12);
    }
}
