using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Steady states over a parameter: stable ones as whole lines, unstable ones dashed, special points marked and named.</summary>
/// <param name="id">File name without extension.</param>
/// <param name="title">What it shows; also the caption.</param>
/// <param name="horizontal">The axis of the parameter.</param>
/// <param name="vertical">The axis of the quantity.</param>
/// <param name="lines">Stretches of branches.</param>
/// <param name="points">Special points.</param>
public sealed class BifurcationFigure(string id, string title, LineAxis horizontal, LineAxis vertical, IReadOnlyList<BranchLine> lines, IReadOnlyList<BranchMark> points) : Figure
{
    private const float Left = 84, Top = 76, Bottom = 56, Right = 28, Thickness = 2.2f, TextSize = 11, FarLabel = 16;
    private static readonly float[] dashes = [6, 5], dots = [1.5f, 4];

    /// <inheritdoc/>
    public override string Name => id;

    /// <inheritdoc/>
    public override string Caption => title;

    /// <inheritdoc/>
    public override int Height => 500;

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        float width = Width - Left - Right, height = Height - Top - Bottom, bottom = Top + height;
        var x = PlotScale.Around(lines.SelectMany(l => l.X), horizontal.IsLogarithmic, horizontal.Low, horizontal.High, tight: true);
        var y = PlotScale.Around(lines.SelectMany(l => l.Y).Concat(points.Select(p => p.Y)), vertical.IsLogarithmic, vertical.Low, vertical.High);
        float X(double v) => Left + (float)(x.Place(v) * width);
        float Y(double v) => bottom - (float)(y.Place(v) * height);

        pen.Title(title, 24, Width - 48);
        DrawLegend(pen);
        foreach (var (value, label) in y.Ticks())
        {
            pen.Line(Palette.Grid, Left, Y(value), Left + width, Y(value));
            pen.Text(label, Left - 7, Y(value) + 4, 10.5f, Palette.Soft, Pen.Align.Right);
        }
        foreach (var (value, label) in x.Ticks())
        {
            pen.Line(Palette.Ink, X(value), bottom, X(value), bottom + 4);
            pen.Text(label, X(value), bottom + 17, 10.5f, Palette.Soft, Pen.Align.Center);
        }
        var drawn = lines.Select(l => (Line: l, Points: l.X.Select((v, i) => new SKPoint(X(v), Y(l.Y[i]))).ToList())).ToList();
        pen.Clip(new SKRect(Left - 3, Top - 5, Left + width + 5, bottom + 3), () =>
        {
            foreach (var (line, at) in drawn) if (at.Count > 1) pen.Polyline(Palette.Series(0), at, Thickness, Dashes(line.IsStable));
        });
        pen.Line(Palette.Ink, Left, Top, Left, bottom);
        pen.Line(Palette.Ink, Left, bottom, Left + width, bottom);
        pen.Text(Pen.Fitted(horizontal.Label, 12, width), Left + (width / 2), bottom + 40, 12, align: Pen.Align.Center);
        pen.TextUp(Pen.Fitted(vertical.Label, 12, height), 22, Top + (height / 2), 12);

        var marks = points.Select(p => (Mark: p, At: new SKPoint(X(p.X), Y(p.Y)))).Where(m => float.IsFinite(m.At.X) && float.IsFinite(m.At.Y)).ToList();
        var places = new LabelPlacement(new SKRect(Left + 2, Top - 8, Left + width + Right - 4, bottom - 3), marks.Select(m => m.At), drawn.Select(d => d.Points));
        foreach (var (mark, at) in marks)
        {
            if (places.Place(at, Pen.Measure(mark.Label, TextSize), TextSize) is not { } box) continue;
            var near = new SKPoint(Math.Clamp(at.X, box.Left, box.Right), Math.Clamp(at.Y, box.Top, box.Bottom));
            if (SKPoint.Distance(at, near) > FarLabel) pen.Line(Palette.Soft, at.X, at.Y, near.X, near.Y, 0.8f);
            pen.Text(mark.Label, box.Left + 2, box.Bottom - 1 - (TextSize * 0.14f), TextSize);
        }
        foreach (var (mark, at) in marks) pen.Dot(Color(mark.Kind), at.X, at.Y, 5);
    }

    private void DrawLegend(Pen pen)
    {
        float left = Left;
        void Entry(string text, float sample, Action<float> draw)
        {
            draw(left);
            pen.Text(text, left + sample + 6, 54, TextSize);
            left += sample + 6 + Pen.Measure(text, TextSize) + 22;
        }
        foreach (var (stability, text) in ((bool?, string)[])[(true, "stable"), (false, "unstable"), (null, "stability not known")])
            if (lines.Any(l => l.IsStable == stability)) Entry(text, 28, at => pen.Polyline(Palette.Series(0), [new SKPoint(at, 50), new SKPoint(at + 28, 50)], Thickness, Dashes(stability)));
        foreach (var kind in points.Select(p => p.Kind).Distinct().Order(StringComparer.Ordinal))
            Entry(kind, 10, at => pen.Dot(Color(kind), at + 5, 50, 5));
    }

    private static float[]? Dashes(bool? isStable) => isStable switch { true => null, false => dashes, null => dots };

    private static SKColor Color(string kind) => kind switch { BranchMark.Fold => Palette.Series(1), BranchMark.Hopf => Palette.Series(2), BranchMark.Crossing => Palette.Series(6), _ => Palette.Series(7) };
}

/// <summary>A stretch of a branch of one stability.</summary>
/// <param name="X">Parameter.</param>
/// <param name="Y">Quantity, as many.</param>
/// <param name="IsStable">Whether it is stable; null where not known.</param>
public sealed record BranchLine(double[] X, double[] Y, bool? IsStable);

/// <summary>A special point of a branch.</summary>
/// <param name="Kind">What it is: <see cref="Fold"/>, <see cref="Hopf"/>, <see cref="Crossing"/> or <see cref="Switch"/>.</param>
/// <param name="Label">Text beside it.</param>
/// <param name="X">Parameter.</param>
/// <param name="Y">Quantity.</param>
public sealed record BranchMark(string Kind, string Label, double X, double Y)
{
    /// <summary>The branch turns back.</summary>
    public const string Fold = "fold";

    /// <summary>An oscillation is born.</summary>
    public const string Hopf = "Hopf point";

    /// <summary>Another branch crosses.</summary>
    public const string Crossing = "branch point";

    /// <summary>A condition of the model switches.</summary>
    public const string Switch = "switch";
}
