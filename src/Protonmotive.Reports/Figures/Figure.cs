using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>A figure: one drawing, as SVG for pages and as PNG for slides.</summary>
public abstract class Figure
{
    private const float PngScale = 1.6f;

    /// <summary>File name without extension.</summary>
    public abstract string Name { get; }

    /// <summary>What it shows, for readers who can't see it and for the caption.</summary>
    public abstract string Caption { get; }

    /// <summary>Width in points.</summary>
    public virtual int Width => 860;

    /// <summary>Height in points.</summary>
    public abstract int Height { get; }

    /// <summary>The figure as an SVG document.</summary>
    public byte[] ToSvg()
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), stream)) Paint(canvas);
        return stream.ToArray();
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

    private void Paint(SKCanvas canvas)
    {
        canvas.Clear(SKColors.White);
        using var pen = new Pen(canvas);
        pen.Fill(SKColors.White, 0, 0, Width, Height);
        Draw(pen);
    }
}
