using System.Globalization;
using System.Text;
using Protonmotive.Bench.Peers;

namespace Protonmotive.Bench.Gradients;

/// <summary>All that a run of gradients found, as Markdown.</summary>
/// <param name="rounds">How often each contender ran at each tolerance.</param>
internal sealed class GradientsReport(int rounds)
{
    private const int SmallSpecies = 20;
    private static readonly double[] errors = [1e-4, 1e-5, 1e-6];

    private readonly StringBuilder text = new();

    /// <summary>Gradient over solve.</summary>
    public List<GradientCost> Costs { get; } = [];

    /// <summary>Against CVODES, one trajectory each.</summary>
    public List<Comparison> Trajectories { get; } = [];

    /// <summary>Against CVODES, ensembles.</summary>
    public List<Comparison> Ensembles { get; } = [];

    /// <summary>The report.</summary>
    public string Markdown()
    {
        text.Clear();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            # What gradients cost

            Written by `Protonmotive.Bench gradients` on {Surroundings.Text}, with generated C for rates, Jacobian and
            their products with adjoints, both -O3 -march=native. One thread, its processor time, {rounds} rounds in turns, all warm; where others use the machine as well, only ratios mean something.

            The loss is Σ (1 + i/n) yᵢ over the states i = 0 … n − 1 at the end; the gradient is by the logarithm of every parameter, the initial state held. README.md says more.

            """);
        Goals();
        Cost();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            ## Against CVODES' adjoint

            Error: the largest |Δg|/({GradientProblem.Floor:0e0} G + |g|) over the parameters, G the largest |g| at the problem's own parameters; of members the 95th percentile of the first
            {PeerResult.Compared}. The reference is our adjoint of Rodas5P at 1e-11 (members: 1e-10); column *agreement* is how far CVODES at 1e-12 (members: 1e-11) lies from it. Times at equal
            error are read from the fastest curve of each code, between neighbouring tolerances in logarithms; – where a code does not get there.

            ### One trajectory

            """);
        Ratios(Trajectories, _ => null);
        text.AppendLine("### Ensembles in as many lanes as are taken by default, time a member\n");
        Ratios(Ensembles, c => c.DefaultLanes);
        text.AppendLine("### Ensembles in 4 lanes, time a member\n");
        Ratios(Ensembles, _ => 4);
        text.AppendLine("## All points\n");
        foreach (var c in Trajectories.Concat(Ensembles)) Points(c);
        return text.ToString().TrimEnd() + "\n";
    }

    private void Goals()
    {
        text.AppendLine("| | goal | aim | measured |\n|---|---:|---:|---:|");
        void Row(string what, string goal, string aim, string measured) => text.AppendLine($"| {what} | {goal} | {aim} | {measured} |");
        Row("gradient / solve, one trajectory: the dearest", "≤ 6", "≤ 4", Dearest(isEnsemble: false));
        Row("gradient / solve, ensembles: the dearest", "≤ 4", "≤ 2.5", Dearest(isEnsemble: true));
        Row("CVODES / ours, one trajectory, up to 20 species", "", "", Mean(Trajectories.Where(c => c.States <= SmallSpecies), _ => null));
        Row("CVODES / ours, one trajectory, ring100", "", "", Mean(Trajectories.Where(c => c.States > SmallSpecies), _ => null));
        foreach (var (lanes, name) in new[] { ((int?)null, "lanes by default"), (4, "4 lanes") })
        {
            Row($"CVODES / ours, ensembles, up to 20 species, {name}", "≥ 15", "≥ 50", Mean(Ensembles.Where(c => c.States <= SmallSpecies), c => lanes ?? c.DefaultLanes));
            Row($"CVODES / ours, ensembles, ring100, {name}", "≥ 15", "≥ 50", Mean(Ensembles.Where(c => c.States > SmallSpecies), c => lanes ?? c.DefaultLanes));
        }
        text.AppendLine(CultureInfo.InvariantCulture, $"\nCVODES / ours: geometric means over the problems and over errors {string.Join(", ", errors.Select(e => e.ToString("0e0", CultureInfo.InvariantCulture)))}.\n");
    }

    private void Cost()
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            ## Over the solve alone

            Relative tolerance {GradientCost.Tolerance:0e0}; ratios are medians over the rounds. Column *agreement*: how far the gradient lies from that by forward sensitivities over the same steps, that of
            members (at 1e-10) from the adjoint of each alone, in the measure of errors below.

            | problem | states | parameters | method | form | solve, µs | gradient, µs | gradient / solve | agreement |
            |---|---:|---:|---|---|---:|---:|---:|---:|
            """);
        foreach (var c in Costs.OrderBy(c => c.IsEnsemble))
            text.AppendLine(CultureInfo.InvariantCulture, $"| {c.Problem} | {c.States} | {c.Parameters} | {c.Method} | {c.Form} | {PeersReport.Number(c.Forward)} | {PeersReport.Number(c.Gradient)} | {c.Ratio:0.00} | {c.Agreement:0e0} |");
        text.AppendLine();
    }

    private void Ratios(List<Comparison> rows, Func<Comparison, int?> width)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"| problem | species | agreement | CVODES, µs at {string.Join(" / ", errors.Select(e => e.ToString("0e0", CultureInfo.InvariantCulture)))} | by | ours, µs | by | CVODES / ours |\n|---|---:|---:|---|---|---|---|---|");
        foreach (var c in rows)
        {
            int? lanes = width(c);
            var theirs = errors.Select(e => c.Best(false, e)).ToArray();
            var ours = errors.Select(e => c.Best(true, e, lanes)).ToArray();
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Name(c)} | {c.States} | {c.Agreement:0e0} | {Times(theirs)} | {Names(theirs)} | {Times(ours)} | {Names(ours)} | {string.Join(" / ", errors.Select(e => PeersReport.Number(c.Ratio(e, lanes))))} |");
        }
        text.AppendLine();
    }

    private void Points(Comparison c)
    {
        text.AppendLine($"### {Name(c)}\n\n| code | relative tolerance | error | µs | work |\n|---|---:|---:|---:|---|");
        foreach (var curve in c.Curves)
            foreach (var p in curve.Points) text.AppendLine(CultureInfo.InvariantCulture, $"| {curve.Code} | {p.Tolerance:0e0} | {p.Error:0.0e0} | {PeersReport.Number(p.Microseconds)} | {p.Work} |");
        text.AppendLine();
    }

    private string Dearest(bool isEnsemble) =>
        Costs.Where(c => c.IsEnsemble == isEnsemble).MaxBy(c => c.Ratio) is { } worst ? string.Create(CultureInfo.InvariantCulture, $"{worst.Ratio:0.00} ({worst.Problem}, {worst.Method})") : "–";

    private static string Mean(IEnumerable<Comparison> rows, Func<Comparison, int?> lanes)
    {
        double[] ratios = [.. rows.SelectMany(c => errors.Select(e => c.Ratio(e, lanes(c)))).Where(double.IsFinite)];
        return ratios.Length == 0 ? "–" : PeersReport.Number(Math.Exp(ratios.Average(Math.Log)));
    }

    private static string Name(Comparison c) => c.Members > 1 ? $"{c.Problem}, {c.Members} members" : c.Problem;

    private static string Times(WorkPrecision?[] curves) => string.Join(" / ", curves.Select((c, k) => PeersReport.Number(c?.At(errors[k]) ?? double.NaN)));

    private static string Names(WorkPrecision?[] curves) => string.Join(", ", curves.Where(c => c is not null).Select(c => c!.Code.Replace("CVODES ", "", StringComparison.Ordinal)).Distinct());
}
