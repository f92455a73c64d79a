using System.Collections.Immutable;

namespace Protonmotive.Kernels;

/// <summary>Definitions of parameters need each other in a loop.</summary>
public sealed class AlgebraicLoopException : KernelException
{
    internal AlgebraicLoopException(string system, ImmutableArray<string> loop)
        : base(
            $"Parameters are defined by each other: {string.Join(" → ", loop.Add(loop[0]))}.",
            $"definitions of system '{system}'.",
            "Give one of them a number, or solve the equation and write its solution.") => Loop = loop;

    /// <summary>The parameters of the loop; each is needed by the one before it.</summary>
    public ImmutableArray<string> Loop { get; }
}
