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
        SKPoint[] through = [.. bends, last];
        foreach (var to in through)
        {
            float reach = isDownward ? to.Y - from.Y : to.X - from.X;
            var first = from + Scaled(Axis(1), reach / 2);
            var second = to - Scaled(Axis(1), reach / 2);
            path.CubicTo(first, second, to);
            from = to;
        }
        if (endStub > shortened) path.LineTo(end + Scaled(Axis(endSign), shortened));
        return path;
    }

    /// <summary>A point on it near one of its ends, for a number.</summary>
    public SKPoint Beside(bool isAtStart)
    {
        using var path = Path(0);
        using var measure = new SKPathMeasure(path);
        float at = Math.Min(17, measure.Length / 3);
        return measure.GetPosition(isAtStart ? at : measure.Length - at);
    }

    private SKPoint Axis(int sign) => isDownward ? new SKPoint(0, sign) : new SKPoint(sign, 0);

    private static SKPoint Scaled(SKPoint p, float by) => new(p.X * by, p.Y * by);
}
