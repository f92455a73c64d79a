namespace Protonmotive.Kernels;

/// <summary>A value was given for a parameter that the system does not have.</summary>
public sealed class UnknownParameterException : KernelException
{
    internal UnknownParameterException(string system, string name, IReadOnlyList<string> near)
        : base(
            $"There is no parameter '{name}'.",
            $"values given for system '{system}'.",
            NearNames.Question(near, "Ask the system for its parameters; states are set by their initial values.")) => Name = name;

    /// <summary>The name that was given.</summary>
    public string Name { get; }
}
