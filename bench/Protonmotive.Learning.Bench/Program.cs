using System.Globalization;
using System.Runtime.InteropServices;
using Protonmotive.Learning.Bench;
using Protonmotive.Learning.Native;

// What the ledger costs, and our trainer against a plain loop: bench/README.md.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int rounds = 15;
string[] names = ["mlp", "convnet", "transformer"];
for (int i = 0; i < args.Length; i += 2)
{
    if (i + 1 < args.Length && args[i] == "--rounds" && int.TryParse(args[i + 1], out rounds) && rounds > 0) continue;
    if (i + 1 < args.Length && args[i] == "--trainings" && args[i + 1].Split(',') is var chosen && chosen.All(names.Contains))
    {
        names = chosen;
        continue;
    }
    Console.Error.WriteLine("usage: Protonmotive.Learning.Bench [--rounds N] [--trainings mlp,convnet,transformer]");
    return 2;
}
LibTorch.Load();
string processor = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "" : "";
Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}: {processor}, {Environment.ProcessorCount} processors, one thread of libtorch, {RuntimeInformation.FrameworkDescription}; {rounds} rounds. Processor time; ratios of medians of the blocks, of the ledger ratio of sums; in brackets the quartiles of neighbouring blocks' ratios.");
Console.WriteLine();
Console.WriteLine("| training | plain loop, ms a step | ours | ours / plain | with ledger | one step in, at most | with ledger / ours |");
Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
foreach (var name in names)
{
    var c = Comparison.Run(name, rounds, Console.Error.WriteLine);
    var (trainer, ledger) = (c.Quartiles(1, 0), c.Quartiles(2, 1));
    Console.WriteLine($"| {name} | {c.Milliseconds(0):0.00} | {c.Milliseconds(1):0.00} | {c.Ratio(1, 0):0.000} ({trainer.Lower:0.000} to {trainer.Upper:0.000}) | {c.Milliseconds(2):0.00} | {c.Every} | {c.RatioOfSums(2, 1):0.000} ({ledger.Lower:0.000} to {ledger.Upper:0.000}) |");
}
return 0;
