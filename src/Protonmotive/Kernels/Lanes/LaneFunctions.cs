using System.Runtime.CompilerServices;
using Protonmotive.Symbolics;

namespace Protonmotive.Kernels.Lanes;

/// <summary>
/// What each <see cref="Opcode"/> computes, at any width: one method named as the opcode. Truth is 1, falsehood 0. Widths give the
/// same bits but for exponentials, logarithms and powers, which a plain number takes from <see cref="Math"/>.
/// </summary>
internal static unsafe class LaneFunctions<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int MostLanes = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Copy(TVector a) => a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Add(TVector a, TVector b) => TLanes.Add(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Subtract(TVector a, TVector b) => TLanes.Subtract(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Multiply(TVector a, TVector b) => TLanes.Multiply(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Divide(TVector a, TVector b) => TLanes.Divide(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector MultiplyAdd(TVector a, TVector b, TVector c) => TLanes.MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NegatedMultiplyAdd(TVector a, TVector b, TVector c) => TLanes.NegatedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Negate(TVector a) => TLanes.Negate(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Less(TVector a, TVector b) => Truth(TLanes.IsLess(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LessOrEqual(TVector a, TVector b) => Truth(TLanes.IsLessOrEqual(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Equal(TVector a, TVector b) => Truth(TLanes.IsEqual(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NotEqual(TVector a, TVector b) => Falsehood(TLanes.IsEqual(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector And(TVector a, TVector b) => TLanes.Choose(IsFalse(a), Zero, NotEqual(b, Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Or(TVector a, TVector b) => TLanes.Choose(IsFalse(a), NotEqual(b, Zero), One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Xor(TVector a, TVector b) => TLanes.Choose(IsFalse(a), NotEqual(b, Zero), Equal(b, Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Not(TVector a) => Equal(a, Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Select(TVector a, TVector b, TVector c) => TLanes.Choose(IsFalse(a), c, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Min(TVector a, TVector b) => TLanes.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Max(TVector a, TVector b) => TLanes.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Abs(TVector a) => TLanes.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Floor(TVector a) => TLanes.Floor(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Ceiling(TVector a) => TLanes.Ceiling(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sqrt(TVector a) => TLanes.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector a) => TLanes.Count == 1 ? Each(a, &Math.Exp) : LaneMath.Exp<TLanes, TVector>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log(TVector a) => TLanes.Count == 1 ? Each(a, &Math.Log) : LaneMath.Log<TLanes, TVector>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sin(TVector a) => Each(a, &Math.Sin);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Cos(TVector a) => Each(a, &Math.Cos);

    /// <summary>
    /// aᵇ. Wide forms: e^(b ln a), whose relative error is about |b ln a| units in the last place, where a is positive and
    /// normal and the result is too; <see cref="Math.Pow"/> in the lanes where not.
    /// </summary>
    public static TVector Power(TVector a, TVector b)
    {
        if (TLanes.Count == 1) return Each(a, b, &Math.Pow);
        var exponent = TLanes.Multiply(b, Log(a));
        var isPlain = TLanes.Both(
            TLanes.Both(TLanes.IsLessOrEqual(TLanes.Broadcast(2.3e-308), a), TLanes.IsLess(a, TLanes.Broadcast(double.PositiveInfinity))),
            TLanes.IsLess(TLanes.Abs(exponent), TLanes.Broadcast(700)));
        var power = Exp(exponent);
        return TLanes.Bits(isPlain) == (1u << TLanes.Count) - 1 ? power : TLanes.Choose(isPlain, power, Each(a, b, &Math.Pow));
    }

    public static TVector Expm1(TVector a) => Each(a, &SpecialFunctions.Expm1);

    public static TVector Log10(TVector a) => Each(a, &Math.Log10);

    public static TVector Tan(TVector a) => Each(a, &Math.Tan);

    public static TVector Asin(TVector a) => Each(a, &Math.Asin);

    public static TVector Acos(TVector a) => Each(a, &Math.Acos);

    public static TVector Atan(TVector a) => Each(a, &Math.Atan);

    public static TVector Sinh(TVector a) => Each(a, &Math.Sinh);

    public static TVector Cosh(TVector a) => Each(a, &Math.Cosh);

    public static TVector Tanh(TVector a) => Each(a, &Math.Tanh);

    public static TVector Asinh(TVector a) => Each(a, &Math.Asinh);

    public static TVector Acosh(TVector a) => Each(a, &Math.Acosh);

    public static TVector Atanh(TVector a) => Each(a, &Math.Atanh);

    public static TVector Factorial(TVector a) => Each(a, &SpecialFunctions.Factorial);

    public static TVector Digamma(TVector a) => Each(a, &SpecialFunctions.Digamma);

    public static TVector Trigamma(TVector a) => Each(a, &SpecialFunctions.Trigamma);

    private static TVector Zero => TLanes.Broadcast(0);

    private static TVector One => TLanes.Broadcast(1);

    private static TVector IsFalse(TVector a) => TLanes.IsEqual(a, Zero);

    private static TVector Truth(TVector mask) => TLanes.Choose(mask, One, Zero);

    private static TVector Falsehood(TVector mask) => TLanes.Choose(mask, Zero, One);

    private static TVector Each(TVector a, delegate*<double, double> function)
    {
        double* lanes = stackalloc double[MostLanes];
        TLanes.Store(a, lanes);
        for (int lane = 0; lane < TLanes.Count; lane++) lanes[lane] = function(lanes[lane]);
        return TLanes.Load(lanes);
    }

    private static TVector Each(TVector a, TVector b, delegate*<double, double, double> function)
    {
        double* first = stackalloc double[MostLanes], second = stackalloc double[MostLanes];
        TLanes.Store(a, first);
        TLanes.Store(b, second);
        for (int lane = 0; lane < TLanes.Count; lane++) first[lane] = function(first[lane], second[lane]);
        return TLanes.Load(first);
    }
}
