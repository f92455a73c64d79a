namespace Protonmotive.Thermodynamics;

/// <summary>A vector of exact fractions, of which only those that are not 0 are kept.</summary>
internal sealed class SparseVector
{
    private readonly Dictionary<int, Fraction> entries = [];

    /// <summary>Index and value of the entries that are not 0.</summary>
    public IReadOnlyDictionary<int, Fraction> Entries => entries;

    /// <summary>The entry, or 0.</summary>
    public Fraction this[int index] => entries.GetValueOrDefault(index);

    /// <summary>Sets an entry.</summary>
    public void Set(int index, Fraction value)
    {
        if (value.IsZero) entries.Remove(index); else entries[index] = value;
    }

    /// <summary>A copy.</summary>
    public SparseVector Copy()
    {
        var copy = new SparseVector();
        foreach (var (i, v) in entries) copy.entries[i] = v;
        return copy;
    }

    /// <summary>Adds a multiple of another vector.</summary>
    public void Add(SparseVector other, Fraction factor)
    {
        foreach (var (i, v) in other.entries) Set(i, this[i] + (factor * v));
    }

    /// <summary>Multiplies by a fraction that is not 0.</summary>
    public void Scale(Fraction factor)
    {
        foreach (var i in entries.Keys.ToArray()) entries[i] *= factor;
    }
}
