namespace Protonmotive.Kernels.Lanes;

/// <summary>The programs of a kernel for several members side by side; one set a width, shared by all threads.</summary>
internal sealed class LanePrograms
{
    /// <summary>Makes the programs of a width.</summary>
    public LanePrograms(RunPrograms run, int lanes, KernelBackend backend)
    {
        Run = run;
        Lanes = lanes;
        Prologue = Program(run.Prologue.Text);
        Rates = Program(run.Rates.Text);
        TimeDerivative = run.TimeDerivative.Text.Tape.Count == 0 ? null : Program(run.TimeDerivative.Text);
        Jacobian = Program(run.JacobianValues.Text);
        if (lanes <= 4 || run.Plan.Instructions <= LaneWidth.WideLimit)
        {
            Factors = run.FactorsText is { } factors ? Program(factors) : null;
            Solution = run.SolutionText is { } solution ? Program(solution) : null;
            Excess = run.ExcessText is { } excess ? Program(excess) : null;
        }

        // A width of one shares machine code with the plain kernel.
        if (lanes == 1) (Rates, Jacobian) = (run.Rates.Program, run.JacobianValues.Program);
        if (lanes == 1 && run.FactorsText is not null) (Factors, Solution, Excess) = (run.Factors, run.Solution, run.Excess);

        Executable Program(ProgramText text) => !text.IsWorthCompiling || backend == KernelBackend.Interpreted
            ? text.Interpret(lanes)
            : backend == KernelBackend.Compiled ? text.Compile(lanes, Environment.ProcessorCount) : new TieredProgram(text.Interpret(lanes), text, lanes);
    }

    /// <summary>What they were made from: layout, plan.</summary>
    public RunPrograms Run { get; }

    /// <summary>Members side by side.</summary>
    public int Lanes { get; }

    /// <summary>What parameters alone fix.</summary>
    public Executable Prologue { get; }

    /// <summary>f.</summary>
    public Executable Rates { get; }

    /// <summary>∂f/∂t; null where f does not depend on time.</summary>
    public Executable? TimeDerivative { get; }

    /// <summary>∂f/∂y.</summary>
    public Executable Jacobian { get; }

    /// <summary>W to its factors; null where loops over index lists do.</summary>
    public Executable? Factors { get; }

    /// <summary>Right-hand side to solution; null where loops over index lists do.</summary>
    public Executable? Solution { get; }

    /// <summary>How far a solution fails its equations; null where loops over index lists do.</summary>
    public Executable? Excess { get; }
}
