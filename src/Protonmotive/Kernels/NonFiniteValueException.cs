namespace Protonmotive.Kernels;

/// <summary>A parameter or an initial value is NaN or infinite.</summary>
public sealed class NonFiniteValueException : KernelException
{
    internal NonFiniteValueException(string system, string name, double value, string place, string mend)
        : base($"'{name}' is {(double.IsNaN(value) ? "not a number" : value > 0 ? "+infinity" : "-infinity")}.", $"{place} of system '{system}'.", mend)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The quantity.</summary>
    public string Name { get; }

    /// <summary>Its value.</summary>
    public double Value { get; }
}
