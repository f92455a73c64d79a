namespace Protonmotive.Learning.Data;

/// <summary>A data set is missing, or a file of one is damaged.</summary>
public sealed class DataException : ProtonmotiveException
{
    /// <inheritdoc/>
    public DataException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
