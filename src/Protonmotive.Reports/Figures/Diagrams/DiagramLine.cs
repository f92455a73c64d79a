using Protonmotive.Reports.Mathematics;

namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>A line of text at a node.</summary>
/// <param name="Text">The text.</param>
/// <param name="Role">What it says.</param>
/// <param name="Below">What stands after it, smaller and lower; empty for nothing.</param>
public readonly record struct DiagramLine(string Text, DiagramLineRole Role, string Below = "")
{
    private const float Small = 0.78f, Lower = 0.22f;

    /// <summary>Its width.</summary>
    public float Width => Pen.Measure(Text, Size, IsName) + (Below.Length > 0 ? Pen.Measure(Below, Size * Small, IsName) : 0);

    /// <summary>Size of its letters.</summary>
    public float Size => IsName ? DiagramLayout.NameSize : DiagramLayout.NumberSize;

    /// <summary>Whether it is the name.</summary>
    public bool IsName => Role == DiagramLineRole.Name;

    /// <summary>The name of a store: <c>E_Na</c> as E with Na below, as it is set in equations.</summary>
    public static DiagramLine Store(string name)
    {
        var parts = FormulaNames.Parts(name);
        return parts.Length == 1 || FormulaNames.IsSentence(parts[1..]) ? Process(name) : new DiagramLine(parts[0], DiagramLineRole.Name, string.Join(' ', parts[1..]));
    }

    /// <summary>The name of a process: words, and a number at their end below.</summary>
    public static DiagramLine Process(string name)
    {
        var parts = FormulaNames.Parts(name);
        return parts.Length > 1 && parts[^1].All(char.IsAsciiDigit) ? new DiagramLine(string.Join(' ', parts[..^1]), DiagramLineRole.Name, parts[^1]) : new DiagramLine(string.Join(' ', parts), DiagramLineRole.Name);
    }

    /// <summary>Writes it from its left end, or about its centre.</summary>
    internal void Write(Pen pen, float x, float baseline, SkiaSharp.SKColor color, Pen.Align align)
    {
        float left = align == Pen.Align.Center ? x - (Width / 2) : x;
        pen.Text(Text, left, baseline, Size, color, isBold: IsName);
        if (Below.Length > 0) pen.Text(Below, left + Pen.Measure(Text, Size, IsName), baseline + (Size * Lower), Size * Small, color, isBold: IsName);
    }
}

/// <summary>What a line of text says.</summary>
public enum DiagramLineRole
{
    /// <summary>The name.</summary>
    Name,
    /// <summary>A potential.</summary>
    Potential,
    /// <summary>A flux.</summary>
    Flux,
    /// <summary>A power that becomes heat.</summary>
    Heat,
    /// <summary>A power that goes out as work.</summary>
    Work,
}
