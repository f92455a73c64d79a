using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Lines, areas and text on a canvas, with the fonts that the product ships.</summary>
public sealed class Pen : IDisposable
{
    private static readonly Lazy<SKTypeface> regular = new(() => Load("DejaVuSans.ttf"));
    private static readonly Lazy<SKTypeface> bold = new(() => Load("DejaVuSans-Bold.ttf"));
    private static readonly Lazy<SKTypeface> roman = new(() => Load("KaTeX_Main-Regular.ttf"));
    private static readonly Lazy<SKTypeface> italic = new(() => Load("KaTeX_Math-Italic.ttf"));
    private readonly SKCanvas canvas;
    private readonly bool outlinesMathematics;
    private readonly SKPaint paint = new() { IsAntialias = true };

    /// <param name="canvas">What is drawn on.</param>
    /// <param name="outlinesMathematics">Whether letters of formulas are drawn as outlines, for a file that does not carry its fonts.</param>
    internal Pen(SKCanvas canvas, bool outlinesMathematics = false)
    {
        this.canvas = canvas;
        this.outlinesMathematics = outlinesMathematics;
    }

    /// <summary>The fonts of the product.</summary>
    internal enum Face
    {
        /// <summary>DejaVu Sans, for figures.</summary>
        Sans,
        /// <summary>DejaVu Sans, bold.</summary>
        SansBold,
        /// <summary>Upright letters and signs of mathematics: Computer Modern Roman.</summary>
        Roman,
        /// <summary>Italic letters of mathematics.</summary>
        Italic,
    }

    /// <summary>Where text stands about its point.</summary>
    public enum Align
    {
        /// <summary>It begins there.</summary>
        Left,
        /// <summary>Its middle is there.</summary>
        Center,
        /// <summary>It ends there.</summary>
        Right,
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(SKColor color, float x, float y, float width, float height)
    {
        paint.Style = SKPaintStyle.Fill;
        paint.Color = color;
        canvas.DrawRect(x, y, width, height, paint);
    }

    /// <summary>Fills a closed path.</summary>
    public void Fill(SKColor color, SKPath path)
    {
        paint.Style = SKPaintStyle.Fill;
        paint.Color = color;
        canvas.DrawPath(path, paint);
    }

    /// <summary>Draws a straight line.</summary>
    public void Line(SKColor color, float x0, float y0, float x1, float y1, float width = 1)
    {
        Stroke(color, width);
        canvas.DrawLine(x0, y0, x1, y1, paint);
    }

    /// <summary>Draws a line through points; a NaN lifts the pen. Dashes are lengths drawn and left out in turn; none for a whole line.</summary>
    public void Polyline(SKColor color, IReadOnlyList<SKPoint> points, float width = 1.8f, float[]? dashes = null)
    {
        Stroke(color, width);
        using var pattern = dashes is null ? null : SKPathEffect.CreateDash(dashes, 0);
        paint.PathEffect = pattern;
        using var path = new SKPath();
        bool down = false;
        foreach (var point in points)
        {
            if (!float.IsFinite(point.X) || !float.IsFinite(point.Y)) { down = false; continue; }
            if (down) path.LineTo(point); else path.MoveTo(point);
            down = true;
        }
        canvas.DrawPath(path, paint);
        paint.PathEffect = null;
    }

    /// <summary>Draws a round mark.</summary>
    public void Dot(SKColor color, float x, float y, float radius = 4)
    {
        paint.Style = SKPaintStyle.Fill;
        paint.Color = color;
        canvas.DrawCircle(x, y, radius, paint);
        Stroke(SKColors.White, 1);
        canvas.DrawCircle(x, y, radius, paint);
    }

    /// <summary>Draws a round spot without an edge, for clouds of points.</summary>
    public void Spot(SKColor color, float x, float y, float radius)
    {
        paint.Style = SKPaintStyle.Fill;
        paint.Color = color;
        canvas.DrawCircle(x, y, radius, paint);
    }

    /// <summary>Writes text with its baseline at y.</summary>
    public void Text(string text, float x, float y, float size = 11, SKColor? color = null, Align align = Align.Left, bool isBold = false)
    {
        using var font = Font(size, isBold);
        float width = align == Align.Left ? 0 : font.MeasureText(text);
        paint.Style = SKPaintStyle.Fill;
        paint.Color = color ?? Palette.Ink;
        canvas.DrawText(text, align == Align.Left ? x : align == Align.Right ? x - width : x - (width / 2), y, font, paint);
    }

    /// <summary>Writes text upwards, centred at a point.</summary>
    public void TextUp(string text, float x, float y, float size = 11, SKColor? color = null)
    {
        canvas.Save();
        canvas.RotateDegrees(-90, x, y);
        Text(text, x, y, size, color, Align.Center);
        canvas.Restore();
    }

    /// <summary>Writes letters of a formula with their baseline at y.</summary>
    internal void Letters(string text, float x, float y, float size, SKColor color, Face face)
    {
        using var font = Font(size, face);
        paint.Style = SKPaintStyle.Fill;
        paint.Color = color;
        if (!outlinesMathematics)
        {
            canvas.DrawText(text, x, y, font, paint);
            return;
        }
        using var path = font.GetTextPath(text, new SKPoint(x, y));
        canvas.DrawPath(path, paint);
    }

    /// <summary>Whether a face has a letter.</summary>
    internal static bool Has(Face face, int codePoint) => Typeface(face).ContainsGlyph(codePoint);

    /// <summary>Advance of letters of a formula, and the box of what is drawn about their beginning on the baseline.</summary>
    internal static (float Advance, SKRect Ink) Measure(string text, float size, Face face)
    {
        // Skia rounds the outline of letters to whole points, so they are measured large.
        const float Measured = 1024;
        using var font = Font(Measured, face);
        float advance = font.MeasureText(text, out var ink), scale = size / Measured;
        return (advance * scale, new SKRect(ink.Left * scale, ink.Top * scale, ink.Right * scale, ink.Bottom * scale));
    }

    /// <summary>Width of text.</summary>
    public static float Measure(string text, float size = 11, bool isBold = false)
    {
        using var font = Font(size, isBold);
        return font.MeasureText(text);
    }

    /// <summary>Text cut to a width, with an ellipsis where something is left out.</summary>
    public static string Fitted(string text, float size, float width, bool isBold = false)
    {
        if (Measure(text, size, isBold) <= width) return text;
        int length = text.Length;
        while (length > 1 && Measure(text[..length] + "…", size, isBold) > width) length--;
        return text[..length] + "…";
    }

    /// <summary>Runs drawing that must not leave a rectangle.</summary>
    public void Clip(SKRect area, Action draw)
    {
        canvas.Save();
        canvas.ClipRect(area);
        draw();
        canvas.Restore();
    }

    /// <inheritdoc/>
    public void Dispose() => paint.Dispose();

    private void Stroke(SKColor color, float width)
    {
        paint.Style = SKPaintStyle.Stroke;
        paint.Color = color;
        paint.StrokeWidth = width;
        paint.StrokeJoin = SKStrokeJoin.Round;
        paint.StrokeCap = SKStrokeCap.Round;
    }

    // Hinted advances are whole points: letters would stand too far apart in print and in SVG.
    private static SKFont Font(float size, bool isBold) => Font(size, isBold ? Face.SansBold : Face.Sans);

    private static SKFont Font(float size, Face face) => new(Typeface(face), size) { Subpixel = true, Hinting = SKFontHinting.None, LinearMetrics = true };

    private static SKTypeface Typeface(Face face) => face switch
    {
        Face.SansBold => bold.Value,
        Face.Roman => roman.Value,
        Face.Italic => italic.Value,
        _ => regular.Value,
    };

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(Pen).Assembly.GetManifestResourceStream(name)!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
