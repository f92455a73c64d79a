using Protonmotive.Thermodynamics;
using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Force, flux and dissipation by process, side by side.</summary>
public sealed class BarFigure : Figure
{
    private const float Left = 110, Top = 58, RowHeight = 25, Gap = 22;
    private readonly Ledger ledger;
    private readonly List<ProcessEntry> rows;

    /// <summary>A figure of a ledger's processes.</summary>
    public BarFigure(Ledger ledger)
    {
        this.ledger = ledger;
        rows = [.. ledger.Processes.Take(24)];
    }

    /// <inheritdoc/>
    public override string Name => "force-and-flux";

    /// <inheritdoc/>
    public override string Caption => "Affinity (force) and flux of every process at the end, and the energy it dissipated (or, in green, delivered to a load) over the run.";

    /// <inheritdoc/>
    public override int Height => (int)(Top + (rows.Count * RowHeight) + 24);

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        float width = (Width - Left - 24 - (2 * Gap)) / 3;
        bool isOwn = ledger.Processes.Any(p => p.ExtentUnit.Length > 0);
        var (scale, unit) = LedgerText.EnergyScale(ledger);
        for (int i = 0; i < rows.Count; i++)
        {
            if (i % 2 == 0) pen.Fill(Palette.Shade, 8, Top + (i * RowHeight), Width - 16, RowHeight);
            float size = Math.Min(11.5f, 11.5f * (Left - 22) / Pen.Measure(rows[i].Name, 11.5f)); // a long name is written smaller
            pen.Text(rows[i].Name, Left - 12, Top + (i * RowHeight) + 17, size, align: Pen.Align.Right);
        }
        Column(pen, Left, width, "affinity at the end", isOwn ? "each in its unit" : ledger.AffinityUnit().Unit, Palette.Series(0), p => p.FinalAffinity * ledger.AffinityUnit(p).Factor);
        Column(pen, Left + width + Gap, width, "flux at the end", isOwn ? "each in its unit" : $"{ledger.ExtentUnit}/{(ledger.TimeUnit == "steps" ? "step" : ledger.TimeUnit)}", Palette.Series(5), p => p.FinalFlux);
        Column(pen, Left + (2 * (width + Gap)), width, "dissipated", unit, Palette.Heat, p => p.Status is AffinityStatus.Known or AffinityStatus.FromFluxes ? p.Power * scale : null);
    }

    private void Column(Pen pen, float left, float width, string title, string unit, SKColor color, Func<ProcessEntry, double?> value)
    {
        pen.Text(title, left + (width / 2), Top - 30, 12, align: Pen.Align.Center, isBold: true);
        pen.Text(unit, left + (width / 2), Top - 14, 10.5f, Palette.Soft, Pen.Align.Center);
        var values = rows.Select(value).ToList();
        const float room = 66;
        double largest = values.Max(v => v is { } x && double.IsFinite(x) ? Math.Max(0, x) : 0), lowest = values.Min(v => v is { } x && double.IsFinite(x) ? Math.Min(0, x) : 0);
        if (largest - lowest == 0) largest = 1;
        float span = width - room - (lowest < -0.02 * largest ? room : 0);
        float zero = left + (lowest < -0.02 * largest ? room : 0) + (float)(-lowest / (largest - lowest) * span);
        for (int i = 0; i < rows.Count; i++)
        {
            float y = Top + (i * RowHeight);
            if (values[i] is not { } v || !double.IsFinite(v))
            {
                pen.Text(rows[i].Status switch { AffinityStatus.Unbounded => "unbounded", AffinityStatus.Joined => "joined", _ => "unknown" }, zero + 5, y + 17, 10, Palette.Soft);
                continue;
            }
            float length = (float)(v / (largest - lowest) * span);
            bool load = rows[i].IsLoad && title == "dissipated";
            pen.Fill(load ? Palette.Work : color, Math.Min(zero, zero + length), y + 5, Math.Max(Math.Abs(length), 0.8f), RowHeight - 10);
            var text = (load ? "load " : "") + Number(v);
            if (v >= 0 || lowest >= -0.02 * largest) pen.Text(text, zero + Math.Max(length, 0) + 5, y + 17, 10);
            else pen.Text(text, zero + length - 5, y + 17, 10, align: Pen.Align.Right);
        }
        pen.Line(Palette.Ink, zero, Top, zero, Top + (rows.Count * RowHeight));
    }

    private static string Number(double v) => Math.Abs(v) switch
    {
        0 => "0",
        < 1e-9 => "≈ 0",
        >= 1e4 or < 1e-2 => v.ToString("0.00e+0", System.Globalization.CultureInfo.InvariantCulture),
        >= 100 => v.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture),
        _ => v.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture),
    };
}
