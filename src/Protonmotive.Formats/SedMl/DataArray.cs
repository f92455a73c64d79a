using System.Collections.Immutable;

namespace Protonmotive.Formats.SedMl;

/// <summary>Numbers in a grid: repeats first, times last. A row that is shorter than its neighbours ends in NaN.</summary>
/// <param name="Shape">Length in each direction; empty for one number.</param>
/// <param name="Values">Row by row; as many as the product of the shape.</param>
public sealed record DataArray(ImmutableArray<int> Shape, double[] Values)
{
    /// <summary>One number.</summary>
    public static DataArray Of(double value) => new([], [value]);

    /// <summary>A row.</summary>
    public static DataArray Row(double[] values) => new([values.Length], values);

    /// <summary>Length of a row.</summary>
    public int RowLength => Shape.IsEmpty ? 1 : Shape[^1];

    /// <summary>Number of rows.</summary>
    public int RowCount => RowLength == 0 ? 0 : Values.Length / RowLength;

    /// <summary>One row.</summary>
    public ReadOnlySpan<double> GetRow(int index) => Values.AsSpan(index * RowLength, RowLength);

    internal string ShapeText => Shape.IsEmpty ? "one value" : string.Join(" × ", Shape) + " values";

    /// <summary>Arrays one after the other in their first direction; numbers count as rows of one.</summary>
    internal static DataArray Join(IReadOnlyList<DataArray> parts)
    {
        if (parts.Count == 1) return parts[0];
        var spread = parts.Select(p => p.Shape.IsEmpty ? Row(p.Values) : p).ToList();
        if (spread.All(p => p.Shape.Length == 1)) return Row([.. spread.SelectMany(p => p.Values)]);
        var inner = Largest(spread.Select(p => p.Shape.RemoveAt(0)));
        return Fill([spread.Sum(p => p.Shape[0]), .. inner], spread.SelectMany(p => p.Slices()));
    }

    /// <summary>Arrays side by side in a new first direction.</summary>
    internal static DataArray Stack(IReadOnlyList<DataArray> parts)
    {
        if (parts.Count == 0) return Row([]);
        if (parts.All(p => p.Shape.IsEmpty)) return Row([.. parts.Select(p => p.Values[0])]);
        var spread = parts.Select(p => p.Shape.IsEmpty ? Row(p.Values) : p).ToList();
        return Fill([spread.Count, .. Largest(spread.Select(p => p.Shape))], spread);
    }

    private IEnumerable<DataArray> Slices()
    {
        int size = Shape[0] == 0 ? 0 : Values.Length / Shape[0];
        for (int i = 0; i < Shape[0]; i++) yield return new DataArray(Shape.RemoveAt(0), Values[(i * size)..((i + 1) * size)]);
    }

    private static ImmutableArray<int> Largest(IEnumerable<ImmutableArray<int>> shapes)
    {
        var all = shapes.ToList();
        int rank = all.Max(s => s.Length);
        return [.. Enumerable.Range(0, rank).Select(d => all.Max(s => d < s.Length ? s[d] : 1))];
    }

    private static DataArray Fill(ImmutableArray<int> shape, IEnumerable<DataArray> parts)
    {
        int size = shape.Skip(1).Aggregate(1, (a, b) => a * b);
        var values = new double[shape[0] * size];
        Array.Fill(values, double.NaN);
        int at = 0;
        foreach (var part in parts)
        {
            Copy(part, shape.RemoveAt(0), values.AsSpan(at, size));
            at += size;
        }
        return new DataArray(shape, values);
    }

    private static void Copy(DataArray part, ImmutableArray<int> shape, Span<double> into)
    {
        if (part.Shape.SequenceEqual(shape))
        {
            part.Values.CopyTo(into);
            return;
        }
        for (int i = 0; i < part.Values.Length; i++)
        {
            int rest = i, place = 0, stride = 1;
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                int length = d < part.Shape.Length ? part.Shape[d] : 1;
                place += rest % length * stride;
                rest /= length;
                stride *= shape[d];
            }
            into[place] = part.Values[i];
        }
    }
}
