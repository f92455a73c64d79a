using System.Numerics;

namespace Protonmotive.Kernels;

/// <summary>A square matrix of bits; rows are joined a word at a time.</summary>
internal sealed class BitMatrix
{
    private readonly ulong[] bits;

    /// <summary>An n by n matrix without bits.</summary>
    public BitMatrix(int n)
    {
        Words = (n + 63) / 64;
        bits = new ulong[(long)n * Words];
    }

    /// <summary>Words in a row.</summary>
    public int Words { get; }

    /// <summary>One bit.</summary>
    public bool this[int row, int column] => (bits[((long)row * Words) + (column >> 6)] >> (column & 63) & 1) != 0;

    /// <summary>Sets one bit.</summary>
    public void Set(int row, int column) => bits[((long)row * Words) + (column >> 6)] |= 1UL << (column & 63);

    /// <summary>The words of a row.</summary>
    public Span<ulong> Row(int row) => bits.AsSpan(row * Words, Words);

    /// <summary>The columns of a row whose bits are also in <paramref name="mask"/>, ascending.</summary>
    public List<int> Columns(int row, ReadOnlySpan<ulong> mask)
    {
        var columns = new List<int>();
        var words = Row(row);
        for (int w = 0; w < words.Length; w++)
        {
            for (ulong rest = words[w] & mask[w]; rest != 0; rest &= rest - 1) columns.Add((w << 6) + BitOperations.TrailingZeroCount(rest));
        }
        return columns;
    }
}
