namespace Protonmotive.Kernels;

/// <summary>An equation uses a symbol that nothing defines, or that may not stand there.</summary>
public sealed class UndefinedSymbolException : KernelException
{
    internal UndefinedSymbolException(string system, string symbol, string equation, IReadOnlyList<string> near)
        : base(
            $"The symbol '{symbol}' is not defined.",
            $"{equation}, in system '{system}'.",
            NearNames.Question(near, $"Declare '{symbol}' as a state, parameter or mode; initial values and definitions may use parameters and time only."))
    {
        Symbol = symbol;
        Equation = equation;
    }

    /// <summary>The symbol.</summary>
    public string Symbol { get; }

    /// <summary>The equation it stands in.</summary>
    public string Equation { get; }
}
