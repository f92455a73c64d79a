using System.Globalization;
using Protonmotive.FluxBalance;
using Xunit;

namespace Protonmotive.Tests.Reference.FluxBalance;

/// <summary>
/// Every flux balance case of the SBML Test Suite (release 3.3.0, LGPL 2.1; data beside the repository), in every file present, must
/// give the expected fluxes and objective values: |c − u| ≤ Tₐ + Tᵣ|c|, NaN where the problem is infeasible.
/// </summary>
public class FluxBalanceSuite
{
    [Fact]
    public void Every_flux_balance_case_gives_the_expected_values()
    {
        var cases = Directory.EnumerateDirectories(SharedData.Path("sbml-test-suite", "semantic"))
            .Where(f => File.ReadLines(Directory.EnumerateFiles(f, "*-model.m").First()).Any(l => l.StartsWith("testType:", StringComparison.Ordinal) && l.Contains("FluxBalanceSteadyState", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal).ToList();
        var files = cases.SelectMany(f => Directory.EnumerateFiles(f, Path.GetFileName(f) + "-sbml-*.xml").Select(m => (Folder: f, Model: m))).ToList();
        Assert.NotEmpty(files);
        var faults = files.Select(f => Compare(f.Folder, f.Model)).Where(f => f is not null).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{files.Count - faults.Count} passed, {faults.Count} failed");
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    private static string? Compare(string folder, string model)
    {
        var id = Path.GetFileName(folder);
        var settings = File.ReadAllLines(Path.Combine(folder, id + "-settings.txt")).Select(l => l.Split(':', 2)).Where(l => l.Length == 2).ToDictionary(l => l[0].Trim(), l => l[1].Trim());
        double absolute = Number(settings["absolute"]), relative = Number(settings["relative"]);
        var variables = settings["variables"].Split(',').Select(v => v.Trim()).ToArray();
        var expected = File.ReadAllLines(Path.Combine(folder, id + "-results.csv"))[1].Split(',').Select(Number).ToArray();
        try
        {
            var solution = new FluxBalanceProblem(FluxBalanceModel.Load(model)).Solve();
            for (int i = 0; i < variables.Length; i++)
            {
                double found = solution.Value(variables[i]), c = expected[i];
                if (double.IsNaN(c) ? double.IsNaN(found) : c == found || Math.Abs(c - found) <= absolute + (relative * Math.Abs(c))) continue;
                return $"{Path.GetFileName(model)}: {variables[i]} is {found}, expected {c}";
            }
            return null;
        }
        catch (ProtonmotiveException e)
        {
            return $"{Path.GetFileName(model)}: {e.Message.ReplaceLineEndings(" | ")}";
        }
    }

    private static double Number(string text) => text.Trim().ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        var number => double.Parse(number, CultureInfo.InvariantCulture),
    };
}
