using Protonmotive.Reports.Figures;
using SkiaSharp;

namespace Protonmotive.Reports.Mathematics;

/// <summary>A formula measured at a size, ready to be drawn: nothing of it lies outside its box.</summary>
public sealed class FormulaBox
{
    private readonly Box box;

    private FormulaBox(Box box) => this.box = box;

    /// <summary>Width, in points.</summary>
    public float Width => box.Width;

    /// <summary>Reach above the baseline of its first line, in points.</summary>
    public float Ascent => box.Ascent;

    /// <summary>Reach below the baseline of its first line, in points.</summary>
    public float Descent => box.Descent;

    /// <summary>Height, in points.</summary>
    public float Height => Ascent + Descent;

    /// <summary>Measures a formula.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="size">Size of its letters, in points.</param>
    /// <param name="width">
    /// Width it must keep to, in points: a longer one is broken into lines, and one that no break makes short enough is made smaller.
    /// </param>
    /// <param name="isDisplay">Whether it stands alone, with fractions in full size; else it is part of a line of text.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size or the width is not positive.</exception>
    public static FormulaBox Measure(Formula formula, float size, float width = float.PositiveInfinity, bool isDisplay = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var broken = FormulaLines.Break(formula, width / size);
        var box = new FormulaLayout(size, isDisplay).Of(broken);
        if (box.Width > width) box = new FormulaLayout(size * 0.999f * width / box.Width, isDisplay).Of(broken);
        return new FormulaBox(box);
    }

    /// <summary>Draws it.</summary>
    /// <param name="pen">What draws.</param>
    /// <param name="x">Its left end, in points.</param>
    /// <param name="baseline">The baseline of its first line, in points.</param>
    /// <param name="color">Colour; the ink of figures where none is given.</param>
    public void Draw(Pen pen, float x, float baseline, SKColor? color = null) => box.Draw(pen, x, baseline, color ?? Palette.Ink);
}
