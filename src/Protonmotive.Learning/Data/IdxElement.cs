namespace Protonmotive.Learning.Data;

/// <summary>Type of the elements of an idx file: the third byte of its magic number.</summary>
public enum IdxElement
{
    /// <summary>Unsigned bytes.</summary>
    UnsignedByte = 0x08,
    /// <summary>Signed bytes.</summary>
    SignedByte = 0x09,
    /// <summary>16-bit integers.</summary>
    Integer16 = 0x0B,
    /// <summary>32-bit integers.</summary>
    Integer32 = 0x0C,
    /// <summary>32-bit floating point.</summary>
    Floating32 = 0x0D,
    /// <summary>64-bit floating point.</summary>
    Floating64 = 0x0E,
}
