using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Atlas;

/// <summary>A scenario of a system that was run for the atlas.</summary>
/// <param name="Record">The run.</param>
/// <param name="Trajectory">Its columns.</param>
/// <param name="Ledger">Its books.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Folder">Its folder, from the page.</param>
public sealed record AtlasRun(RunRecord Record, Trajectory Trajectory, Ledger Ledger, ImmutableArray<Figure> Figures, string Folder)
{
    /// <summary>A run with its figures.</summary>
    public static AtlasRun Of(RunRecord record, Trajectory trajectory, Ledger ledger, string folder) => new(record, trajectory, ledger, [.. RunReport.Figures(record, trajectory, ledger)], folder);

    /// <summary>The value of a parameter.</summary>
    public double Parameter(string name) => Record.Parameters.First(p => p.Name == name).Value;

    /// <summary>The value of a result.</summary>
    public double Result(string name) => Record.Results.First(r => r.Name == name).Value;

    /// <summary>What a result is known to be.</summary>
    public double Known(string name) => Record.Results.First(r => r.Name == name).Reference!.Value;

    /// <summary>A column at the row nearest to a time.</summary>
    public double At(string column, double time) => Times(column).MinBy(p => Math.Abs(p.Time - time)).Value;

    /// <summary>A column with its times.</summary>
    public IEnumerable<(double Time, double Value)> Times(string column) => Trajectory.Times.Zip(Trajectory.Find(column)!.Values);
}

/// <summary>A chapter of the atlas: a system, or a training, with its runs.</summary>
/// <param name="System">What the catalogue tells of it.</param>
/// <param name="Runs">Its runs, the first scenario first.</param>
public sealed record AtlasChapter(CatalogueEntry System, ImmutableArray<AtlasRun> Runs);
