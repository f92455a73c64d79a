namespace Protonmotive.FluxBalance;

/// <summary>A flux balance problem that can't be posed or solved: no such objective, a term that is not convex, bounds that contradict each other.</summary>
public sealed class FluxBalanceException : ProtonmotiveException
{
    /// <inheritdoc/>
    public FluxBalanceException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
