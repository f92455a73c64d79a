namespace Protonmotive.Formats.Measurements;

/// <summary>A table of measurements, or its mapping to a model, that can't be used: what is wrong, in which file, line and column, and how to mend it.</summary>
public sealed class MeasurementException : ProtonmotiveException
{
    /// <inheritdoc/>
    public MeasurementException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
