using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Protonmotive.Solvers;

/// <summary>
/// Sums of stage vectors, the inner loops of every method; vector and scalar form give the same bits. No fused multiply-add: what
/// rounds alike in two components keeps their sum (E5 shows it).
/// </summary>
internal static class LinearCombination
{
    /// <summary>result = origin + scale·Σ coefficients[j]·stages[j], term after term.</summary>
    /// <param name="origin">Shape [n]; may be <paramref name="result"/>.</param>
    /// <param name="coefficients">Shape [count]; zeros cost nothing.</param>
    /// <param name="scale">Multiplies every coefficient.</param>
    /// <param name="stages">Stage after stage, shape [≥ count·n].</param>
    /// <param name="result">Shape [n]; must not overlap the stages used.</param>
    public static void Add(ReadOnlySpan<double> origin, ReadOnlySpan<double> coefficients, double scale, ReadOnlySpan<double> stages, Span<double> result) =>
        Add(origin, coefficients, scale, stages, result.Length, result);

    /// <summary>As above, for a part of the components: stage j + 1 begins <paramref name="stride"/> numbers after stage j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a short solve would be over before the runtime optimises it
    public static void Add(ReadOnlySpan<double> origin, ReadOnlySpan<double> coefficients, double scale, ReadOnlySpan<double> stages, int stride, Span<double> result)
    {
        int n = result.Length, used = 0;
        if (n == 0) return;
        ref double from = ref MemoryMarshal.GetReference(origin), to = ref MemoryMarshal.GetReference(result), all = ref MemoryMarshal.GetReference(stages);
        (double a, double b, double c, double d) = (0, 0, 0, 0);
        (nint ia, nint ib, nint ic, nint id) = (0, 0, 0, 0);
        for (int j = 0; j < coefficients.Length; j++)
        {
            double factor = coefficients[j] * scale;
            if (factor == 0) continue;
            nint at = (nint)j * stride;
            switch (used++)
            {
                case 0: (a, ia) = (factor, at); continue;
                case 1: (b, ib) = (factor, at); continue;
                case 2: (c, ic) = (factor, at); continue;
                default: (d, id) = (factor, at); break;
            }
            AddFour(ref from, ref to, n, a, ref Unsafe.Add(ref all, ia), b, ref Unsafe.Add(ref all, ib), c, ref Unsafe.Add(ref all, ic), d, ref Unsafe.Add(ref all, id));
            from = ref to;
            used = 0;
        }
        if (used >= 2) AddTwo(ref from, ref to, n, a, ref Unsafe.Add(ref all, ia), b, ref Unsafe.Add(ref all, ib));
        else if (used == 1) AddOne(ref from, ref to, n, a, ref Unsafe.Add(ref all, ia));
        if (used == 3) AddOne(ref to, ref to, n, c, ref Unsafe.Add(ref all, ic));
        if (used == 0 && !Unsafe.AreSame(ref from, ref to)) origin[..n].CopyTo(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFour(ref double from, ref double to, int n, double a, ref double x, double b, ref double y, double c, ref double z, double d, ref double u)
    {
        nint i = 0;
        Vector<double> fa = new(a), fb = new(b), fc = new(c), fd = new(d);
        for (; i <= n - Vector<double>.Count; i += Vector<double>.Count)
        {
            var sum = (Vector.LoadUnsafe(ref from, (nuint)i) + (fa * Vector.LoadUnsafe(ref x, (nuint)i)));
            sum = (sum + (fb * Vector.LoadUnsafe(ref y, (nuint)i)));
            sum = (sum + (fc * Vector.LoadUnsafe(ref z, (nuint)i)));
            (sum + (fd * Vector.LoadUnsafe(ref u, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < n; i++)
        {
            double sum = Unsafe.Add(ref from, i) + (a * Unsafe.Add(ref x, i));
            sum = sum + (b * Unsafe.Add(ref y, i));
            sum = sum + (c * Unsafe.Add(ref z, i));
            Unsafe.Add(ref to, i) = sum + (d * Unsafe.Add(ref u, i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTwo(ref double from, ref double to, int n, double a, ref double x, double b, ref double y)
    {
        nint i = 0;
        Vector<double> fa = new(a), fb = new(b);
        for (; i <= n - Vector<double>.Count; i += Vector<double>.Count)
        {
            var sum = (Vector.LoadUnsafe(ref from, (nuint)i) + (fa * Vector.LoadUnsafe(ref x, (nuint)i)));
            (sum + (fb * Vector.LoadUnsafe(ref y, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < n; i++) Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i) + (a * Unsafe.Add(ref x, i)) + (b * Unsafe.Add(ref y, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOne(ref double from, ref double to, int n, double a, ref double x)
    {
        nint i = 0;
        Vector<double> fa = new(a);
        for (; i <= n - Vector<double>.Count; i += Vector<double>.Count)
        {
            (Vector.LoadUnsafe(ref from, (nuint)i) + (fa * Vector.LoadUnsafe(ref x, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < n; i++) Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i) + (a * Unsafe.Add(ref x, i));
    }
}
