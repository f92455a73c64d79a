using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Descent;

/// <summary>The descent of one network as a flow, by the engine's solver, and in steps, by TorchSharp's optimisers, from the same weights on the same examples.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Steps">Steps of gradient descent and of Adam.</param>
/// <param name="Solution">The engine's solution of the flow.</param>
/// <param name="Ledger">The flow's account.</param>
public sealed record DescentComparison(DescentPath Flow, ImmutableArray<DescentPath> Steps, Solution Solution, Ledger Ledger)
{
    private const int Points = 401;

    /// <summary>Runs all of them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="end">End of the flow's time; gradient descent of rate η takes end/η steps.</param>
    /// <param name="rates">Rates of gradient descent.</param>
    /// <param name="adamRate">Rate of Adam.</param>
    /// <param name="tolerance">Relative tolerance of the flow.</param>
    /// <exception cref="ProtonmotiveException">The flow can't be solved.</exception>
    public static DescentComparison Run(LinearNetwork network, double end, IEnumerable<double> rates, double adamRate, double tolerance = 1e-8)
    {
        var account = Account.Of(network.ToNetwork());
        var solution = Ode.Solve(new InitialValueProblem(account.Compile(), 0, end), new Automatic(), new Tolerance(tolerance, tolerance), OutputTimes.Uniform(Points));
        var ledger = account.Read(solution) with { EnergyUnit = "1", ExtentUnit = "Δw", Subject = "loss", StoredName = "loss: change", DissipatedName = "dissipated" };
        return new DescentComparison(PathOf(network, solution), [.. rates.Select(η => Descend(network, end, η, p => optim.SGD(p, η), string.Create(CultureInfo.InvariantCulture, $"steps of {η:g3}"))),
            Descend(network, end, adamRate, p => optim.Adam(p, adamRate, 0.9, 0.999), string.Create(CultureInfo.InvariantCulture, $"Adam, {adamRate:g3}"))], solution, ledger);
    }

    /// <summary>The flow's path; what the force did is the account's activity, ∫Σ|power| dt = ∫‖∇L‖² dt.</summary>
    private static DescentPath PathOf(LinearNetwork network, Solution solution)
    {
        var gradient = new double[network.Start.Length];
        double[] first = network.Charges(network.Start.AsSpan());
        var rows = Enumerable.Range(0, solution.RowCount).Select(r => solution.State(r)[..network.Start.Length]).ToList();
        var losses = rows.Select(w => network.Loss(w, gradient)).ToImmutableArray();
        return new DescentPath("flow", solution.Times, losses, [.. solution.Column("activity")], [.. rows.Select(w => Drift(network.Charges(w), first))], [.. rows[^1]]);
    }

    private static DescentPath Descend(LinearNetwork network, double end, double rate, Func<IEnumerable<Parameter>, optim.Optimizer> make, string name)
    {
        using var scope = NewDisposeScope();
        int steps = (int)Math.Round(end / rate), every = Math.Max(1, steps / (Points - 1));
        var parameter = new Parameter(tensor(network.Start.ToArray(), dtype: float64));
        using var optimiser = make([parameter]);
        double[] gradient = new double[network.Start.Length], first = network.Charges(network.Start.AsSpan()), weights = [.. network.Start];
        var (times, losses, supplied, drift) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        double work = 0;
        for (int step = 0; ; step++)
        {
            double loss = network.Loss(weights, gradient);
            if (step % every == 0 || step == steps)
            {
                times.Add(step * rate);
                losses.Add(loss);
                supplied.Add(work);
                drift.Add(Drift(network.Charges(weights), first));
            }
            if (step == steps) break;
            using var inner = NewDisposeScope();
            parameter.grad = tensor(gradient, dtype: float64);
            optimiser.step();
            var after = parameter.data<double>().ToArray();
            for (int k = 0; k < after.Length; k++) work -= gradient[k] * (after[k] - weights[k]);
            weights = after;
        }
        return new DescentPath(name, [.. times], [.. losses], [.. supplied], [.. drift], [.. weights]) { Steps = steps };
    }

    private static double Drift(double[] charges, double[] first) => charges.Zip(first, (a, b) => Math.Abs(a - b)).Max();
}
