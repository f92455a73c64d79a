using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Lines, areas and text on a canvas, with the fonts that the product ships.</summary>
public sealed class Pen : IDisposable
{
    private static readonly Lazy<SKTypeface> regular = new(() => Load("DejaVuSans.ttf"));
    private static readonly Lazy<SKTypeface> bold = new(() => Load("DejaVuSans-Bold.ttf"));
    private static readonly Lazy<SKTypeface> roman = new(() => Load("KaTeX_Main-Regular.ttf"));
    private static readonly Lazy<SKTypeface> italic = new(() => Load("KaTeX_Math-Italic.ttf"));
    private const float Kappa = 0.5522848f; // 4/3 (√2 − 1): a quarter of a circle as a cubic
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
        using var path = new SKPath();
        bool down = false;
        foreach (var point in points)
        {
            if (!float.IsFinite(point.X) || !float.IsFinite(point.Y)) { down = false; continue; }
            if (down) path.LineTo(point); else path.MoveTo(point);
            down = true;
        }
        Draw(path, dashes);
    }

    // Dashes are drawn one by one: Skia's SVG canvas has none.
    private void Draw(SKPath path, float[]? dashes)
    {
        if (dashes is null)
        {
            canvas.DrawPath(path, paint);
            return;
        }
        using var drawn = new SKPath();
        using var measure = new SKPathMeasure(path);
        do
        {
            float at = 0;
            for (int i = 0; at < measure.Length; at += dashes[i++ % dashes.Length])
                if (i % 2 == 0) measure.GetSegment(at, Math.Min(at + dashes[i % dashes.Length], measure.Length), drawn, startWithMoveTo: true);
        }
        while (measure.NextContour());
        canvas.DrawPath(drawn, paint);
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

    /// <summary>Draws along a path, which it disposes of. Dashes as in <see cref="Polyline"/>.</summary>
    public void Stroke(SKColor color, SKPath path, float width, float[]? dashes = null)
    {
        Stroke(color, width);
        paint.StrokeCap = SKStrokeCap.Butt;
        Draw(path, dashes);
        path.Dispose();
    }

    /// <summary>Draws a rectangle with round corners; transparent to leave out its area or its edge. Corners at the left and at the right may differ.</summary>
    public void Round(SKColor fill, SKColor edge, float x, float y, float width, float height, float corner, float edgeWidth, float[]? dashes = null, float? rightCorner = null)
    {
        using var outline = Outline(x, y, x + width, y + height, corner, rightCorner ?? corner);
        if (fill.Alpha > 0) Fill(fill, outline);
        if (edge.Alpha == 0) return;
        Stroke(edge, edgeWidth);
        Draw(outline, dashes);
    }

    // Skia writes its own round corners to SVG as dozens of pieces; a cubic each is as round to 0.03 % of the radius.
    private static SKPath Outline(float left, float top, float right, float bottom, float l, float r)
    {
        const float k = 1 - Kappa;
        var path = new SKPath();
        path.MoveTo(left + l, top);
        path.LineTo(right - r, top);
        if (r > 0) path.CubicTo(right - (k * r), top, right, top + (k * r), right, top + r);
        path.LineTo(right, bottom - r);
        if (r > 0) path.CubicTo(right, bottom - (k * r), right - (k * r), bottom, right - r, bottom);
        path.LineTo(left + l, bottom);
        if (l > 0) path.CubicTo(left + (k * l), bottom, left, bottom - (k * l), left, bottom - l);
        path.LineTo(left, top + l);
        if (l > 0) path.CubicTo(left, top + (k * l), left + (k * l), top, left + l, top);
        path.Close();
        return path;
    }

    /// <summary>Draws a disc with an edge.</summary>
    public void Disc(SKColor fill, SKColor edge, float x, float y, float radius, float edgeWidth)
    {
        paint.Style = SKPaintStyle.Fill;
        paint.Color = fill;
        canvas.DrawCircle(x, y, radius, paint);
        Stroke(edge, edgeWidth);
        canvas.DrawCircle(x, y, radius, paint);
    }

    /// <summary>Fills a part of a disc, from the top clockwise.</summary>
    public void Wedge(SKColor color, float x, float y, float radius, float part)
    {
        if (part >= 0.999f) { Spot(color, x, y, radius); return; }
        using var path = new SKPath();
        path.MoveTo(x, y);
        path.LineTo(x, y - radius);
        int pieces = (int)Math.Ceiling(part * 4);
        double step = 2 * Math.PI * part / pieces, reach = 4.0 / 3 * Math.Tan(step / 4); // a cubic for each piece of an arc
        SKPoint At(double angle, double tangent) => new((float)(x + (radius * (Math.Sin(angle) + (tangent * Math.Cos(angle))))), (float)(y - (radius * (Math.Cos(angle) - (tangent * Math.Sin(angle))))));
        for (int i = 0; i < pieces; i++) path.CubicTo(At(i * step, reach), At((i + 1) * step, -reach), At((i + 1) * step, 0));
        path.Close();
        Fill(color, path);
    }

    /// <summary>Runs drawing whose origin is at a point.</summary>
    public void At(float x, float y, Action draw)
    {
        canvas.Save();
        canvas.Translate(x, y);
        draw();
        canvas.Restore();
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

    /// <summary>Writes centred text with a white edge around its letters, or on a white ground, so that it is read on whatever lies beneath.</summary>
    public void TextOnTop(string text, float x, float y, float size, SKColor color, bool isBold = false, bool hasGround = false)
    {
        using var font = Font(size, isBold);
        float half = font.MeasureText(text) / 2;
        if (hasGround) Fill(SKColors.White.WithAlpha(0xD8), x - half - 2, y - (0.78f * size), (2 * half) + 4, size);
        else
        {
            Stroke(SKColors.White.WithAlpha(0xE0), 3.5f);
            canvas.DrawText(text, x - half, y, font, paint);
        }
        Text(text, x, y, size, color, Align.Center, isBold);
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

    /// <summary>Whether titles of figures are drawn.</summary>
    internal bool HasTitles { get; set; } = true;

    /// <summary>The title of a figure: a line, or two smaller ones where it is too long for one.</summary>
    public void Title(string title, float x, float width)
    {
        if (!HasTitles) return;
        int half = Measure(title, 14, true) <= width ? -1 : title.LastIndexOf(' ', Fitted(title, 12, width, true).Length - 1);
        if (half < 0)
        {
            Text(Fitted(title, 14, width, true), x, 28, 14, isBold: true);
            return;
        }
        Text(title[..half], x, 20, 12, isBold: true);
        Text(Fitted(title[(half + 1)..], 12, width, true), x, 35, 12, isBold: true);
    }

    /// <summary>Text cut to a width, with an ellipsis where something is left out.</summary>
    public static string Fitted(string text, float size, float width, bool isBold = false)
    {
        if (Measure(text, size, isBold) <= width) return text;
        int length = text.Length;
        while (length > 1 && Measure(text[..length] + "…", size, isBold) > width) length--;
        return text[..length] + "…";
    }

    /// <summary>Texts cut to a width so that those that differ still do: in the middle where their beginnings are alike.</summary>
    public static string[] FittedApart(IReadOnlyList<string> texts, float size, float width, bool isBold = false)
    {
        string[] cut = [.. texts.Select(t => Fitted(t, size, width, isBold))];
        for (int i = 0; i < cut.Length; i++)
        {
            if (cut[i] == texts[i] || !texts.Where((t, k) => t != texts[i] && Fitted(t, size, width, isBold) == cut[i]).Any()) continue;
            string text = texts[i];
            int left = text.Length - 1;
            string Middle() => string.Concat(text.AsSpan(0, left / 3), "…", text.AsSpan(text.Length - (left - (left / 3))));
            while (left > 1 && Measure(Middle(), size, isBold) > width) left--;
            cut[i] = Middle();
        }
        return cut;
    }

    /// <summary>Text in one line, or in two as even as its spaces allow where one is too long for a width.</summary>
    public static List<string> Lines(string text, float size, float width, bool isBold = false)
    {
        if (Measure(text, size, isBold) <= width) return [text];
        var breaks = Enumerable.Range(0, text.Length).Where(i => i > 0 && i < text.Length - 1 && text[i] == ' ').ToList();
        if (breaks.Count == 0) return [text];
        int at = breaks.MinBy(i => Math.Max(Measure(text[..i], size, isBold), Measure(text[(i + 1)..], size, isBold)));
        return [text[..at], text[(at + 1)..]];
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
