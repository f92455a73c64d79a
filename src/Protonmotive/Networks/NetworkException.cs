namespace Protonmotive.Networks;

/// <summary>A network that can't be built or lowered.</summary>
public sealed class NetworkException : ProtonmotiveException
{
    /// <inheritdoc/>
    public NetworkException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }

    internal static NetworkException UnknownPotential(Store store, Process process) => new(
        $"The flux law of '{process.Name}' needs the potential of '{store.Name}', which is unknown.",
        $"process {process.Name}: {process.Equation}",
        $"Give '{store.Name}' a standard potential, or use a law that needs none.");
}
