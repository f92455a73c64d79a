using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Colours that colour-blind readers can tell apart; a name has the same colour in every figure.</summary>
/// <remarks>Okabe and Ito (2008), Color Universal Design; with three darker tones for long lists.</remarks>
public static class Palette
{
    private static readonly SKColor[] series =
    [
        new(0x00, 0x72, 0xB2), new(0xD5, 0x5E, 0x00), new(0x00, 0x9E, 0x73), new(0xCC, 0x79, 0xA7),
        new(0xE6, 0x9F, 0x00), new(0x56, 0xB4, 0xE9), new(0x6B, 0x4C, 0x9A), new(0x5B, 0x5B, 0x5B),
    ];

    private static readonly Dictionary<string, int> known = new(StringComparer.Ordinal)
    {
        ["electrons"] = 0, ["protons"] = 1, ["phosphate"] = 2, ["charge"] = 3, ["heat"] = 7,
    };

    /// <summary>Text and axes.</summary>
    public static SKColor Ink { get; } = new(0x22, 0x28, 0x30);

    /// <summary>Less important text.</summary>
    public static SKColor Soft { get; } = new(0x66, 0x6E, 0x78);

    /// <summary>Grid lines.</summary>
    public static SKColor Grid { get; } = new(0xE4, 0xE7, 0xEB);

    /// <summary>Shading of every other phase.</summary>
    public static SKColor Shade { get; } = new(0xF3, 0xF5, 0xF8);

    /// <summary>Heat, dissipation.</summary>
    public static SKColor Heat { get; } = new(0xB8, 0x3A, 0x26);

    /// <summary>Work delivered.</summary>
    public static SKColor Work { get; } = new(0x00, 0x9E, 0x73);

    /// <summary>The colour of the n-th series of a panel.</summary>
    public static SKColor Series(int index) => series[index % series.Length];

    /// <summary>The colour of a carrier.</summary>
    public static SKColor Carrier(string name) => series[known.GetValueOrDefault(name, 6)];
}
