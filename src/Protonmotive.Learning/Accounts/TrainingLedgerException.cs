namespace Protonmotive.Learning.Accounts;

/// <summary>The account of a training can't be kept.</summary>
public sealed class TrainingLedgerException : ProtonmotiveException
{
    /// <inheritdoc/>
    public TrainingLedgerException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }

    /// <summary>Whether a number of the training is no longer finite.</summary>
    internal bool IsNonFinite { get; init; }
}
