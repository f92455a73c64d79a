using System.Globalization;
using System.Runtime.InteropServices;
using Protonmotive.Learning.Bench;
using Protonmotive.Learning.Native;

// What the ledger costs, and our trainer against a plain loop: bench/README.md.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int rounds = 16, whole = 4; // even: who begins changes
string[] names = ["mlp", "convnet", "transformer"];
for (int i = 0; i < args.Length; i += 2)
{
    if (i + 1 < args.Length && args[i] == "--rounds" && int.TryParse(args[i + 1], out rounds) && rounds > 0) continue;
    if (i + 1 < args.Length && args[i] == "--whole" && int.TryParse(args[i + 1], out whole) && whole > 0) continue;
    if (i + 1 < args.Length && args[i] == "--trainings" && args[i + 1].Split(',') is var chosen && chosen.All(names.Contains))
    {
        names = chosen;
        continue;
    }
    Console.Error.WriteLine("usage: Protonmotive.Learning.Bench [--rounds N] [--whole N] [--trainings mlp,convnet,transformer]");
    return 2;
}
LibTorch.Load();
string processor = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "" : "";
Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}: {processor}, {Environment.ProcessorCount} processors, one thread of libtorch, {RuntimeInformation.FrameworkDescription}. Processor time; geometric means of the ratios of {rounds} blocks and {whole} whole trainings in turns, ± standard errors.");
Console.WriteLine();
Console.WriteLine("| training | plain loop, ms a step | our trainer / plain loop | whole training, s | with ledger / without |");
Console.WriteLine("|---|---:|---:|---:|---:|");
foreach (var name in names)
{
    var trainer = Comparison.OfTrainer(name, rounds);
    Console.Error.WriteLine($"{name}: {trainer.Ratio:0.000}");
    var ledger = Comparison.OfLedger(name, whole, Console.Error.WriteLine);
    Console.WriteLine($"| {name} | {trainer.Milliseconds:0.00} | {Words(trainer)} | {ledger.Milliseconds * ledger.Steps / 1000:0} | {Words(ledger)} |");
}
return 0;

static string Words(Comparison c) => $"{c.Ratio:0.000} ± {c.Error:0.000}";
