using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Sampling;
using Protonmotive.Reports.Fits;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf sample.</summary>
internal static class SampleCommand
{
    private const int MostPredictions = 200;

    private const string Help = """
        Sample the posterior of a problem with the No-U-Turn sampler: marginals, predictions with bands, split R-hat and effective sample sizes. Bounds and the problem's priors hold; where there is no prior, it is even between the bounds on the scale of estimation. Stopped by ctrl-C, the same command goes on where it was.

        Examples:
          pmf sample fits/problem
          pmf sample fits/problem --chains 4 --warmup 500 --draws 1000 --dense
        """;

    public static Command Create()
    {
        var target = new Argument<string>("fit") { Description = "Folder of a fit, or a problem, which is then fitted from its nominal values." };
        var chains = new Option<int>("--chains") { Description = "Chains.", DefaultValueFactory = _ => 4 };
        var warmup = new Option<int>("--warmup") { Description = "Iterations of warm-up a chain.", DefaultValueFactory = _ => 1000 };
        var draws = new Option<int>("--draws", "-n") { Description = "Draws a chain.", DefaultValueFactory = _ => 1000 };
        var accept = new Option<double>("--accept") { Description = "Acceptance that the step size aims at.", DefaultValueFactory = _ => 0.8 };
        var dense = new Option<bool>("--dense") { Description = "A mass matrix with all entries: for strongly correlated parameters." };
        var seed = new Option<ulong>("--seed") { Description = "Seed.", DefaultValueFactory = _ => 1 };
        var workers = CommonOptions.Workers("Threads; all cores by default. The result does not depend on them.");
        var folder = new Option<string?>("--out", "-o") { Description = "Folder; that of the fit by default." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Begin again where a sample is there." };
        var resume = new Option<bool>("--resume") { Description = "Go on with an unfinished sample, and say so if there is none. Without it, too, the same sample goes on." };
        var json = CommonOptions.Json();
        var command = new Command("sample", Help) { target, chains, warmup, draws, accept, dense, seed, workers, folder, overwrite, resume, json };
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            var (run, source, best, others) = FitRun.Begin(parse.GetRequiredValue(target), parse.GetValue(folder), cancellation);
            if (parse.GetValue(resume)) run.CheckResume("sample");
            var options = new SamplerOptions { Chains = parse.GetValue(chains), Warmup = parse.GetValue(warmup), Draws = parse.GetValue(draws), TargetAcceptance = parse.GetValue(accept), DenseMass = parse.GetValue(dense), Seed = parse.GetValue(seed), Workers = parse.GetValue(workers) };
            options.Check();
            var c = CultureInfo.InvariantCulture;
            var files = run.Open("sample", source.Identity(("chains", options.Chains.ToString(c)), ("warmup", options.Warmup.ToString(c)), ("draws", options.Draws.ToString(c)), ("acceptance", FitSource.Text(options.TargetAcceptance)), ("mass", options.DenseMass ? "dense" : "diagonal"), ("seed", options.Seed.ToString(c)), ("from", string.Join(' ', best.Select(FitSource.Text)))), parse.GetValue(overwrite));
            return run.Saving(() => Execute(source, run, others.Count > 0 ? others : [best], options, files, RunCommand.CommandLine(parse), parse.GetValue(json), cancellation));
        })));
        return command;
    }

    private static int Execute(FitSource source, FitRun run, List<double[]> starts, SamplerOptions options, SavedFiles files, string command, bool json, CancellationToken cancellation)
    {
        PosteriorSample sample;
        using (var status = new StatusLine())
            sample = NoUTurnSampler.Run(source.Objective, starts, options, files, status.Of<SampleProgress>(p => string.Create(CultureInfo.InvariantCulture, $"{p.Iterations:#,0} of {p.Total:#,0} iterations, {p.Divergent} divergent{FitRun.Left(p.Left)}")), cancellation);
        double[][] all = [.. sample.Draws];
        double[][] some = [.. all.Where((_, i) => i % Math.Max(1, all.Length / MostPredictions) == 0)];
        var settings = ImmutableSortedDictionary<string, string>.Empty.Add("seed", options.Seed.ToString(CultureInfo.InvariantCulture)).Add("warm-up", options.Warmup.ToString(CultureInfo.InvariantCulture)).Add("mass matrix", options.DenseMass ? "dense" : "diagonal").Add("acceptance aimed at", FitSource.Text(options.TargetAcceptance)).Add("draws predicted with", some.Length.ToString(CultureInfo.InvariantCulture));
        var analysis = FitReports.Sample(FitRun.About(source, "sample", $"Posterior of {source.Problem.Name}", command) with { Settings = settings }, sample, source.Picture(starts[0], some, options.Workers, cancellation));
        return run.Give(analysis, "sample", json, () =>
        {
            Console.WriteLine(analysis.Record.Summary);
            Console.WriteLine();
            var table = new TextTable("parameter", "median", "2.5 %", "97.5 %", "R-hat", "bulk ESS", "tail ESS");
            for (int i = 0; i < sample.Parameters.Length; i++)
            {
                var (p, s) = (sample.Parameters[i], sample.Summary(i));
                string At(double v) => FitRun.Number(FitReports.Linear(v, p.Scale));
                table.Add(p.Name, At(s.Median), At(s.Low), At(s.High), s.Convergence.ToString("0.000", CultureInfo.InvariantCulture), s.BulkSize.ToString("0", CultureInfo.InvariantCulture), s.TailSize.ToString("0", CultureInfo.InvariantCulture));
            }
            table.Print();
        }, cancellation);
    }
}
