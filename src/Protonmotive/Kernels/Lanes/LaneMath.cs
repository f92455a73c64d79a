using System.Runtime.CompilerServices;

namespace Protonmotive.Kernels.Lanes;

/// <summary>
/// Exponentials and logarithms over lanes, within 2 units in the last place. The runtime's own are not used: they give other
/// last bits before and after the runtime has optimised them, and a member must give the same numbers whenever it runs.
/// </summary>
internal static class LaneMath
{
    /// <summary>1.5·2⁵²: added to a small number, it leaves the number rounded in the last bits.</summary>
    public const double Magic = 6755399441055744;

    /// <summary>2⁵², whose last bits count units, as a number and as bits.</summary>
    public const double IntegerValue = 4503599627370496;

    /// <summary>Bits of 2⁵².</summary>
    public const long IntegerBits = 0x4330_0000_0000_0000;

    /// <summary>Bits of 1.</summary>
    public const long OneBits = 0x3FF0_0000_0000_0000;

    /// <summary>Bits of √½.</summary>
    public const long RootHalfBits = 0x3FE6_A09E_667F_3BCD;

    /// <summary>The fraction of a number.</summary>
    public const long FractionBits = 0x000F_FFFF_FFFF_FFFF;

    /// <summary>eᵃ: a = k ln 2 + r, then the Taylor series to r¹³, whose rest is below 5e-18, times 2ᵏ in two factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TVector Exp<TLanes, TVector>(TVector a)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Past these bounds the result is ∞ or 0.
        var x = TLanes.Min(TLanes.Max(a, TLanes.Broadcast(-746)), TLanes.Broadcast(710));
        var magic = TLanes.Broadcast(Magic);
        var k = TLanes.Subtract(TLanes.MultiplyAdd(x, TLanes.Broadcast(1.4426950408889634), magic), magic);
        var r = TLanes.NegatedMultiplyAdd(k, TLanes.Broadcast(6.93147180369123816490e-01), x);
        r = TLanes.NegatedMultiplyAdd(k, TLanes.Broadcast(1.90821492927058770002e-10), r);
        var square = TLanes.Multiply(r, r);
        // Even and odd powers apart: half the latency of one chain.
        var even = TLanes.Broadcast(1.0 / 479001600);
        even = TLanes.MultiplyAdd(even, square, TLanes.Broadcast(1.0 / 3628800));
        even = TLanes.MultiplyAdd(even, square, TLanes.Broadcast(1.0 / 40320));
        even = TLanes.MultiplyAdd(even, square, TLanes.Broadcast(1.0 / 720));
        even = TLanes.MultiplyAdd(even, square, TLanes.Broadcast(1.0 / 24));
        even = TLanes.MultiplyAdd(even, square, TLanes.Broadcast(0.5));
        var odd = TLanes.Broadcast(1.0 / 6227020800);
        odd = TLanes.MultiplyAdd(odd, square, TLanes.Broadcast(1.0 / 39916800));
        odd = TLanes.MultiplyAdd(odd, square, TLanes.Broadcast(1.0 / 362880));
        odd = TLanes.MultiplyAdd(odd, square, TLanes.Broadcast(1.0 / 5040));
        odd = TLanes.MultiplyAdd(odd, square, TLanes.Broadcast(1.0 / 120));
        odd = TLanes.MultiplyAdd(odd, square, TLanes.Broadcast(1.0 / 6));
        // 1 + (r + r²·(even + r·odd)): the small part is summed before the 1 is added.
        var rest = TLanes.MultiplyAdd(square, TLanes.MultiplyAdd(odd, r, even), r);
        var power = TLanes.Add(TLanes.Broadcast(1), rest);
        var half = TLanes.Floor(TLanes.Multiply(k, TLanes.Broadcast(0.5)));
        power = TLanes.Multiply(TLanes.Multiply(power, TLanes.PowerOfTwo(half)), TLanes.PowerOfTwo(TLanes.Subtract(k, half)));
        return TLanes.Choose(TLanes.IsEqual(a, a), power, a);
    }

    /// <summary>ln a.</summary>
    /// <remarks>
    /// a = m·2ᵏ, s = f/(2 + f) with f = m − 1, and the polynomial in s² of the FreeBSD/Sun mathematics library (fdlibm, e_log.c,
    /// 1993), whose error is below 2⁻⁵⁸·⁴⁵.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TVector Log<TLanes, TVector>(TVector a)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector zero = TLanes.Broadcast(0), infinity = TLanes.Broadcast(double.PositiveInfinity);
        var isDenormal = TLanes.IsLess(a, TLanes.Broadcast(2.2250738585072014e-308));
        var x = TLanes.Choose(isDenormal, TLanes.Multiply(a, TLanes.Broadcast(18014398509481984)), a); // 2⁵⁴
        var k = TLanes.Subtract(TLanes.Exponent(x), TLanes.Choose(isDenormal, TLanes.Broadcast(54), zero));
        var f = TLanes.Subtract(TLanes.Significand(x), TLanes.Broadcast(1));
        var s = TLanes.Divide(f, TLanes.Add(f, TLanes.Broadcast(2)));
        var z = TLanes.Multiply(s, s);
        var w = TLanes.Multiply(z, z);
        var even = TLanes.MultiplyAdd(w, TLanes.Broadcast(1.531383769920937332e-01), TLanes.Broadcast(2.222219843214978396e-01));
        even = TLanes.MultiplyAdd(w, even, TLanes.Broadcast(3.999999999940941908e-01));
        var odd = TLanes.MultiplyAdd(w, TLanes.Broadcast(1.479819860511658591e-01), TLanes.Broadcast(1.818357216161805012e-01));
        odd = TLanes.MultiplyAdd(w, odd, TLanes.Broadcast(2.857142874366239149e-01));
        odd = TLanes.MultiplyAdd(w, odd, TLanes.Broadcast(6.666666666666735130e-01));
        var series = TLanes.MultiplyAdd(z, odd, TLanes.Multiply(w, even));
        var halfSquare = TLanes.Multiply(TLanes.Multiply(f, f), TLanes.Broadcast(0.5));
        // k ln2_hi − ((f²/2 − (s (f²/2 + R) + k ln2_lo)) − f)
        var low = TLanes.MultiplyAdd(s, TLanes.Add(halfSquare, series), TLanes.Multiply(k, TLanes.Broadcast(1.90821492927058770002e-10)));
        var rest = TLanes.Subtract(TLanes.Subtract(halfSquare, low), f);
        var log = TLanes.Subtract(TLanes.Multiply(k, TLanes.Broadcast(6.93147180369123816490e-01)), rest);
        log = TLanes.Choose(TLanes.IsLess(a, infinity), log, a); // ∞ and NaN
        log = TLanes.Choose(TLanes.IsLess(zero, a), log, TLanes.Choose(TLanes.IsEqual(a, zero), TLanes.Negate(infinity), TLanes.Broadcast(double.NaN)));
        return TLanes.Choose(TLanes.IsEqual(a, a), log, a);
    }
}
