namespace Protonmotive.Sensitivities;

/// <summary>An analysis of how a result depends on its inputs that can't be carried out.</summary>
public sealed class SensitivityException : ProtonmotiveException
{
    /// <summary>Makes the error from its three parts.</summary>
    public SensitivityException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
