using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>A quantity over two others, as colours with a scale beside them.</summary>
/// <param name="id">File name without extension.</param>
/// <param name="title">What it shows; also the caption.</param>
/// <param name="horizontal">Label of the x axis.</param>
/// <param name="vertical">Label of the y axis.</param>
/// <param name="grid">The values.</param>
public sealed class HeatMapFigure(string id, string title, string horizontal, string vertical, HeatMapGrid grid) : Figure
{
    private const float Left = 84, Top = 52, Bottom = 56, Right = 130;

    /// <summary>Dark blue over green to yellow: its lightness rises evenly, so that it can be read without colour.</summary>
    private static readonly (byte Red, byte Green, byte Blue)[] colors = [(0x28, 0x1B, 0x52), (0x2F, 0x4F, 0x8A), (0x1F, 0x82, 0x8C), (0x3F, 0xB0, 0x6E), (0xA6, 0xD1, 0x4A), (0xFB, 0xE8, 0x4D)];

    /// <inheritdoc/>
    public override string Name => id;

    /// <inheritdoc/>
    public override string Caption => title;

    /// <inheritdoc/>
    internal override float TitleHeight => 36;

    /// <inheritdoc/>
    public override int Height => 480;

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        float width = Width - Left - Right, height = Height - Top - Bottom, bottom = Top + height;
        var (columns, rows) = (Edges(grid.X), Edges(grid.Y));
        bool isPlane = HasEqualScales(columns, rows);
        if (isPlane) width = Math.Min(width, height * (float)((columns[^1] - columns[0]) / (rows[^1] - rows[0])));
        if (isPlane) height = Math.Min(height, width * (float)((rows[^1] - rows[0]) / (columns[^1] - columns[0])));
        var x = PlotScale.Around(columns, IsGeometric(grid.X), columns.Min(), columns.Max(), tight: true);
        var y = PlotScale.Around(rows, IsGeometric(grid.Y), rows.Min(), rows.Max(), tight: true);
        var z = PlotScale.Around(grid.Z.Cast<double>(), grid.IsLogarithmic, grid.Low, grid.High, tight: true);
        bool isWhole = true;
        float X(double v) => Left + (float)(x.Place(v) * width);
        float Y(double v) => bottom - (float)(y.Place(v) * height);
        pen.Title(title, Left, Width - Left - 24);
        for (int r = 0; r < grid.Y.Length; r++)
        {
            for (int c = 0; c < grid.X.Length; c++)
            {
                double place = z.Place(grid.Z[r, c]);
                var (x0, x1, y0, y1) = (X(columns[c]), X(columns[c + 1]), Y(rows[r]), Y(rows[r + 1]));
                if (!double.IsFinite(place))
                {
                    DrawMissing(pen, Math.Min(x0, x1), Math.Min(y0, y1), Math.Abs(x1 - x0), Math.Abs(y1 - y0));
                    isWhole = false;
                    continue;
                }
                pen.Fill(Color(place), Math.Min(x0, x1), Math.Min(y0, y1), Math.Abs(x1 - x0) + (c < grid.X.Length - 1 ? 0.5f : 0), Math.Abs(y1 - y0) + (r > 0 ? 0.5f : 0));
            }
        }
        foreach (var (value, label) in x.Ticks())
        {
            pen.Line(Palette.Ink, X(value), bottom, X(value), bottom + 4);
            pen.Text(label, X(value), bottom + 17, 10.5f, Palette.Soft, Pen.Align.Center);
        }
        foreach (var (value, label) in y.Ticks())
        {
            pen.Line(Palette.Ink, Left - 4, Y(value), Left, Y(value));
            pen.Text(label, Left - 8, Y(value) + 4, 10.5f, Palette.Soft, Pen.Align.Right);
        }
        pen.Text(horizontal, Left + (width / 2), bottom + 40, 12, align: Pen.Align.Center);
        pen.TextUp(vertical, 22, bottom - (height / 2), 12);
        DrawScale(pen, z, Left + width + 26, height, bottom);
        if (isWhole) return;
        DrawMissing(pen, Left + width + 26, bottom + 14, 16, 12);
        pen.Text("no value", Left + width + 48, bottom + 24, 10.5f, Palette.Soft);
    }

    // White and crossed: no colour of the scale.
    private static void DrawMissing(Pen pen, float x, float y, float width, float height)
    {
        pen.Fill(SKColors.White, x, y, width, height);
        pen.Line(Palette.Soft.WithAlpha(0x80), x, y + height, x + width, y, 0.6f);
        pen.Line(Palette.Soft.WithAlpha(0x80), x, y, x + width, y + height, 0.6f);
    }

    // Places of a sheet: square cells, many both ways.
    private bool HasEqualScales(double[] columns, double[] rows)
    {
        const int few = 8;
        if (grid.X.Length < few || grid.Y.Length < few || !grid.IsPlane) return false;
        return Math.Abs((columns[1] - columns[0]) - (rows[1] - rows[0])) < 1e-9 * Math.Abs(columns[1] - columns[0]);
    }

    private void DrawScale(Pen pen, PlotScale z, float left, float height, float bottom)
    {
        const int bands = 100;
        for (int i = 0; i < bands; i++) pen.Fill(Color((i + 0.5) / bands), left, bottom - (height * (i + 1) / bands), 16, (height / bands) + 0.5f);
        foreach (var (value, label) in z.Ticks())
        {
            float y = bottom - (float)(z.Place(value) * height);
            pen.Line(Palette.Ink, left + 16, y, left + 20, y);
            pen.Text(label, left + 24, y + 4, 10.5f, Palette.Soft);
        }
        pen.TextUp(grid.Label, left + 40 + z.Ticks().Select(t => Pen.Measure(t.Label, 10.5f)).DefaultIfEmpty().Max(), bottom - (height / 2), 12);
    }

    private static SKColor Color(double place)
    {
        double at = Math.Clamp(place, 0, 1) * (colors.Length - 1);
        int i = Math.Min((int)at, colors.Length - 2);
        var (a, b) = (colors[i], colors[i + 1]);
        byte Mix(byte from, byte to) => (byte)Math.Round(from + ((to - from) * (at - i)));
        return new SKColor(Mix(a.Red, b.Red), Mix(a.Green, b.Green), Mix(a.Blue, b.Blue));
    }

    /// <summary>Borders between cells: half-way between values, by ratio where the values are spaced so.</summary>
    private static double[] Edges(double[] values)
    {
        if (values.Length == 1) return [values[0] - 0.5, values[0] + 0.5];
        if (IsGeometric(values)) return [.. Between([.. values.Select(v => Math.Log(v))]).Select(v => Math.Exp(v))];
        return Between(values);
    }

    private static double[] Between(double[] v)
    {
        return [v[0] - ((v[1] - v[0]) / 2), .. Enumerable.Range(0, v.Length - 1).Select(i => (v[i] + v[i + 1]) / 2), v[^1] + ((v[^1] - v[^2]) / 2)];
    }

    private static bool IsGeometric(double[] v)
    {
        if (v.Length < 3 || v.Any(a => !(a > 0))) return false;
        double ratio = v[1] / v[0];
        return Math.Abs(ratio - 1) > 0.05 && Enumerable.Range(1, v.Length - 1).All(i => Math.Abs((v[i] / v[i - 1] / ratio) - 1) < 1e-6);
    }
}

/// <summary>Values on a grid.</summary>
/// <param name="Label">What they are.</param>
/// <param name="X">Abscissas of the columns, rising or falling.</param>
/// <param name="Y">Ordinates of the rows, rising or falling.</param>
/// <param name="Z">Values by row and column.</param>
/// <param name="IsLogarithmic">Whether colours stand for logarithms.</param>
public sealed record HeatMapGrid(string Label, double[] X, double[] Y, double[,] Z, bool IsLogarithmic = false)
{
    /// <summary>Value at the low end of the colours; null to fit the values.</summary>
    public double? Low { get; init; }

    /// <summary>Value at the high end of the colours; null to fit the values.</summary>
    public double? High { get; init; }

    /// <summary>Whether both axes measure the same, so that equal lengths on them are drawn equally long.</summary>
    public bool IsPlane { get; init; }
}
