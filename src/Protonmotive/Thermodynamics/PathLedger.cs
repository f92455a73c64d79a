using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Protonmotive.Solvers.Langevin;

namespace Protonmotive.Thermodynamics;

/// <summary>The account of many paths in a heat bath: means over the paths with their standard errors. ΔG = work − heat holds on each path by itself.</summary>
/// <remarks>Sekimoto (1998), Prog. Theor. Phys. Suppl. 130, 17; Seifert (2012), Rep. Prog. Phys. 75, 126001, section 2.</remarks>
public sealed record PathLedger
{
    private PathLedger(PathEnsemble paths)
    {
        var kernel = paths.Problem.Kernel;
        (System, EnergyUnit, Paths) = (kernel.Network.Name, kernel.Network.EnergyUnit, paths.Count);
        Heats = [.. kernel.System.Processes.Select(p => PathEntry.Of(p.Name, paths.Heat(p.Name)))];
        Supplies = [PathEntry.Of("moving parameters", paths.DriveWork), .. paths.HeldStores.Select(s => PathEntry.Of(s, paths.Supply(s))), .. kernel.System.Equations.Events.Select(e => PathEntry.Of(e.Name, paths.JumpWork(e.Name)))];
        Work = PathEntry.Of("work", paths.Work);
        var (change, heat) = (new double[paths.Count], new double[paths.Count]);
        for (int i = 0; i < paths.Count; i++)
        {
            change[i] = paths.StoredAtEnd[i] - paths.StoredAtStart[i];
            foreach (var process in kernel.System.Processes) heat[i] += paths.Heat(process.Name)[i];
            WorstClosureResidual = Math.Max(WorstClosureResidual, paths.ClosureResidual(i));
        }
        (StoredChange, Heat) = (PathEntry.Of("energy stored: change", change), PathEntry.Of("heat", heat));
    }

    /// <summary>Name of the network.</summary>
    public string System { get; }

    /// <summary>Unit of every energy here.</summary>
    public string EnergyUnit { get; }

    /// <summary>Number of paths.</summary>
    public int Paths { get; }

    /// <summary>Heat given off by each process.</summary>
    public ImmutableArray<PathEntry> Heats { get; }

    /// <summary>Work of moving parameters, held stores and events.</summary>
    public ImmutableArray<PathEntry> Supplies { get; }

    /// <summary>Work in all.</summary>
    public PathEntry Work { get; }

    /// <summary>Heat in all.</summary>
    public PathEntry Heat { get; }

    /// <summary>Change of the energy stored.</summary>
    public PathEntry StoredChange { get; }

    /// <summary>The largest <see cref="PathEnsemble.ClosureResidual"/> of a path.</summary>
    public double WorstClosureResidual { get; }

    /// <summary>The account of paths.</summary>
    public static PathLedger Of(PathEnsemble paths) => new(paths);

    /// <summary>A table of the means and their standard errors.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{System}: energy along {Paths} paths, mean ± standard error, in {EnergyUnit}\n"));
        foreach (var entry in Supplies.Where(e => e.Mean != 0)) Line("supplied by " + entry.Name, entry);
        Line("supplied in all", Work);
        foreach (var entry in Heats.Where(e => e.Mean != 0)) Line("heat of " + entry.Name, entry);
        Line(StoredChange.Name, StoredChange);
        return text.Append(CultureInfo.InvariantCulture, $"each path's books close to {WorstClosureResidual:e1} of the energy turned over").ToString();

        void Line(string name, PathEntry entry) => text.Append(CultureInfo.InvariantCulture, $"{name,-40} {entry.Mean,12:g5} ± {entry.StandardError:g2}\n");
    }
}

/// <summary>One line of it.</summary>
/// <param name="Name">Process, store or event.</param>
/// <param name="Mean">Mean over the paths.</param>
/// <param name="StandardError">Standard error of the mean.</param>
public readonly record struct PathEntry(string Name, double Mean, double StandardError)
{
    internal static PathEntry Of(string name, ReadOnlySpan<double> values)
    {
        var (mean, deviation) = PathEnsemble.Moments(values);
        return new PathEntry(name, mean, deviation / Math.Sqrt(values.Length));
    }
}
