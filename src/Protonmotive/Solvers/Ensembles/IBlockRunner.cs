namespace Protonmotive.Solvers.Ensembles;

/// <summary>Solves a block of members; for one thread.</summary>
internal interface IBlockRunner : IDisposable
{
    /// <summary>Solves every member of a block.</summary>
    void Run(MemberBlock block, CancellationToken cancellation);
}
