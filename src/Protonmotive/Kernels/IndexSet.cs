using System.Numerics;

namespace Protonmotive.Kernels;

/// <summary>A set of indices: a plain list while it is small, a hash table (linear probing) above, so that adding and taking out cost the same at any size.</summary>
internal sealed class IndexSet
{
    private const int LargestList = 16;
    private const int Empty = -1;
    private int[] places;

    /// <summary>An empty set.</summary>
    public IndexSet() => places = new int[4];

    /// <summary>Number of indices.</summary>
    public int Count { get; private set; }

    private bool IsList => places.Length <= LargestList;

    /// <summary>Adds an index; false where it is there already.</summary>
    public bool Add(int index)
    {
        if (IsList)
        {
            if (places.AsSpan(0, Count).Contains(index)) return false;
            if (Count < places.Length)
            {
                places[Count++] = index;
                return true;
            }
            Grow();
            return Add(index);
        }
        int at = Find(index);
        if (places[at] == index) return false;
        if (2 * (Count + 1) > places.Length)
        {
            Grow();
            at = Find(index);
        }
        places[at] = index;
        Count++;
        return true;
    }

    /// <summary>Takes out an index that is in the set.</summary>
    public void Remove(int index)
    {
        if (IsList)
        {
            places[places.AsSpan(0, Count).IndexOf(index)] = places[--Count];
            return;
        }
        int mask = places.Length - 1, hole = Find(index);
        Count--;
        // What was pushed on by the one taken out moves back, so that no search ends too soon.
        for (int next = (hole + 1) & mask; places[next] != Empty; next = (next + 1) & mask)
        {
            if (((next - Home(places[next])) & mask) < ((next - hole) & mask)) continue;
            places[hole] = places[next];
            hole = next;
        }
        places[hole] = Empty;
    }

    /// <summary>Appends the indices to a list, in no promised order.</summary>
    public void CopyTo(List<int> list)
    {
        if (IsList) list.AddRange(places.AsSpan(0, Count));
        else foreach (int index in places) if (index != Empty) list.Add(index);
    }

    private void Grow()
    {
        var (before, wasList) = (places, IsList);
        places = new int[wasList && 2 * before.Length <= LargestList ? 2 * before.Length : 4 * (int)BitOperations.RoundUpToPowerOf2((uint)Count + 1)];
        if (IsList)
        {
            before.CopyTo(places, 0);
            return;
        }
        Array.Fill(places, Empty);
        foreach (int index in wasList ? before.AsSpan(0, Count) : before) if (index != Empty) places[Find(index)] = index;
    }

    private int Home(int index) => (int)((uint)index * 0x9E37_79B1) >>> (32 - BitOperations.Log2((uint)places.Length));

    private int Find(int index)
    {
        int mask = places.Length - 1, at = Home(index);
        while (places[at] != index && places[at] != Empty) at = (at + 1) & mask;
        return at;
    }
}
