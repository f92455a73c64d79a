using System.Collections.Immutable;

namespace Protonmotive.Sensitivities;

/// <summary>Derivatives of several results by several inputs, plain and scaled.</summary>
public sealed class CoefficientTable
{
    private readonly double[,] unscaled, scaled;

    internal CoefficientTable(string name, ImmutableArray<string> rows, ImmutableArray<string> columns, double[,] unscaled, double[,] scaled)
    {
        Name = name;
        Rows = rows;
        Columns = columns;
        this.unscaled = unscaled;
        this.scaled = scaled;
    }

    /// <summary>What they are.</summary>
    public string Name { get; }

    /// <summary>The results y.</summary>
    public ImmutableArray<string> Rows { get; }

    /// <summary>The inputs x.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>∂y/∂x, in the unit of the result over that of the input.</summary>
    public double Unscaled(int row, int column) => unscaled[row, column];

    /// <summary>∂ ln y/∂ ln x = (x/y) ∂y/∂x, without unit; NaN where y is 0 or only rounding away from it.</summary>
    public double Scaled(int row, int column) => scaled[row, column];

    /// <summary>∂y/∂x by names.</summary>
    /// <exception cref="SensitivityException">No such row or column.</exception>
    public double Unscaled(string row, string column) => unscaled[Index(Rows, row), Index(Columns, column)];

    /// <summary>∂ ln y/∂ ln x by names.</summary>
    /// <exception cref="SensitivityException">No such row or column.</exception>
    public double Scaled(string row, string column) => scaled[Index(Rows, row), Index(Columns, column)];

    private int Index(ImmutableArray<string> names, string name)
    {
        int i = names.IndexOf(name);
        return i >= 0 ? i : throw new SensitivityException($"'{name}' is not in the table.", Name, $"It has {string.Join(", ", names.Take(20))}{(names.Length > 20 ? ", …" : "")}.");
    }
}
