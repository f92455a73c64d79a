namespace Protonmotive.Reports.Scans;

/// <summary>A scan that can't be begun, gone on with or written.</summary>
public sealed class ScanException : ProtonmotiveException
{
    /// <summary>Makes the error from its three parts.</summary>
    public ScanException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
