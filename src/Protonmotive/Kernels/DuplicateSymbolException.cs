namespace Protonmotive.Kernels;

/// <summary>Two quantities of a system have the same name.</summary>
public sealed class DuplicateSymbolException : KernelException
{
    internal DuplicateSymbolException(string system, string symbol)
        : base($"Two quantities are called '{symbol}'.", $"states, parameters and modes of system '{system}'.", "Rename one of them.") => Symbol = symbol;

    /// <summary>The name.</summary>
    public string Symbol { get; }
}
