using System.Diagnostics;
using Protonmotive.Tests.Fault.Formats;
using Xunit;
using static Protonmotive.Tests.Unit.Formats.Experiments;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>Experiments run by the built program.</summary>
public sealed class ExperimentCommandLine : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pmf-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_document_gives_tables_and_figures()
    {
        var outputs = "<report id='table'><listOfDataSets><dataSet id='d1' label='time' dataReference='time'/><dataSet id='d2' label='S, \"conc\"' dataReference='s'/></listOfDataSets></report>"
            + "<plot2D id='plot'><listOfCurves><curve id='c' logX='false' logY='true' xDataReference='time' yDataReference='s'/></listOfCurves></plot2D>";
        File.WriteAllText(Path.Combine(folder, "decay.xml"), Decay);
        File.WriteAllText(Path.Combine(folder, "test.sedml"), Document(Model(), Course(), Task(), Data("time", "time") + Data("s"), outputs));
        var (code, output, error) = Pmf("run", "test.sedml", "-o", "r");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("5 rows × 2 columns", output, StringComparison.Ordinal);
        Assert.Equal("time,\"S, \"\"conc\"\"\"", File.ReadLines(Path.Combine(folder, "r", "tables", "table.csv")).First());
        foreach (var file in new[] { "experiment.json", "tables/table.arrow", "figures/plot.svg", "figures/plot.png", "tables/plot.csv" }) Assert.True(File.Exists(Path.Combine(folder, "r", file)), file);
        Assert.Contains("exists already", Pmf("run", "test.sedml", "-o", "r").Error, StringComparison.Ordinal);
        Assert.Contains("does not go with an experiment", Pmf("run", "test.sedml", "--steady").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_archive_leaves_nothing()
    {
        File.WriteAllBytes(Path.Combine(folder, "bad.omex"), BadOmex.Zip(("a", "b")));
        var (code, _, error) = Pmf("run", "bad.omex");
        Assert.Equal(2, code);
        Assert.Contains("no manifest.xml", error, StringComparison.Ordinal);
        Assert.Equal(["bad.omex"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    private (int Code, string Output, string Error) Pmf(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Protonmotive.Reports.RunReport).Assembly.Location.Replace("Protonmotive.Reports.dll", "pmf.dll", StringComparison.Ordinal), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
