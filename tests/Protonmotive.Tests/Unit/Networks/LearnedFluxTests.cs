using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Unit.Networks;

public class LearnedFluxTests
{
    [Fact]
    public void Perceptron_computes_the_sums_and_activations_of_its_definition()
    {
        var b = new NetworkBuilder("one net");
        var x = b.Parameter("x", 0.3);
        var net = b.Perceptron("n", [LearnedInput.Linear(x, 0.1, 2), LearnedInput.Logarithmic(x, 1, 1e-9)], [3, 2], outputs: 2, Activation.Tanh, seed: 7);
        Assert.Equal((3 * 2) + 3 + (2 * 3) + 2 + (2 * 2) + 2, net.Weights.Length);
        Assert.Equal("2-3-2-2 tanh, 23 weights", net.ToString());
        var w = net.Weights.ToDictionary(p => p.Name, p => p.Value.Value);
        double[] z = [(0.3 - 0.1) / 2, Math.Log(0.3)];
        foreach (var (layer, size) in new[] { (1, 3), (2, 2), (3, 2) })
        {
            z = [.. Enumerable.Range(1, size).Select(i =>
            {
                double u = w[$"n_b{layer}_{i}"] + z.Select((v, j) => w[$"n_w{layer}_{i}_{j + 1}"] * v).Sum();
                return layer == 3 ? u : Math.Tanh(u);
            })];
        }
        for (int i = 0; i < 2; i++) Assert.Equal(z[i], net.Outputs[i].Evaluate(name => name == "x" ? 0.3 : w[name]), 1e-12);
    }

    [Fact]
    public void Weights_follow_the_seed()
    {
        static double[] Draw(ulong seed) => [.. new NetworkBuilder("m").Perceptron("n", [LearnedInput.Linear(1.5, 0, 1)], [4], seed: seed).Weights.Select(p => p.Value.Value)];
        Assert.Equal(Draw(3), Draw(3));
        Assert.NotEqual(Draw(3), Draw(4));
        Assert.All(Draw(5), w => Assert.InRange(Math.Abs(w), 0, Math.Sqrt(6.0 / 5)));
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(0)]
    [InlineData(-1e-20)] // an empty store after a rounding
    public void Logarithmic_input_is_finite_at_and_below_zero(double q)
    {
        double value = LearnedInput.Logarithmic(Expression.Symbol("q"), 1e-3, 1e-9, 2).Normalised.Evaluate(_ => q);
        if (q > 0) Assert.Equal(0, value, 1e-12);
        else Assert.Equal(-Math.Log(1e6) / 2, value, 1e-9);
    }

    [Fact]
    public void Softplus_neither_overflows_nor_turns_negative()
    {
        var b = new NetworkBuilder("m");
        var net = b.Perceptron("n", [LearnedInput.Linear(Expression.Symbol("x"), 0, 1)], []);
        var mobility = new Mobility(net, 1);
        double At(double u) => mobility.Value.Evaluate(name => name switch { "x" => u, "n_w1_1_1" => 1, _ => 0 });
        Assert.Equal(Math.Log(2), At(0), 1e-15);
        Assert.Equal(5000, At(5000));
        Assert.Equal(0, At(-5000));
    }

    [Fact]
    public void Audit_proves_the_mobility_and_names_the_free_form()
    {
        var report = Audit.Check(LearnedSystems.Exchange(LearnedForm.Mobility));
        Assert.Equal(Verdict.Proved, report.Processes[0].Verdict);
        Assert.Contains("Φ = M·A² ≥ 0", report.Processes[0].Reason, StringComparison.Ordinal);
        Assert.Contains("1-4-1 tanh, 13 weights", report.Processes[0].Reason, StringComparison.Ordinal);
        var free = Audit.Check(LearnedSystems.Exchange(LearnedForm.Free));
        Assert.Equal(Verdict.Violated, free.Processes[0].Verdict);
        Assert.StartsWith("learned, free form (1-4-1 tanh, 13 weights): nothing holds it to the second law: ", free.Processes[0].Reason, StringComparison.Ordinal);
        Assert.Contains("Φ = M·A² ≥ 0", AuditText.Print(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Ledger_says_what_the_form_proves_and_its_books_close()
    {
        var account = Account.Of(LearnedSystems.Exchange(LearnedForm.Mobility));
        var ledger = account.Read(Ode.Solve(new InitialValueProblem(account.Compile(), 0, 50), new Rodas5P(), new Tolerance(1e-8)));
        Assert.True(ledger.Processes[0].Power > 0);
        Assert.InRange(ledger.ClosureResidual, 0, 1e-7);
        Assert.Contains("ex: learned: J = M·A with M ≥ 0 for every weight", ledger.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Coupled_mobility_drives_one_process_uphill_and_dissipates_in_sum()
    {
        var network = LearnedSystems.Coupled();
        var kernel = Kernel.Compile(network.Lower());
        int Index(string name) => kernel.System.Observables.Select((o, i) => (o.Name, i)).First(o => o.Name == name).i;
        int j1 = Index("down"), j2 = Index("up"), a1 = Index("affinity.down"), a2 = Index("affinity.up");
        var parameters = kernel.Parameters();
        var instance = kernel.Bind(parameters);
        var values = new double[kernel.System.Observables.Length];
        var random = new Philox(11);
        bool uphill = false;
        for (uint k = 0; k < 2000; k++)
        {
            double[] state = [.. Enumerable.Range(0, kernel.StateCount).Select(i => Math.Exp(6 * (random.Uniform(k, (uint)i) - 0.5)))];
            instance.Observables(0, state, values);
            double first = values[j1] * values[a1], second = values[j2] * values[a2];
            Assert.True(first + second >= -1e-12 * (Math.Abs(first) + Math.Abs(second))); // rounding of a sum of two products
            uphill |= second < 0;
        }
        Assert.True(uphill);
        Assert.All(Audit.Check(network).Processes, p => Assert.Contains("ΣΦ = |Lᵀ·A|² ≥ 0", p.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Coupled_mobility_without_one_of_its_processes_is_refused()
    {
        var b = LearnedSystems.Stores("halved");
        var net = b.Perceptron("n", [LearnedInput.Linear(Expression.Symbol("A"), 1, 1)], [2], outputs: 3);
        b.Process("down", ProcessKind.Reaction, "A <-> B", FluxLaw.Learned(new MobilityMatrix(net, ["down", "up"], [1e-4, 1e-4])));
        Assert.Contains("row for 'up'", Assert.Throws<NetworkException>(b.Build).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_potentials_are_refused_by_name()
    {
        var b = new NetworkBuilder("m");
        var cell = b.Compartment("cell", 1);
        b.Species("A", cell, 1);
        b.Species("B", cell, 1);
        b.Process("ex", ProcessKind.Reaction, "A <-> B", FluxLaw.Learned(new Mobility(b.Perceptron("n", [LearnedInput.Linear(Expression.Symbol("A"), 1, 1)], []), 1)));
        Assert.Contains("'A'", Assert.Throws<NetworkException>(() => b.Build().Lower()).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_by_weights_are_those_of_differences()
    {
        var network = LearnedSystems.Exchange(LearnedForm.Mobility);
        var kernel = Kernel.Compile(network.Lower());
        string[] names = [.. network.Parameters.Where(p => p.Name.StartsWith("n_", StringComparison.Ordinal)).Select(p => p.Name)];
        var options = new SensitivityOptions { Tolerance = new Tolerance(1e-10, 1e-13) };
        double Loss(Dictionary<string, double> given) => AdjointSensitivities.Solve(TangentStart.Of(kernel, given, []), 0, 5, [5], options).State(0)[1];
        var start = TangentStart.Of(kernel, new Dictionary<string, double>(), []);
        var gradient = AdjointSensitivities.Solve(start, 0, 5, [5], options).Gradient([0, 1]);
        foreach (var name in names)
        {
            double at = network.Parameters.Single(p => p.Name == name).Value.Value, h = 1e-4;
            double difference = (Loss(new() { [name] = at + h }) - Loss(new() { [name] = at - h })) / (2 * h);
            Assert.Equal(difference, gradient.Parameters[kernel.ParameterIndex(name)], 1e-7); // central differences: O(h²) and 1e-10/h
        }
    }
}
