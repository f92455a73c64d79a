using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Atlas;
using Protonmotive.Fitting.Alternatives;
using Protonmotive.Fitting.Problems;
using Protonmotive.Formats.Measurements;
using Protonmotive.Networks;
using Xunit;

namespace Protonmotive.Tests.Reference.Atlas;

/// <summary>
/// The stress test turned round: from a noisy oxygen trace, which step of oxidative phosphorylation works at half? A seed chooses the step
/// (the leak is doubled) and draws the noise. docs/which-step-is-impaired.md has the protocol, and says what counts as right.
/// </summary>
public class ImpairedSteps(ITestOutputHelper output)
{
    private static readonly Catalogue.CatalogueSystem system = AtlasCatalogue.Systems.Get("stress-test");
    private static readonly ImmutableArray<string> steps = system.Assay!.OneOf;

    // Seeds 1 to 20 were looked at once, after the design was done on seeds from 101.
    [Fact]
    public void Of_twenty_seeds_nineteen_are_right_wherever_the_step_is_identifiable()
    {
        SkipUnlessLong();
        var verdicts = Enumerable.Range(1, 20).Select(seed => Verdict((ulong)seed, Step((ulong)seed))).ToList();
        int found = verdicts.Count(v => v.Comparison.Found is not null), foundRight = verdicts.Count(v => v.Comparison.Found is not null && v.IsRight);
        Assert.True(foundRight >= 0.95 * found, $"{foundRight} of {found} named steps are right.");
        Assert.True(verdicts.Count(v => v.IsRight) >= 19, $"{verdicts.Count(v => v.IsRight)} of 20 statements are right.");
    }

    // With a confidence of 95 % for the whole verdict, 3 or more false alarms in 20 have a probability of 7.5 % at most (binomial).
    [Fact]
    public void Healthy_mitochondria_raise_no_alarm()
    {
        SkipUnlessLong();
        Assert.InRange(Enumerable.Range(1, 20).Count(seed => !Verdict((ulong)seed, -1).IsRight), 0, 2);
    }

    // Three explanations alone, to be quick: halved dehydrogenases and a doubled leak are told from Complex I, and nothing is seen where nothing is.
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-1)]
    public void A_step_of_control_is_found(int step)
    {
        var (comparison, isRight) = Verdict(201, step, "X_DH", "X_C1", "X_H");
        Assert.True(isRight);
        Assert.Equal(step < 0 ? null : Name(step), comparison.Found is { } found ? comparison.Parameters[found.Explanation.Index].Name : null);
    }

    [Fact]
    public void Injections_come_when_they_are_set()
    {
        var set = ImmutableDictionary<string, double>.Empty.Add("t_oligomycin", 100).Add("t_FCCP", 200).Add("dt_FCCP", 10).Add("t_rotenone", 300);
        var table = VirtualMeasurements.Draw(system.Build(system.Scenarios[0]), ["OCR ± 0"], [90, 150, 299, 400], 1, 1, set);
        double[] ocr = [.. Enumerable.Range(0, 4).Select(row => table.Number(row, 1)!.Value)];
        Assert.InRange(ocr[0], 80, 86);
        Assert.Equal(7.56, ocr[1], 0.02); // the leak, as under oligomycin in the protocol's own time
        Assert.InRange(ocr[2], 170, 181);
        Assert.Equal(0, ocr[3], 1e-3);
        Assert.Equal([0, 100, 200, 300], system.Phases(system.Scenarios[0], name => set[name]).Select(p => p.Start));
    }

    private static void SkipUnlessLong() => Assert.SkipUnless(Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1", "Twenty comparisons take minutes; set PROTONMOTIVE_LONG=1 to run them.");

    private static string Name(int step) => steps[step][..steps[step].IndexOf('=', StringComparison.Ordinal)];

    private static int Step(ulong seed) => (int)(new Philox(seed).Uniform(0xFFFF, 0) * steps.Length);

    // Right: the step that was changed is named, or is among those that are not told apart, or nothing is seen; and its interval holds what was done to it. For healthy ones: nothing is seen.
    private (Comparison Comparison, bool IsRight) Verdict(ulong seed, int step, params string[] only)
    {
        var network = system.Build(system.Scenarios[0]);
        var set = ImmutableDictionary<string, double>.Empty;
        double factor = step < 0 ? 1 : Name(step) == "X_H" ? 2 : 0.5;
        if (step >= 0) set = set.Add(Name(step), factor * network.Lower().Parameters.First(p => p.Name == Name(step)).Definition.Value);
        var table = VirtualMeasurements.Draw(network, [system.Assay!.Observe], [.. Enumerable.Range(1, 66).Select(i => system.Assay.Interval * i)], 3, seed, set);
        var problem = Problem(table, only);
        var comparison = LikelihoodComparison.Run(new FitObjective(problem), problem.Explanations, cancellation: TestContext.Current.CancellationToken);
        var own = step < 0 ? null : comparison.Fits.First(f => comparison.Parameters[f.Explanation.Index].Name == Name(step));
        bool isRight = own is null ? !comparison.IsSeen : own.Status != ExplanationStatus.Excluded && own.Holds(comparison.Parameters[own.Explanation.Index].Nominal + Math.Log10(factor));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {(own is null ? "healthy" : own.Explanation.Label)}: {Reports.Fits.ComparisonWords.Verdict(comparison)} {(isRight ? "right" : "WRONG")}"));
        return (comparison, isRight);
    }

    private static FitProblem Problem(MeasurementTable table, string[] only)
    {
        string folder = Directory.CreateTempSubdirectory("impaired-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "trace.csv"), table.ToCsv());
            var explanations = steps.Where(s => only.Length == 0 || only.Any(o => s.StartsWith(o + "=", StringComparison.Ordinal)));
            File.WriteAllText(Path.Combine(folder, "trace.yaml"), $"model: stress-test\ndata: trace.csv\nobserve: '{system.Assay!.Observe}'\none of:\n{string.Concat(explanations.Select(e => $"  - '{e}'\n"))}");
            return MeasurementProblem.Read(Path.Combine(folder, "trace.yaml"), (name, scenario) => system.Build(system.Scenario(scenario)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
