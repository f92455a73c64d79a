using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Kernels.Derivatives;

/// <summary>The programs of a kernel's derivatives ready to run at one width; one set a width, shared by all threads.</summary>
internal sealed class DerivativeLanePrograms
{
    /// <summary>Makes the programs of a width.</summary>
    public DerivativeLanePrograms(DerivativePrograms programs, LanePrograms lanes, KernelBackend backend)
    {
        Programs = programs;
        Lanes = lanes;
        RatesTangent = Hot(programs.RatesTangent);
        RatesAdjoint = Hot(programs.RatesAdjoint);
        JacobianTangent = Hot(programs.JacobianTangent);
        JacobianAdjoint = Hot(programs.JacobianAdjoint);
        TimeDerivativeTangent = programs.TimeDerivativeTangent is { } tangent ? Hot(tangent) : null;
        TimeDerivativeAdjoint = programs.TimeDerivativeAdjoint is { } adjoint ? Hot(adjoint) : null;
        ObservablesTangent = Hot(programs.ObservablesTangent);
        ObservablesAdjoint = Hot(programs.ObservablesAdjoint);
        Observables = Hot(programs.Run.Observables.Text);
        PrologueTangent = Hot(programs.PrologueTangent);
        PrologueAdjoint = Hot(programs.PrologueAdjoint);
        if (lanes.Solution is not null && programs.TransposedSolution is { } transposed) TransposedSolution = Hot(transposed);

        Executable Hot(ProgramText text) => !text.IsWorthCompiling || backend == KernelBackend.Interpreted
            ? text.Interpret(lanes.Lanes)
            : backend == KernelBackend.Compiled ? text.Compile(lanes.Lanes, Environment.ProcessorCount) : new TieredProgram(text.Interpret(lanes.Lanes), text, lanes.Lanes);
    }

    /// <summary>What they were made from.</summary>
    public DerivativePrograms Programs { get; }

    /// <summary>The programs that run, at the same width.</summary>
    public LanePrograms Lanes { get; }

    /// <summary>As <see cref="DerivativePrograms.RatesTangent"/>.</summary>
    public Executable RatesTangent { get; }

    /// <summary>As <see cref="DerivativePrograms.RatesAdjoint"/>.</summary>
    public Executable RatesAdjoint { get; }

    /// <summary>As <see cref="DerivativePrograms.JacobianTangent"/>.</summary>
    public Executable JacobianTangent { get; }

    /// <summary>As <see cref="DerivativePrograms.JacobianAdjoint"/>.</summary>
    public Executable JacobianAdjoint { get; }

    /// <summary>As <see cref="DerivativePrograms.TimeDerivativeTangent"/>.</summary>
    public Executable? TimeDerivativeTangent { get; }

    /// <summary>As <see cref="DerivativePrograms.TimeDerivativeAdjoint"/>.</summary>
    public Executable? TimeDerivativeAdjoint { get; }

    /// <summary>The observables.</summary>
    public Executable Observables { get; }

    /// <summary>As <see cref="DerivativePrograms.ObservablesTangent"/>.</summary>
    public Executable ObservablesTangent { get; }

    /// <summary>As <see cref="DerivativePrograms.ObservablesAdjoint"/>.</summary>
    public Executable ObservablesAdjoint { get; }

    /// <summary>As <see cref="DerivativePrograms.PrologueTangent"/>.</summary>
    public Executable PrologueTangent { get; }

    /// <summary>As <see cref="DerivativePrograms.PrologueAdjoint"/>.</summary>
    public Executable PrologueAdjoint { get; }

    /// <summary>As <see cref="DerivativePrograms.TransposedSolution"/>.</summary>
    public Executable? TransposedSolution { get; }
}
