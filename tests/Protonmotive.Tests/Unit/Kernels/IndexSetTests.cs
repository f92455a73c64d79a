using CsCheck;
using Protonmotive.Kernels;
using Xunit;

namespace Protonmotive.Tests.Unit.Kernels;

public sealed class IndexSetTests
{
    [Fact]
    public void It_holds_what_a_set_of_the_library_holds() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[0, 1_000_000]).Sample((range, seed) =>
        {
            var random = new Random(seed);
            var (set, expected) = (new IndexSet(), new HashSet<int>());
            for (int k = 0; k < 600; k++)
            {
                int index = random.Next(range);
                if (expected.Contains(index) && random.Next(2) == 0)
                {
                    expected.Remove(index);
                    set.Remove(index);
                }
                else
                {
                    Assert.Equal(expected.Add(index), set.Add(index));
                }
                Assert.Equal(expected.Count, set.Count);
            }
            var held = new List<int>();
            set.CopyTo(held);
            Assert.Equal(expected.Order(), held.Order());
        }, iter: 200);
}
