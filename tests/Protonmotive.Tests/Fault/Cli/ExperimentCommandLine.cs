using Protonmotive.Tests.Fault.Formats;
using Xunit;
using static Protonmotive.Tests.Unit.Formats.Experiments;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>Experiments run by the built program.</summary>
public sealed class ExperimentCommandLine : PmfTests
{
    [Fact]
    public void A_document_gives_tables_and_figures()
    {
        var outputs = "<report id='table'><listOfDataSets><dataSet id='d1' label='time' dataReference='time'/><dataSet id='d2' label='S, \"conc\"' dataReference='s'/></listOfDataSets></report>"
            + "<plot2D id='plot'><listOfCurves><curve id='c' logX='false' logY='true' xDataReference='time' yDataReference='s'/></listOfCurves></plot2D>";
        File.WriteAllText(Path.Combine(Folder, "decay.xml"), Decay);
        File.WriteAllText(Path.Combine(Folder, "test.sedml"), Document(Model(), Course(), Task(), Data("time", "time") + Data("s"), outputs));
        var (code, output, error) = Pmf("run", "test.sedml", "-o", "r");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("5 rows × 2 columns", output, StringComparison.Ordinal);
        Assert.Equal("time,\"S, \"\"conc\"\"\"", File.ReadLines(Path.Combine(Folder, "r", "tables", "table.csv")).First());
        foreach (var file in new[] { "experiment.json", "tables/table.arrow", "figures/plot.svg", "figures/plot.png", "tables/plot.csv" }) Assert.True(File.Exists(Path.Combine(Folder, "r", file)), file);
        Assert.Contains("exists already", Pmf("run", "test.sedml", "-o", "r").Error, StringComparison.Ordinal);
        Assert.Contains("does not go with an experiment", Pmf("run", "test.sedml", "--steady").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_archive_leaves_nothing()
    {
        File.WriteAllBytes(Path.Combine(Folder, "bad.omex"), BadOmex.Zip(("a", "b")));
        var (code, _, error) = Pmf("run", "bad.omex");
        Assert.Equal(2, code);
        Assert.Contains("no manifest.xml", error, StringComparison.Ordinal);
        Assert.Equal(["bad.omex"], Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName));
    }
}
