using Protonmotive.Kernels.Lanes;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>Solves a block of members in lanes, and carries their losses' gradients back.</summary>
internal sealed class AdjointRunner<TLanes, TVector> : IBlockRunner
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly LaneAdjoint<TLanes, TVector> adjoint;
    private readonly LaneRunner<TLanes, TVector> runner;
    private readonly EnsembleLoss loss;
    private readonly EnsembleGradient result;
    private readonly SingleAdjoint single;
    private readonly int numbers;

    public AdjointRunner(EnsembleRun run, EnsembleProblem problem, EnsembleOptions options, EnsembleLoss loss, EnsembleGradient result, SingleAdjoint single)
    {
        (this.loss, this.result, this.single) = (loss, result, single);
        numbers = run.Times.Length * run.Names.Length;
        adjoint = new LaneAdjoint<TLanes, TVector>(run, problem.Base, options.PathMemory);
        runner = run.CreateRunner(adjoint);
    }

    public void Run(MemberBlock block, CancellationToken cancellation)
    {
        var completed = new HashSet<int>();
        adjoint.Begin(Seed, (k, parameters, state) =>
        {
            parameters.CopyTo(result.Parameters(block.First + k));
            state.CopyTo(result.States(block.First + k));
            completed.Add(k);
        });
        runner.Run(block, cancellation);
        for (int k = 0; k < block.Count; k++) if (!completed.Contains(k) && block.Failure(k) is null) single.Run(block, k, cancellation);

        double[] Seed(int k)
        {
            var seed = new double[numbers];
            result.Loss(block.First + k) = loss(block.First + k, block.Rows(k), seed);
            return seed;
        }
    }

    public void Dispose()
    {
        runner.Dispose();
        adjoint.Dispose();
        single.Dispose();
    }
}

/// <summary>Solves members one by one, each with its adjoint: for systems and members that lanes do not take.</summary>
internal sealed class SingleAdjoint(EnsembleRun run, EnsembleProblem problem, Tolerance tolerance, EnsembleOptions options, EnsembleLoss loss, EnsembleGradient result) : IBlockRunner
{
    public void Run(MemberBlock block, CancellationToken cancellation)
    {
        for (int k = 0; k < block.Count; k++) Run(block, k, cancellation);
    }

    /// <summary>One member of a block.</summary>
    public void Run(MemberBlock block, int k, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var kernel = problem.Base.Kernel;
        try
        {
            double[] parameters = new double[kernel.ParameterCount + kernel.ModeCount], state = new double[kernel.Count], scales = new double[kernel.Count];
            run.Start.Fill(block.First + k, block.Varied(k), parameters, state, scales);
            var sensitivity = new SensitivityOptions { Method = run.Method, Tolerance = tolerance, MaximumSteps = options.MaximumSteps };
            var solution = AdjointSensitivities.Solve(new TangentStart(kernel, 0, parameters, state), problem.Base.Start, problem.Base.End, run.Times, sensitivity, cancellation);
            block.Steps += solution.Work.Steps + solution.Work.Rejected;
            int width = run.Names.Length, times = run.Times.Length, observables = kernel.System.Observables.Length;
            var rows = block.Rows(k);
            for (int row = 0; row < times; row++) run.Outputs.Write(solution.State(row), solution.Observables(row), rows.Slice(row * width, width));
            double[] seed = new double[times * width], byStates = new double[times * kernel.Count], byObservables = new double[times * observables];
            result.Loss(block.First + k) = loss(block.First + k, rows, seed);
            for (int row = 0; row < times; row++)
            {
                for (int o = 0; o < width; o++)
                {
                    int source = run.Outputs.Sources[o];
                    if (source >= 0) byStates[(row * kernel.Count) + source] += seed[(row * width) + o];
                    else byObservables[(row * observables) + ~source] += seed[(row * width) + o];
                }
            }
            var gradient = solution.Gradient(byStates, byObservables);
            gradient.Parameters.CopyTo(result.Parameters(block.First + k));
            gradient.InitialState.CopyTo(result.States(block.First + k));
        }
        catch (ProtonmotiveException exception)
        {
            block.Fail(k, problem.Base.Start, exception);
        }
    }

    public void Dispose()
    {
    }
}
