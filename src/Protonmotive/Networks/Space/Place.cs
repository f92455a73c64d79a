namespace Protonmotive.Networks;

/// <summary>A place of a grid: where it is, and random numbers that depend on nothing but a seed and the place.</summary>
public sealed class Place
{
    private readonly Grid grid;

    internal Place(Grid grid, int index)
    {
        this.grid = grid;
        Index = index;
        (Column, Row) = (index % grid.Columns, index / grid.Columns);
        Suffix = grid.IsSheet ? FormattableString.Invariant($"[{Column},{Row}]") : FormattableString.Invariant($"[{Column}]");
    }

    /// <summary>Its number, row by row from 0.</summary>
    public int Index { get; }

    /// <summary>Its number in the row, from 0.</summary>
    public int Column { get; }

    /// <summary>Its row, from 0.</summary>
    public int Row { get; }

    /// <summary>Distance of its middle from the first edge along the row.</summary>
    public double X => (Column + 0.5) * grid.Spacing;

    /// <summary>Distance of its middle from the first edge along the column.</summary>
    public double Y => (Row + 0.5) * grid.Spacing;

    /// <summary>What is put behind the names of quantities here: <c>[3]</c> on a line, <c>[3,4]</c> on a sheet.</summary>
    public string Suffix { get; }

    /// <summary>A random number, uniform in [−1, 1): the same for the same seed, place and stream.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Which of several numbers of this place.</param>
    public double Noise(ulong seed, uint stream = 0) => (2 * new Philox(seed).Uniform((uint)Index, stream)) - 1;

    /// <summary>Its coordinates.</summary>
    public override string ToString() => Suffix;
}
