using Protonmotive.Learning.Data;
using Protonmotive.Learning.Native;
using Xunit;

namespace Protonmotive.Learning.Tests.Unit.Data;

public sealed class ReadersTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pmf-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_table_is_read_and_its_faults_have_line_and_column()
    {
        LibTorch.Load();
        using var reader = new StringReader("a,b,c\n1,2,3\n4,5e1,-6\n");
        var table = CsvTable.Read(reader, "t.csv");
        using var tensor = table.ToTensor("c", "a");
        Assert.Equal([3.0, 1, -6, 4], tensor.data<double>().ToArray());
        Assert.Equal("t.csv, line 3, column b", Fault("a,b\n1,2\n3,x\n").Where);
        Assert.Contains("has 1 entries", Fault("a,b\n1,2\n3\n").What, StringComparison.Ordinal);
        Assert.Contains("a, b, c", Assert.Throws<DataException>(() => table.ToTensor("d")).Mend, StringComparison.Ordinal);
    }

    private static DataException Fault(string text)
    {
        using var reader = new StringReader(text);
        return Assert.Throws<DataException>(() => CsvTable.Read(reader, "t.csv"));
    }

    [Fact]
    public void A_text_is_numbered_by_its_characters_and_parted_by_position()
    {
        LibTorch.Load();
        using var corpus = new TextCorpus("abc", "cabbage and bag");
        Assert.Equal(" abcdegn", new string([.. corpus.Vocabulary]));
        Assert.Equal("cabbage and b", corpus.Decode(corpus.Train.data<long>().ToArray()));
        Assert.Equal("ag", corpus.Decode(corpus.Validation.data<long>().ToArray()));
        var path = Path.Combine(folder, "latin.txt");
        File.WriteAllBytes(path, [.. "caf"u8, 0xe9, .. " and more"u8]);
        Assert.Contains("byte 3", Assert.Throws<DataException>(() => TextCorpus.Read("latin", path)).Where, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_named_with_how_to_get_it()
    {
        var error = Assert.Throws<DataException>(() => DataFolder.Find("no-such-set", ["a"], "Install it.", [folder]));
        Assert.Contains(Path.Combine(folder, "no-such-set"), error.Where, StringComparison.Ordinal);
        Assert.Equal("Install it.", error.Mend);
        var set = Directory.CreateDirectory(Path.Combine(folder, "set")).FullName;
        File.WriteAllText(Path.Combine(set, "a.gz"), "");
        Assert.Equal(set, DataFolder.Find("set", ["a"], "", ["/nowhere", folder]));
        Assert.Contains("lacks the file b", Assert.Throws<DataException>(() => DataFolder.Find("set", ["a", "b"], "", [folder])).What, StringComparison.Ordinal);
    }

    [Fact]
    public void An_epoch_has_every_example_once_in_an_order_of_its_seed_and_number()
    {
        var shuffle = new Shuffle(7);
        var batches = shuffle.Batches(103, 10, epoch: 0).ToList();
        Assert.Equal(11, batches.Count);
        Assert.Equal(3, batches[^1].Length);
        Assert.Equal(Enumerable.Range(0, 103).Select(i => (long)i), batches.SelectMany(b => b).Order());
        Assert.Equal(batches, new Shuffle(7).Batches(103, 10, 0));
        Assert.NotEqual(batches[0], shuffle.Batches(103, 10, epoch: 1).First());
        Assert.NotEqual(batches[0], new Shuffle(8).Batches(103, 10, epoch: 0).First());
        var (first, rest) = shuffle.Split(100, 0.2);
        Assert.Equal(20, first.Length);
        Assert.Empty(first.Intersect(rest));
    }

    /// <summary>χ² of the place of the first example over 20,000 epochs; 99.9 % of fair shuffles stay below 27.9 (9 degrees of freedom).</summary>
    [Fact]
    public void Orders_are_uniform()
    {
        var counts = new int[10];
        for (int epoch = 0; epoch < 20_000; epoch++) counts[Array.IndexOf(new Shuffle(1).Order(10, epoch), 0L)]++;
        Assert.True(counts.Sum(c => (c - 2000.0) * (c - 2000.0) / 2000) < 27.9);
    }
}
