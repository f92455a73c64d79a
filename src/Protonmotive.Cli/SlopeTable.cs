using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Protonmotive.Kernels;
using Protonmotive.Reports.Scans;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;

namespace Protonmotive.Cli;

/// <summary>The quantities that pmf sens is asked for, with their slopes: states, integrals, observables and numbers of the ledger.</summary>
internal sealed class SlopeTable
{
    private enum Kind
    {
        Component,
        Observable,
        LedgerNumber,
    }

    private readonly ScanModel scan;
    private readonly TangentStart start;
    private readonly LedgerSensitivities? ledger;
    private readonly List<(string Name, string Unit, Kind Kind, int Index)> quantities;

    /// <param name="scan">The model.</param>
    /// <param name="varied">Parameters that vary.</param>
    /// <param name="only">Names of quantities, where * stands for anything; empty for those of the model's figure.</param>
    /// <param name="addLedger">Whether all numbers of the ledger are given too.</param>
    /// <exception cref="ProtonmotiveException">A name is that of nothing.</exception>
    public SlopeTable(ScanModel scan, ImmutableArray<string> varied, string[] only, bool addLedger)
    {
        (this.scan, Varied) = (scan, varied);
        start = TangentStart.Along(scan.Kernel, varied, scan.Overrides);
        Values = [.. varied.Select(p => start.Parameters[scan.Kernel.ParameterIndex(p)])];
        ledger = scan.Account is { } account ? new LedgerSensitivities(account, scan.Kernel) : null;
        var system = scan.Kernel.System;
        var known = new List<(string Name, string Unit, Kind Kind, int Index)>();
        known.AddRange(system.Observables.Select((o, i) => (o.Name, o.Unit, Kind.Observable, i)));
        known.AddRange(system.States.Select((s, i) => (s.Name, s.Unit, Kind.Component, i)));
        known.AddRange(system.Quadratures.Select((q, i) => (q.Name, q.Unit, Kind.Component, system.States.Length + i)));
        if (ledger is not null) known.AddRange(ledger.Numbers.Select((n, i) => (ScanModel.LedgerPrefix + n.Name, n.Unit, Kind.LedgerNumber, i)));
        known = [.. known.DistinctBy(k => k.Name)];
        IEnumerable<string> names = only.Length > 0 ? only : scan.DefaultOutputs();
        quantities = [.. names.SelectMany(Found).Concat(addLedger ? known.Where(k => k.Kind == Kind.LedgerNumber) : []).DistinctBy(q => q.Name)];

        IEnumerable<(string Name, string Unit, Kind Kind, int Index)> Found(string name)
        {
            var pattern = new Regex("^" + Regex.Escape(name).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant);
            var found = name.Contains('*', StringComparison.Ordinal) ? known.Where(k => pattern.IsMatch(k.Name)).ToList() : [.. known.Where(k => k.Name == name)];
            return found.Count > 0 ? found : throw new ModelSourceException($"There is no quantity '{name}'.", "--only", NearNames.Question(NearNames.Of(name, known.Select(k => k.Name)), "Name states, observables or integrals of the system, or numbers of its ledger."));
        }
    }

    /// <summary>Parameters that vary.</summary>
    public ImmutableArray<string> Varied { get; }

    /// <summary>Their values.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>Number of quantities.</summary>
    public int Count => quantities.Count;

    /// <summary>Along a time course.</summary>
    /// <param name="times">Ascending times.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it early.</param>
    public List<SlopeRow> Along(double[] times, SensitivityOptions options, CancellationToken cancellation)
    {
        var solution = ForwardSensitivities.Solve(start, 0, times[^1], times, options, cancellation);
        return [.. times.Select((time, row) => Row(time, solution, row, quantities.Exists(q => q.Kind == Kind.LedgerNumber) ? ledger!.Along(start, 0, solution, row) : null, null))];
    }

    /// <summary>At rest, where integrals are what they grow by in a unit of time.</summary>
    /// <param name="horizon">Time to settle in.</param>
    /// <param name="tolerance">Of the integration to there.</param>
    /// <param name="cancellation">Ends it early.</param>
    public SlopeRow AtRest(double horizon, Tolerance tolerance, CancellationToken cancellation)
    {
        var settled = SettledState.Of(start, horizon, tolerance, cancellation: cancellation);
        var solution = ForwardSensitivities.Solve(settled.Tangents(), 0, 0, [0], new SensitivityOptions { Tolerance = tolerance }, cancellation);
        return Row(double.PositiveInfinity, solution, 0, ledger?.AtRest(settled), settled.Integrands());
    }

    private SlopeRow Row(double time, TangentSolution solution, int row, LedgerTangents? numbers, (double[] Values, double[] Tangents)? integrands)
    {
        int states = scan.Kernel.System.States.Length;
        return new SlopeRow(time, [.. quantities.Select(q =>
        {
            if (q.Kind == Kind.LedgerNumber) return new QuantitySlopes(q.Name, PerTime(q.Unit), numbers!.Value(q.Index), [.. Varied.Select((_, d) => numbers.Slope(q.Index, d))]);
            if (q.Kind == Kind.Observable) return new QuantitySlopes(q.Name, q.Unit, solution.Observables(row)[q.Index], [.. Varied.Select((_, d) => solution.ObservableTangent(row, d)[q.Index])]);
            if (integrands is { } powers && q.Index >= states) return new QuantitySlopes(q.Name, PerTime(q.Unit), powers.Values[q.Index - states], [.. Varied.Select((_, d) => powers.Tangents[(d * powers.Values.Length) + q.Index - states])]);
            return new QuantitySlopes(q.Name, q.Unit, solution.State(row)[q.Index], [.. Varied.Select((_, d) => solution.StateTangent(row, d)[q.Index])]);
        })]);

        string PerTime(string unit) => integrands is null || unit is "" or "1" ? unit : unit == "J" && scan.Kernel.System.TimeUnit == "s" ? "W" : $"{unit}/{scan.Kernel.System.TimeUnit}";
    }
}
