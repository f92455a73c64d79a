using System.Collections.Immutable;
using Protonmotive.Atlas;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Reference.Sensitivities;

/// <summary>
/// Derivatives of ledger numbers of the mitochondrion ([Q]) by every parameter and starting value: against differences of ledgers read
/// from solutions, and forward against adjoint; at rest and over the protocol of states 1 to 4, whose events set a parameter and add ADP.
/// </summary>
public class LedgerGradients
{
    private const string Efficiency = "oxidative phosphorylation.efficiency";

    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    /// <summary>[Q] at 3 µM/s of demand: 486.35 W in = 118.28 W dissipated + 368.07 W delivered, 75.7 % (recomputed by an independent code).</summary>
    [Fact]
    public void Powers_at_rest_are_those_of_the_ledger_check()
    {
        var (ledger, start) = Of("atp-demand", "X_H");
        var rest = ledger.AtRest(SettledState.Of(start, 3000, new Tolerance(1e-9), cancellation: cancellation));
        Assert.Equal(486.35, rest.Value("oxidative phosphorylation.input"), 0.01);
        Assert.Equal(118.28, rest.Value("oxidative phosphorylation.dissipated"), 0.01);
        Assert.Equal(368.07, rest.Value("oxidative phosphorylation.delivered"), 0.01);
        Assert.Equal(0.757, rest.Value(Efficiency), 5e-4);
        Assert.Equal(71.4929, rest.Value("C4.dissipated"), 1e-3);
        Assert.True(rest.Value("closure") < 1e-12);
    }

    [Fact]
    public void At_rest_they_are_those_of_differences_and_of_the_adjoint()
    {
        var (ledger, start) = Of("atp-demand");
        var names = Constants(ledger.Kernel);
        var settled = SettledState.Of(start, 3000, new Tolerance(1e-10), cancellation: cancellation);
        var rest = ledger.AtRest(settled);
        string[] numbers = [Efficiency, "oxidative phosphorylation.dissipated", "C1.efficiency", "C4.efficiency", "ANT.efficiency", "ATPase.delivered", "F1F0.work", "supplied.O2"];
        var account = Account.Of(AtlasCatalogue.Systems.Get("atp-demand").Build(AtlasCatalogue.Systems.Get("atp-demand").Scenarios[0]));
        var kernel = account.Compile();

        double[] Powers(string name, double value)
        {
            var problem = new InitialValueProblem(kernel, 0, 3000) { Overrides = ImmutableDictionary<string, double>.Empty.Add(name, value) };
            var found = SteadyState.Find(problem, new Tolerance(1e-12), null, null, cancellation);
            var second = Ode.Solve(problem with { End = 1, InitialState = [.. found.State.Take(kernel.StateCount)] }, new Rodas5P(), new Tolerance(1e-12), OutputTimes.EndOnly, null, cancellation);
            return Read(account.Read(second), numbers);
        }

        Compare(numbers, names, start, Powers, (k, d) => rest.Slope(numbers[k], d), 1e-6);
        foreach (string number in numbers)
        {
            var gradient = ledger.Gradient(number, settled);
            AgreesWithAdjoint(ledger, start, names, gradient, d => rest.Slope(number, d));
        }
    }

    /// <summary>All rates twice as fast leave every concentration at rest as it is, and so every efficiency: slopes by ln of the activities and the demand add up to 0.</summary>
    [Fact]
    public void Slopes_by_all_activities_add_up_to_nothing()
    {
        string[] activities = ["X_DH", "X_C1", "X_C3", "X_C4", "X_F", "E_ANT", "E_PiC", "X_H", "X_AtC"];
        var (ledger, start) = Of("atp-demand", activities);
        var rest = ledger.AtRest(SettledState.Of(start, 3000, new Tolerance(1e-10), cancellation: cancellation));
        double[] slopes = [.. activities.Select((a, d) => start.Parameters[ledger.Kernel.ParameterIndex(a)] * rest.Slope(Efficiency, d))];
        Assert.Equal(0, slopes.Sum(), 1e-8);
        Assert.True(slopes.Max() > 0.01);
        // Powers scale with all of them: their slopes add up to the power itself.
        double[] powers = [.. activities.Select((a, d) => start.Parameters[ledger.Kernel.ParameterIndex(a)] * rest.Slope("C4.dissipated", d))];
        Assert.Equal(rest.Value("C4.dissipated"), powers.Sum(), 1e-5);
    }

    /// <summary>
    /// The protocol sets X_DH at one time, which is a parameter, and ADP at another. A fast transient follows each, through which tangents
    /// are right to about the root of the tolerance: 3e-13 gives the six digits asked for.
    /// </summary>
    [Fact]
    public void Over_states_1_to_4_they_are_those_of_differences_and_of_the_adjoint()
    {
        string[] names = Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1" ? [] : ["substrate_added", "ADP_added", "X_H", "DeltaG0_C4"];
        var (ledger, start) = Of("mitochondrion", names);
        if (names.Length == 0) names = Constants(ledger.Kernel);
        var options = new SensitivityOptions { Tolerance = new Tolerance(3e-13, 3e-17), Method = new Rodas5P() };
        var solution = ForwardSensitivities.Solve(start, 0, 200, [120, 200], options, cancellation);
        var course = ledger.Along(start, 0, solution, 1);
        string[] numbers = [Efficiency, "oxidative phosphorylation.delivered", "C4.efficiency", "leak.dissipated", "supplied", "stored"];
        var system = AtlasCatalogue.Systems.Get("mitochondrion");
        var account = Account.Of(system.Build(system.Scenarios[0]));
        var kernel = account.Compile();

        double[] Energies(string name, double value)
        {
            var problem = new InitialValueProblem(kernel, 0, 200) { Overrides = ImmutableDictionary<string, double>.Empty.Add(name, value) };
            return Read(account.Read(Ode.Solve(problem, new Rodas5P(), new Tolerance(1e-11, 1e-15), OutputTimes.EndOnly, null, cancellation)), numbers);
        }

        Compare(numbers, names, start, Energies, (k, d) => course.Slope(numbers[k], d), 1e-6);
        var adjoint = AdjointSensitivities.Solve(start, 0, 200, [120, 200], options, cancellation);
        foreach (string number in numbers[..2])
            AgreesWithAdjoint(ledger, start, names, ledger.Gradient(number, start, 0, adjoint, 1), d => course.Slope(number, d));

        // The books close whatever the parameters, so the closure has no slope but that of the solver's errors, which are largest for the
        // time of a jump into a fast transient.
        for (int d = 0; d < names.Length; d++) Assert.True(Math.Abs(course.Slope("closure", d) * start.Parameters[ledger.Kernel.ParameterIndex(names[d])]) < (names[d] == "substrate_added" ? 1e-4 : 1e-6), names[d]);
    }

    private static (LedgerSensitivities Ledger, TangentStart Start) Of(string system, params string[] names)
    {
        var chosen = AtlasCatalogue.Systems.Get(system);
        var ledger = new LedgerSensitivities(Account.Of(chosen.Build(chosen.Scenarios[0])));
        return (ledger, TangentStart.Along(ledger.Kernel, names.Length > 0 ? names : Constants(ledger.Kernel)));
    }

    private static string[] Constants(Kernel kernel)
    {
        var values = kernel.Parameters();
        return [.. kernel.System.Parameters.Where((p, i) => p.Definition.IsConstant && values[i] != 0).Select(p => p.Name)];
    }

    private static double[] Read(Ledger ledger, string[] numbers) => [.. numbers.Select(name => name switch
    {
        "supplied" => ledger.Supplied,
        "stored" => ledger.StoredChange,
        _ when name.StartsWith("supplied.", StringComparison.Ordinal) => ledger.Supplies.First(s => "supplied." + s.Name == name).Energy,
        Efficiency => ledger.Boundaries[0].Efficiency!.Value,
        "oxidative phosphorylation.dissipated" => ledger.Boundaries[0].Dissipated,
        "oxidative phosphorylation.delivered" => ledger.Boundaries[0].Delivered,
        _ => ledger.Processes.First(p => name.StartsWith(p.Name + ".", StringComparison.Ordinal)) is var process && name.EndsWith("efficiency", StringComparison.Ordinal) ? process.Efficiency!.Value
            : name.EndsWith("work", StringComparison.Ordinal) ? process.Work!.Value : process.Power,
    })];

    /// <summary>∂number/∂ln p against central differences of fourth order, to a part of the largest slope of that number.</summary>
    private static void Compare(string[] numbers, string[] names, TangentStart start, Func<string, double, double[]> solve, Func<int, int, double> slope, double tolerance)
    {
        const double h = 1e-3;
        var errors = new List<string>();
        double[] largest = [.. numbers.Select((_, k) => names.Select((n, d) => Math.Abs(slope(k, d) * start.Parameters[start.Kernel.ParameterIndex(n)])).Max())];
        for (int d = 0; d < names.Length; d++)
        {
            double p = start.Parameters[start.Kernel.ParameterIndex(names[d])];
            // Potentials, temperatures and pH are large beside what matters in them: smaller steps keep the fourth order.
            double step = names[d] is "R" or "F" or "T" || names[d].StartsWith("DeltaG0", StringComparison.Ordinal) || names[d].StartsWith("pH", StringComparison.Ordinal) ? h / 10 : h;
            double[] up = solve(names[d], p * (1 + step)), down = solve(names[d], p * (1 - step)), far = solve(names[d], p * (1 + (2 * step))), low = solve(names[d], p * (1 - (2 * step)));
            for (int k = 0; k < numbers.Length; k++)
            {
                double difference = ((8 * (up[k] - down[k])) - (far[k] - low[k])) / (12 * step), own = slope(k, d) * p;
                if (!(Math.Abs(own - difference) <= tolerance * largest[k])) errors.Add($"{numbers[k]} by ln {names[d]}: {own:g9}, differences {difference:g9}, largest {largest[k]:g3}");
            }
        }
        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }

    // Both are exact derivatives of the same numbers: they differ by rounding, amplified by the conditions of the solves.
    private static void AgreesWithAdjoint(LedgerSensitivities ledger, TangentStart start, string[] names, AdjointGradient gradient, Func<int, double> slope)
    {
        double[] given = TangentStart.PullBack(ledger.Kernel, start.Parameters, names, gradient.Parameters, gradient.InitialState);
        double[] p = [.. names.Select(n => start.Parameters[ledger.Kernel.ParameterIndex(n)])];
        double largest = names.Select((_, d) => Math.Abs(slope(d) * p[d])).Max();
        for (int d = 0; d < names.Length; d++) Assert.True(Math.Abs((slope(d) - given[ledger.Kernel.ParameterIndex(names[d])]) * p[d]) <= 1e-8 * largest, $"{names[d]}: {slope(d):g9} and {given[ledger.Kernel.ParameterIndex(names[d])]:g9}");
    }
}
