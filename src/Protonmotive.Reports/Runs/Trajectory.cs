using System.Collections.Immutable;
using Protonmotive.Solvers;

namespace Protonmotive.Reports.Runs;

/// <summary>The columns of a run: time first, then every named quantity with its unit.</summary>
/// <param name="Columns">The columns; all of the same length.</param>
public sealed record Trajectory(ImmutableArray<TrajectoryColumn> Columns)
{
    /// <summary>Name of the first column.</summary>
    public const string TimeName = "time";

    /// <summary>The times.</summary>
    public ImmutableArray<double> Times => Columns[0].Values;

    /// <summary>A column by name, or null.</summary>
    public TrajectoryColumn? Find(string name) => Columns.FirstOrDefault(c => c.Name == name);

    /// <summary>The columns of a solution: observables, then states that no observable shows.</summary>
    public static Trajectory Of(Solution solution)
    {
        var system = solution.Kernel.System;
        var columns = ImmutableArray.CreateBuilder<TrajectoryColumn>();
        columns.Add(new TrajectoryColumn(TimeName, system.TimeUnit, solution.Times));
        foreach (var o in system.Observables) columns.Add(new TrajectoryColumn(o.Name, o.Unit, [.. solution.ObservableColumn(o.Name)]));
        var shown = system.Observables.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < system.States.Length; i++)
        {
            if (shown.Add(system.States[i].Name)) columns.Add(new TrajectoryColumn(system.States[i].Name, system.States[i].Unit, [.. solution.Column(i)]));
        }
        return new Trajectory(columns.ToImmutable());
    }
}

/// <summary>One column.</summary>
/// <param name="Name">Identifier.</param>
/// <param name="Unit">Unit; "" where unknown.</param>
/// <param name="Values">Values by row.</param>
public sealed record TrajectoryColumn(string Name, string Unit, ImmutableArray<double> Values);
