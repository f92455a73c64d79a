using Protonmotive.Learning.Descent;
using Protonmotive.Kernels;
using Protonmotive.Thermodynamics;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Descent;

public class DescentTests
{
    private const double Tolerance = 1e-8;
    private static readonly LinearNetwork network = LinearNetwork.Random();
    private static readonly Lazy<DescentComparison> comparison = new(() => DescentComparison.Run(network, 12, [0.1, 0.05], 0.02, Tolerance));

    /// <summary>The potentials of the engine's stores, by symbolic derivatives, are the gradient by hand, and central differences of the loss.</summary>
    [Fact]
    public void The_engines_rates_are_the_gradient()
    {
        var gradient = new double[network.Start.Length];
        network.Loss(network.Start.AsSpan(), gradient);
        var system = Account.Of(network.ToNetwork()).Compile();
        var other = new double[network.Start.Length];
        for (int k = 0; k < gradient.Length; k++)
        {
            double[] up = [.. network.Start], down = [.. network.Start];
            up[k] += 1e-5;
            down[k] -= 1e-5;
            Assert.Equal((network.Loss(up, other) - network.Loss(down, other)) / 2e-5, gradient[k], 1e-9); // ε² of a polynomial of degree 4
        }
        var flow = comparison.Value.Solution;
        // the first output after the start: w − t ∇L + O(t²)
        double t = flow.Times[1];
        var half = Protonmotive.Solvers.Ode.Solve(new Protonmotive.Solvers.InitialValueProblem(system, 0, 1e-6), new Protonmotive.Solvers.Tsit5(), new Protonmotive.Solvers.Tolerance(1e-10, 1e-12)).FinalState;
        for (int k = 0; k < gradient.Length; k++) Assert.Equal(-gradient[k], (half[k] - network.Start[k]) / 1e-6, 1e-4 * (1 + Math.Abs(gradient[k])));
        Assert.True(t > 0);
    }

    /// <summary>In the flow the books close, all that was lost is dissipated, and the charges stay; each to the solver's tolerance, ten times at most.</summary>
    [Fact]
    public void The_flow_keeps_its_charges_and_dissipates_the_loss()
    {
        var c = comparison.Value;
        Assert.InRange(c.Ledger.ClosureResidual, 0, 10 * Tolerance);
        Assert.Equal(c.Flow.Gained, c.Ledger.Dissipated, 10 * Tolerance * c.Flow.Gained);
        Assert.Equal(-c.Flow.Gained, c.Ledger.StoredChange, 1e-12);
        Assert.InRange(Math.Abs(c.Flow.Leak), 0, 10 * Tolerance);
        Assert.InRange(c.Flow.ChargeDrift.Max(), 0, 1e-6); // errors of single weights, some 1e-8 a step, add up
        for (int i = 1; i < c.Flow.Losses.Length; i++) Assert.True(c.Flow.Losses[i] <= c.Flow.Losses[i - 1] + 1e-12);
    }

    /// <summary>Of gradient descent: a step adds η²(g₁g₁ᵀ − g₂ᵀg₂) to the charges, so that the drift at a time goes as η, and so does the leak; with η to 0 it ends where the flow does.</summary>
    [Fact]
    public void Steps_leak_in_proportion_to_their_rate()
    {
        var c = comparison.Value;
        DescentPath coarse = c.Steps[0], fine = c.Steps[1];
        Assert.InRange(coarse.ChargeDrift[^1] / fine.ChargeDrift[^1], 1.8, 2.25);
        Assert.InRange(coarse.Leak / fine.Leak, 1.8, 2.25);
        Assert.True(fine.Leak > 1000 * Math.Abs(c.Flow.Leak));
        double Distance(DescentPath p) => Math.Sqrt(p.Weights.Zip(c.Flow.Weights, (a, b) => (a - b) * (a - b)).Sum());
        Assert.InRange(Distance(coarse) / Distance(fine), 1.7, 2.4);
    }

    /// <summary>The first step's drift by hand.</summary>
    [Fact]
    public void A_step_adds_the_square_of_its_rate_to_the_charges()
    {
        const double η = 0.1;
        var gradient = new double[network.Start.Length];
        network.Loss(network.Start.AsSpan(), gradient);
        var after = network.Start.Zip(gradient, (w, g) => w - (η * g)).ToArray();
        var expected = network.Charges(gradient); // g₁g₁ᵀ − g₂ᵀg₂
        double[] before = network.Charges(network.Start.AsSpan()), then = network.Charges(after);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(η * η * expected[i], then[i] - before[i], 1e-14);
    }

    [Fact]
    public void Adam_breaks_the_charges_most()
    {
        var c = comparison.Value;
        Assert.True(c.Steps[^1].ChargeDrift[^1] > c.Steps[0].ChargeDrift[^1]);
    }
}
