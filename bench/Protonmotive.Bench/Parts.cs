using BenchmarkDotNet.Attributes;
using Protonmotive.Bench.Peers;
using Protonmotive.Kernels;
using Protonmotive.Solvers;

namespace Protonmotive.Bench;

/// <summary>The parts of a stiff step, one by one: what a solve spends its time on.</summary>
public class Parts
{
    private KernelInstance instance = null!;
    private InitialValueProblem problem = null!;
    private double[] y = [], f = [], b = [];

    /// <summary>The problem; files are looked for in the folder that PROTONMOTIVE_NETWORKS names.</summary>
    [ParamsSource(nameof(Problems))]
    public string Problem { get; set; } = "";

    /// <summary>Names of the problems that can be made here.</summary>
    public static IEnumerable<string> Problems => PeerProblem.All(Environment.GetEnvironmentVariable("PROTONMOTIVE_NETWORKS")).Select(p => p.Name);

    /// <summary>Compiles the problem.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var peer = PeerProblem.All(Environment.GetEnvironmentVariable("PROTONMOTIVE_NETWORKS")).Single(p => p.Name == Problem);
        var kernel = Kernel.Compile(peer.System(), KernelBackend.Compiled);
        var parameters = kernel.Parameters();
        y = kernel.InitialState(parameters);
        f = new double[y.Length];
        b = new double[y.Length];
        instance = kernel.Bind(parameters);
        instance.EvaluateJacobian(0, y);
        instance.Factorize(1e3);
        problem = new InitialValueProblem(kernel, 0, peer.End);
    }

    /// <summary>f.</summary>
    [Benchmark]
    public void Rates() => instance.Rates(0, y, f);

    /// <summary>∂f/∂y.</summary>
    [Benchmark]
    public void Jacobian() => instance.EvaluateJacobian(0, y);

    /// <summary>W to its factors.</summary>
    [Benchmark]
    public bool Factorisation() => instance.Factorize(1e3);

    /// <summary>One solution with the factors.</summary>
    [Benchmark]
    public void LinearSolution()
    {
        Array.Fill(b, 1);
        instance.Solve(b);
    }

    /// <summary>A whole solve at a relative tolerance of 1e-4.</summary>
    [Benchmark]
    public Solution Solve() => Ode.Solve(problem, new Rodas5P(), new Tolerance(1e-4, 1e-8), OutputTimes.EndOnly);
}
