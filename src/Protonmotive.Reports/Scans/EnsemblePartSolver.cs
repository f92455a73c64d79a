using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Reports.Scans;

/// <summary>Solves members as an ensemble: in lanes where the system allows.</summary>
internal sealed class EnsemblePartSolver : IPartSolver
{
    private readonly ScanPlan plan;
    private readonly EnsembleProblem problem;
    private readonly OutputTimes output;
    private readonly int extra; // a row at the start, for the ledger alone

    public EnsemblePartSolver(ScanPlan plan)
    {
        this.plan = plan;
        problem = new EnsembleProblem(plan.Problem, plan.Members) { Outputs = plan.Outputs.RawNames };
        extra = plan.Outputs.NeedsStart && plan.Times[0] > plan.Problem.Start ? 1 : 0;
        output = OutputTimes.At(extra == 1 ? plan.Times.Insert(0, plan.Problem.Start) : plan.Times);
        // A run of no members checks names and says how members will run.
        Form = Run(0, 0, null, CancellationToken.None).Form;
    }

    public string Form { get; }

    public ScanPart Solve(long first, int count, Action<long> done, CancellationToken cancellation)
    {
        var solution = Run(first, count, new Forward(p => done(p.Done - p.First)), cancellation);
        var (times, raw, width) = (plan.Times.Length, plan.Outputs.RawNames.Length, plan.Outputs.Quantities.Length);
        var values = new double[count * times * width];
        for (int k = 0; k < count; k++)
        {
            var rows = solution.Member(first + k);
            double stored = plan.Outputs.NeedsStart ? plan.Outputs.Stored(rows[..raw]) : 0;
            for (int t = 0; t < times; t++)
                plan.Outputs.Write(rows.Slice((t + extra) * raw, raw), stored, 0, values.AsSpan(((k * times) + t) * width, width));
        }
        return new ScanPart(first, count, plan.Varied(first, count), values, [.. solution.Failures.Select(f => new ScanFailure(f.Member, f.Time, $"{f.Error.What} {f.Error.Where}"))]);
    }

    private EnsembleSolution Run(long first, int count, IProgress<EnsembleProgress>? progress, CancellationToken cancellation) => Ensemble.Solve(problem, plan.Method, plan.Settings.Tolerance, output,
        new EnsembleOptions { First = first, Count = count, Seed = plan.Settings.Seed, Threads = plan.Settings.Threads, MaximumSteps = plan.Settings.MaximumSteps }, progress, cancellation);

    private sealed class Forward(Action<EnsembleProgress> action) : IProgress<EnsembleProgress>
    {
        public void Report(EnsembleProgress value) => action(value);
    }
}
