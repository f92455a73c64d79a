using MathNet.Numerics;
using Protonmotive.Networks;

namespace Protonmotive.Solvers;

public sealed partial class RandomStream
{
    // With a chance of one in a thousand per attempt, all of them fail with probability e^(−1000).
    private const int MostAttempts = 1_000_000;

    // Beyond this many deviations the normal tail has no double for its probability that could be inverted.
    private const double InvertibleTail = 35;

    /// <summary>A number from a distribution, within bounds.</summary>
    /// <param name="distribution">Which.</param>
    /// <param name="arguments">Its parameters, in the order that <see cref="Distribution"/> tells.</param>
    /// <param name="lowest">Smallest value, inclusive.</param>
    /// <param name="highest">Largest value: exclusive for continuous distributions, inclusive for discrete ones.</param>
    /// <exception cref="DistributionException">A parameter is out of range, or nothing (or next to nothing) lies within the bounds.</exception>
    public double Sample(Distribution distribution, ReadOnlySpan<double> arguments,
        double lowest = double.NegativeInfinity, double highest = double.PositiveInfinity)
    {
        int count = distribution is Distribution.Exponential or Distribution.ChiSquare or Distribution.Rayleigh or Distribution.Poisson or Distribution.Bernoulli ? 1 : 2;
        if (arguments.Length != count) throw Bad(Name(distribution), $"{arguments.Length} parameters", $"Give {count}.");
        foreach (double argument in arguments)
            if (!double.IsFinite(argument)) throw Bad(Name(distribution), $"a parameter of {argument}", "Give finite parameters.");
        if (double.IsNaN(lowest) || double.IsNaN(highest)) throw Bad(Name(distribution), "a bound of NaN", "Give numbers or infinities as bounds.");

        double a = arguments[0], b = count == 2 ? arguments[1] : 0;
        bool isBounded = lowest > double.NegativeInfinity || highest < double.PositiveInfinity;
        bool isDiscrete = distribution is Distribution.Poisson or Distribution.Bernoulli or Distribution.Binomial;
        if (isBounded && (isDiscrete ? Math.Ceiling(lowest) > Math.Floor(highest) : lowest >= highest)) throw Empty(distribution, lowest, highest);
        switch (distribution)
        {
            case Distribution.Uniform:
                Require(b >= a, distribution, $"ends {a} and {b}", "Give the lower end first.");
                if (a == b && lowest <= a && a <= highest) return a;
                return Within(distribution, Math.Max(a, lowest), Math.Min(b, highest), (from, to) => from + (Uniform() * (to - from)));
            case Distribution.Normal:
                Require(b >= 0, distribution, $"standard deviation {b}", "Give a standard deviation of 0 or more.");
                return BoundedNormal(distribution, a, b, lowest, highest);
            case Distribution.LogNormal:
                Require(b >= 0, distribution, $"standard deviation {b}", "Give a standard deviation of 0 or more.");
                if (highest <= 0) throw Empty(distribution, lowest, highest);
                double x = Math.Exp(BoundedNormal(distribution, a, b, lowest <= 0 ? double.NegativeInfinity : Math.Log(lowest), Math.Log(highest)));
                return Math.Clamp(x, lowest, highest > lowest ? Math.BitDecrement(highest) : highest);
            case Distribution.Exponential:
                Require(a > 0, distribution, $"rate {a}", "Give a rate above 0.");
                return !isBounded ? Exponential() / a : Within(distribution, Math.Max(0, lowest), highest, (from, to) =>
                    from - (SaddlePoint.LogOnePlus(Uniform() * Symbolics.SpecialFunctions.Expm1(-a * (to - from))) / a));
            case Distribution.Gamma:
                Require(a > 0 && b > 0, distribution, $"shape {a} and scale {b}", "Give a shape and a scale above 0.");
                return Retry(distribution, lowest, highest, isDiscrete, () => b * Gamma(a));
            case Distribution.ChiSquare:
                Require(a > 0, distribution, $"{a} degrees of freedom", "Give degrees of freedom above 0.");
                return Retry(distribution, lowest, highest, isDiscrete, () => 2 * Gamma(a / 2));
            case Distribution.Cauchy:
                Require(b > 0, distribution, $"scale {b}", "Give a scale above 0.");
                return Within(distribution, lowest, highest, (from, to) =>
                {
                    double low = Math.Atan((from - a) / b), high = Math.Atan((to - a) / b);
                    return a + (b * Math.Tan(low + (UniformOpen() * (high - low))));
                });
            case Distribution.Laplace:
                Require(b > 0, distribution, $"scale {b}", "Give a scale above 0.");
                return isBounded ? BoundedLaplace(a, b, lowest, highest) : a + (b * ((Bits() & 1) == 0 ? Exponential() : -Exponential()));
            case Distribution.Rayleigh:
                Require(a > 0, distribution, $"scale {a}", "Give a scale above 0.");
                // x²/2a² is exponential.
                return Within(distribution, Math.Max(0, lowest), highest, (from, to) =>
                {
                    double low = from / a, span = double.IsInfinity(to) ? double.PositiveInfinity : ((to / a) - low) * ((to / a) + low) / 2;
                    double e = -SaddlePoint.LogOnePlus(UniformOpen() * Symbolics.SpecialFunctions.Expm1(-span));
                    return a * Math.Sqrt((low * low) + (2 * e));
                });
            case Distribution.Poisson:
                return Retry(distribution, lowest, highest, isDiscrete, () => Poisson(a));
            case Distribution.Bernoulli:
                Require(a is >= 0 and <= 1, distribution, $"probability {a}", "Give a probability from 0 to 1.");
                bool zero = lowest <= 0 && highest >= 0 && a < 1, one = lowest <= 1 && highest >= 1 && a > 0;
                if (!zero && !one) throw Empty(distribution, lowest, highest);
                return zero && one ? (Uniform() < a ? 1 : 0) : one ? 1 : 0;
            case Distribution.Binomial:
                Require(a >= 0 && a == Math.Floor(a) && a <= MostCounted, distribution, $"{a} trials", "Give a whole number of trials, from 0 to 2^53.");
                return Retry(distribution, lowest, highest, isDiscrete, () => Binomial((long)a, b));
            default:
                throw Bad(Name(distribution), $"number {(int)distribution}", "Use a member of Distribution.");
        }
    }

    private static string Name(Distribution distribution) => distribution.ToString();

    private DistributionException Empty(Distribution distribution, double lowest, double highest) => Bad(Name(distribution),
        $"bounds {lowest} and {highest}, which leave nothing", "Give bounds with values of the distribution between them, the lower first.");

    private void Require(bool holds, Distribution distribution, string given, string mend)
    {
        if (!holds) throw Bad(Name(distribution), given, mend);
    }

    // Rounding may reach the upper end, which is excluded.
    private double Within(Distribution distribution, double from, double to, Func<double, double, double> inverse)
    {
        if (!(from < to)) throw Empty(distribution, from, to);
        double x = inverse(from, to);
        return Math.Clamp(x, from, double.IsInfinity(to) ? to : Math.BitDecrement(to));
    }

    private double Retry(Distribution distribution, double lowest, double highest, bool includesHighest, Func<double> draw)
    {
        for (int k = 0; k < MostAttempts; k++)
        {
            double x = draw();
            if (x >= lowest && (x < highest || (includesHighest && x == highest))) return x;
        }
        throw Bad(Name(distribution), $"bounds {lowest} and {highest}: {MostAttempts} attempts met none between them", "Widen the bounds.");
    }

    private double BoundedNormal(Distribution distribution, double mean, double deviation, double lowest, double highest)
    {
        if (deviation == 0) return lowest <= mean && (mean < highest || double.IsInfinity(highest)) ? mean : throw Empty(distribution, lowest, highest);
        if (double.IsInfinity(lowest) && double.IsInfinity(highest)) return mean + (deviation * Normal());
        return Within(distribution, lowest, highest, (from, to) =>
        {
            double low = (from - mean) / deviation, high = (to - mean) / deviation;
            return high <= 0 ? mean - (deviation * UpperNormal(-high, -low)) : mean + (deviation * UpperNormal(low, high));
        });
    }

    // Normal between low and high, where high > 0: by the upper tail's probability, which keeps its accuracy far out; beyond
    // what has a probability, by exponential proposals (Robert 1995, Stat. Comput. 5, 121).
    private double UpperNormal(double low, double high)
    {
        if (low < InvertibleTail)
        {
            double above = SpecialFunctions.Erfc(low / Math.Sqrt(2)), beyond = SpecialFunctions.Erfc(high / Math.Sqrt(2));
            return Math.Sqrt(2) * SpecialFunctions.ErfcInv(beyond + (UniformOpen() * (above - beyond)));
        }
        while (true)
        {
            double step = -SaddlePoint.LogOnePlus(UniformOpen() * Symbolics.SpecialFunctions.Expm1(-low * (high - low))) / low;
            if (UniformOpen() <= Math.Exp(-step * step / 2)) return low + step;
        }
    }

    // Two exponential halves; each is drawn within its own bounds.
    private double BoundedLaplace(double location, double scale, double lowest, double highest)
    {
        double low = (lowest - location) / scale, high = (highest - location) / scale;
        double left = low < 0 ? Math.Exp(Math.Min(high, 0)) - Math.Exp(low) : 0, right = high > 0 ? Math.Exp(-Math.Max(low, 0)) - Math.Exp(-high) : 0;
        // Far out both are 0 in doubles; the side is plain from the bounds.
        bool isRight = low >= 0 || (high > 0 && Uniform() * (left + right) >= left);
        double sign = isRight ? 1 : -1, from = isRight ? Math.Max(low, 0) : Math.Max(-high, 0), to = isRight ? high : -low;
        double size = from - SaddlePoint.LogOnePlus(Uniform() * Symbolics.SpecialFunctions.Expm1(from - to));
        return Math.Clamp(location + (sign * scale * size), lowest, double.IsInfinity(highest) ? highest : Math.BitDecrement(highest));
    }
}
