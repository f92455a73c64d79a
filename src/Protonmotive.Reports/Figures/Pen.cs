using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Lines, areas and text on a canvas, with the fonts that the product ships.</summary>
public sealed class Pen : IDisposable
{
    private static readonly Lazy<SKTypeface> regular = new(() => Load("DejaVuSans.ttf"));
    private static readonly Lazy<SKTypeface> bold = new(() => Load("DejaVuSans-Bold.ttf"));
    private readonly SKCanvas canvas;
    private readonly SKPaint paint = new() { IsAntialias = true };

    internal Pen(SKCanvas canvas) => this.canvas = canvas;

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

    /// <summary>Draws along a path, which it disposes of. Dashes as in <see cref="Polyline"/>.</summary>
    public void Stroke(SKColor color, SKPath path, float width, float[]? dashes = null)
    {
        Stroke(color, width);
        paint.StrokeCap = SKStrokeCap.Butt;
        using var pattern = dashes is null ? null : SKPathEffect.CreateDash(dashes, 0);
        paint.PathEffect = pattern;
        canvas.DrawPath(path, paint);
        paint.PathEffect = null;
        path.Dispose();
    }

    /// <summary>Draws a rectangle with round corners; transparent to leave out its area or its edge.</summary>
    public void Round(SKColor fill, SKColor edge, float x, float y, float width, float height, float corner, float edgeWidth, float[]? dashes = null)
    {
        paint.Style = SKPaintStyle.Fill;
        paint.Color = fill;
        if (fill.Alpha > 0) canvas.DrawRoundRect(x, y, width, height, corner, corner, paint);
        if (edge.Alpha == 0) return;
        Stroke(edge, edgeWidth);
        using var pattern = dashes is null ? null : SKPathEffect.CreateDash(dashes, 0);
        paint.PathEffect = pattern;
        using var outline = new SKPath();
        outline.AddRoundRect(new SKRect(x, y, x + width, y + height), corner, corner);
        canvas.DrawPath(outline, paint);
        paint.PathEffect = null;
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
        using var path = new SKPath();
        if (part >= 0.999f) path.AddCircle(x, y, radius);
        else
        {
            path.MoveTo(x, y);
            path.ArcTo(new SKRect(x - radius, y - radius, x + radius, y + radius), -90, 360 * part, false);
            path.Close();
        }
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

    /// <summary>Writes text upwards, centred at a point.</summary>
    public void TextUp(string text, float x, float y, float size = 11, SKColor? color = null)
    {
        canvas.Save();
        canvas.RotateDegrees(-90, x, y);
        Text(text, x, y, size, color, Align.Center);
        canvas.Restore();
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
    private static SKFont Font(float size, bool isBold) => new(isBold ? bold.Value : regular.Value, size) { Subpixel = true, Hinting = SKFontHinting.None, LinearMetrics = true };

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(Pen).Assembly.GetManifestResourceStream(name)!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
