using SkiaSharp;

namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>The way of a link: a smooth line through its bends that leaves and enters along the layers' axis.</summary>
internal sealed class DiagramWay(SKPoint start, SKPoint end, SKPoint[] bends, bool isDownward, float startStub, float endStub, int startSign, int endSign)
{
    /// <summary>Its end.</summary>
    public SKPoint End => end;

    /// <summary>Direction at its end.</summary>
    public SKPoint Direction => Axis(-endSign);

    /// <summary>The line, which stops short of its end by some length.</summary>
    public SKPath Path(float shortened)
    {
        var path = new SKPath();
        path.MoveTo(start);
        var from = start + Scaled(Axis(startSign), startStub);
        if (startStub > 0) path.LineTo(from);
        var last = end + Scaled(Axis(endSign), Math.Max(endStub, shortened));
        SKPoint[] through = [from, .. bends, last];
        // Along the axis at both ends, along the chord of the neighbours at bends; as strong as the piece is long.
        SKPoint Tangent(int k, SKPoint piece)
        {
            if (k == 0 || k == through.Length - 1) return Scaled(Axis(k == 0 ? startSign : -endSign), Math.Max(Math.Abs(isDownward ? piece.Y : piece.X) / 2, startSign == endSign ? 24 : 0));
            var chord = through[k + 1] - through[k - 1];
            return Scaled(chord, piece.Length / (3 * Math.Max(1e-3f, chord.Length)));
        }
        for (int k = 1; k < through.Length; k++)
        {
            var piece = through[k] - through[k - 1];
            path.CubicTo(through[k - 1] + Tangent(k - 1, piece), through[k] - Tangent(k, piece), through[k]);
        }
        if (endStub > shortened) path.LineTo(end + Scaled(Axis(endSign), shortened));
        return path;
    }

    /// <summary>The point halfway, and the direction there.</summary>
    public (SKPoint At, SKPoint Direction) Middle()
    {
        using var path = Path(0);
        using var measure = new SKPathMeasure(path);
        measure.GetPositionAndTangent(measure.Length / 2, out var at, out var direction);
        return (at, direction);
    }

    /// <summary>A point on it near one of its ends, for a number.</summary>
    public SKPoint Beside(bool isAtStart, float distance)
    {
        using var path = Path(0);
        using var measure = new SKPathMeasure(path);
        float at = Math.Min(distance, measure.Length / 2);
        return measure.GetPosition(isAtStart ? at : measure.Length - at);
    }

    private SKPoint Axis(int sign) => isDownward ? new SKPoint(0, sign) : new SKPoint(sign, 0);

    private static SKPoint Scaled(SKPoint p, float by) => new(p.X * by, p.Y * by);
}
