using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Thermodynamics;

/// <summary>Reads the account's integrals from a solution.</summary>
internal sealed class LedgerReader
{
    private readonly Network network;
    private readonly Solution solution;
    private readonly Dictionary<string, int> components = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> observables = new(StringComparer.Ordinal);
    private readonly double[] end;

    public LedgerReader(Network network, Solution solution)
    {
        this.network = network;
        this.solution = solution;
        var system = solution.Problem.Kernel.System;
        for (int i = 0; i < system.Quadratures.Length; i++) components[system.Quadratures[i].Name] = system.States.Length + i;
        for (int i = 0; i < system.Observables.Length; i++) observables[system.Observables[i].Name] = i;
        end = [.. solution.FinalState];
    }

    public Ledger Read(IReadOnlyDictionary<string, AffinityStatus> statuses, IEnumerable<(string Name, SupplyKind Kind, string Note)> supplies, bool hasPotentials)
    {
        var problem = solution.Problem;
        var startParameters = problem.Kernel.Parameters(problem.Overrides, problem.Start);
        var startState = problem.InitialState.IsDefault ? problem.Kernel.InitialState(startParameters, problem.Start) : [.. problem.InitialState];
        var first = Observables(problem.Start, startState, startParameters);
        var last = Observables(solution.FinalTime, end, solution.ParameterSegments[^1].AsSpan());
        var lines = ProcessLine.Of(network);
        string[] units = [.. lines.Select(l => ExtentUnit(l.First)).Distinct()];
        var processes = lines.Select(l => Process(l, statuses[l.Name], last) with { ExtentUnit = units.Length > 1 ? ExtentUnit(l.First) : "" }).ToImmutableArray();
        return new Ledger
        {
            System = network.Name,
            Per = network.Per,
            EnergyUnit = network.AccountUnit,
            ExtentUnit = units is [var one] ? one : "mol",
            TimeUnit = network.TimeUnit,
            Start = problem.Start,
            End = solution.FinalTime,
            Processes = processes,
            Supplies = [.. supplies.Select(s => new SupplyEntry(s.Name, s.Kind, Integral((s.Kind == SupplyKind.Drive ? "drive." : "supply.") + s.Name), s.Note)), .. Jumps()],
            Boundaries = [.. network.Boundaries.Select(b => Boundary(b, processes))],
            StoredAtStart = Value(first, Lowering.StoredEnergyName) ?? 0,
            StoredAtEnd = Value(last, Lowering.StoredEnergyName) ?? 0,
            Activity = Integral("activity"),
            HasPotentials = hasPotentials,
        };
    }

    private ProcessEntry Process(ProcessLine line, AffinityStatus status, double[] last) => new(
        line.Name, line.First.Kind, line.First.PlainEquation, status,
        Integral("extent." + line.Name),
        Integral("power." + line.Name),
        Integral("spent." + line.Name),
        [.. line.First.Halves.Select(h => new CarrierEntry(h.Carrier, Integral($"carrier.{line.Name}.{h.Carrier}")))],
        Value(last, line.Name) ?? double.NaN,
        Value(last, Lowering.AffinityName(line.Name)),
        Integral("exchanged." + line.Name)) { Remark = line.First.Law.Remark, Places = line.IsGroup ? line.Members.Length : 1 };

    // What a flux adds up to over time; mol where its unit is not known.
    private string ExtentUnit(Process process) => process.Unit switch
    {
        "" => "mol",
        "A" when network.TimeUnit == "s" => "C",
        "W" when network.TimeUnit == "s" => "J",
        "µA" when network.TimeUnit == "ms" => "nC",
        "1" => network.TimeUnit,
        var unit when unit.EndsWith("/" + network.TimeUnit, StringComparison.Ordinal) => unit[..^(network.TimeUnit.Length + 1)],
        var unit => $"{unit}·{network.TimeUnit}",
    };

    private static BoundaryEntry Boundary(Boundary boundary, ImmutableArray<ProcessEntry> processes)
    {
        var inside = processes.Where(p => boundary.Processes.Contains(p.Name)).ToList();
        return new BoundaryEntry(boundary.Name, boundary.Processes, boundary.Input,
            inside.SelectMany(p => p.Carriers).Where(c => c.Carrier == boundary.Input).Sum(c => c.Energy),
            inside.Sum(p => p.Power));
    }

    private IEnumerable<SupplyEntry> Jumps()
    {
        foreach (var jump in solution.Events)
        {
            var before = Value(Observables(jump.Time, jump.StateBefore.AsSpan(), jump.ParametersBefore.AsSpan()), Lowering.StoredEnergyName);
            var after = Value(Observables(jump.Time, jump.StateAfter.AsSpan(), jump.ParametersAfter.AsSpan()), Lowering.StoredEnergyName);
            if (before is { } b && after is { } a && a != b) yield return new SupplyEntry(jump.Name, SupplyKind.Jump, a - b, $"at {jump.Time:g6} {network.TimeUnit}");
        }
    }

    private double Integral(string name) => components.TryGetValue(name, out int index) ? end[index] : 0;

    private double? Value(double[] values, string name) => observables.TryGetValue(name, out int index) ? values[index] : null;

    private double[] Observables(double t, ReadOnlySpan<double> state, ReadOnlySpan<double> parameters)
    {
        var instance = solution.Problem.Kernel.Bind(parameters);
        var values = new double[solution.Problem.Kernel.System.Observables.Length];
        instance.Observables(t, state, values);
        return values;
    }
}
