using Protonmotive.Reports.Figures;
using SkiaSharp;

namespace Protonmotive.Reports.Documents;

/// <summary>A page that is drawn on.</summary>
/// <param name="Canvas">Its canvas.</param>
/// <param name="Pen">A pen on it.</param>
/// <param name="PageOf">The number of the page of an anchor.</param>
internal sealed record PageCanvas(SKCanvas Canvas, Pen Pen, Func<string, int> PageOf)
{
    /// <summary>Makes a rectangle lead to an anchor (#name) or to an address of the web.</summary>
    public void Link(string target, SKRect area)
    {
        if (target.StartsWith('#')) Canvas.DrawLinkDestinationAnnotation(area, target[1..]);
        else if (target.StartsWith("http", StringComparison.Ordinal)) Canvas.DrawUrlAnnotation(area, target);
    }

    /// <summary>Draws a figure with its left top corner at a point, so wide.</summary>
    public void Figure(Figure figure, float x, float y, float width)
    {
        Canvas.Save();
        Canvas.Translate(x, y);
        Canvas.Scale(width / figure.Width);
        figure.DrawOn(Canvas);
        Canvas.Restore();
    }
}
