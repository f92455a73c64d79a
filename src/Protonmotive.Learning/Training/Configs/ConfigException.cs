namespace Protonmotive.Learning.Training.Configs;

/// <summary>A file of a training says something that can't be done.</summary>
public sealed class ConfigException : ProtonmotiveException
{
    /// <inheritdoc/>
    public ConfigException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
