using System.Runtime.CompilerServices;

namespace Protonmotive.Symbolics;

/// <summary>
/// Values by expression, in pages of neighbouring <see cref="Expression.Number"/>s: nodes that were made together are looked up
/// together, so a walk stays in the cache, and values without references cost the garbage collector nothing.
/// </summary>
/// <remarks>Holds no expression: what is asked for must be kept alive by who asks (a node made anew has another number).</remarks>
/// <typeparam name="T">Type of the values.</typeparam>
/// <param name="absent">What stands for no value.</param>
internal sealed class NodeMap<T>(T absent)
{
    private const int PageBits = 5;
    private const int PageSize = 1 << PageBits;
    private uint[] keys = new uint[16]; // page + 1; 0 where free
    private T[][] pages = new T[16][];
    private int count;
    private uint lastKey;
    private T[] lastPage = [];

    /// <summary>The value of a node, or what stands for none; setting it to that takes it away.</summary>
    public T this[Expression node]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            uint key = (node.Number >> PageBits) + 1;
            if (key != lastKey && !Turn(key)) return absent;
            return lastPage[node.Number & (PageSize - 1)];
        }
        set
        {
            uint key = (node.Number >> PageBits) + 1;
            if (key != lastKey && !Turn(key)) Add(key);
            lastPage[node.Number & (PageSize - 1)] = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Turn(uint key)
    {
        int at = Find(key);
        if (keys[at] != key) return false;
        (lastKey, lastPage) = (key, pages[at]);
        return true;
    }

    private void Add(uint key)
    {
        if (2 * ++count > keys.Length) Grow();
        int at = Find(key);
        keys[at] = key;
        lastKey = key;
        lastPage = pages[at] = new T[PageSize];
        if (!EqualityComparer<T>.Default.Equals(absent, default)) Array.Fill(lastPage, absent);
    }

    private void Grow()
    {
        var (before, values) = (keys, pages);
        keys = new uint[2 * before.Length];
        pages = new T[2 * before.Length][];
        for (int k = 0; k < before.Length; k++)
        {
            if (before[k] == 0) continue;
            int at = Find(before[k]);
            (keys[at], pages[at]) = (before[k], values[k]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(uint key)
    {
        int mask = keys.Length - 1, at = (int)((key * 0x9E37_79B1) >> 8) & mask;
        while (keys[at] != key && keys[at] != 0) at = (at + 1) & mask;
        return at;
    }
}
