using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Unit.Solvers.Randomness;

/// <summary>What a random stream promises apart from its distributions.</summary>
public sealed class RandomStreamTests
{
    [Fact]
    public void A_stream_depends_on_seed_and_member_alone()
    {
        var first = Enumerable.Range(0, 100).Select(_ => 0.0).ToArray();
        var (a, b) = (new RandomStream(9, 4), new RandomStream(9, 4));
        for (int i = 0; i < 100; i++) first[i] = a.Normal();
        for (int i = 0; i < 100; i++) Assert.Equal(first[i], b.Normal());
        Assert.NotEqual(new RandomStream(9, 5).Bits(), new RandomStream(9, 4).Bits());
        Assert.NotEqual(new RandomStream(8, 4).Bits(), new RandomStream(9, 4).Bits());
    }

    [Fact]
    public void Units_stay_within_their_interval()
    {
        var stream = new RandomStream(1, 1);
        double sum = 0, sumOpen = 0;
        for (int i = 0; i < 100_000; i++)
        {
            double u = stream.Uniform(), v = stream.UniformOpen();
            Assert.True(u is >= 0 and < 1 && v is > 0 and < 1);
            (sum, sumOpen) = (sum + u, sumOpen + v);
        }
        // Deviation of a mean of 10⁵ units: 1/√(12·10⁵) = 0.0009; four of them.
        Assert.Equal(0.5, sum / 1e5, 0.0037);
        Assert.Equal(0.5, sumOpen / 1e5, 0.0037);
    }

    [Fact]
    public void Neighbouring_members_are_not_correlated()
    {
        double sum = 0;
        for (ulong member = 0; member < 10_000; member++)
            sum += new RandomStream(1, member).Normal() * new RandomStream(1, member + 1).Normal();
        Assert.Equal(0, sum / 10_000, 0.04); // deviation 0.01
    }

    [Fact]
    public void Choices_are_even()
    {
        var stream = new RandomStream(2, 0);
        var seen = new int[3];
        for (int i = 0; i < 30_000; i++) seen[stream.Choose(3)]++;
        Assert.All(seen, n => Assert.InRange(n, 10_000 - 330, 10_000 + 330)); // deviation 82
    }

    [Fact]
    public void Drawing_allocates_nothing()
    {
        var stream = new RandomStream(1, 1);
        long before = 0;
        for (int i = 0; i < 2000; i++)
        {
            if (i == 1000) before = GC.GetAllocatedBytesForCurrentThread(); // tables are made at first use
            stream.Exponential();
            stream.Normal();
            stream.Poisson(30);
            stream.Binomial(100, 0.3);
            stream.Gamma(2);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
