using System.Diagnostics;
using System.Globalization;
using Protonmotive.Solvers.Stochastic;

namespace Protonmotive.Bench;

/// <summary>stochastic: exact stochastic runs against a plain C next-reaction loop (bench/stochastic-c), one thread each, timings in turns.</summary>
internal static class StochasticCommand
{
    /// <summary>Runs the comparison: the compiled C program, then the number of rounds.</summary>
    /// <param name="args">After the word stochastic.</param>
    public static int Run(string[] args)
    {
        if (args.Length == 0)
        {
            Console.Error.WriteLine("usage: stochastic PROGRAM [ROUNDS]; build PROGRAM by gcc -O3 -march=native -o next_reaction bench/stochastic-c/next_reaction.c -lm");
            return 2;
        }
        string program = args[0];
        int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        Console.WriteLine("| model | firings a run | C, ns a firing | ours, ns a firing | ours / C | means agree to |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var model in JumpModel.All)
        {
            var table = Path.GetTempFileName();
            File.WriteAllText(table, model.Table());
            var options = new StochasticOptions { Method = StochasticMethod.Exact, Threads = 1, Outputs = ["S0"] };
            var kernel = StochasticKernel.Compile(model.Network(), options);
            var times = Enumerable.Range(0, 51).Select(i => model.End * i / 50).ToArray();
            var ratios = new List<(double C, double Ours)>();
            double deviations = 0, firingsARun = 0;
            for (int round = 0; round <= rounds; round++)
            {
                var c = Plain(program, table, model.Runs, model.End, round + 1);
                var watch = Stopwatch.StartNew();
                var ours = StochasticEnsemble.Run(kernel, model.Runs, (ulong)round + 1, times, options);
                double seconds = watch.Elapsed.TotalSeconds;
                if (round == 0) continue; // the first pass warms both up
                ratios.Add((1e9 * c.Seconds / c.Firings, 1e9 * seconds / ours.Firings));
                firingsARun = (double)ours.Firings / model.Runs;
                double error = ours.StandardDeviation("S0")[^1] * Math.Sqrt(2.0 / model.Runs);
                deviations = Math.Max(deviations, Math.Abs(ours.Mean("S0")[^1] - c.Mean) / error);
            }
            if (deviations > 5) throw new InvalidOperationException($"{model.Name}: the means of the two codes differ by {deviations:0.0} standard errors.");
            double Median(Func<(double C, double Ours), double> of) => ratios.Select(of).Order().ElementAt(rounds / 2);
            Console.WriteLine(FormattableString.Invariant($"| {model.Name} | {firingsARun:0} | {Median(r => r.C):0.0} | {Median(r => r.Ours):0.0} | {Median(r => r.Ours / r.C):0.00} | {deviations:0.0} standard errors |"));
            File.Delete(table);
        }
        return 0;
    }

    private static (double Seconds, long Firings, double Mean) Plain(string program, string table, int runs, double end, int seed)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [table, $"{runs}", FormattableString.Invariant($"{end}"), "51", $"{seed}"]) { RedirectStandardOutput = true })!;
        var numbers = process.StandardOutput.ReadToEnd().Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Select(w => double.TryParse(w, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : double.NaN).Where(double.IsFinite).ToArray();
        process.WaitForExit();
        return (numbers[0], (long)numbers[1], numbers[2]);
    }
}
