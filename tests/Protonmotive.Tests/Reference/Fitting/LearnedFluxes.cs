using Protonmotive.Atlas.Learned;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Training;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Reference.Fitting;

/// <summary>Laws that are learned from data of a known system, judged where they were not trained (docs/learned-fluxes.md).</summary>
/// <remarks>Seeds and phosphates are those of the judgement, by which nothing was chosen.</remarks>
public class LearnedFluxes
{
    private static readonly bool isLong = Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Predator_and_prey_give_back_their_interaction_within_two_percent()
    {
        Assert.SkipUnless(isLong, "Half a minute of training; PROTONMOTIVE_LONG=1 runs it.");
        var task = new PredatorPrey { Seed = 11 };
        var problem = task.Problem();
        var found = task.Recover(problem, new Trainer(new TrajectoryObjective(problem), PredatorPrey.Plan()).Run(cancellation: Token), Token);
        Assert.True(found.HasTrueForm);
        Assert.All(found.Terms, t => Assert.InRange(t.Refined[0] / t.TrueCoefficient, 0.98, 1.02));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_learned_translocase_predicts_a_titration_within_the_noise_and_its_mobility_keeps_the_second_law(bool isFree)
    {
        Assert.SkipUnless(isLong, "A minute of training; PROTONMOTIVE_LONG=1 runs it.");
        var task = new TranslocaseLearning { Seed = 11, IsFree = isFree };
        var result = new Trainer(new TrajectoryObjective(task.Problem()), task.Plan()).Run(cancellation: Token);
        var power = task.Sample(result.Values, 10_000, 11);
        if (isFree)
        {
            Assert.True(power.Violations > 0);
            return;
        }
        Assert.Equal(0, power.Violations);
        var found = new TranslocaseFindings(isFree, task.Titrate(result.Values, 2.5e-3, Enumerable.Range(1, 20).Select(i => 0.25e-6 * i), Token), power, null);
        Assert.All(task.Measured, q => Assert.InRange(found.Deviation(q.Observable), 0, 1));
    }

    [Fact]
    public void The_learner_of_the_translocase_is_the_model_but_for_one_law()
    {
        var task = new TranslocaseLearning();
        var (truth, none) = task.Build(isLearned: false);
        var (learned, net) = task.Build(isLearned: true);
        Assert.Null(none);
        Assert.Equal("4-6-1 tanh, 37 weights", net!.ToString());
        Assert.Equal(truth.Processes.Select(p => p.Equation), learned.Processes.Select(p => p.Equation));
        Assert.Equal(truth.Processes.Where(p => p.Name != "ANT").Select(p => p.Law), learned.Processes.Where(p => p.Name != "ANT").Select(p => p.Law));
        Assert.Equal(Verdict.Proved, Audit.Check(learned, samples: 10).Processes.Single(p => p.Name == "ANT").Verdict);
    }

    [Fact]
    public void A_step_of_training_lowers_the_loss_of_the_translocase_by_its_adjoint_gradient()
    {
        var task = new TranslocaseLearning { Times = [5, 10, 20], Courses = [(0.1e-3, 5e-3, 5e-3), (0.4e-3, 2e-3, 0.5e-3)], Watched = [] };
        var objective = new TrajectoryObjective(task.Problem());
        double[] x = [.. objective.Parameters.Select(p => p.Nominal)];
        var at = objective.Evaluate(x, ObjectiveParts.Gradient, Token);
        double length = Math.Sqrt(at.Gradient!.Sum(g => g * g)), h = 1e-4;
        double Along(double step) => objective.Evaluate([.. x.Select((v, i) => v + (step * at.Gradient![i] / length))], ObjectiveParts.Value, Token).Value;
        Assert.Equal(length, (Along(h) - Along(-h)) / (2 * h), 2e-3 * length); // the solver's 1e-6, over 2h, and O(h²)
    }
}
