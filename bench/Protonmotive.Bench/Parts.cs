using BenchmarkDotNet.Attributes;
using Protonmotive.Bench.Peers;
using Protonmotive.Kernels;
using Protonmotive.Solvers;

namespace Protonmotive.Bench;

/// <summary>The parts of a stiff step, one by one: what a solve spends its time on. Interpreted and compiled rates are the scale.</summary>
[MemoryDiagnoser]
public class Parts
{
    private const double Shift = 1e3, LargestResidual = 1e-9;

    private KernelInstance instance = null!, interpreted = null!;
    private InitialValueProblem problem = null!;
    private Stepper stepper = null!;
    private Tolerance tolerance;
    private double stepSize;
    private double[] y = [], f = [], b = [], next = [], error = [];

    /// <summary>The problem; networks are found as <c>peers</c> finds them.</summary>
    [ParamsSource(nameof(Problems))]
    public string Problem { get; set; } = "";

    /// <summary>Names of the problems that can be made here.</summary>
    public static IEnumerable<string> Problems => PeerProblem.All(PeersOptions.DefaultNetworks()).Select(p => p.Name);

    /// <summary>Compiles the problem, and checks that its parts are right: rates as interpreted, W·x = b to rounding.</summary>
    /// <exception cref="InvalidOperationException">They are not.</exception>
    [GlobalSetup]
    public void Prepare()
    {
        var peer = PeerProblem.All(PeersOptions.DefaultNetworks()).Single(p => p.Name == Problem);
        var system = peer.System();
        var kernel = Kernel.Compile(system, KernelBackend.Compiled);
        var parameters = kernel.Parameters();
        y = kernel.InitialState(parameters);
        (f, b, next, error) = (new double[y.Length], new double[y.Length], new double[y.Length], new double[y.Length]);
        instance = kernel.Bind(parameters);
        interpreted = Kernel.Compile(system, KernelBackend.Interpreted).Bind(parameters);
        problem = new InitialValueProblem(kernel, 0, peer.End);
        tolerance = new Tolerance(1e-4, 1e-4 * peer.AbsoluteFactor);
        var state = Ode.Solve(new InitialValueProblem(kernel, 0, peer.End / 10), new Rodas5P(), tolerance, OutputTimes.EndOnly);
        stepSize = peer.End / 100;
        y = state.FinalState;
        var own = kernel.Bind(parameters);
        stepper = new Rodas5P().CreateStepper(own, new ErrorNorm(tolerance, kernel.AbsoluteScales(y, parameters), kernel.ScaleIndices, kernel.StateCount));
        Check();
    }

    /// <summary>f, one instruction at a time.</summary>
    [Benchmark(Baseline = true)]
    public void RatesInterpreted() => interpreted.Rates(0, y, f);

    /// <summary>f.</summary>
    [Benchmark]
    public void Rates() => instance.Rates(0, y, f);

    /// <summary>∂f/∂y.</summary>
    [Benchmark]
    public void Jacobian() => instance.EvaluateJacobian(0, y);

    /// <summary>W to its factors.</summary>
    [Benchmark]
    public bool Factorisation() => instance.Factorize(Shift);

    /// <summary>One solution with the factors.</summary>
    [Benchmark]
    public void LinearSolution()
    {
        Array.Fill(b, 1);
        instance.Solve(b);
    }

    /// <summary>One step of Rodas5P, of a hundredth of the span.</summary>
    [Benchmark]
    public bool Step()
    {
        stepper.Invalidate();
        return stepper.TryStep(0, y, stepSize, next, error);
    }

    /// <summary>A whole solve at a relative tolerance of 1e-4.</summary>
    [Benchmark]
    public Solution Solve() => Ode.Solve(problem, new Rodas5P(), tolerance, OutputTimes.EndOnly);

    private void Check()
    {
        var plain = new double[y.Length];
        interpreted.Rates(0, y, plain);
        instance.Rates(0, y, f);
        if (!plain.AsSpan().SequenceEqual(f)) throw new InvalidOperationException($"{Problem}: compiled rates differ from interpreted ones.");
        instance.EvaluateJacobian(0, y);
        instance.Factorize(Shift);
        LinearSolution();
        instance.MultiplyByJacobian(b, next);
        double largest = b.Max(Math.Abs), scale = Math.Max(1, Shift * largest);
        for (int i = 0; i < b.Length; i++)
            if (!(Math.Abs((Shift * b[i]) - next[i] - 1) < LargestResidual * (scale + Math.Abs(next[i])))) throw new InvalidOperationException($"{Problem}: W·x differs from b in row {i}.");
    }
}
