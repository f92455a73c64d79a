using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Protonmotive.Reports.Figures;
using SkiaSharp;

namespace Protonmotive.Reports.Mathematics;

/// <summary>Something measured that can be drawn: its width, and how far it reaches above and below its baseline, in points.</summary>
/// <param name="Width">Width.</param>
/// <param name="Ascent">Reach above the baseline.</param>
/// <param name="Descent">Reach below it.</param>
internal abstract record Box(float Width, float Ascent, float Descent)
{
    /// <summary>How much of the width is only the slant of a last letter; a subscript moves back by it.</summary>
    public virtual float Slant => 0;

    /// <summary>Draws it with its left end on the baseline at a point.</summary>
    public abstract void Draw(Pen pen, float x, float y, SKColor color);
}

/// <summary>Letters.</summary>
internal sealed record LetterBox : Box
{
    private readonly ImmutableArray<(string Text, Pen.Face Face, float X)> runs;
    private readonly float size;
    private readonly float slant;

    private LetterBox(float width, float ascent, float descent, float size, float slant, ImmutableArray<(string, Pen.Face, float)> runs)
        : base(width, ascent, descent) => (this.size, this.slant, this.runs) = (size, slant, runs);

    /// <inheritdoc/>
    public override float Slant => slant;

    /// <summary>Measures letters; those that the fonts of mathematics lack come from DejaVu Sans.</summary>
    public static LetterBox Of(string text, bool isItalic, float size)
    {
        var runs = ImmutableArray.CreateBuilder<(string, Pen.Face, float)>();
        float x = 0, left = 0, right = 0, ascent = 0, descent = 0;
        foreach (var (run, face) in Runs(text, isItalic))
        {
            var (advance, ink) = Pen.Measure(run, size, face);
            runs.Add((run, face, x));
            left = Math.Min(left, x + ink.Left);
            right = Math.Max(right, x + ink.Right);
            ascent = Math.Max(ascent, -ink.Top);
            descent = Math.Max(descent, ink.Bottom);
            x += advance;
        }
        float width = Math.Max(x, right) - left;
        return new LetterBox(width, ascent, descent, size, Math.Max(0, right - x), [.. runs.Select(r => (r.Item1, r.Item2, r.Item3 - left))]);
    }

    /// <inheritdoc/>
    public override void Draw(Pen pen, float x, float y, SKColor color)
    {
        foreach (var (text, face, at) in runs) pen.Letters(text, x + at, y, size, color, face);
    }

    private static IEnumerable<(string Text, Pen.Face Face)> Runs(string text, bool isItalic)
    {
        Pen.Face[] faces = isItalic ? [Pen.Face.Italic, Pen.Face.Roman] : [Pen.Face.Roman, Pen.Face.Italic];
        var run = new StringBuilder();
        var last = faces[0];
        foreach (var rune in text.EnumerateRunes())
        {
            var face = Array.Find(faces, f => Pen.Has(f, rune.Value)) is var found && Pen.Has(found, rune.Value) ? found : Pen.Face.Sans;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark && run.Length > 0) face = last;
            if (run.Length > 0 && face != last)
            {
                yield return (run.ToString(), last);
                run.Clear();
            }
            last = face;
            run.Append(rune);
        }
        if (run.Length > 0) yield return (run.ToString(), last);
    }
}

/// <summary>Boxes at places.</summary>
/// <param name="Width">Width.</param>
/// <param name="Ascent">Reach above the baseline.</param>
/// <param name="Descent">Reach below it.</param>
/// <param name="Parts">Boxes with the place of their left end on the baseline, downwards positive.</param>
internal sealed record GroupBox(float Width, float Ascent, float Descent, ImmutableArray<(Box Box, float X, float Y)> Parts) : Box(Width, Ascent, Descent)
{
    /// <inheritdoc/>
    public override float Slant => Parts.IsEmpty ? 0 : Parts[^1].Box.Slant;

    /// <summary>The smallest box that holds all parts.</summary>
    public static GroupBox Of(params ImmutableArray<(Box Box, float X, float Y)> parts) => new(
        parts.IsEmpty ? 0 : parts.Max(p => p.X + p.Box.Width),
        parts.IsEmpty ? 0 : parts.Max(p => p.Box.Ascent - p.Y),
        parts.IsEmpty ? 0 : parts.Max(p => p.Box.Descent + p.Y), parts);

    /// <inheritdoc/>
    public override void Draw(Pen pen, float x, float y, SKColor color)
    {
        foreach (var (box, dx, dy) in Parts) box.Draw(pen, x + dx, y + dy, color);
    }
}

/// <summary>A filled shape: a bar, a bracket, the sign of a root.</summary>
/// <param name="Width">Width.</param>
/// <param name="Ascent">Reach above the baseline.</param>
/// <param name="Descent">Reach below it.</param>
/// <param name="Shape">The outline about the left end on the baseline.</param>
internal sealed record ShapeBox(float Width, float Ascent, float Descent, Action<SKPath> Shape) : Box(Width, Ascent, Descent)
{
    /// <summary>A filled rectangle.</summary>
    public static ShapeBox Bar(float width, float ascent, float descent) => new(width, ascent, descent, path => path.AddRect(new SKRect(0, -ascent, width, descent)));

    /// <inheritdoc/>
    public override void Draw(Pen pen, float x, float y, SKColor color)
    {
        using var path = new SKPath();
        Shape(path);
        path.Transform(SKMatrix.CreateTranslation(x, y));
        pen.Fill(color, path);
    }
}
