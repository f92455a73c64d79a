using System.Diagnostics;
using System.Globalization;
using Protonmotive.Formats;
using Protonmotive.Kernels;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Bench.Peers;

/// <summary>Waiting before the first number, and memory of a large ensemble.</summary>
internal static class Readiness
{
    /// <summary>Members of the ensemble whose memory is taken.</summary>
    public const int MemoryMembers = 100_000;

    private const int Passes = 5;

    /// <summary>
    /// Milliseconds by the clock until compiled kernels stand ready, for one trajectory and for lanes: from the equations to the
    /// end of the translation, the first pass in the process left out.
    /// </summary>
    /// <param name="path">A network's file.</param>
    public static (double Scalar, double WithLanes) Kernels(string path)
    {
        var scalar = new List<double>();
        var both = new List<double>();
        for (int pass = 0; pass <= Passes; pass++)
        {
            var system = ModelFormats.Load(path).Lower();
            GC.Collect();
            var watch = Stopwatch.StartNew();
            var kernel = Kernel.Compile(system, KernelBackend.Compiled);
            var instance = kernel.Bind(kernel.Parameters());
            var y = kernel.InitialState(kernel.Parameters());
            instance.Rates(0, y, new double[kernel.Count]);
            instance.EvaluateJacobian(0, y);
            instance.Factorize(1e6);
            instance.Solve(new double[kernel.Count]);
            double ready = watch.Elapsed.TotalMilliseconds;
            // Lanes are translated by the first ensemble; a span of almost nothing leaves a step or two beside that.
            var members = EnsembleMembers.Table([system.Parameters[0].Name], [.. Enumerable.Repeat(kernel.Parameters()[0], 8)]);
            Ensemble.Solve(new EnsembleProblem(new InitialValueProblem(kernel, 0, 1e-12), members), new Rodas4(), new Tolerance(1e-3, 1e-3), options: new EnsembleOptions { Threads = 1 });
            if (pass == 0) continue;
            scalar.Add(ready);
            both.Add(watch.Elapsed.TotalMilliseconds);
        }
        return (scalar.Order().ElementAt(Passes / 2), both.Order().ElementAt(Passes / 2));
    }

    /// <summary>Milliseconds by the clock from the network in memory to the end of the first accepted step: the first pass, and the median of later ones.</summary>
    /// <param name="path">A network's file.</param>
    public static (double First, double Later) FirstTimePoint(string path)
    {
        var network = ModelFormats.Load(path);
        var times = new List<double>();
        for (int pass = 0; pass <= Passes; pass++)
        {
            GC.Collect();
            var watch = Stopwatch.StartNew();
            var kernel = Kernel.Compile(network.Lower(), KernelBackend.Tiered);
            Ode.Solve(new InitialValueProblem(kernel, 0, 1e-6), new Automatic(), new Tolerance(1e-4, 1e-4), OutputTimes.EndOnly); // one step
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        return (times[0], times.Skip(1).Order().ElementAt(Passes / 2));
    }

    /// <summary>Megabytes at the peak of a fresh process that solves 100,000 members of POLLU, and before they began.</summary>
    public static (double Peak, double Before) Memory()
    {
        double[] numbers = Child("peers-memory");
        return (numbers[0], numbers[1]);
    }

    /// <summary>The first pass in a fresh process.</summary>
    /// <param name="path">A network's file.</param>
    public static double FirstTimePointCold(string path) => Child("peers-first", path)[0];

    /// <summary>Work of a child process; null where the arguments are not of one.</summary>
    /// <param name="args">Arguments of the program.</param>
    public static int? Answer(string[] args)
    {
        if (args is ["peers-first", var path]) Console.WriteLine(FormattableString.Invariant($"{FirstTimePoint(path).First:0.0}"));
        else if (args is ["peers-memory"]) MeasureMemory();
        else return null;
        return 0;
    }

    private static void MeasureMemory()
    {
        var problem = PeerProblem.All(null).Single(p => p.Name == "POLLU");
        var kernel = Kernel.Compile(problem.System(), KernelBackend.Compiled);
        var start = kernel.Parameters();
        var members = EnsembleMembers.Computed(kernel.System.Parameters.Select(p => p.Name), MemoryMembers, (member, values) =>
        {
            var random = new RandomStream(1, (ulong)member);
            for (int k = 0; k < start.Length; k++) values[k] = start[k] * Math.Exp(0.3 * random.Normal());
        });
        double before = Peak();
        var solution = Ensemble.Solve(new EnsembleProblem(new InitialValueProblem(kernel, 0, problem.End), members), new Rodas4(), new Tolerance(1e-4, 1e-4 * problem.AbsoluteFactor));
        Console.WriteLine(FormattableString.Invariant($"{Peak():0.0} {before:0.0}"));
        if (!solution.Failures.IsEmpty || !double.IsFinite(solution.Member(MemoryMembers - 1)[0])) throw new InvalidOperationException("Members failed.");
    }

    private static double Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }

    private static double[] Child(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Readiness).Assembly.Location, .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{arguments[0]} ended with {process.ExitCode}.");
        return [.. output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
    }
}
