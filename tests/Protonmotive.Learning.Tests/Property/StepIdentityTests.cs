using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Tests.Unit.Accounts;
using Xunit;

namespace Protonmotive.Learning.Tests.Property;

/// <summary>W = P − N − K on every step, with K integrated on its own.</summary>
public class StepIdentityTests
{
    /// <summary>1,000 steps where PROTONMOTIVE_LONG is set, else few: the integral takes 7 passes of the probe a step, and many times that across the kinks of ReLU.</summary>
    private static int Steps(string network) => Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") is { Length: > 0 } ? 1000 : network == "relu" ? 8 : 60;

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var network in SmallTraining.Networks)
        {
            foreach (var rule in SmallTraining.Rules) cases.Add(network, rule);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gained_is_supplied_less_noise_less_curvature(string network, string rule)
    {
        var account = SmallTraining.Train(network, rule, Steps(network), TrainingLedgerOptions.Audit);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{network}, {rule}: largest residual of {account.Steps} steps {account.LargestResidual:0.0e-0} of |P| + |N| + |K|"));
        Assert.Equal(Steps(network), account.Audited.Length);
        Assert.All(account.Audited, step => Assert.True(step.ClosureResidual <= 1e-5, $"step {step.Step}: {step.ClosureResidual:g3}"));
        Assert.All(account.Audited, step => Assert.Equal(step.Supplied, step.Mechanisms.Sum(m => m.Power), 1e-9 * step.Activity));
        Assert.All(account.Audited, step => Assert.Equal(step.Supplied, step.Layers.Sum(l => l.Supplied), 1e-9 * step.Activity));
        Assert.Equal(account.GainedInAll, account.Gained, 1e-10); // every step is audited: the gains add up to the whole
        Assert.True(account.ToLedger().ClosureResidual <= 1e-5);
    }

    /// <summary>A step twice as short has a curvature by trapezium that is nearer by the cube: third order.</summary>
    [Fact]
    public void Curvature_by_layer_misses_the_third_order_alone()
    {
        double Miss(string rule)
        {
            var step = SmallTraining.Train("tanh", rule, 1, TrainingLedgerOptions.Audit).Audited[0];
            return Math.Abs(step.Curvature - step.CurvatureByTrapezium) / Math.Pow(step.Layers.Sum(l => l.StepLength * l.StepLength), 1.5);
        }
        Assert.Equal(Miss("sgd"), Miss("momentum"), 0.2 * Miss("sgd")); // the first step of both is along the gradient, five times as short in the second
    }
}
