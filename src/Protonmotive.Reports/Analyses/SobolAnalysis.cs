using System.Collections.Immutable;
using Protonmotive.Reports.Scans;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Reports.Analyses;

/// <summary>Sobol indices of the outputs of a scan.</summary>
/// <param name="Indices">An entry for every time and output, time by time.</param>
/// <param name="Failed">Members that failed; their rows are left out.</param>
/// <param name="FirstFailure">The first of them; null where none failed.</param>
public sealed record SobolAnalysis(SobolIndices Indices, long Failed, ScanFailure? FirstFailure)
{
    /// <summary>Solves all members and computes the indices.</summary>
    /// <param name="plan">A scan of a <see cref="SaltelliDesign"/>.</param>
    /// <param name="options">Intervals.</param>
    /// <param name="progress">Told how far it is; from any thread.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ScanException">The scan has another design.</exception>
    /// <exception cref="SensitivityException">Too few members gave finite values.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static SobolAnalysis Of(ScanPlan plan, SobolOptions? options = null, IProgress<ScanProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (plan.Settings.Design is not SaltelliDesign design) throw new ScanException("Sobol indices need members of their own design.", "design of the scan", "Give a SaltelliDesign.");
        long failed = 0;
        ScanFailure? first = null;
        ImmutableArray<string> names = [.. plan.Times.SelectMany(t => plan.OutputQuantities.Select(q => plan.Times.Length == 1 ? q.Name : FormattableString.Invariant($"{q.Name} at {t:g6}")))];
        void Evaluate(long begin, int count, Span<double> values)
        {
            var part = plan.Solve(begin, count, n => progress?.Report(new ScanProgress(begin + n, 0, design.Count)), cancellation);
            part.Values.CopyTo(values);
            failed += part.Failures.Count;
            first ??= part.Failures.FirstOrDefault();
        }

        try
        {
            var indices = SobolIndices.Estimate(design, names, Evaluate, (options ?? SobolOptions.Default) with { Block = plan.PartSize }, cancellation);
            return new SobolAnalysis(indices, failed, first);
        }
        catch (SensitivityException e) when (first is not null)
        {
            throw new SensitivityException(e.What, FormattableString.Invariant($"member {first.Member}: {first.Reason}"), e.Mend, e);
        }
    }
}
