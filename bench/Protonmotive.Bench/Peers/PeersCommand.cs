using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Protonmotive.Kernels;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Bench.Peers;

/// <summary>peers: ours against CVODE at equal achieved error, interleaved, every answer checked.</summary>
internal static class PeersCommand
{
    private static readonly double[] tolerances = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];
    private static readonly double[] looser = [1e-2, 3e-3, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7];

    /// <summary>Runs the comparison; arguments: problems by name, --networks FOLDER, --rounds N, --single (no ensembles), --out FILE, --figures FOLDER.</summary>
    public static int Run(string[] args)
    {
        string? networks = null, output = null, figures = null;
        int rounds = 3;
        bool withEnsembles = true;
        var wanted = new List<string>();
        for (int k = 0; k < args.Length; k++)
        {
            switch (args[k])
            {
                case "--single": withEnsembles = false; break;
                case "--networks": networks = args[++k]; break;
                case "--rounds": rounds = int.Parse(args[++k], CultureInfo.InvariantCulture); break;
                case "--out": output = args[++k]; break;
                case "--figures": figures = args[++k]; break;
                default: wanted.Add(args[k]); break;
            }
        }
        string driver = Path.Combine(Root(), "bench", "sundials", "cvode_driver.c");
        var single = new List<(string, string, List<WorkPrecision>, List<WorkPrecision>)>();
        var ensembles = new List<(string, string, List<WorkPrecision>, List<WorkPrecision>)>();
        var points = new StringBuilder();
        foreach (var problem in PeerProblem.All(networks))
        {
            if (wanted.Count > 0 && !wanted.Contains(problem.Name, StringComparer.OrdinalIgnoreCase)) continue;
            Console.Error.WriteLine($"{problem.Name} …");
            var system = problem.System();
            var kernel = Kernel.Compile(system, KernelBackend.Compiled);
            var parameters = kernel.Parameters();
            var initial = kernel.InitialState(parameters);
            var cvode = CvodeProgram.Compile(GeneratedC.Write(system, initial, parameters), driver);
            var start = new InitialValueProblem(kernel, 0, problem.End);
            double[][] reference = [Ode.Solve(start, new Rodas5P(), new Tolerance(1e-11, 1e-11 * problem.AbsoluteFactor), OutputTimes.EndOnly).FinalState];
            string[] solvers = kernel.StateCount <= 30 ? ["dense"] : ["klu", "gmres"];
            double apart = cvode.Solve(solvers[0], 1e-11, 1e-11 * problem.AbsoluteFactor, problem.End, 1).Error(reference);
            if (!(apart < 1e-6)) throw new InvalidOperationException($"{problem.Name}: the tight solutions of the two codes differ by {apart:g2}.");
            (string, Method)[] methods = [("Rodas4", new Rodas4()), ("Rodas5P", new Rodas5P()), ("BDF", new Bdf()), ("automatic", new Automatic())];
            var theirs = solvers.Select(s => new WorkPrecision($"CVODE {s}", [])).ToList();
            var ours = methods.Select(m => new WorkPrecision(m.Item1, [])).ToList();
            foreach (double tolerance in tolerances)
            {
                var (their, own) = (solvers.Select(_ => new List<PeerResult>()).ToList(), methods.Select(_ => new List<PeerResult>()).ToList());
                int repeats = kernel.StateCount <= 30 ? 200 : kernel.StateCount <= 200 ? 20 : 3;
                for (int round = 0; round < rounds; round++)
                {
                    for (int s = 0; s < solvers.Length; s++) their[s].Add(cvode.Solve(solvers[s], tolerance, tolerance * problem.AbsoluteFactor, problem.End, repeats));
                    for (int m = 0; m < methods.Length; m++) own[m].Add(Time(start, methods[m].Item2, new Tolerance(tolerance, tolerance * problem.AbsoluteFactor), repeats));
                }
                for (int s = 0; s < solvers.Length; s++) theirs[s].Points.Add(Point(tolerance, their[s], reference));
                for (int m = 0; m < methods.Length; m++) ours[m].Points.Add(Point(tolerance, own[m], reference));
            }
            string group = kernel.StateCount <= 20 ? "one trajectory, up to 20 species" : $"one trajectory, {problem.Name} ({kernel.StateCount} species)";
            single.Add((problem.Name, group, theirs, ours));
            points.Append(PeersReport.Points(problem.Name, theirs.Concat(ours)));
            if (figures is not null) PeersReport.Draw(figures, problem.Name, [.. theirs, .. ours]);
            Console.Error.WriteLine(PeersReport.Ratios([single[^1]]));
            if (problem.Members > 0 && withEnsembles) ensembles.Add(Ensembles(problem, kernel, parameters, cvode, solvers[0], rounds, points));
            if (output is not null) File.WriteAllText(output, Report());
        }
        Console.WriteLine(Report());
        return 0;

        string Report() => Head() + "## One trajectory\n\n" + PeersReport.Ratios(single) + "## Ensembles, a member\n\n" + PeersReport.Ratios(ensembles) + "## All points\n\n" + points;
    }

    private static (string, string, List<WorkPrecision>, List<WorkPrecision>) Ensembles(PeerProblem problem, Kernel kernel, double[] parameters, CvodeProgram cvode, string solver, int rounds, StringBuilder points)
    {
        int count = problem.Members, width = kernel.ParameterCount, compared = Math.Min(count, 50);
        var values = new double[count * width];
        var random = new RandomStream(1, 1);
        // Rate constants vary: what the rates name and no initial value or definition does.
        var system = kernel.System;
        var fixedNames = system.States.SelectMany(s => s.Initial.Symbols()).Concat(system.Parameters.SelectMany(p => p.Definition.Symbols())).ToHashSet(StringComparer.Ordinal);
        var named = system.States.SelectMany(s => s.Rate.Symbols()).ToHashSet(StringComparer.Ordinal);
        int[] varied = [.. Enumerable.Range(0, width).Where(p => named.Contains(system.Parameters[p].Name) && !fixedNames.Contains(system.Parameters[p].Name))];
        var factors = new double[count * varied.Length];
        for (int m = 0; m < count; m++)
        {
            parameters.AsSpan(0, width).CopyTo(values.AsSpan(m * width));
            for (int k = 0; k < varied.Length; k++) values[(m * width) + varied[k]] = factors[(m * varied.Length) + k] = parameters[varied[k]] * Math.Exp(0.3 * random.Normal());
        }
        string file = Path.GetTempFileName();
        File.WriteAllBytes(file, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        var members = EnsembleMembers.Table(varied.Select(p => system.Parameters[p].Name), factors);
        var ensemble = new EnsembleProblem(new InitialValueProblem(kernel, 0, problem.End), members);
        var exact = Ensemble.Solve(ensemble, new Rodas5P(), new Tolerance(1e-10, 1e-10 * problem.AbsoluteFactor), options: new EnsembleOptions { Count = compared });
        double[][] reference = [.. Enumerable.Range(0, compared).Select(m => exact.Member(m).ToArray())];
        int[] widths = Vector512.IsHardwareAccelerated ? [8, 4] : [4];
        var theirs = new WorkPrecision($"CVODE {solver}", []);
        var ours = widths.SelectMany(w => new[] { new WorkPrecision($"Rodas4, {w} lanes", []), new WorkPrecision($"Rodas5P, {w} lanes", []) }).ToList();
        foreach (double tolerance in kernel.StateCount > 30 ? tolerances[1..5] : looser)
        {
            var their = new List<PeerResult>();
            var own = ours.Select(_ => new List<PeerResult>()).ToList();
            for (int round = 0; round < rounds; round++)
            {
                their.Add(cvode.Solve(solver, tolerance, tolerance * problem.AbsoluteFactor, problem.End, 1, file, Math.Min(count, 200)));
                for (int k = 0; k < ours.Count; k++)
                {
                    var options = new EnsembleOptions { Threads = 1, Lanes = widths[k / 2] };
                    double before = ProcessorTime.Milliseconds;
                    var solution = Ensemble.Solve(ensemble, k % 2 == 0 ? new Rodas4() : new Rodas5P(), new Tolerance(tolerance, tolerance * problem.AbsoluteFactor), options: options);
                    double time = 1e3 * (ProcessorTime.Milliseconds - before) / count;
                    own[k].Add(new PeerResult(time, [.. Enumerable.Range(0, compared).Select(m => solution.Member(m).ToArray())], $"{(double)solution.Steps / count:0.0} steps, {solution.Failures.Length} failed"));
                }
            }
            theirs.Points.Add(Point(tolerance, their, reference));
            for (int k = 0; k < ours.Count; k++) ours[k].Points.Add(Point(tolerance, own[k], reference));
        }
        File.Delete(file);
        points.Append(PeersReport.Points($"{problem.Name}, {count} members", ours.Prepend(theirs)));
        string group = kernel.StateCount <= 20 ? "ensemble, up to 20 species" : $"ensemble, {problem.Name}";
        return (problem.Name, group, [theirs], ours);
    }

    private static PeerResult Time(InitialValueProblem problem, Method method, Tolerance tolerance, int repeats)
    {
        var times = new List<double>();
        Solution? solution = null;
        for (int r = -1; r < repeats; r++)
        {
            double before = ProcessorTime.Milliseconds;
            solution = Ode.Solve(problem, method, tolerance, OutputTimes.EndOnly);
            if (r >= 0) times.Add(1e3 * (ProcessorTime.Milliseconds - before));
        }
        return new PeerResult(times.Order().ElementAt(times.Count / 2), [solution!.FinalState], $"{solution.Work.Steps}+{solution.Work.Rejected} steps, {solution.Work.Rates} f, {solution.Work.Factorisations} LU");
    }

    private static (double, double, double, string) Point(double tolerance, List<PeerResult> results, double[][] reference) =>
        (tolerance, results[0].Error(reference), results.Select(r => r.Microseconds).Order().ElementAt(results.Count / 2), results[0].Work);

    private static string Head()
    {
        string commit = Output("git", "rev-parse --short HEAD"), compiler = Output("gcc", "--version").Split('\n')[0];
        string processor = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            # Against CVODE, at equal achieved error

            Written by `Protonmotive.Bench peers` on {DateTime.UtcNow:yyyy-MM-dd}, commit {commit}: {processor}, {Environment.ProcessorCount} cores, {(Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "AVX2" : "no vectors")}, {RuntimeInformation.FrameworkDescription}, {compiler}; SUNDIALS {CvodeProgram.Build}.
            Processor time of one thread, medians of interleaved rounds; the machine is shared, so only ratios mean something. Error: the largest
            |Δy|/(1e-4 + |y|) at the end against a reference that both codes approach (of ensembles the median over 50 members). Times at equal error are read from the
            lower envelope of each code's points; – where a code does not get there.


            """);
    }

    private static string Output(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Protonmotive.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The benchmark runs from inside the repository.");
    }
}
