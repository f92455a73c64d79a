using System.Globalization;
using System.Text;

namespace Protonmotive.Bench.Peers;

/// <summary>All that a run of peers found, as Markdown.</summary>
/// <param name="rounds">How often each contender ran at each tolerance.</param>
internal sealed class PeersReport(int rounds)
{
    private static readonly double[] errors = [1e-4, 1e-5, 1e-6];

    private readonly StringBuilder text = new();

    /// <summary>One trajectory each.</summary>
    public List<Comparison> Trajectories { get; } = [];

    /// <summary>Ensembles.</summary>
    public List<Comparison> Ensembles { get; } = [];

    /// <summary>Milliseconds until kernels stand ready, by network: one trajectory, and with lanes.</summary>
    public Dictionary<string, (double Scalar, double WithLanes)> Ready { get; } = [];

    /// <summary>Milliseconds to the first time point of ring1000, in a fresh process and later.</summary>
    public (double Cold, double Warm)? FirstTimePoint { get; set; }

    /// <summary>Megabytes of 100,000 members.</summary>
    public (double Peak, double Before)? Memory { get; set; }

    /// <summary>The report.</summary>
    public string Markdown()
    {
        text.Clear();
        Head();
        new PeersGoals(this, errors).Write(text);
        text.AppendLine("## One trajectory\n");
        Ratios(Trajectories, _ => null, isSingle: true);
        text.AppendLine("## Ensembles in as many lanes as are taken by default, time a member\n");
        Ratios(Ensembles, c => c.DefaultLanes, isSingle: false);
        text.AppendLine("## Ensembles in 4 lanes, time a member\n");
        Ratios(Ensembles, _ => 4, isSingle: false);
        text.AppendLine("## Work at error 1e-5\n\nThe cheapest run of each code that is at least so accurate (of members the mean).\n\n| problem | CVODE | µs | work | ours | µs | work |\n|---|---|---:|---|---|---:|---|");
        foreach (var c in Trajectories) Work(c, c.Problem);
        foreach (var c in Ensembles) Work(c, $"{c.Problem}, {c.Members} members");
        text.AppendLine("\n## All points\n");
        foreach (var c in Trajectories) Points(c, c.Problem);
        foreach (var c in Ensembles) Points(c, $"{c.Problem}, {c.Members} members");
        return text.ToString().TrimEnd() + "\n";
    }

    private void Head()
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            # Against CVODE, at equal achieved error

            Written by `Protonmotive.Bench peers` on {Surroundings.Text}, with generated C for rates and Jacobian, both -O3 -march=native.
            One thread, its processor time, medians of {rounds} rounds in turns, both warm; where others use the machine as well, only ratios mean something.
            Error: the largest |Δy|/(1e-4 + |y|) at the end, of members the 95th percentile of the first {PeerResult.Compared}. The reference is Rodas5P at 1e-11 (members: 1e-10); column
            *agreement* is how far CVODE at 1e-12 (members: 1e-11) and published values, where there are any, lie from it. Times at equal error are read from the
            fastest curve of each code, between neighbouring tolerances in logarithms; – where a code does not get there. README.md says more.

            """);
    }

    private void Ratios(List<Comparison> rows, Func<Comparison, int?> width, bool isSingle)
    {
        text.AppendLine($"| problem | species | agreement | CVODE, µs at 1e-4 / 1e-5 / 1e-6 | by | ours, µs | by | CVODE / ours |{(isSingle ? " CVODE / automatic choice |" : "")}");
        text.AppendLine($"|---|---:|---:|---|---|---|---|---|{(isSingle ? "---|" : "")}");
        foreach (var c in rows)
        {
            int? lanes = width(c);
            var theirs = errors.Select(e => c.Best(false, e)).ToArray();
            var ours = errors.Select(e => c.Best(true, e, lanes)).ToArray();
            text.AppendLine(CultureInfo.InvariantCulture, $"| {c.Problem} | {c.States} | {c.Agreement:0e0} | {Times(theirs)} | {Names(theirs)} | {Times(ours)} | {Names(ours)} | {string.Join(" / ", errors.Select(e => Number(c.Ratio(e, lanes))))} |{(isSingle ? $" {string.Join(" / ", errors.Select(e => Number(c.AutomaticRatio(e))))} |" : "")}");
        }
        text.AppendLine();
    }

    private void Work(Comparison c, string name)
    {
        const double Error = 1e-5;
        var (theirs, ours) = (c.Best(false, Error), c.Best(true, Error));
        text.AppendLine($"| {name} | {Cells(theirs)} | {Cells(ours)} |");

        static string Cells(WorkPrecision? curve) => curve?.Within(Error) is { } p ? $"{curve.Code} at {p.Tolerance:0e0} | {Number(p.Microseconds)} | {p.Work}" : "– | – | –";
    }

    private void Points(Comparison c, string name)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"### {name}\n\n| code | relative tolerance | error | µs | work |\n|---|---:|---:|---:|---|");
        foreach (var curve in c.Curves)
            foreach (var p in curve.Points) text.AppendLine(CultureInfo.InvariantCulture, $"| {curve.Code} | {p.Tolerance:0e0} | {p.Error:0.0e0} | {Number(p.Microseconds)} | {p.Work} |");
        text.AppendLine();
    }

    private static string Times(WorkPrecision?[] curves) => string.Join(" / ", curves.Select((c, k) => Number(c?.At(errors[k]) ?? double.NaN)));

    private static string Names(WorkPrecision?[] curves) => string.Join(", ", curves.Where(c => c is not null).Select(c => c!.Code.Replace("CVODE ", "", StringComparison.Ordinal)).Distinct());

    /// <summary>Three digits or so; – for NaN.</summary>
    /// <param name="value">The number.</param>
    public static string Number(double value) =>
        !double.IsFinite(value) ? "–" : value.ToString(value >= 100 ? "#,0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
