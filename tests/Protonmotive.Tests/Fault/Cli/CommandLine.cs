using UglyToad.PdfPig;
using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>The built program, as a user meets it.</summary>
public sealed class CommandLine : PmfTests
{
    [Fact]
    public void Run_prints_a_closing_ledger_and_writes_the_folder()
    {
        var (code, output, error) = Pmf("run", "mitochondrion", "--out", "r");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("the books close to", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Folder, "r", "report.html")));
        Assert.Equal(output.Split("\n\nrespiratory")[0].Trim(), Pmf("ledger", "r").Output.Trim());
        Assert.Equal(0, Pmf("report", "r", "--pdf").Code);
        using var print = PdfDocument.Open(Path.Combine(Folder, "r", "report.pdf"));
        Assert.Contains("Ledger", string.Concat(print.GetPages().Select(p => p.Text)), StringComparison.Ordinal);
        Assert.True(print.TryGetBookmarks(out var bookmarks));
        Assert.Equal(["Ledger", "Processes", "Parameters and starting values", "Sources", "How this was made"], bookmarks.GetNodes().Select(n => n.Title));
    }

    [Theory]
    [InlineData("error: Unrecognized command or argument 'rnu'.", "Did you mean 'run'?", "rnu")]
    [InlineData("error: Unrecognized command or argument '--oot'.", "Did you mean '--out', '--set'?", "run", "schloegl", "--oot")]
    [InlineData("error: There is no option '--scenario'.", "'pmf atlas --help' shows what there is.", "atlas", "--only", "schloegl", "--scenario")]
    [InlineData("error: Cannot parse argument 'soon' for option '--end' as a number.", "'pmf run --help'", "run", "schloegl", "--end", "soon")]
    [InlineData("error: There is no system 'schlogl'.", "Did you mean 'schloegl'?", "show", "schlogl")]
    public void A_mistyped_command_line_is_told_in_three_lines(string what, string mend, params string[] arguments)
    {
        var (code, output, error) = Pmf(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Equal(3, error.TrimEnd().Split('\n').Length);
        Assert.StartsWith(what, error, StringComparison.Ordinal);
        Assert.Contains(mend, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_tells_equations_sources_and_how_well_a_system_agrees()
    {
        var (code, output, error) = Pmf("show", "schloegl", "--scenario", "high");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        foreach (string part in (string[])["(chemistry)", "A + 2 X ⇌ 3 X", "d(X.amount)/dt", "checks (high)", "agrees with 3 ±", "Schlögl F (1972)"]) Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.DoesNotContain("DIFFERS", output, StringComparison.Ordinal);
        Assert.Contains("cognition", Pmf("list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_atlas_is_one_page_and_goes_on_where_it_was()
    {
        string[] command = ["atlas", "--only", "schloegl,two-capacitors", "--all-scenarios", "--out", "a"];
        var (code, output, error) = Pmf(command);
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("2 systems, 4 runs", output, StringComparison.Ordinal);
        string page = File.ReadAllText(Path.Combine(Folder, "a", "atlas.html")), record = Path.Combine(Folder, "a", "runs", "schloegl-high", "run.json");
        foreach (string part in (string[])["id=\"two-capacitors\"", "id=\"schloegl\"", "<svg", "<td class=\"n\">0.25</td>", "Z Phys 253"]) Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("two-capacitors", StringComparison.Ordinal) < page.IndexOf("schloegl", StringComparison.Ordinal)); // physics first
        var written = File.GetLastWriteTimeUtc(record);
        Directory.Delete(Path.Combine(Folder, "a", "runs", "schloegl-low"), recursive: true); // as if it had been stopped before this one
        Assert.Equal(output, Pmf(command).Output);
        Assert.Equal(written, File.GetLastWriteTimeUtc(record));
        Assert.Equal(page, File.ReadAllText(Path.Combine(Folder, "a", "atlas.html")));
        Assert.Contains("There is no system 'nosuch'", Pmf("atlas", "--only", "nosuch", "--out", "b").Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Folder, "b")));
        // The folder can't be made, then a run can't be written: told, not thrown.
        Write("file", "");
        Assert.Contains("can't be made", Pmf("atlas", "--only", "schloegl", "--out", "file").Error, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(Folder, "c"));
        Write(Path.Combine("c", "runs"), "");
        var (failed, _, told) = Pmf("atlas", "--only", "schloegl,two-capacitors", "--out", "c");
        Assert.Equal(2, failed);
        Assert.StartsWith("error: ", told, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_tells_by_its_exit_code()
    {
        Assert.Equal(0, Pmf("check", "heart").Code);
        var (code, output, _) = Pmf("check", "heart-as-published");
        Assert.Equal(1, code);
        Assert.Contains("factor 3.182", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Steady_state_reproduces_the_ledger_figure()
    {
        var (code, output, _) = Pmf("run", "atp-demand", "--steady");
        Assert.Equal(0, code);
        Assert.Contains("486.35 J in as electrons = 118.28 J dissipated + 368.07 J delivered or stored (75.7 %)", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Titration_is_drawn_against_measurements()
    {
        Assert.Equal(0, Pmf("titrate", "--data", SharedData.Path("oxphos-data", "quasi_steady_state.csv"), "--out", "t").Code);
        Assert.True(File.Exists(Path.Combine(Folder, "t", "titration.svg")));
    }

    /// <summary>A leak of two measured states at rest without demand; its estimate is drawn beside the published value.</summary>
    [Fact]
    public void Titration_is_drawn_with_a_fit()
    {
        Write("leak.csv", "pi_nominal_mM,delta_psi_mV,nadh_fraction\n1,183.2,\n5,183.5,\n");
        Write("leak.yaml", "model: atp-demand\ndata: leak.csv\ntime: inf\nconditions: pi_nominal_mM/1000 = Pi_c\nset: X_AtC = 0\nobserve: delta_psi_mV = 1000*DeltaPsi ± 1\nestimate: X_H=100..1e5:log");
        var (code, output, error) = Pmf("fit", "leak.yaml", "--starts", "1", "--out", "f");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^delta_psi_mV +2 +0\.1", output);
        Assert.Equal(0, Pmf("titrate", "--fit", "f", "--out", "t").Code);
        Assert.Contains("dashed", File.ReadAllText(Path.Combine(Folder, "t", "titration.svg")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such problem", "titrate", "--fit", "nosuch")]
    [InlineData("no such file", "titrate", "--data", "nosuch.csv")]
    [InlineData("no system", "run", "nosuch")]
    [InlineData("no such file", "run", "nosuch.xml")]
    [InlineData("no scenario", "run", "mitochondrion", "--scenario", "x")]
    [InlineData("is no setting", "run", "mitochondrion", "--set", "X_H")]
    [InlineData("X_HH", "run", "mitochondrion", "--set", "X_HH=1")]
    [InlineData("'X_H' is not a number", "run", "mitochondrion", "--set", "X_H=NaN")]
    [InlineData("no method", "run", "mitochondrion", "--method", "euler")]
    [InlineData("no linear solver", "run", "mitochondrion", "--linear-solver", "lu")]
    [InlineData("tolerance", "run", "mitochondrion", "--rtol", "-1")]
    [InlineData("no such run", "ledger", "nothing")]
    public void Bad_input_gets_what_where_mend(string what, params string[] arguments)
    {
        var (code, _, error) = Pmf(arguments);
        Assert.Equal(2, code);
        Assert.Contains(what, error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("where:", error, StringComparison.Ordinal);
        Assert.Contains("mend:", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder));
    }

    [Fact]
    public void Interrupt_in_mid_run_leaves_nothing()
    {
        Interrupts.SkipWithout();
        // A clock without friction: it never settles, so the run would take hours.
        File.WriteAllText(Path.Combine(Folder, "clock.xml"), """
            <sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model id="clock">
            <listOfParameters><parameter id="x" value="1" constant="false"/><parameter id="v" value="0" constant="false"/></listOfParameters>
            <listOfRules><rateRule variable="x"><math><ci>v</ci></math></rateRule>
            <rateRule variable="v"><math><apply><minus/><ci>x</ci></apply></math></rateRule></listOfRules></model></sbml>
            """);
        using var process = Start("run", "clock.xml", "--end", "1e9", "--rtol", "1e-8", "--points", "3", "--max-steps", "1000000000000", "--out", "r");
        Thread.Sleep(1500);
        bool wasRunning = !process.HasExited;
        Interrupt(process);
        Assert.SkipUnless(wasRunning, "The machine finished the run before it could be interrupted.");
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(["clock.xml"], Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName));
    }
}
