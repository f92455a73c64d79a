using CsCheck;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Tests.Unit.Networks;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Property.Networks;

/// <summary>J = M·A runs downhill whatever its weights, as solvers and ledgers see it.</summary>
public class LearnedLawsKeepTheSecondLaw
{
    private static readonly Kernel mobility = Kernel.Compile(LearnedSystems.Exchange(LearnedForm.Mobility).Lower());
    private static readonly Account account = Account.Of(LearnedSystems.Exchange(LearnedForm.Mobility));
    private static readonly Kernel ledgers = account.Compile();
    private static readonly string[] weights = [.. mobility.System.Parameters.Select(p => p.Name).Where(n => n.StartsWith("n_", StringComparison.Ordinal))];

    private static Gen<Dictionary<string, double>> Weights(double reach) =>
        Gen.Double[-reach, reach].Array[weights.Length].Select(v => weights.Zip(v).ToDictionary(w => w.First, w => w.Second));

    [Fact]
    public void At_random_weights_and_states_in_the_compiled_kernel() =>
        Gen.Select(Weights(20), Gen.Double[-12, 2].Array[2]).Sample((w, logs) =>
        {
            var sample = PowerSample.Of(mobility, "ex", mobility.Parameters(w), [[.. logs.Select(l => Math.Pow(10, l))]]);
            Assert.Equal(0, sample.Violations);
            Assert.True(sample.LeastPower >= 0);
        }, iter: 2000);

    [Fact]
    public void In_the_ledger_of_a_run_at_random_weights() =>
        Weights(3).Sample(w =>
        {
            var ledger = account.Read(Ode.Solve(new InitialValueProblem(ledgers, 0, 5) { Overrides = System.Collections.Immutable.ImmutableDictionary.CreateRange(w) }, new Rodas5P(), new Tolerance(1e-8)));
            Assert.True(ledger.Processes[0].Power >= 0);
            Assert.InRange(ledger.ClosureResidual, 0, 1e-7); // ten times the tolerance
        }, iter: 30);
}
