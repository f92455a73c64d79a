namespace Protonmotive.Solvers.Ensembles;

/// <summary>
/// Solves members one at a time by the general integration loop: for systems with events, switches, delays or a mass matrix,
/// for methods without a lane form, and for members that fail in lanes.
/// </summary>
internal sealed class SingleRunner : IBlockRunner, IStepObserver
{
    private readonly EnsembleProblem ensemble;
    private readonly Method method;
    private readonly Tolerance tolerance;
    private readonly OutputTimes output;
    private readonly EnsembleOutputs outputs;
    private readonly MemberStart start;
    private readonly EnsembleOptions options;
    private readonly double[] parameters, state, scales;
    private double reached;

    public SingleRunner(EnsembleProblem ensemble, Method method, Tolerance tolerance, double[] asked, EnsembleOutputs outputs, MemberStart start, EnsembleOptions options)
    {
        (this.ensemble, this.method, this.tolerance, this.outputs, this.start, this.options) = (ensemble, method, tolerance, outputs, start, options);
        var kernel = ensemble.Base.Kernel;
        output = OutputTimes.At(asked) with { IncludesJumps = false };
        parameters = new double[kernel.ParameterCount + kernel.ModeCount];
        state = new double[kernel.Count];
        scales = new double[kernel.Count];
    }

    public void Run(MemberBlock block, CancellationToken cancellation)
    {
        for (int k = 0; k < block.Count; k++) Run(block, k, cancellation);
    }

    /// <summary>Solves one member of a block.</summary>
    public void Run(MemberBlock block, int k, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        reached = ensemble.Base.Start;
        try
        {
            start.Fill(block.First + k, block.Varied(k), parameters, state, scales);
            var solution = Ode.Solve(start.Problem(block.Varied(k), state), method, tolerance, new SolveOptions
            {
                MaximumSteps = options.MaximumSteps, MaximumStep = options.MaximumStep, Seed = options.Seed, Member = (ulong)(block.First + k), Observer = this,
            }, output, cancellation: cancellation);
            block.Steps += solution.Work.Steps + solution.Work.Rejected;
            outputs.Write(solution, block.Rows(k));
        }
        catch (ProtonmotiveException exception)
        {
            block.Fail(k, reached, exception);
        }
    }

    public bool Observe(in StepRecord step)
    {
        reached = step.Time + step.Step;
        return true;
    }

    public void Dispose()
    {
    }
}
