using System.Globalization;
using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Numbers of both signs in rows and columns with names, as colours about 0 and, where there is room, as text.</summary>
/// <param name="id">File name without extension.</param>
/// <param name="title">What it shows; also the caption.</param>
/// <param name="rows">Names of the rows.</param>
/// <param name="columns">Names of the columns.</param>
/// <param name="values">The numbers; NaN for none.</param>
/// <param name="label">What the colours stand for.</param>
public sealed class MatrixFigure(string id, string title, IReadOnlyList<string> rows, IReadOnlyList<string> columns, double[,] values, string label) : Figure
{
    private const float Right = 96, Bottom = 16, Longest = 150;

    private static readonly SKColor positive = Palette.Series(1), negative = Palette.Series(0);

    /// <inheritdoc/>
    public override string Name => id;

    /// <inheritdoc/>
    public override string Caption => title;

    /// <inheritdoc/>
    public override int Height => (int)(Top + (rows.Count * RowHeight) + Bottom);

    private float Left => Math.Min(Longest, rows.Select(r => Pen.Measure(r, 11)).DefaultIfEmpty().Max()) + 24;

    private float Top => 52 + Math.Min(Longest, columns.Select(c => Pen.Measure(c, 11)).DefaultIfEmpty().Max());

    private float RowHeight => rows.Count > 30 ? 15 : 24;

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        float width = (Width - Left - Right) / Math.Max(1, columns.Count), bottom = Top + (rows.Count * RowHeight);
        double limit = Limit();
        pen.Title(title, 24, Width - 48);
        bool hasRoom = RowHeight > 18 && width > values.Cast<double>().Where(double.IsFinite).Select(v => Pen.Measure(Number(v), 9.5f)).DefaultIfEmpty().Max() + 4;
        for (int j = 0; j < columns.Count; j++)
        {
            string text = Fitted(columns[j]);
            pen.TextUp(text, Left + ((j + 0.5f) * width) + 4, Top - 8 - (Pen.Measure(text, 11) / 2), Math.Min(11, width));
        }
        for (int i = 0; i < rows.Count; i++)
        {
            float y = Top + (i * RowHeight);
            pen.Text(Fitted(rows[i]), Left - 8, y + (RowHeight / 2) + 4, Math.Min(11, RowHeight - 2), align: Pen.Align.Right);
            for (int j = 0; j < columns.Count; j++)
            {
                double v = values[i, j];
                float x = Left + (j * width);
                if (double.IsNaN(v))
                {
                    pen.Fill(Palette.Shade, x + 0.5f, y + 0.5f, width - 1, RowHeight - 1);
                    continue;
                }
                pen.Fill(Color(v / limit), x + 0.5f, y + 0.5f, width - 1, RowHeight - 1);
                if (hasRoom) pen.Text(Number(v), x + (width / 2), y + (RowHeight / 2) + 3.5f, 9.5f, Math.Abs(v / limit) > 0.75 ? SKColors.White : Palette.Ink, Pen.Align.Center);
            }
        }
        DrawScale(pen, limit, Math.Max(Top, bottom - 220), bottom);
    }

    private void DrawScale(Pen pen, double limit, float top, float bottom)
    {
        float left = Width - Right + 26, height = bottom - top;
        const int bands = 100;
        bool isCut = values.Cast<double>().Any(v => Math.Abs(v) > limit * (1 + 1e-9));
        for (int k = 0; k < bands; k++) pen.Fill(Color(((k + 0.5) / bands * 2) - 1), left, bottom - (height * (k + 1) / bands), 14, (height / bands) + 0.5f);
        foreach (double part in height < 60 ? [-1, 1] : new[] { -1, 0, 1.0 })
            pen.Text((isCut && part != 0 ? part > 0 ? "≥ " : "≤ " : "") + Number(part * limit), left + 19, bottom - ((float)(part + 1) / 2 * height) + (part < 0 ? 0 : part > 0 ? 8 : 4), 10, Palette.Soft);
        if (height > 100) pen.TextUp(label, left + 64, (top + bottom) / 2, 11);
    }

    /// <summary>The largest size, unless few are far beyond the others: then what nine tenths stay within, at least 1.</summary>
    private double Limit()
    {
        var sizes = values.Cast<double>().Where(double.IsFinite).Select(Math.Abs).Order().ToList();
        if (sizes.Count == 0 || sizes[^1] == 0) return 1;
        double most = sizes[(int)(0.9 * (sizes.Count - 1))];
        return sizes[^1] > 4 * Math.Max(1, most) ? Math.Max(1, 2 * most) : sizes[^1];
    }

    private static SKColor Color(double part)
    {
        var to = part > 0 ? positive : negative;
        double t = Math.Min(1, Math.Abs(part));
        byte Mix(byte c) => (byte)Math.Round(250 + ((c - 250) * t));
        return new SKColor(Mix(to.Red), Mix(to.Green), Mix(to.Blue));
    }

    private static string Number(double v) => Math.Abs(v) < 0.005 ? "0" : Math.Abs(v) >= 100 ? v.ToString("0.#e+0", CultureInfo.InvariantCulture) : v.ToString(Math.Abs(v) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private static string Fitted(string text)
    {
        if (Pen.Measure(text, 11) <= Longest) return text;
        int length = text.Length;
        while (length > 1 && Pen.Measure(text[..length] + "…", 11) > Longest) length--;
        return text[..length] + "…";
    }
}
