using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Protonmotive.Solvers;

/// <summary>
/// The random numbers of one member of an ensemble. They follow from the seed, the member and how many were drawn before, and
/// from nothing else, so a run gives the same result on any thread and in any order.
/// </summary>
/// <remarks>
/// Bits from <see cref="Philox"/>, with the member in the high half of its counter. Exponential and normal numbers by the
/// ziggurat of Marsaglia and Tsang (2000), J. Stat. Softw. 5(8). Not safe for use from two threads at once.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of numbers: the field's own word.")]
public sealed partial class RandomStream
{
    private readonly Philox philox;
    private readonly ulong[] numbers = new ulong[Philox.Batch];
    private ulong nextBlock;
    private int next = Philox.Batch;

    /// <summary>The stream of a member.</summary>
    /// <param name="seed">Seed of the ensemble.</param>
    /// <param name="member">Index of the member, from 0.</param>
    public RandomStream(ulong seed, ulong member)
    {
        philox = new Philox(seed);
        Seed = seed;
        Member = member;
    }

    /// <summary>Seed of the ensemble.</summary>
    public ulong Seed { get; }

    /// <summary>Index of the member.</summary>
    public ulong Member { get; }

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits()
    {
        if (next == Philox.Batch) Refill();
        return numbers[next++];
    }

    /// <summary>Even in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Even in (0, 1): neither end is reached, so its logarithm is finite.</summary>
    public double UniformOpen() => OpenUnit(Bits());

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1, all equally likely.</summary>
    /// <remarks>Lemire (2019), ACM Trans. Model. Comput. Simul. 29:3: a product, with the few uneven values drawn again.</remarks>
    /// <exception cref="DistributionException">There is nothing to choose from.</exception>
    public int Choose(int count)
    {
        if (count < 1) throw new DistributionException($"One of {count} values is asked for.", "random choice", "Give at least one value to choose from.");
        while (true)
        {
            ulong product = (Bits() >> 32) * (ulong)count;
            if ((uint)product >= (uint)((1UL << 32) % (uint)count)) return (int)(product >> 32);
        }
    }

    /// <summary>Exponential with mean 1; above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Exponential()
    {
        ulong bits = Bits();
        int layer = (int)(bits & 255);
        double x = OpenUnit(bits) * Ziggurat.ExponentialEdges[layer];
        return x < Ziggurat.ExponentialEdges[layer + 1] ? x : ExponentialEdge(layer, x);
    }

    /// <summary>Normal with mean 0 and standard deviation 1.</summary>
    public double Normal()
    {
        while (true)
        {
            ulong bits = Bits();
            int layer = (int)(bits & 255);
            bool isNegative = (bits & 256) != 0;
            double x = OpenUnit(bits) * Ziggurat.NormalEdges[layer];
            if (x >= Ziggurat.NormalEdges[layer + 1])
            {
                if (layer == 0) x = NormalTail();
                else if (Between(Ziggurat.NormalHeights, layer) >= Math.Exp(-x * x / 2)) continue;
            }
            return isNegative ? -x : x;
        }
    }

    /// <summary>Gamma with a shape and scale 1.</summary>
    /// <remarks>Marsaglia and Tsang (2000), ACM Trans. Math. Softw. 26, 363; below shape 1 by way of shape + 1.</remarks>
    /// <exception cref="DistributionException">The shape is not a positive number.</exception>
    public double Gamma(double shape)
    {
        if (!(shape > 0) || !double.IsFinite(shape)) throw Bad("gamma", $"shape {shape}", "Give a shape above 0.");
        if (shape < 1) return Gamma(shape + 1) * Math.Exp(Math.Log(UniformOpen()) / shape);
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(), v = 1 + (c * x);
            if (v <= 0) continue;
            v = v * v * v;
            double u = UniformOpen();
            if (Math.Log(u) < (x * x / 2) + (d * (1 - v + Math.Log(v)))) return d * v;
        }
    }

    // Bits 0 to 8 may have chosen layer and sign: the unit takes bits 12 to 63.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double OpenUnit(ulong bits) => ((bits >> 12) + 0.5) * (1.0 / (1UL << 52));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refill()
    {
        philox.Fill(Member, nextBlock, numbers);
        nextBlock += Philox.Batch / 2;
        next = 0;
    }

    // Beyond the last layer an exponential tail is again exponential.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private double ExponentialEdge(int layer, double x)
    {
        double tail = 0;
        while (true)
        {
            if (layer == 0) tail += Ziggurat.ExponentialEdges[1];
            else if (Between(Ziggurat.ExponentialHeights, layer) < Math.Exp(-x)) return tail + x;
            ulong bits = Bits();
            layer = (int)(bits & 255);
            x = OpenUnit(bits) * Ziggurat.ExponentialEdges[layer];
            if (x < Ziggurat.ExponentialEdges[layer + 1]) return tail + x;
        }
    }

    // Marsaglia (1964), Technometrics 6, 101.
    private double NormalTail()
    {
        double r = Ziggurat.NormalEdges[1];
        while (true)
        {
            double x = Exponential() / r, y = Exponential();
            if (y + y > x * x) return r + x;
        }
    }

    private double Between(double[] heights, int layer) => heights[layer] + (Uniform() * (heights[layer + 1] - heights[layer]));

    private DistributionException Bad(string distribution, string given, string mend) => new(
        $"A number from the {distribution} distribution can't be drawn with {given}.", $"seed {Seed}, run {Member}.", mend);
}
