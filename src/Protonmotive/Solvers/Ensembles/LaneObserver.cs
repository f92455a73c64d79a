using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>Sees what happens in the lanes of a block, in order: what an adjoint of its members needs.</summary>
internal abstract unsafe class LaneObserver<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>A member begins in a lane.</summary>
    /// <param name="lane">Which lane.</param>
    /// <param name="member">Its place in the block.</param>
    /// <param name="parameters">Its parameters; valid during the call.</param>
    public abstract void Started(int lane, int member, ReadOnlySpan<double> parameters);

    /// <summary>A trial step was made in every lane.</summary>
    /// <param name="t">Start of each lane's step.</param>
    /// <param name="h">Its length.</param>
    /// <param name="y">States at the start, shape [count][lanes].</param>
    /// <param name="stages">Stages, shape [stages][count][lanes].</param>
    /// <param name="accepted">Lanes where it counts.</param>
    /// <param name="pivoted">Lanes where the matrix of the step needed pivots.</param>
    public abstract void Stepped(TVector t, TVector h, double* y, double* stages, uint accepted, uint pivoted);

    /// <summary>A lane's member is done.</summary>
    /// <param name="lane">Which lane.</param>
    /// <param name="reachedEnd">Whether it got to the end here.</param>
    public abstract void Ended(int lane, bool reachedEnd);

    /// <summary>Whether no further member may begin before <see cref="Emptied"/>.</summary>
    public abstract bool IsFull { get; }

    /// <summary>All members that began are done; the next ones begin afterwards.</summary>
    public abstract void Emptied();
}
