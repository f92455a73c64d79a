using System.Runtime.Intrinsics;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Lanes;
using Xunit;
using Wide = Protonmotive.Kernels.Lanes.LaneFunctions<Protonmotive.Kernels.Lanes.EightLanes, System.Runtime.Intrinsics.Vector512<double>>;
using Narrow = Protonmotive.Kernels.Lanes.LaneFunctions<Protonmotive.Kernels.Lanes.FourLanes, System.Runtime.Intrinsics.Vector256<double>>;
using Plain = Protonmotive.Kernels.Lanes.LaneFunctions<Protonmotive.Kernels.Lanes.OneLane, double>;

namespace Protonmotive.Tests.Unit.Kernels;

public sealed class LaneFunctionTests
{
    private static readonly double[] numbers =
        [0, -0.0, 1, -1, 0.5, -0.5, 2, 3, -3, 1e-310, 1e300, -1e300, 700, -745, 1e-8, double.NaN, double.PositiveInfinity, double.NegativeInfinity, Math.PI, 0.1];

    [Fact]
    public void Every_opcode_has_a_function_at_every_width()
    {
        foreach (var opcode in Enum.GetValues<Opcode>())
        {
            Assert.NotNull(typeof(Wide).GetMethod(opcode.ToString()));
            Assert.NotNull(typeof(Plain).GetMethod(opcode.ToString()));
        }
    }

    [Fact]
    public void Exponentials_and_logarithms_are_within_two_units_in_the_last_place()
    {
        foreach (double x in numbers)
        {
            IsNear(Math.Exp(x), Wide.Exp(Vector512.Create(x))[3], 2, $"exp {x}");
            IsNear(Math.Log(x), Wide.Log(Vector512.Create(x))[3], 2, $"log {x}");
            Assert.Equal(Math.Sin(x), Wide.Sin(Vector512.Create(x))[3]);
        }
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++)
        {
            double x = (random.NextDouble() - 0.5) * 1480, y = Math.Exp(x);
            IsNear(y, Wide.Exp(Vector512.Create(x))[i & 7], 2, $"exp {x:r}");
            IsNear(Math.Log(y), Wide.Log(Vector512.Create(y))[i & 7], 2, $"log {y:r}");
            double near = 1 + ((random.NextDouble() - 0.5) * 1e-3);
            IsNear(Math.Log(near), Wide.Log(Vector512.Create(near))[i & 7], 2, $"log {near:r}");
        }
    }

    [Fact]
    public void Powers_follow_the_plain_ones_also_where_the_logarithm_has_no_value()
    {
        foreach (double a in numbers)
        {
            foreach (double b in numbers)
            {
                double expected = Math.Pow(a, b), exponent = a > 0 ? Math.Abs(b * Math.Log(a)) : 0;
                IsNear(expected, Wide.Power(Vector512.Create(a), Vector512.Create(b))[5], 4 + (2 * (double.IsFinite(exponent) ? exponent : 0)), $"{a} to the {b}");
            }
        }
    }

    [Fact]
    public void A_lane_does_not_depend_on_its_neighbours()
    {
        var mixed = Vector512.Create(2, -3, double.NaN, 1e-310, 0.5, 700, 0, 9);
        var power = Wide.Power(mixed, Vector512.Create(0.7));
        for (int lane = 0; lane < 8; lane++)
        {
            Assert.True(power[lane].Equals(Wide.Power(Vector512.Create(mixed[lane]), Vector512.Create(0.7))[0]));
            Assert.True(Wide.Exp(mixed)[lane].Equals(Wide.Exp(Vector512.Create(mixed[lane]))[0]));
        }
    }

    [Fact]
    public void Four_and_eight_lanes_are_the_same_bits()
    {
        foreach (double x in numbers)
        {
            Assert.True(Wide.Exp(Vector512.Create(x))[0].Equals(Narrow.Exp(Vector256.Create(x))[0]));
            Assert.True(Wide.Log(Vector512.Create(x))[0].Equals(Narrow.Log(Vector256.Create(x))[0]));
            Assert.True(Wide.Power(Vector512.Create(x), Vector512.Create(1.3))[0].Equals(Narrow.Power(Vector256.Create(x), Vector256.Create(1.3))[0]));
        }
    }

    [Fact]
    public void Truth_is_alike_at_every_width()
    {
        foreach (double a in numbers)
        {
            foreach (double b in numbers)
            {
                var (x, y) = (Vector512.Create(a), Vector512.Create(b));
                Assert.Equal(Plain.Less(a, b), Wide.Less(x, y)[0]);
                Assert.Equal(Plain.LessOrEqual(a, b), Wide.LessOrEqual(x, y)[0]);
                Assert.Equal(Plain.NotEqual(a, b), Wide.NotEqual(x, y)[0]);
                Assert.Equal(Plain.And(a, b), Wide.And(x, y)[0]);
                Assert.Equal(Plain.Or(a, b), Wide.Or(x, y)[0]);
                Assert.Equal(Plain.Xor(a, b), Wide.Xor(x, y)[0]);
                Assert.Equal(Plain.Select(a, 1, b), Wide.Select(x, Vector512.Create(1.0), y)[0]);
                Assert.Equal(Plain.Min(a, b), Wide.Min(x, y)[0]);
                Assert.Equal(Plain.Max(a, b), Wide.Max(x, y)[0]);
                Assert.Equal(a != 0 && b != 0 ? 1.0 : 0, Plain.And(a, b));
                Assert.Equal((a != 0) != (b != 0) ? 1.0 : 0, Plain.Xor(a, b));
            }
        }
    }

    private static void IsNear(double expected, double actual, double ulps, string what)
    {
        bool isNear = expected.Equals(actual) || Math.Abs(expected - actual) <= ulps * (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected));
        // Where a result is denormal the vector forms may give 0.
        Assert.True(isNear || (Math.Abs(expected) < 2.3e-308 && Math.Abs(actual) < 2.3e-308), $"{what}: {actual:r}, expected {expected:r}");
    }
}
