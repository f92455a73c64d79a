using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text;

namespace Protonmotive.Bench.Peers;

/// <summary>The figures that the project set itself, and what was measured.</summary>
/// <param name="report">All comparisons.</param>
/// <param name="errors">The errors over which means are taken.</param>
internal sealed class PeersGoals(PeersReport report, double[] errors)
{
    private const int SmallSpecies = 20;

    /// <summary>Writes the table.</summary>
    /// <param name="text">Receives it.</param>
    public void Write(StringBuilder text)
    {
        text.AppendLine("Geometric means of CVODE / ours over the problems and over errors 1e-4, 1e-5, 1e-6 (– where not run):\n");
        text.AppendLine("| | at least | aim | measured (by the automatic choice) |");
        text.AppendLine("|---|---:|---:|---:|");
        void Row(string what, string least, string aim, string measured) => text.AppendLine($"| {what} | {least} | {aim} | {measured} |");
        Row("one trajectory, up to 20 species", "4", "10", Single(c => c.States <= SmallSpecies));
        Row("one trajectory, ring100", "1.5", "3", Single(c => c.Problem == "ring100"));
        Row("one trajectory, ring1000", "1", "2", Single(c => c.Problem == "ring1000"));
        Row("one trajectory, egfr_net, better of GMRES and KLU", "1", "3", Single(c => c.Problem == "egfr_net"));
        foreach (var (lanes, name, small, large) in new[] { ((int?)null, Vectors, ("30", "100"), true), (4, "4 lanes", ("15", "30"), false) })
        {
            Row($"ensemble, up to 20 species, {name}", small.Item1, small.Item2, Ensemble(c => c.States <= SmallSpecies, lanes));
            Row($"ensemble, ring100, {name}", large ? "8" : "", large ? "15" : "", Ensemble(c => c.Problem == "ring100", lanes));
            Row($"ensemble, ring1000, {name}", large ? "3" : "", large ? "6" : "", Ensemble(c => c.Problem == "ring1000", lanes));
        }
        foreach (var (name, least, aim) in new[] { ("ring100", "200 ms", "90 ms"), ("ring1000", "2 s", "1 s") })
            Row($"ready kernels, {name}, warm: for one trajectory, with those for lanes", least, aim, report.Ready.TryGetValue(name, out var r) ? $"{Milliseconds(r.Scalar)}, {Milliseconds(r.WithLanes)}" : "–");
        Row("first time point of ring1000 after loading: fresh process, later", "100 ms", "30 ms", report.FirstTimePoint is { } f ? $"{Milliseconds(f.Cold)}, {Milliseconds(f.Warm)}" : "–");
        Row("memory, 100,000 members of POLLU, end states: whole process (before they begin)", "200 MB", "60 MB", report.Memory is { } m ? string.Create(CultureInfo.InvariantCulture, $"{m.Peak:0} MB ({m.Before:0} MB)") : "–");
        text.AppendLine();
    }

    private static string Vectors => Vector512.IsHardwareAccelerated ? "AVX-512" : "default width";

    private string Single(Func<Comparison, bool> where) => report.Trajectories.Any(where)
        ? $"{Mean(report.Trajectories.Where(where), (c, e) => c.Ratio(e))} ({Mean(report.Trajectories.Where(where), (c, e) => c.AutomaticRatio(e))})" : "–";

    private string Ensemble(Func<Comparison, bool> where, int? lanes) => Mean(report.Ensembles.Where(where), (c, e) => c.Ratio(e, lanes ?? c.DefaultLanes));

    private string Mean(IEnumerable<Comparison> rows, Func<Comparison, double, double> ratio)
    {
        double[] ratios = [.. rows.SelectMany(c => errors.Select(e => ratio(c, e))).Where(double.IsFinite)];
        return ratios.Length == 0 ? "–" : PeersReport.Number(Math.Exp(ratios.Average(Math.Log)));
    }

    private static string Milliseconds(double value) => PeersReport.Number(value) + " ms";
}
