using System.Collections.Immutable;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Sensitivities;

/// <summary>The numbers of a ledger with their derivatives along some directions.</summary>
public sealed class LedgerTangents
{
    private readonly double[] values;
    private readonly double[,] tangents;

    internal LedgerTangents(ImmutableArray<LedgerNumber> numbers, double[] values, double[,] tangents) => (Numbers, this.values, this.tangents) = (numbers, values, tangents);

    /// <summary>The numbers.</summary>
    public ImmutableArray<LedgerNumber> Numbers { get; }

    /// <summary>Number of directions.</summary>
    public int Directions => tangents.GetLength(1);

    /// <summary>The value of a number; NaN where it has no meaning.</summary>
    public double Value(int number) => values[number];

    /// <summary>Its derivative along a direction.</summary>
    public double Slope(int number, int direction) => tangents[number, direction];

    /// <summary>The value of a number by name.</summary>
    /// <exception cref="SensitivityException">There is none.</exception>
    public double Value(string name) => values[Index(name)];

    /// <summary>The derivative of a number by name along a direction.</summary>
    /// <exception cref="SensitivityException">There is none.</exception>
    public double Slope(string name, int direction) => tangents[Index(name), direction];

    private int Index(string name)
    {
        for (int k = 0; k < Numbers.Length; k++) if (Numbers[k].Name == name) return k;
        throw new SensitivityException($"The ledger has no number '{name}'.", "numbers of a ledger", $"It has {string.Join(", ", Numbers.Take(12).Select(n => n.Name))}{(Numbers.Length > 12 ? ", …" : "")}.");
    }
}
