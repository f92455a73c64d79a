using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>A figure: one drawing, as SVG for pages and as PNG for slides.</summary>
public abstract partial class Figure
{
    private const float PngScale = 1.6f;

    /// <summary>File name without extension.</summary>
    public abstract string Name { get; }

    /// <summary>What it shows, for readers who can't see it and for the caption.</summary>
    public abstract string Caption { get; }

    /// <summary>Width in points. In a narrow column a narrow figure keeps its letters legible.</summary>
    public virtual int Width { get; set; } = 860;

    /// <summary>Height in points.</summary>
    public abstract int Height { get; }

    /// <summary>Height of the title above the drawing, which a page leaves out where its caption is the title; 0 for none.</summary>
    internal virtual float TitleHeight => 0;

    /// <summary>The figure as an SVG document.</summary>
    public byte[] ToSvg()
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), stream)) Paint(canvas, outlinesMathematics: true);
        return Encoding.UTF8.GetBytes(StandAlone(Renumbered(Encoding.UTF8.GetString(stream.ToArray()))));
    }

    /// <summary>The figure as a PNG image, 1.6 pixels a point.</summary>
    public byte[] ToPng()
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)(Width * PngScale), (int)(Height * PngScale)));
        surface.Canvas.Scale(PngScale);
        Paint(surface.Canvas);
        using var image = surface.Snapshot();
        using var pixels = image.PeekPixels();
        using var data = pixels!.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, 4));
        return data!.ToArray();
    }

    /// <summary>Draws the figure on a white page.</summary>
    protected abstract void Draw(Pen pen);

    /// <summary>Draws the figure with a pen.</summary>
    internal void DrawWith(Pen pen) => Draw(pen);

    private void Paint(SKCanvas canvas, bool outlinesMathematics = false)
    {
        canvas.Clear(SKColors.White);
        DrawOn(canvas, outlinesMathematics);
    }

    /// <summary>Draws the figure on what is there.</summary>
    internal void DrawOn(SKCanvas canvas, bool outlinesMathematics = false)
    {
        using var pen = new Pen(canvas, outlinesMathematics);
        Draw(pen);
    }

    /// <summary>Skia numbers clip paths over the whole process; numbered by figure, the same figure is the same file.</summary>
    private static string Renumbered(string svg)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return SkiaId().Replace(svg, m => names.TryGetValue(m.Value, out var known) ? known : names[m.Value] = $"clip-{names.Count + 1}");
    }

    /// <summary>Adds what Skia leaves out: a view box, so that the drawing scales, and fonts to fall back on where DejaVu is missing.</summary>
    private string StandAlone(string svg)
    {
        svg = svg.Replace("font-family=\"DejaVu Sans\"", "font-family=\"DejaVu Sans, Verdana, 'Segoe UI', Arial, sans-serif\"", StringComparison.Ordinal);
        // The line breaks that Skia writes inside an element of text would be drawn as spaces.
        svg = TextContent().Replace(svg, match => $">{match.Groups[1].Value}</text>");
        string size = string.Create(CultureInfo.InvariantCulture, $"width=\"{Width}\" height=\"{Height}\"");
        int at = svg.IndexOf(size, StringComparison.Ordinal);
        return at < 0 ? svg : svg.Insert(at + size.Length, string.Create(CultureInfo.InvariantCulture, $" viewBox=\"0 0 {Width} {Height}\""));
    }

    [GeneratedRegex(@">\s*([^<]*?)\s*</text>")]
    private static partial Regex TextContent();

    [GeneratedRegex("cl_[0-9a-f]+")]
    private static partial Regex SkiaId();
}
