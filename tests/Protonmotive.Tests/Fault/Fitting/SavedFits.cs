using Protonmotive.Fitting;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Starts;
using Protonmotive.Tests.Unit.Fitting;
using Xunit;

namespace Protonmotive.Tests.Fault.Fitting;

/// <summary>A folder of a fit that is damaged, full, or in use: said in three lines, nothing lost, the same bits after.</summary>
public sealed class SavedFits : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("saved-fits-").FullName;
    private readonly FormulaObjective objective = FormulaObjective.Rosenbrock(-5, 5);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"index\":2,\"origin\":null,\"redraws\":0,\"state\":null,\"seconds\":0}")]
    [InlineData("{\"index\":2,\"origin\":[1,2],\"redraws\":0,\"state\":{\"method\":\"nosuch\"},\"seconds\":0}")]
    public void A_state_that_is_none_is_done_again(string text)
    {
        var expected = Fit();
        File.WriteAllText(Path.Combine(folder, "starts", "00002.json"), text);
        Assert.Equal(Values(expected), Values(Fit()));
    }

    [Fact]
    public void What_a_killed_run_left_beside_a_state_is_passed_over()
    {
        var expected = Fit();
        File.Delete(Path.Combine(folder, "starts", "00001.json"));
        File.WriteAllText(Path.Combine(folder, "starts", "00001.json.writing"), "{\"index\":1,\"ori");
        Assert.Equal(Values(expected), Values(Fit()));
        Assert.False(File.Exists(Path.Combine(folder, "starts", "00001.json.writing")));
    }

    [Fact]
    public void A_full_disk_is_said_and_leaves_what_was_saved()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "only Linux has a device that is always full");
        Fit();
        string file = Path.Combine(folder, "starts", "00001.json"), before = File.ReadAllText(file);
        File.CreateSymbolicLink(file + ".writing", "/dev/full");
        var files = Open();
        var state = MultiStart.Saved(objective, files)!.Starts.Single(s => s.Index == 1);
        var error = Assert.Throws<FitException>(() => files.Write(Path.Combine("starts", "00001.json"), state, SavedJson.Default.StartState));
        Assert.Contains("could not be saved", error.What, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(file));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"entries\":null}")]
    public void A_record_that_is_none_is_refused(string text)
    {
        Fit();
        File.WriteAllText(Path.Combine(folder, "identity.json"), text);
        Assert.Contains("can't be read", Assert.Throws<FitException>(Open).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_in_one_folder_are_refused()
    {
        using (new FileStream(Path.Combine(folder, "in-use"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains("Another run works", Assert.Throws<FitException>(Open).What, StringComparison.Ordinal);
        }
        Open();
        Open(); // the same process may
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_said()
    {
        string file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");
        Assert.Contains("can't be made", Assert.Throws<FitException>(() => SavedFiles.Open(file, FitIdentity.Of(objective, []))).What, StringComparison.Ordinal);
    }

    private FitResult Fit() => MultiStart.Run(objective, new TrustRegion(), new MultiStartOptions { Starts = 4, Seed = 7, Workers = 1 }, Open(), cancellation: TestContext.Current.CancellationToken);

    private SavedFiles Open() => SavedFiles.Open(folder, FitIdentity.Of(objective, []));

    private static double[] Values(FitResult result) => [.. result.Starts.SelectMany(s => s.State.X.Append(s.State.Value))];
}
