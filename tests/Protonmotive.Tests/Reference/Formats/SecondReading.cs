using System.Text.Json;
using Protonmotive.Formats.Sbml;
using Protonmotive.Formats.Sbml.TestSuite;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Formats;

/// <summary>
/// SBML files read by libsbml and integrated by scipy's LSODA at rtol 1e-10, or Radau at 1e-9 (tests/oracle/sbml_oracle.py), against ours. Skipped where
/// Python, libsbml or scipy is missing.
/// </summary>
public class SecondReading
{
    private const double End = 10;
    private const int Points = 6;

    [Fact]
    public void BioModels_agree() => Agree(Directory.EnumerateFiles(SharedData.Path("biomodels"), "*.xml").Order(StringComparer.Ordinal).ToList(), least: 12, relative: 1e-6);

    [Fact]
    public void A_sample_of_the_test_suite_agrees()
    {
        bool all = Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1";
        var cases = SuiteRunner.Cases(SharedData.Path("sbml-test-suite", "semantic")).Where((_, i) => i % (all ? 3 : 40) == 0).ToList();
        Agree(cases.ConvertAll(c => SuiteCase.Load(c).Models[^1]), least: all ? 100 : 8, relative: 1e-6);
    }

    private static void Agree(List<string> files, int least, double relative)
    {
        var faults = new List<string>();
        int compared = 0;
        foreach (var line in Oracle(files))
        {
            var answer = JsonDocument.Parse(line.Replace("NaN", "null", StringComparison.Ordinal).Replace("-Infinity", "null", StringComparison.Ordinal).Replace("Infinity", "null", StringComparison.Ordinal)).RootElement;
            var file = answer.GetProperty("file").GetString()!;
            if (answer.TryGetProperty("notCovered", out _)) continue;
            compared++;
            faults.AddRange(Compare(file, answer.GetProperty("columns"), relative).Take(1));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} of {files.Count} files compared");
        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.True(compared >= least, $"only {compared} of {files.Count} files were compared");
    }

    // Relative to the largest value of the column: small values next to large ones carry the absolute error of both codes.
    private static IEnumerable<string> Compare(string file, JsonElement columns, double relative)
    {
        var network = SbmlReader.Load(file);
        var names = columns.EnumerateObject().Select(c => c.Name).ToList();
        var outputs = names.Select((n, i) => new Observable($"out.{i}", "", network.Find(n) is Species s ? (s.InAmounts ? s.Symbol : s.Symbol * s.Compartment.Symbol) : Symbolics.Expression.Symbol(n))).ToList();
        var kernel = Kernel.Compile(network.Lower(observables: outputs), KernelBackend.Interpreted);
        var solution = Ode.Solve(new InitialValueProblem(kernel, 0, End), new Rodas5P(), new Tolerance(1e-10, 1e-12), OutputTimes.Uniform(Points) with { IncludesJumps = false });
        for (int i = 0; i < names.Count; i++)
        {
            var expected = columns.GetProperty(names[i]).EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble()).ToArray();
            var found = solution.ObservableColumn(outputs[i].Name);
            double size = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            for (int row = 0; row < expected.Length; row++)
            {
                if (!double.IsFinite(expected[row]) || Math.Abs(expected[row] - found[row]) <= (relative * size) + 1e-12) continue;
                yield return $"{Path.GetFileName(file)}: {names[i]} at {solution.Times[row]}: {expected[row]:g10} by scipy, {found[row]:g10} by us";
            }
        }
    }

    private static List<string> Oracle(List<string> files)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "sbml_oracle.py");
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            try
            {
                if (Run(python, ["-c", "import libsbml, scipy"]).ExitCode != 0) continue;
                return [.. Run(python, [script, $"{End}", $"{Points}", .. files]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // Not there: the next one.
            }
        }
        Assert.Skip("Python with libsbml and scipy is not installed.");
        return [];
    }

    private static (int ExitCode, string Output) Run(string program, IEnumerable<string> arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
