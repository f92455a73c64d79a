using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>pmf fit, pmf profile and pmf sample, as a user meets them.</summary>
public sealed class FitCommandLine : PmfTests
{
    // A = 10 exp(−0.3 t), measured without error but with a noise of 0.5; b has no effect.
    public FitCommandLine()
    {
        Write("decay.xml", """
            <?xml version="1.0" encoding="UTF-8"?>
            <sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4"><model id="decay">
            <listOfCompartments><compartment id="c" size="1"/></listOfCompartments>
            <listOfSpecies><species id="A" compartment="c" initialConcentration="10"/></listOfSpecies>
            <listOfParameters><parameter id="k" value="1"/><parameter id="b" value="1"/></listOfParameters>
            <listOfReactions><reaction id="J" reversible="false"><listOfReactants><speciesReference species="A"/></listOfReactants>
            <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>c</ci><ci>k</ci><ci>A</ci></apply></math></kineticLaw></reaction></listOfReactions>
            </model></sbml>
            """);
        Write("decay.yaml", "format_version: 1\nparameter_file: parameters.tsv\nproblems:\n- condition_files: [conditions.tsv]\n  measurement_files: [measurements.tsv]\n  observable_files: [observables.tsv]\n  sbml_files: [decay.xml]\n");
        Write("parameters.tsv", "parameterId\tparameterScale\tlowerBound\tupperBound\tnominalValue\testimate\nk\tlog10\t0.001\t100\t0.5\t1\nb\tlog10\t0.01\t100\t1\t1\n");
        Write("conditions.tsv", "conditionId\nc0\n");
        Write("observables.tsv", "observableId\tobservableFormula\tnoiseFormula\nobs\tA\t0.5\n");
        Write("measurements.tsv", "observableId\tsimulationConditionId\tmeasurement\ttime\n" + string.Concat(Times.Select(t => string.Create(CultureInfo.InvariantCulture, $"obs\tc0\t{10 * Math.Exp(-0.3 * t):R}\t{t}\n"))));
    }

    private static double[] Times => [.. Enumerable.Range(0, 11).Select(i => (double)i)];

    [Fact]
    public void Evaluate_prints_the_numbers_of_the_formula()
    {
        var (code, output, error) = Pmf("fit", "decay.yaml", "--evaluate", "--json");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        double chiSquare = Times.Sum(t => Math.Pow(10 * (Math.Exp(-0.3 * t) - Math.Exp(-0.5 * t)) / 0.5, 2)), objective = (chiSquare / 2) + (11 * Math.Log(0.5 * Math.Sqrt(2 * Math.PI)));
        var root = JsonDocument.Parse(output).RootElement;
        Assert.Equal(chiSquare, root.GetProperty("chiSquare").GetDouble(), 1e-5 * chiSquare);
        Assert.Equal(objective, root.GetProperty("objective").GetDouble(), 1e-5 * objective);
        Assert.Equal(-objective, root.GetProperty("logLikelihood").GetDouble(), 1e-5 * objective);
    }

    [Fact]
    public void A_table_and_its_mapping_are_a_problem_too()
    {
        Write("trace.csv", "minute,oxygen\n" + string.Concat(Times.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t},{10 * Math.Exp(-0.3 * t):R}\n"))));
        Write("trace.yaml", "model: decay.xml\ndata: trace.csv\ntime: minute\nobserve: oxygen = A ± 0.5\nestimate: k=0.001..100:log\n");
        var (code, output, error) = Pmf("fit", "trace.yaml", "--starts", "4", "--out", "f");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^k +0\.3 ", output);
        Write("trace.yaml", "model: decay.xml\ndata: trace.csv\nobserve: oxygen = A ± 0.5\nestimate: k=0.001..100:log\n");
        (code, _, error) = Pmf("fit", "trace.yaml", "--evaluate");
        Assert.Equal(2, code);
        Assert.Contains("no column 'time'", error, StringComparison.Ordinal);
        Assert.Contains("mend:", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_its_profiles_and_its_posterior_say_which_parameter_is_determined()
    {
        var (code, output, error) = Pmf("fit", "decay.yaml", "--starts", "4", "--out", "f");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^k +0\.3 ", output);
        Assert.Matches(@"(?m)^b +\S+ +not determined", output);
        Assert.Contains("do not determine b", output, StringComparison.Ordinal);
        AssertFiles("f/fit", "analysis.json", "report.html", "estimates.arrow", "starts.arrow", "measurements.arrow", "figures/waterfall.png", "figures/fits.svg", "figures/residuals.png", "figures/correlation.png");

        (code, output, error) = Pmf("profile", "f");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^k +\S+ +0\.3 +\S+ +identifiable$", output);
        Assert.Matches(@"(?m)^b +open +\S+ +open +flat$", output);
        AssertFiles("f/profile", "analysis.json", "report.html", "intervals.arrow", "profiles.arrow", "figures/profiles.png");

        (code, output, error) = Pmf("sample", "f", "--chains", "2", "--warmup", "100", "--draws", "50");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("split R-hat", output, StringComparison.Ordinal);
        AssertFiles("f/sample", "report.html", "posterior.arrow", "draws.arrow", "figures/marginals.png", "figures/fits.png");
    }

    [Fact]
    public void Another_problem_or_method_in_the_folder_is_refused_and_named()
    {
        Assert.Equal(0, Pmf("fit", "decay.yaml", "--starts", "2", "--out", "f").Code);
        var (code, _, error) = Pmf("fit", "decay.yaml", "--starts", "2", "--out", "f", "--method", "l-bfgs-b");
        Assert.Equal(2, code);
        Assert.Contains("method: trust-region there, l-bfgs-b here", error, StringComparison.Ordinal);
        Assert.Contains("--overwrite", error, StringComparison.Ordinal);
        (code, _, error) = Pmf("fit", "decay.yaml", "--starts", "4", "--begin", "oscillating", "--out", "f");
        Assert.Equal(2, code);
        Assert.Contains("starts begin: none there, oscillating here", error, StringComparison.Ordinal);
        Write("measurements.tsv", "observableId\tsimulationConditionId\tmeasurement\ttime\nobs\tc0\t5\t1\nobs\tc0\t3\t2\n");
        (code, _, error) = Pmf("fit", "decay.yaml", "--starts", "2", "--out", "f", "--resume");
        Assert.Equal(2, code);
        Assert.Contains("problem:", error, StringComparison.Ordinal);
        (code, _, error) = Pmf("profile", "f");
        Assert.Equal(2, code);
        Assert.Contains("has changed since it was fitted", error, StringComparison.Ordinal);
        Assert.Equal(0, Pmf("fit", "decay.yaml", "--starts", "2", "--out", "f", "--overwrite").Code);
    }

    [Fact]
    public void A_profile_that_ran_out_of_points_is_not_called_flat()
    {
        var (code, output, _) = Pmf("profile", "decay.yaml", "--points", "1", "--out", "f");
        Assert.Equal(0, code);
        Assert.Contains("not finished", output, StringComparison.Ordinal);
        Assert.Contains("--points", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_made_anew_takes_profiles_and_samples_of_the_old_one_away()
    {
        Assert.Equal(0, Pmf("fit", "decay.yaml", "--starts", "2", "--out", "f").Code);
        Assert.Equal(0, Pmf("profile", "f").Code);
        Assert.Equal(2, Pmf("fit", "decay.yaml", "--starts", "0", "--overwrite", "--out", "f").Code);
        Assert.True(Directory.Exists(Path.Combine(Folder, "f", "profile"))); // what is refused takes nothing away
        Assert.Equal(0, Pmf("fit", "decay.yaml", "--starts", "2", "--seed", "9", "--overwrite", "--out", "f").Code);
        Assert.False(Directory.Exists(Path.Combine(Folder, "f", "profile")));
        Assert.False(Directory.Exists(Path.Combine(Folder, "f", "state", "profile")));
    }

    [Theory]
    [InlineData("profile", "--points", "0")]
    [InlineData("sample", "--draws", "0")]
    public void Options_that_are_refused_take_nothing_away(string command, string option, string value)
    {
        Assert.Equal(0, Pmf("fit", "decay.yaml", "--starts", "2", "--out", "f").Code);
        Assert.Equal(0, Pmf(command == "profile" ? ["profile", "f"] : ["sample", "f", "--chains", "1", "--warmup", "20", "--draws", "20"]).Code);
        Assert.Equal(2, Pmf(command, "f", "--overwrite", option, value).Code);
        AssertFiles($"f/state/{command}", "identity.json");
        AssertFiles($"f/{command}", "report.html");
    }

    [Theory]
    [InlineData("--starts", "0")]
    [InlineData("--confidence", "2")]
    public void Explanations_and_data_stay_where_options_are_refused(string option, string value)
    {
        Write("trace.csv", "time,A\n" + string.Concat(Times.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t},{10 * Math.Exp(-0.3 * t):R}\n"))));
        string[] fit = ["fit", "decay.xml", "--observe", "A ± 0.5", "--one-of", "k=10%..1000%:log (the rate)", "--out", "f"];
        Assert.Equal(0, Pmf([.. fit, "--data", "trace.csv"]).Code);
        string mapping = File.ReadAllText(Path.Combine(Folder, "f", "trace.yaml"));
        Assert.Equal(2, Pmf([.. fit, "--data", "trace.csv", "--set", "b=2", "--overwrite", option, value]).Code);
        AssertFiles("f/state/explanations", "identity.json");
        Assert.Equal(mapping, File.ReadAllText(Path.Combine(Folder, "f", "trace.yaml")));
    }

    [Fact]
    public void One_command_at_a_time_works_in_a_folder()
    {
        Assert.Equal(0, Pmf("fit", "decay.yaml", "--starts", "2", "--out", "f").Code);
        using var other = new FileStream(Path.Combine(Folder, "f", "state", "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        foreach (string command in (string[])["profile", "sample"])
        {
            var (code, _, error) = Pmf(command, "f");
            Assert.Equal(2, code);
            Assert.Contains("Another run works in this folder", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--workers", "0", "at least one")]
    [InlineData("--out", "", "--out is empty")]
    public void Values_without_a_meaning_are_refused(string option, string value, string expected)
    {
        var (code, _, error) = Pmf("fit", "decay.yaml", option, value);
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_starts_than_are_saved_are_told_of()
    {
        Assert.Equal(0, Pmf("fit", "decay.yaml", "--starts", "3", "--out", "f").Code);
        var (code, output, _) = Pmf("fit", "decay.yaml", "--starts", "2", "--out", "f");
        Assert.Equal(0, code);
        Assert.Contains("3 starts are saved here, of which 2 were asked for", output, StringComparison.Ordinal);
        Assert.Contains("--starts 3 shows all", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_without_likelihood_is_named()
    {
        Write("g.ant", "model g\n J1: A -> B; k*A\n A = 10; B = 0; k = 0.5\nend");
        Write("g.csv", "time,B\n0,0.1\n1,4\n");
        Write("g.yaml", "model: g.ant\ndata: g.csv\nobserve: B ± 0.2 log-normal\nestimate: k=0.01..10:log\n");
        var (code, _, error) = Pmf("fit", "g.yaml", "--evaluate");
        Assert.Equal(2, code);
        Assert.Contains("B at 0 has no likelihood: measured 0.1, simulated 0, σ 0.2", error, StringComparison.Ordinal);
        (code, var output, _) = Pmf("fit", "g.yaml", "--out", "g");
        Assert.Equal(2, code);
        Assert.Contains("B at 0 has no likelihood: measured 0.1, simulated 0, σ 0.2", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        var (code, _, error) = Pmf("fit", "none.yaml");
        Assert.Equal(2, code);
        Assert.Contains("none.yaml", error, StringComparison.Ordinal);
        (code, _, error) = Pmf("fit", "decay.yaml", "--resume", "--out", "f");
        Assert.Equal(2, code);
        Assert.Contains("no fit to go on with", error, StringComparison.Ordinal);
        (code, _, error) = Pmf("profile", "decay.yaml", "--parameter", "q");
        Assert.Equal(2, code);
        Assert.Contains("No estimated parameter is called 'q'", error, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(Folder, "empty"));
        (code, _, error) = Pmf("sample", "empty");
        Assert.Equal(2, code);
        Assert.Contains("holds no finished fit", error, StringComparison.Ordinal);
        Assert.Equal(2, Pmf("fit", "decay.yaml", "--starts", "0").Code);
        Assert.Equal(2, Pmf("profile", "decay.yaml", "--confidence", "2").Code);
        Assert.Contains("0 points says nothing", Pmf("profile", "decay.yaml", "--points", "0").Error, StringComparison.Ordinal);
        Assert.Equal(2, Pmf("sample", "decay.yaml", "--draws", "0", "--out", "s").Code);
        Assert.False(Directory.Exists(Path.Combine(Folder, "s")));
    }

    [Fact]
    public void Interrupted_by_a_signal_the_same_command_goes_on_to_the_same_bits()
    {
        Interrupts.SkipWithout();
        var file = SharedData.Path("petab-benchmarks", "Boehm_JProteomeRes2014", "Boehm_JProteomeRes2014.yaml");
        string[] Arguments(string target) => ["fit", file, "--starts", "30", "--iterations", "200", "--out", target];
        using var process = Start(Arguments("stopped"));
        var first = Path.Combine(Folder, "stopped", "state", "fit", "starts", "00002.json");
        for (int i = 0; i < 600 && !File.Exists(first) && !process.HasExited; i++) Thread.Sleep(50);
        Interrupts.Send(process);
        Thread.Sleep(20);
        Interrupt(process); // twice, as by a hand that does not wait
        Assert.SkipUnless(process.ExitCode != 0, "The machine finished the fit before it could be interrupted.");
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("the same command goes on", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Folder, "stopped", "fit")));
        Assert.Equal(0, Pmf([.. Arguments("stopped"), "--resume"]).Code);
        Assert.Equal(0, Pmf([.. Arguments("whole"), "--workers", "1"]).Code);
        Assert.Equal(States("whole"), States("stopped"));
    }

    private List<string> States(string fit) => [.. Directory.EnumerateFiles(Path.Combine(Folder, fit, "state", "fit", "starts")).Order(StringComparer.Ordinal).Select(f => JsonDocument.Parse(File.ReadAllText(f)).RootElement.GetProperty("state").GetRawText())];

    private void AssertFiles(string folder, params string[] names) => Assert.All(names, name => Assert.True(File.Exists(Path.Combine(Folder, folder, name)), name));
}
