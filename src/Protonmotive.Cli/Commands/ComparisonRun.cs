using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Alternatives;
using Protonmotive.Reports.Fits;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf fit, where the problem names explanations of which one holds.</summary>
internal static class ComparisonRun
{
    /// <summary>Name of its part of the folder.</summary>
    public const string Part = "explanations";

    public static int Execute(FitSource source, FitRun run, ComparisonOptions options, bool overwrite, string command, bool json, CancellationToken cancellation)
    {
        var explanations = source.Problem.Explanations;
        var files = run.Open(Part, source.Identity(("confidence", FitSource.Text(options.Confidence)), ("starts", options.Starts.ToString(CultureInfo.InvariantCulture)), ("seed", options.Seed.ToString(CultureInfo.InvariantCulture))), overwrite);
        if (!json) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source.Problem.Name}: {explanations.Length} explanations, {source.Objective.Parameters.Length - explanations.Length} parameters they share, {source.Problem.MeasurementCount:#,0} measurements in {source.Problem.Experiments.Length} experiments"));
        Comparison comparison;
        using (var status = new StatusLine())
            comparison = LikelihoodComparison.Run(source.Objective, explanations, options, files, status.Of<ComparisonProgress>(p => $"{p.Finished} of {p.Total} explanations{FitRun.Left(p.Left)}"), cancellation);
        var reference = source.Objective.Simulate(comparison.Reference, cancellation);
        var explained = comparison.Fits.Select(f => source.Objective.Simulate(f.X, cancellation)).ToImmutableArray();
        var about = FitRun.About(source, Part, $"Explanations of {source.Problem.Name}", command) with
        {
            Notes = [.. source.Notes],
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("confidence", FitSource.Text(options.Confidence)).Add("seed", options.Seed.ToString(CultureInfo.InvariantCulture)).Add("starts", options.Starts.ToString(CultureInfo.InvariantCulture)),
        };
        var analysis = ComparisonReport.Make(about, comparison, reference, explained, source.Picture(comparison.IsSeen ? comparison.Best.X : comparison.Reference, [], options.Workers, cancellation));
        return run.Give(analysis, Part, json, () => Print(comparison, analysis.Record.Summary), cancellation);
    }

    private static void Print(Comparison comparison, string verdict)
    {
        Console.WriteLine(verdict);
        Console.WriteLine();
        string confidence = (100 * comparison.Confidence).ToString("g3", CultureInfo.InvariantCulture);
        var table = new TextTable("explanation", "of reference", $"interval ({confidence} % together)", "above the best", "") { EndsInWords = true };
        foreach (var fit in comparison.Fits)
        {
            var (low, estimate, high) = ComparisonWords.Relative(comparison, fit);
            string End(double v) => double.IsNaN(v) ? "open" : ComparisonWords.Number(v);
            table.Add(fit.Explanation.Label, ComparisonWords.Number(estimate), $"{End(low)} to {End(high)}", fit.Rise.ToString("0.00", CultureInfo.InvariantCulture), ComparisonWords.Of(fit));
        }
        table.Add("the reference", "1", "–", (comparison.ReferenceValue - comparison.Best.Value).ToString("0.00", CultureInfo.InvariantCulture), comparison.IsSeen ? "excluded" : "explains the data");
        table.Print();
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"excluded is what lies more than {comparison.Threshold:0.00} of −ln likelihood above the best"));
    }
}
