using System.CommandLine;
using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Alternatives;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Starts;
using Protonmotive.Fitting.Starts.Oscillations;
using Protonmotive.Reports.Fits;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf fit.</summary>
internal static class FitCommand
{
    private const int DefaultCandidates = 50, DefaultHops = 20;

    private const string Help = """
        Fit a problem (PEtab) from many starts: estimates, waterfall, fits against data with residuals, correlation, and a report in one folder. Stopped by ctrl-C, the same command goes on where it was.

        With --data the problem is a model or system, and a table. Of explanations (--one-of, 'one of' in a mapping) each is fitted and profiled by itself, and they are compared by likelihood: which is it, by how much, and which can't be told apart.

        Examples:
          pmf fit problem.yaml --evaluate
          pmf fit problem.yaml --starts 100
          pmf fit problem.yaml --begin oscillating
          pmf fit problem.yaml --starts 4 --method cma-es --seed 7 --out fits/global
          pmf fit stress-test --data trace.csv
          pmf fit model.ant --data trace.csv --observe 'A ± 5 % + 0.1' --estimate k=0.01..10:log
        """;

    public static Command Create()
    {
        var problem = new Argument<string>("problem") { Description = "YAML file of a PEtab problem or of a mapping; with --data a system or a model file." };
        var table = FitTableOptions.Create();
        var together = new Option<bool>("--together") { Description = "Estimate all explanations at once, instead of comparing them." };
        var confidence = new Option<double>("--confidence") { Description = "Of explanations: confidence of the whole verdict.", DefaultValueFactory = _ => 0.95 };
        var starts = new Option<int>("--starts", "-n") { Description = "Number of starts (of explanations: 1 each by default, from the best of some values over the range).", DefaultValueFactory = _ => 20 };
        var candidates = new Option<int>("--candidates") { Description = "Points that each start draws; it begins at the one of least value.", DefaultValueFactory = _ => DefaultCandidates };
        var method = new Option<string>("--method") { Description = "trust-region (gradient and Gauss-Newton matrix), l-bfgs-b (gradient), cma-es (values; finished by trust-region), or hopping (trust-region, again and again from its best point displaced at random: for oscillators).", DefaultValueFactory = _ => "trust-region" };
        method.AcceptOnlyFromAmong("trust-region", "l-bfgs-b", "cma-es", "hopping");
        var hops = new Option<int>("--hops") { Description = "Of hopping: displacements of each start.", DefaultValueFactory = _ => DefaultHops };
        var begin = new Option<string>("--begin") { Description = "Where starts begin: drawn (between the bounds), or oscillating (points at which the model oscillates as the data do; for data of a few periods).", DefaultValueFactory = _ => "drawn" };
        begin.AcceptOnlyFromAmong("drawn", "oscillating");
        var seed = new Option<ulong>("--seed") { Description = "Seed of the starting points.", DefaultValueFactory = _ => 1 };
        var nominal = new Option<bool>("--from-nominal") { Description = "Begin the first start at the nominal values." };
        var iterations = new Option<int>("--iterations") { Description = "Most iterations of a start.", DefaultValueFactory = _ => 1000 };
        var workers = CommonOptions.Workers("Threads; all cores by default. The result does not depend on them.");
        var evaluate = new Option<bool>("--evaluate") { Description = "Print objective, log-likelihood and chi² at the nominal values, and stop." };
        var folder = new Option<string?>("--out", "-o") { Description = "Folder of the fit; fits/NAME by default." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Begin again where a fit is there." };
        var resume = new Option<bool>("--resume") { Description = "Go on with an unfinished fit, and say so if there is none. Without it, too, the same fit goes on." };
        var json = CommonOptions.Json();
        var command = new Command("fit", Help) { problem, starts, candidates, method, hops, begin, seed, nominal, iterations, workers, evaluate, folder, overwrite, resume, together, confidence, json };
        table.AddTo(command);
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            var options = new MultiStartOptions { Starts = parse.GetValue(starts), Candidates = parse.GetValue(candidates), Seed = parse.GetValue(seed), NominalFirst = parse.GetValue(nominal), Workers = parse.GetValue(workers) };
            options.Check();
            var compare = new ComparisonOptions { Confidence = parse.GetValue(confidence), Seed = options.Seed, Workers = options.Workers };
            if (parse.GetResult(starts) is { Implicit: false }) compare = compare with { Starts = options.Starts };
            compare.Check();
            if (parse.GetValue(iterations) < 1) throw new FitException($"{parse.GetValue(iterations)} iterations are asked for.", "--iterations", "Ask for at least one.");
            if (parse.GetValue(hops) < 1) throw new FitException($"{parse.GetValue(hops)} hops are asked for.", "--hops", "Ask for at least one.");
            if (parse.GetValue(evaluate) && parse.GetValue(overwrite)) throw new FitException("Nothing is fitted that could replace a fit.", "--evaluate and --overwrite", "Leave one of them out.");
            var asked = table.Read(parse, parse.GetRequiredValue(problem));
            var where = parse.GetValue(folder) ?? asked?.Folder;
            if (asked is not null) new FitRun(where!).Hold(); // before its data are replaced
            var source = asked is null ? FitSource.Load(parse.GetRequiredValue(problem)) : asked.Load(where!, parse.GetValue(overwrite));
            if (parse.GetValue(evaluate)) return Evaluate(source, parse.GetValue(json), cancellation);
            var run = new FitRun(where ?? Path.Combine("fits", source.Name));
            if (source.Problem.Explanations.Length > 0 && !parse.GetValue(together))
            {
                string[] unused = [.. new Option[] { candidates, method, hops, begin, nominal, iterations }.Where(o => parse.GetResult(o) is { Implicit: false }).Select(o => o.Name)];
                if (unused.Length > 0) throw new FitException($"Explanations are compared by fits of their own, which take no {string.Join(" and no ", unused)}.", source.Problem.Name, "Leave it out, or add --together to estimate all explanations at once.");
                if (parse.GetValue(resume)) run.CheckResume(ComparisonRun.Part);
                return run.Saving(() => ComparisonRun.Execute(source, run, compare, parse.GetValue(overwrite), RunCommand.CommandLine(parse), parse.GetValue(json), cancellation));
            }
            if (parse.GetValue(resume)) run.CheckResume("fit");
            var optimiser = Method(parse.GetValue(method)!, parse.GetValue(iterations), parse.GetValue(hops), options);
            if (parse.GetValue(begin) == "oscillating") options = options with { Source = new OscillatingStarts(source.Objective, options) };
            (string, string)[] hopping = optimiser is Hopping h ? [("hops", h.Hops.ToString(CultureInfo.InvariantCulture))] : [];
            (string, string)[] oscillating = options.Source is null ? [] : [("starts begin", "oscillating")];
            var files = run.Open("fit", source.Identity([.. hopping, .. oscillating, ("method", optimiser.Name), ("iterations", parse.GetValue(iterations).ToString(CultureInfo.InvariantCulture)), ("candidates", options.Candidates.ToString(CultureInfo.InvariantCulture)), ("seed", options.Seed.ToString(CultureInfo.InvariantCulture)), ("first start", options.NominalFirst ? "nominal" : "drawn")]), parse.GetValue(overwrite), "profile", "sample");
            return run.Saving(() => Execute(source, run, optimiser, options, files, RunCommand.CommandLine(parse), parse.GetValue(json), cancellation));
        })));
        return command;
    }

    private static int Execute(FitSource source, FitRun run, Optimiser optimiser, MultiStartOptions options, SavedFiles files, string command, bool json, CancellationToken cancellation)
    {
        if (!json) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source.Problem.Name}: {source.Objective.Parameters.Length} parameters, {source.Problem.MeasurementCount:#,0} measurements in {source.Problem.Experiments.Length} experiments; {options.Starts} starts{(options.Source is null ? "" : " that oscillate")}, {optimiser.Name}"));
        FitResult result;
        using (var status = new StatusLine())
            result = MultiStart.Run(source.Objective, optimiser, options, files, status.Of<FitProgress>(Text), cancellation);
        var best = result.Best.State;
        bool isFound = double.IsFinite(best.Value);
        var information = isFound ? source.Objective.Evaluate(best.X, ObjectiveParts.GaussNewton, cancellation).GaussNewton : null;
        var found = information is null ? null : Identifiability.Of(source.Objective.Parameters, information, at: best.X);
        var about = FitRun.About(source, "fit", $"Fit of {source.Problem.Name}", command) with
        {
            Settings = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("starts begin", options.Source is null ? "drawn" : "oscillating").Add("method", optimiser.Name).Add("seed", options.Seed.ToString(CultureInfo.InvariantCulture)).Add("starts", options.Starts.ToString(CultureInfo.InvariantCulture)).Add("relative tolerance of the solves", FitSource.Text(source.Problem.Tolerance.Relative)),
        };
        if (MultiStart.Saved(source.Objective, files) is { } saved && saved.Starts.Length > result.Starts.Length)
            about = about with { Notes = [string.Create(CultureInfo.InvariantCulture, $"{saved.Starts.Length} starts are saved here, of which {result.Starts.Length} were asked for; the best of all reached {saved.Best.State.Value:g8}, and profiles and samples begin there. --starts {saved.Starts.Max(s => s.Index) + 1} shows all.")] };
        double seconds = result.Starts.Sum(s => s.Seconds);
        var picture = isFound ? source.Picture(best.X, [], options.Workers, cancellation) : null;
        var analysis = FitReports.Fit(about, result, found, picture, seconds);
        int code = run.Give(analysis, "fit", json, () =>
        {
            Console.WriteLine(analysis.Record.Summary);
            if (isFound) Print(result, found);
            if (picture is not null) PrintDistances(picture);
        }, cancellation);
        return isFound ? code : ExitCode.Failure;
    }

    private static void Print(FitResult result, Identifiability? found)
    {
        Console.WriteLine();
        var table = new TextTable("parameter", "estimate", "95 % (Wald)", "");
        var best = result.Best.State;
        for (int i = 0; i < result.Parameters.Length; i++)
        {
            var p = result.Parameters[i];
            var (low, high) = found?.Interval(i, best.X[i]) ?? (double.NaN, double.NaN);
            var interval = found is null || double.IsNaN(low) ? "–" : double.IsInfinity(low) ? "not determined" : $"{FitRun.Number(FitReports.Linear(low, p.Scale))} to {FitRun.Number(FitReports.Linear(high, p.Scale))}";
            table.Add(p.Name, FitRun.Number(FitReports.Linear(best.X[i], p.Scale)), interval, best.X[i] <= p.Lower ? "at its lower bound" : best.X[i] >= p.Upper ? "at its upper bound" : "");
        }
        table.Print();
    }

    private static void PrintDistances(FitPicture picture)
    {
        Console.WriteLine();
        var table = new TextTable("observable", "measurements", "rms distance", "in units of noise");
        foreach (var g in picture.Rows.GroupBy(r => r.Observable))
            table.Add(g.Key, $"{g.Count()}", FitRun.Number(Math.Sqrt(g.Average(r => (r.Measured - r.Simulated) * (r.Measured - r.Simulated)))), FitRun.Number(Math.Sqrt(g.Average(r => r.Residual * r.Residual))));
        table.Print();
    }

    private static int Evaluate(FitSource source, bool json, CancellationToken cancellation)
    {
        var at = source.Objective.Simulate(source.Nominal(), cancellation);
        if (json) Console.WriteLine($"{{\"objective\":{JsonNumber(at.Value)},\"logLikelihood\":{JsonNumber(at.LogLikelihood)},\"chiSquare\":{JsonNumber(at.ChiSquare)},\"measurements\":{at.Rows.Length}}}");
        else
        {
            Console.WriteLine($"objective      {at.Value.ToString("g12", CultureInfo.InvariantCulture)}");
            Console.WriteLine($"log-likelihood {at.LogLikelihood.ToString("g12", CultureInfo.InvariantCulture)}");
            Console.WriteLine($"chi²           {at.ChiSquare.ToString("g12", CultureInfo.InvariantCulture)}  ({at.Rows.Length} measurements)");
        }
        foreach (var (experiment, reason) in at.Failures) Console.Error.WriteLine($"failed: {experiment}: {reason}");
        if (double.IsFinite(at.Value)) return ExitCode.Success;
        foreach (var row in at.Failures.IsEmpty ? at.Rows.Where(r => !double.IsFinite(r.Residual) || !(r.Sigma > 0)).Take(5) : [])
            Console.Error.WriteLine($"failed: {row.Experiment}: {row.Measurement.WithoutLikelihood(row.Simulated, row.Sigma)}");
        return ExitCode.Failure;
    }

    private static string JsonNumber(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "null";

    private static Optimiser Method(string name, int iterations, int hops, MultiStartOptions options)
    {
        int cores = options.Workers > 0 ? options.Workers : Environment.ProcessorCount;
        return name switch
        {
            "hopping" => new Hopping(new TrustRegion { IterationLimit = iterations }) { Hops = hops },
            "l-bfgs-b" => new LimitedMemory { IterationLimit = iterations },
            "cma-es" => new TwoPhase(new EvolutionStrategy { Workers = Math.Max(1, cores / Math.Max(1, options.Starts)) }, new TrustRegion { IterationLimit = iterations }),
            _ => new TrustRegion { IterationLimit = iterations },
        };
    }

    private static string Text(FitProgress p) => string.Create(CultureInfo.InvariantCulture, $"{p.Finished} of {p.Starts} starts, best {p.Best:g8}, {ScanProgressLine.Rate(p.Rate)} evaluations{FitRun.Left(p.Left)}");
}
