using System.Diagnostics;
using System.Globalization;
using Protonmotive.Fuzzing;

// fuzz FOLDER OUT SEED FIRST SECONDS: tries the mutants of the SBML files in FOLDER from number FIRST on. The mutant at work lies in
// OUT/current.xml, so that it is there still if the process dies. fuzz FILE tries one file.
if (args.Length == 1)
{
    string at = "";
    try
    {
        Console.WriteLine(Trial.Run(File.ReadAllBytes(args[0]), args[0], ref at));
        return 0;
    }
    catch (Exception e)
    {
        Console.WriteLine($"{at}: {e}");
        return 1;
    }
}
if (args.Length != 5)
{
    Console.Error.WriteLine("usage: fuzz FOLDER OUT SEED FIRST SECONDS, or fuzz FILE");
    return 2;
}
var seeds = Directory.EnumerateFiles(args[0], "*.xml", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length < 60_000).Order(StringComparer.Ordinal).ToList();
int seed = int.Parse(args[2], CultureInfo.InvariantCulture), number = int.Parse(args[3], CultureInfo.InvariantCulture);
var limit = TimeSpan.FromSeconds(double.Parse(args[4], CultureInfo.InvariantCulture));
var clock = Stopwatch.StartNew();
var watchdog = new Watchdog(TimeSpan.FromSeconds(10));
var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
string current = Path.Combine(args[1], "current.xml");
for (; clock.Elapsed < limit; number++)
{
    var mutant = Mutant.Make(seeds, seed, number);
    File.WriteAllBytes(current, mutant.Bytes);
    File.WriteAllText(Path.Combine(args[1], "current.txt"), FormattableString.Invariant($"{number} {mutant.Seed}"));
    string stage = "";
    string outcome;
    watchdog.Restart();
    try
    {
        outcome = Trial.Run(mutant.Bytes, "mutant.xml", ref stage);
    }
    catch (Exception e)
    {
        outcome = $"FAULT in {stage}: {e.GetType().Name}";
        var place = e.StackTrace?.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith("at Protonmotive", StringComparison.Ordinal)) ?? "";
        Console.WriteLine($"{outcome} {place}");
        File.WriteAllBytes(Path.Combine(args[1], FormattableString.Invariant($"fault-{seed}-{number}.xml")), mutant.Bytes);
        File.WriteAllText(Path.Combine(args[1], FormattableString.Invariant($"fault-{seed}-{number}.txt")), $"{mutant.Seed}\n{stage}: {e}\n");
    }
    outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
}
foreach (var (outcome, count) in outcomes) Console.WriteLine($"# {count} {outcome}");
Console.WriteLine($"# next {number}");
return outcomes.Keys.Any(k => k.StartsWith("FAULT", StringComparison.Ordinal)) ? 1 : 0;
