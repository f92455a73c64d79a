using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Runs;
using SkiaSharp;

namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>Colours of potentials: pale is low and dark is high among those of one unit, which a grey print keeps.</summary>
internal sealed class DiagramColors
{
    private static readonly SKColor[] stops = [new(0xFF, 0xFA, 0xEC), new(0xFB, 0xD9, 0x95), new(0xE8, 0x93, 0x3A)];

    public DiagramColors(ImmutableArray<DiagramStore> stores)
    {
        Scales = [.. stores.GroupBy(s => s.PotentialUnit).Select(g => (Unit: g.Key, Values: g.SelectMany(s => new[] { s.PotentialAtStart, s.PotentialAtEnd }).OfType<double>().Where(double.IsFinite).ToArray())).Where(g => g.Values.Length > 0).Select(g => (g.Unit, Level(g.Values, g.Values.Min()), Level(g.Values, g.Values.Max())))];
        HasChange = stores.Any(s => AtStart(s) != AtEnd(s));
    }

    /// <summary>Lowest and highest potential of each unit.</summary>
    public ImmutableArray<(string Unit, double Low, double High)> Scales { get; }

    /// <summary>Whether no potential is known.</summary>
    public bool IsEmpty => Scales.IsEmpty;

    /// <summary>Whether a colour changes over the run.</summary>
    public bool HasChange { get; }

    public SKColor AtStart(DiagramStore store) => Of(store.PotentialAtStart, store.PotentialUnit);

    public SKColor AtEnd(DiagramStore store) => Of(store.PotentialAtEnd, store.PotentialUnit);

    /// <summary>The colour at a part of the scale.</summary>
    public static SKColor At(double part)
    {
        double at = Math.Clamp(part, 0, 1) * (stops.Length - 1);
        int i = Math.Min((int)at, stops.Length - 2);
        byte Mix(byte a, byte b) => (byte)Math.Round(a + ((at - i) * (b - a)));
        return new SKColor(Mix(stops[i].Red, stops[i + 1].Red), Mix(stops[i].Green, stops[i + 1].Green), Mix(stops[i].Blue, stops[i + 1].Blue));
    }

    /// <summary>A stoichiometric number worth writing: not 1, and a whole number or a few thirds or halves; null for others.</summary>
    public static string? Ratio(double coefficient)
    {
        if (coefficient is 0 or 1 or >= 100) return null;
        foreach (int part in (int[])[1, 2, 3])
        {
            double times = coefficient * part;
            if (Math.Abs(times - Math.Round(times)) < 1e-9 && times > 0.5) return part == 1 ? times.ToString("0", CultureInfo.InvariantCulture) : $"{times.ToString("0", CultureInfo.InvariantCulture)}/{part}";
        }
        return null;
    }

    private SKColor Of(double? potential, string unit)
    {
        if (potential is not { } value || !Scales.Any(s => s.Unit == unit)) return SKColors.White;
        var (_, low, high) = Scales.First(s => s.Unit == unit);
        return At(IsOne(low, high) ? 0.5 : (value - low) / (high - low));
    }

    // What is next to nothing beside the largest is 0.
    private static double Level(double[] values, double value) => Math.Abs(value) < DiagramNumber.Nothing * values.Max(Math.Abs) ? 0 : value;

    /// <summary>Whether a scale holds one value alone, which has the middle colour.</summary>
    public static bool IsOne(double low, double high) => high - low <= 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high));
}
