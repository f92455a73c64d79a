using CsCheck;
using Protonmotive.Kernels;
using Xunit;

namespace Protonmotive.Tests.Property.Kernels;

/// <summary>The order of elimination is Markowitz's, and its factors hold all fill, whatever form the remainder is held in.</summary>
public sealed class EliminationOrders
{
    // Sizes on both sides of 512, from which on the first pivots are taken on sets.
    private static readonly Gen<(int Size, int Degree, int Reach, int Seed)> shapes =
        Gen.Select(Gen.OneOf(Gen.Int[1, 60], Gen.Int[500, 700]), Gen.Int[1, 4], Gen.Int[2, 700], Gen.Int[0, 1_000_000]);

    [Fact]
    public void Rows_and_columns_are_permutations_that_pair_a_full_diagonal() =>
        shapes.Sample(shape =>
        {
            var pattern = Pattern(shape);
            var order = new EliminationOrder(pattern);
            Assert.False(order.IsStructurallySingular);
            int[] all = [.. Enumerable.Range(0, pattern.RowCount)];
            Assert.Equal(all, order.Rows.Order());
            Assert.Equal(all, order.Columns.Order());
            for (int k = 0; k < all.Length; k++)
            {
                Assert.True(pattern.Find(order.Rows[k], order.Columns[k]) >= 0);
                Assert.True(order.Factors.Find(k, k) >= 0);
            }
        }, iter: 60);

    [Fact]
    public void Factors_hold_exactly_the_fill_and_are_counted_before_they_are_listed() =>
        shapes.Sample(shape =>
        {
            var order = new EliminationOrder(Pattern(shape));
            Assert.False(order.IsStructurallySingular);
            var (entries, multiplyAdds, rows) = Eliminate(Pattern(shape), order.Rows, order.Columns);
            Assert.True(order.FactorEntries == entries || (order.FactorEntries > entries && order.Factors.RowCount >= 512)); // a nearly full remainder counts as full
            Assert.True(order.MultiplyAdds >= multiplyAdds);
            Assert.Equal(order.FactorEntries, order.Factors.Count);
            for (int i = 0; i < rows.Length; i++)
            {
                Assert.True(rows[i].IsSubsetOf(order.Factors.Row(i).ToArray()));
                Assert.Equal(order.Factors.Row(i).ToArray().Order(), order.Factors.Row(i).ToArray());
            }
        }, iter: 40);

    [Fact]
    public void Every_pivot_has_the_least_Markowitz_cost_of_what_is_left() =>
        shapes.Sample(shape =>
        {
            var pattern = Pattern(shape);
            var order = new EliminationOrder(pattern);
            Assert.False(order.IsStructurallySingular);
            int n = pattern.RowCount;
            var (rows, columns) = Sets(pattern, order.Rows, order.Columns);
            for (int k = 0; k < n; k++)
            {
                long Cost(int i) => (long)(rows[i].Count - 1) * (columns[i].Count - 1);
                long least = Enumerable.Range(k, n - k).Min(Cost);
                if (n - k >= 512 && 2 * least >= (long)(n - k) * (n - k)) return; // the rest is taken as full
                Assert.Equal(least, Cost(k));
                Remove(k, rows, columns);
            }
        }, iter: 15);

    [Fact]
    public void A_large_random_network_is_seen_to_be_hopeless_without_its_places()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var order = new EliminationOrder(Pattern((5000, 4, 5000, 1)));
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(order.FactorEntries, 2_000_000, 25_000_000);
        Assert.InRange(order.MultiplyAdds, 500_000_000, 42_000_000_000);
        Assert.True(bytes < 8 * order.FactorEntries, $"{bytes} bytes, more than the numbers of {order.FactorEntries} entries would take.");
    }

    private static CompressedRows Pattern((int Size, int Degree, int Reach, int Seed) shape)
    {
        var random = new Random(shape.Seed);
        int n = shape.Size;
        var places = new List<(int, int)>();
        // A full diagonal, but for pairs of states that have each other's place; sometimes a hub.
        for (int i = 0; i < n; i++)
        {
            bool isSwapped = i + 1 < n && random.Next(50) == 0;
            if (isSwapped) places.AddRange([(i, i + 1), (i + 1, i)]);
            else places.Add((i, i));
            if (isSwapped) i++;
        }
        for (int i = 0; i < n; i++)
        {
            for (int d = 0; d < shape.Degree; d++) places.Add((i, (i + 1 + random.Next(Math.Min(shape.Reach, n))) % n));
            if (shape.Seed % 3 == 0) places.AddRange([(0, i), (i, 0)]);
        }
        return new CompressedRows(n, places);
    }

    private static (HashSet<int>[] Rows, HashSet<int>[] Columns) Sets(CompressedRows pattern, int[] rowOrder, int[] columnOrder)
    {
        int n = pattern.RowCount;
        var step = new int[n];
        for (int k = 0; k < n; k++) step[columnOrder[k]] = k;
        HashSet<int>[] rows = [.. rowOrder.Select(r => pattern.Row(r).ToArray().Select(j => step[j]).ToHashSet())], columns = [.. Enumerable.Range(0, n).Select(_ => new HashSet<int>())];
        for (int i = 0; i < n; i++) foreach (int j in rows[i]) columns[j].Add(i);
        return (rows, columns);
    }

    private static void Remove(int k, HashSet<int>[] rows, HashSet<int>[] columns)
    {
        rows[k].Remove(k);
        columns[k].Remove(k);
        foreach (int i in columns[k]) rows[i].Remove(k);
        foreach (int j in rows[k]) columns[j].Remove(k);
        foreach (int i in columns[k]) foreach (int j in rows[k]) if (rows[i].Add(j)) columns[j].Add(i);
    }

    /// <summary>Elimination by the definition: entries of L and U, multiply-adds with the scaling by the pivot, places by row.</summary>
    private static (long Entries, long MultiplyAdds, HashSet<int>[] Rows) Eliminate(CompressedRows pattern, int[] rowOrder, int[] columnOrder)
    {
        var (rows, columns) = Sets(pattern, rowOrder, columnOrder);
        var all = rows.Select(_ => new HashSet<int>()).ToArray();
        long entries = 0, multiplyAdds = 0;
        for (int k = 0; k < rows.Length; k++)
        {
            long r = rows[k].Count, c = columns[k].Count;
            entries += r + c - 1;
            multiplyAdds += (c - 1) * r;
            all[k].UnionWith(rows[k]);
            foreach (int i in columns[k]) all[i].Add(k);
            Remove(k, rows, columns);
        }
        return (entries, multiplyAdds, all);
    }
}
