namespace Protonmotive.FluxBalance;

/// <summary>A bound that the others leave no room for.</summary>
/// <param name="Id">Reaction or constraint.</param>
/// <param name="IsUpper">Whether it is the upper bound.</param>
/// <param name="Bound">The bound.</param>
/// <param name="Needed">What it would have to be, with the least change of bounds in sum.</param>
public sealed record BoundConflict(string Id, bool IsUpper, double Bound, double Needed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id} {(IsUpper ? "≤" : "≥")} {Bound:g6} would have to be {(IsUpper ? "≤" : "≥")} {Needed:g6}";
}
