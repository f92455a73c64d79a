using System.Diagnostics;
using Protonmotive.Tests;
using Xunit;

namespace Protonmotive.Learning.Tests.Fault;

/// <summary>The programs themselves: pmf starts pmf-learning, which trains on a small text.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pmf-").FullName;

    public TrainCommandTests() =>
        File.WriteAllText(Path.Combine(folder, "text.txt"), string.Concat(Enumerable.Range(0, 4000).Select(i => (char)('a' + (i * i % 17) + (i % 3)))));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_training_runs_and_is_diagnosed_through_pmf()
    {
        var (code, output, error) = Run("pmf.dll", "train", "transformer", "--data", "text.txt", "--steps", "16", "--every", "4", "-o", "run");
        Assert.True(code == 0, error);
        Assert.Contains("gained W = P − N − K", output, StringComparison.Ordinal);
        Assert.Contains("step 16 of 16", error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "run", "report.html")));
        Assert.False(Directory.Exists(Path.Combine(folder, "run.training")));
        (code, output, error) = Run("pmf.dll", "ledger", "run"); // pmf itself reads it, without libtorch
        Assert.True(code == 0 && output.Contains("held-out loss removed", StringComparison.Ordinal), error);
        (code, output, _) = Run("pmf.dll", "diagnose", "run");
        Assert.InRange(code, 0, 1);
        Assert.NotEmpty(output);
        (code, _, error) = Run("pmf.dll", "train", "transformer", "--data", "text.txt", "-o", "run");
        Assert.Equal(2, code);
        Assert.Contains("--overwrite", error, StringComparison.Ordinal);
        (code, _, error) = Run("pmf.dll", "train", "perceptron");
        Assert.True(code == 2 && error.Contains("mlp, convnet, transformer, ecg, respiration or flow, or a YAML or JSON file", StringComparison.Ordinal), error);
    }

    /// <summary>A training whose numbers end is written until there, so that it can be diagnosed; the command fails.</summary>
    [Fact]
    public void A_training_that_loses_its_numbers_keeps_its_run()
    {
        File.WriteAllText(Path.Combine(folder, "wild.yaml"), """
            name: wild
            title: A rate far too high
            question: Where do the numbers end?
            data: {text: text.txt}
            network: {transformer: {layers: 1, heads: 2, width: 16, context: 16}}
            optimiser: {kind: sgd, rate: 1000}
            steps: 40
            batch: 8
            """);
        var (code, output, error) = Run("pmf-learning.dll", "train", "wild.yaml", "--every", "3", "-o", "wild");
        Assert.Equal(2, code);
        Assert.Contains("The loss of the batch is NaN", error, StringComparison.Ordinal);
        Assert.Contains("pmf diagnose wild", output, StringComparison.Ordinal);
        string report = File.ReadAllText(Path.Combine(folder, "wild", "report.html"));
        Assert.Contains("broke off at step", report, StringComparison.Ordinal);
        Assert.DoesNotContain("bits per joule", report, StringComparison.Ordinal);
        Assert.DoesNotContain("bit/J", output, StringComparison.Ordinal);
        (code, output, _) = Run("pmf-learning.dll", "diagnose", "wild");
        Assert.Equal(1, code);
        Assert.Contains("ALARM: non-finite", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What does not learn a text has no --sample", "rows.yaml", "--epochs", "1", "--sample", "10")]
    [InlineData("What does not learn a text has no --coupling", "rows.yaml", "--epochs", "1", "--coupling")]
    [InlineData("A descent as a flow has no --steps", "flow", "--steps", "10")]
    [InlineData("A training without ledger has no --every", "rows.yaml", "--epochs", "1", "--no-ledger", "--every", "2")]
    [InlineData("as a whole number of 0 or more", "rows.yaml", "--seed", "-1")]
    [InlineData("row 2 below the header, column y", "rows.yaml", "--steps", "4")]
    [InlineData("or train with --epochs or --steps", "rows.yaml")]
    public void What_has_no_meaning_is_refused(string expected, params string[] arguments)
    {
        File.WriteAllText(Path.Combine(folder, "rows.csv"), "x,y\n1,2\n2,NaN\n3,6\n4,8\n");
        File.WriteAllText(Path.Combine(folder, "rows.yaml"), "name: rows\ndata: {csv: rows.csv, target: y, task: regression}\nnetwork: [dense: 1]\noptimiser: {kind: sgd, rate: 0.1}\n");
        var (code, _, error) = Run("pmf-learning.dll", ["train", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    /// <summary>A batch is at most the data, and the length may be said beside the file.</summary>
    [Fact]
    public void A_short_table_trains_in_one_batch()
    {
        File.WriteAllText(Path.Combine(folder, "rows.csv"), "x,y\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{2 * i}\n")));
        File.WriteAllText(Path.Combine(folder, "rows.yaml"), "name: rows\ndata: {csv: rows.csv, target: y, task: regression, test: 0.2}\nnetwork: [dense: 1]\noptimiser: {kind: sgd, rate: 0.1}\n");
        var (code, _, error) = Run("pmf-learning.dll", "train", "rows.yaml", "--epochs", "8", "-o", "rows");
        Assert.True(code == 0, error);
        using var record = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "rows", "run.json")));
        var settings = record.RootElement.GetProperty("parameters").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("value").GetDouble());
        Assert.Equal((16, 8), (settings["batch"], settings["steps"]));
        (code, _, error) = Run("pmf-learning.dll", "train", "flow", "-o", "flow");
        Assert.True(code == 0, error);
        (code, _, error) = Run("pmf-learning.dll", "diagnose", "flow");
        Assert.Equal(2, code);
        Assert.Contains("no training by audited steps", error, StringComparison.Ordinal);
    }

    /// <summary>A signal to pmf alone is handed on; the training keeps its state, says so, and goes on to the weights that it would have had.</summary>
    [Fact]
    public void Ctrl_c_keeps_the_state_and_the_same_command_goes_on()
    {
        Interrupts.SkipWithout();
        string[] command = ["train", "transformer", "--data", "text.txt", "--steps", "120", "--every", "40"];
        Assert.Equal(0, Run("pmf-learning.dll", [.. command, "-o", "straight"]).Code);
        using (var process = Start("pmf.dll", [.. command, "-o", "stopped"]))
        {
            var error = process.StandardError;
            while (error.ReadLine() is { } line && !line.StartsWith("step 15 ", StringComparison.Ordinal))
            {
                // until the first evaluation
            }
            Interrupts.Send(process);
            var rest = error.ReadToEnd();
            Assert.True(process.WaitForExit(60_000));
            Assert.Equal(130, process.ExitCode);
            Assert.Contains("the same command goes on", rest, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(Path.Combine(folder, "stopped")));
        var (code, _, resumed) = Run("pmf.dll", [.. command, "-o", "stopped"]);
        Assert.True(code == 0 && resumed.Contains("Going on from", StringComparison.Ordinal), resumed);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "straight", "weights.safetensors")), File.ReadAllBytes(Path.Combine(folder, "stopped", "weights.safetensors")));
    }

    private (int Code, string Output, string Error) Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = folder,
    })!;
}
