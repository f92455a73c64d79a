using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Protonmotive.Formats.Sbml.TestSuite;

/// <summary>Runs a folder of cases of the SBML Test Suite, every level present, over all cores.</summary>
public sealed class SuiteRunner
{
    /// <summary>
    /// Solves a flux balance model, given its path: the value of a flux or objective by its id. Null where flux balance is not at hand
    /// (it needs a native library, so this assembly does not refer to it); such cases then fail by name.
    /// </summary>
    public Func<string, Func<string, double>>? FluxBalance { get; init; }

    /// <summary>Runs of a stochastic case.</summary>
    public int Runs { get; init; } = 10_000;

    /// <summary>Seed of what is random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The cases of a folder (a folder of cases, or one case), in order.</summary>
    /// <exception cref="SbmlException">There is none.</exception>
    public static ImmutableArray<string> Cases(string folder)
    {
        if (!Directory.Exists(folder)) throw new SbmlException("There is no such folder.", folder, "Give a folder of SBML Test Suite cases, or one case.");
        ImmutableArray<string> cases = SuiteCase.IsCase(folder) ? [folder] : [.. Directory.EnumerateDirectories(folder).Where(SuiteCase.IsCase).Order(StringComparer.Ordinal)];
        return cases.IsEmpty ? throw new SbmlException("There is no case in the folder.", folder, "Give a folder of SBML Test Suite cases, or one case.") : cases;
    }

    /// <summary>Runs cases; outcomes in the order of the cases and of the levels' names.</summary>
    /// <param name="cases">Their folders.</param>
    /// <param name="progress">Told each outcome as it comes.</param>
    /// <param name="cancellation">Stops between models.</param>
    public ImmutableArray<SuiteOutcome> Run(IReadOnlyList<string> cases, IProgress<SuiteOutcome>? progress = null, CancellationToken cancellation = default)
    {
        var outcomes = new ConcurrentDictionary<int, List<SuiteOutcome>>();
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, cases.Count), EnumerablePartitionerOptions.NoBuffering), options, i =>
        {
            var own = outcomes[i] = [];
            foreach (var outcome in Run(cases[i]))
            {
                cancellation.ThrowIfCancellationRequested();
                own.Add(outcome);
                progress?.Report(outcome);
            }
        });
        return [.. outcomes.OrderBy(o => o.Key).SelectMany(o => o.Value)];
    }

    private IEnumerable<SuiteOutcome> Run(string folder)
    {
        SuiteCase test;
        SuiteOutcome? unread = null;
        try
        {
            test = SuiteCase.Load(folder);
        }
        catch (ProtonmotiveException e)
        {
            unread = new SuiteOutcome(Path.GetFileName(folder), "", false, $"{e.What} {e.Where}");
            test = null!;
        }
        if (unread is not null)
        {
            yield return unread;
            yield break;
        }
        foreach (var model in test.Models)
        {
            var outcome = Once(test, model, Seed);
            if (!outcome.Passed && (test.IsRandom || IsStochastic(test))) outcome = Once(test, model, Seed + 1) with { WasRunAgain = true };
            yield return outcome;
        }
    }

    private SuiteOutcome Once(SuiteCase test, string model, ulong seed) => test.TestType switch
    {
        "TimeCourse" => TimeCourseCheck.Run(test, model, seed),
        _ when IsStochastic(test) => StochasticCheck.Run(test, model, Runs, seed),
        "FluxBalanceSteadyState" => FluxBalance is null ? Unknown(test, model, "flux balance is not at hand") : Balance(test, model, FluxBalance),
        _ => Unknown(test, model, $"a test of type {test.TestType} is not known"),
    };

    private static bool IsStochastic(SuiteCase test) => test.TestType is "StochasticTimeCourse" or "StatisticalDistribution";

    private static SuiteOutcome Balance(SuiteCase test, string model, Func<string, Func<string, double>> solve)
    {
        try
        {
            var value = solve(model);
            return SuiteComparison.Of(test, SuiteCase.Level(model), [.. test.Settings.Variables.Select(v => new[] { value(v) })]);
        }
        catch (ProtonmotiveException e)
        {
            return Unknown(test, model, $"{e.What} {e.Where}");
        }
    }

    private static SuiteOutcome Unknown(SuiteCase test, string model, string why) => new(test.Id, SuiteCase.Level(model), false, why);
}
