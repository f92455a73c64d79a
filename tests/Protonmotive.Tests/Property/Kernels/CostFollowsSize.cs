using Protonmotive.Bench;
using Protonmotive.Formats.BioNetGen;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Xunit;

namespace Protonmotive.Tests.Property.Kernels;

/// <summary>
/// Loading, lowering and compiling cost in proportion to the size of a network. Bytes are counted, not seconds: what is quadratic
/// in time is here quadratic in places too, or was counted in entries by other tests.
/// </summary>
public sealed class CostFollowsSize
{
    // Four times the network: four times the bytes; hash tables grow by doubling, so up to six are let pass. Quadratic would be 16.
    private const double MostGrowth = 6;

    [Theory]
    [InlineData("read")]
    [InlineData("lower")]
    [InlineData("compile")]
    [InlineData("order")]
    public void Four_times_the_network_takes_about_four_times_the_bytes(string part)
    {
        Bytes(part, LargeNetwork.Random(100, 20, 1)); // what is made once
        double ratio = Typical(part, LargeNetwork.Random(2400, 20, 1)) / Typical(part, LargeNetwork.Random(600, 20, 1));
        Assert.True(ratio < MostGrowth, $"{part}: {ratio:0.0} times the bytes.");
    }

    [Theory]
    [InlineData("lower")]
    [InlineData("compile")]
    public void An_enzyme_that_binds_everything_does_not_make_it_quadratic(string part)
    {
        Bytes(part, LargeNetwork.Sites(4, 1));
        double ratio = Typical(part, LargeNetwork.Sites(9, 1)) / Typical(part, LargeNetwork.Sites(7, 1));
        // Of 2ᵏ forms with k sites each, 9·2⁹ is 5.1 times 7·2⁷; the growth of tables as above.
        Assert.True(ratio < MostGrowth * 5.1 / 4, $"{part}: {ratio:0.0} times the bytes.");
    }

    [Fact]
    public void A_group_of_many_species_in_a_rate_is_differentiated_in_one_pass()
    {
        Bytes("compile", Grouped(50));
        double ratio = Typical("compile", Grouped(2000)) / Typical("compile", Grouped(500));
        Assert.True(ratio < MostGrowth, $"{ratio:0.0} times the bytes.");
    }

    /// <summary>One species made at a rate that saturates in the sum of all others.</summary>
    private static string Grouped(int n) =>
        $"begin parameters\n1 k 2\n2 K 3\nend parameters\nbegin functions\n1 f() k*All/(K+All)\nend functions\nbegin species\n{string.Concat(Enumerable.Range(1, n).Select(i => $"{i} A{i}() 1\n"))}end species\nbegin reactions\n1 0 1 f\nend reactions\nbegin groups\n1 All {string.Join(',', Enumerable.Range(2, n - 1))}\nend groups\n";

    // The table of all expressions is everybody's: it may grow for other tests while one network is counted, but not for two of three.
    private static double Typical(string part, string text) => Enumerable.Range(0, 3).Select(_ =>
    {
        GC.Collect(); // expressions of the time before
        return Bytes(part, text);
    }).Order().ElementAt(1);

    private static long Bytes(string part, string text)
    {
        Network network = null!;
        long read = Allocated(() => network = BioNetGenReader.Read(new StringReader(text), "test"));
        if (part == "read") return read;
        EquationSystem system = null!;
        long lower = Allocated(() => system = network.Lower());
        if (part == "lower") return lower;
        Kernel kernel = null!;
        long compile = Allocated(() => kernel = Kernel.Compile(system, KernelBackend.Interpreted));
        return part == "compile" ? compile : Allocated(() => Assert.False(new EliminationOrder(kernel.Programs.Plan.Pattern).IsStructurallySingular));
    }

    private static long Allocated(Action work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
