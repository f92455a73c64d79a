using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Sensitivities;

/// <summary>Losses of an ensemble's members, with their gradients.</summary>
public sealed record EnsembleGradient
{
    private readonly double[] losses, parameters, states;

    internal EnsembleGradient(Kernel kernel, long first, long count, string form)
    {
        Kernel = kernel;
        First = first;
        Count = count;
        Form = form;
        losses = new double[count];
        parameters = new double[count * kernel.ParameterCount];
        states = new double[count * kernel.Count];
    }

    /// <summary>The system.</summary>
    public Kernel Kernel { get; }

    /// <summary>First member.</summary>
    public long First { get; }

    /// <summary>Number of members.</summary>
    public long Count { get; }

    /// <summary>How members were solved.</summary>
    public string Form { get; }

    /// <summary>Members that failed; their loss is NaN and their gradients 0.</summary>
    public ImmutableArray<MemberFailure> Failures { get; init; } = [];

    /// <summary>The loss of each member, shape [Count].</summary>
    public ReadOnlySpan<double> Losses => losses;

    /// <summary>A member's gradient by each parameter alone, shape [ParameterCount]; <see cref="TangentStart.PullBack"/> follows what depends on them.</summary>
    public ReadOnlySpan<double> ByParameters(long member) => Parameters(member);

    /// <summary>A member's gradient by its initial state, shape [Count of the kernel].</summary>
    public ReadOnlySpan<double> ByInitialState(long member) => States(member);

    internal ref double Loss(long member) => ref losses[member - First];

    internal Span<double> Parameters(long member) => parameters.AsSpan((int)(member - First) * Kernel.ParameterCount, Kernel.ParameterCount);

    internal Span<double> States(long member) => states.AsSpan((int)(member - First) * Kernel.Count, Kernel.Count);
}
