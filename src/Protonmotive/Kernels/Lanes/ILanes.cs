namespace Protonmotive.Kernels.Lanes;

/// <summary>
/// A row of numbers that one instruction treats side by side, one member of an ensemble in each lane. The implementations
/// differ in width only: lane by lane they give the same bits.
/// </summary>
/// <typeparam name="TVector">The numbers side by side; also a mask, all bits of a lane set for true.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>Reads consecutive numbers.</summary>
    static abstract TVector Load(double* from);

    /// <summary>Writes consecutive numbers.</summary>
    static abstract void Store(TVector value, double* to);

    /// <summary>One number in every lane.</summary>
    static abstract TVector Broadcast(double value);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a − b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a · b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a / b.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>c + a · b, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>c − a · b, rounded once.</summary>
    static abstract TVector NegatedMultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>−a.</summary>
    static abstract TVector Negate(TVector a);

    /// <summary>|a|.</summary>
    static abstract TVector Abs(TVector a);

    /// <summary>√a.</summary>
    static abstract TVector Sqrt(TVector a);

    /// <summary>The smaller; NaN where one is.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>The larger; NaN where one is.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>The larger, b where one is NaN: a single instruction where <see cref="Max"/> takes several.</summary>
    static abstract TVector Larger(TVector a, TVector b);

    /// <summary>Largest integer not above a.</summary>
    static abstract TVector Floor(TVector a);

    /// <summary>Smallest integer not below a.</summary>
    static abstract TVector Ceiling(TVector a);

    /// <summary>2 to an integer power from −1022 to 1023.</summary>
    static abstract TVector PowerOfTwo(TVector exponent);

    /// <summary>The whole k for which a = m·2ᵏ with √½ ≤ m &lt; √2; a positive and normal.</summary>
    static abstract TVector Exponent(TVector a);

    /// <summary>That m.</summary>
    static abstract TVector Significand(TVector a);

    /// <summary>Mask: a &lt; b.</summary>
    static abstract TVector IsLess(TVector a, TVector b);

    /// <summary>Mask: a ≤ b.</summary>
    static abstract TVector IsLessOrEqual(TVector a, TVector b);

    /// <summary>Mask: a = b.</summary>
    static abstract TVector IsEqual(TVector a, TVector b);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract TVector Choose(TVector mask, TVector a, TVector b);

    /// <summary>Bitwise and.</summary>
    static abstract TVector Both(TVector a, TVector b);

    /// <summary>The mask as bits, lane 0 lowest.</summary>
    static abstract uint Bits(TVector mask);
}
