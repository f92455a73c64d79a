using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Runs;
using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>A network as a stack of membranes, input above and loss below: the gradient behind each boundary, the channel that it passes, and the work done there.</summary>
/// <param name="layers">The boundaries, the input's first.</param>
/// <param name="unit">Unit of the loss.</param>
/// <param name="summary">What was learned, for what.</param>
/// <param name="rest">What the layers' curvatures miss of the whole; the loss removed is what the layers gained less it.</param>
public sealed class LayerFigure(ImmutableArray<LayerRecord> layers, string unit, string summary, double rest = 0) : Figure
{
    private const float Top = 104, Wall = 178, WallWidth = 132, Gradient = 334, GradientWidth = 190, Work = 566, WorkWidth = 164;
    private readonly float rowHeight = layers.Length > 8 ? 31 : 38;
    private static readonly SKColor potential = Palette.Series(1);

    /// <inheritdoc/>
    public override string Name => "layers";

    /// <inheritdoc/>
    public override string Caption => $"The network as membranes, the loss below and the input above. The gradient ‖δ‖ arises at the loss and passes each boundary upwards; the channel shows its permeability χ, the ‖δ‖² that comes out over the ‖δ‖² that went in: below 1 the opening narrows, above 1 the arrow spreads. To the right, what the batches' force supplied in each: work done on held-out loss, and what was dissipated as noise and curvature.";

    /// <inheritdoc/>
    public override int Height => (int)(Top + (layers.Length * rowHeight) + 74);

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        pen.Text("Layers as membranes", 24, 24, 14, isBold: true);
        var words = Pen.Lines(summary, 10.5f, Width - 48);
        for (int i = 0; i < words.Count; i++) pen.Text(words[i], 24, 41 + (i * 13), 10.5f, Palette.Soft);
        Heading(pen, "boundary", "", 24);
        Heading(pen, "channel", "permeability χ", Wall);
        Heading(pen, "gradient at its output", $"‖δ‖{InUnit}, logarithmic", Gradient);
        Heading(pen, "work", $"{(unit is "1" or "" ? "" : unit + ", ")}audited steps", Work);
        var known = layers.Select(l => l.Gradient).Where(g => g > 0 && double.IsFinite(g)).ToList();
        double high = known.Count > 0 ? Math.Log10(known.Max()) : 0, low = known.Count > 0 ? Math.Min(Math.Log10(known.Min()) - 0.3, high - 1) : -1;
        double most = Math.Max(layers.Max(l => Math.Max(l.Gained, 0) + Math.Max(l.Dissipated, 0)), 1e-300), least = Math.Min(0, layers.Min(l => Math.Min(Math.Min(l.Gained, l.Dissipated), 0)));
        int narrowest = Narrowest();
        for (int i = 0; i < layers.Length; i++)
        {
            float y = Top + (i * rowHeight);
            if (i % 2 == 0) pen.Fill(Palette.Shade, 8, y, Width - 16, rowHeight);
            DrawName(pen, layers[i], y);
            DrawChannel(pen, layers[i], y, i == narrowest);
            DrawGradient(pen, layers[i], y, low, high);
            DrawWork(pen, layers[i], y, least, most);
        }
        float bottom = Top + (layers.Length * rowHeight);
        pen.Line(Palette.Ink, 8, bottom, Width - 8, bottom);
        pen.Text("loss", 24, bottom + 18, 12, isBold: true);
        pen.Text(narrowest < 0 ? "no boundary holds back half of the gradient" : $"most is held back at {layers[narrowest].Name}: {Number(layers[narrowest].Permeability!.Value)} of ‖δ‖² passes", Wall, bottom + 18, 11, narrowest < 0 ? Palette.Soft : Palette.Heat);
        pen.Fill(Palette.Work, Work, bottom + 9, 10, 10);
        pen.Text("gained", Work + 15, bottom + 18, 11);
        pen.Fill(Palette.Heat, Work + 74, bottom + 9, 10, 10);
        pen.Text("noise and curvature", Work + 89, bottom + 18, 11);
        if (layers.Any(l => l.Gained < 0))
        {
            pen.Fill(Palette.Ink, Work + 214, bottom + 9, 10, 10);
            pen.Text("lost", Work + 229, bottom + 18, 11);
        }
        pen.Text($"in all {Number(layers.Sum(l => l.Gained) - rest)} of {Number(layers.Sum(l => l.Supplied))}{(rest == 0 ? "" : $"; rest of curvature {Number(rest)}")}", Work, bottom + 38, 10.5f);
    }

    private string InUnit => unit is "1" or "" ? "" : ", " + unit;

    private static void Heading(Pen pen, string title, string unit, float x)
    {
        pen.Text(title, x, Top - 26, 11.5f, isBold: true);
        pen.Text(unit, x, Top - 11, 10, Palette.Soft);
    }

    /// <summary>The boundary that lets through least, if that is less than half.</summary>
    private int Narrowest()
    {
        var found = layers.Select((l, i) => (l.Permeability, i)).Where(p => p.Permeability is < 0.5).OrderBy(p => p.Permeability).ToList();
        return found.Count == 0 ? -1 : found[0].i;
    }

    private void DrawName(Pen pen, LayerRecord layer, float y)
    {
        pen.Text(Pen.Fitted(layer.Name, 11.5f, Wall - 40, true), 24, y + (rowHeight / 2) - 2, 11.5f, isBold: true);
        pen.Text(Pen.Fitted(layer.Kind, 10, Wall - 40), 24, y + (rowHeight / 2) + 11, 10, Palette.Soft);
    }

    /// <summary>Two leaflets with an opening as wide as the root of the permeability, and the gradient passing upwards.</summary>
    private void DrawChannel(Pen pen, LayerRecord layer, float y, bool isNarrowest)
    {
        float middle = Wall + (WallWidth / 2), line = y + (rowHeight / 2);
        if (layer.Permeability is not { } χ)
        {
            pen.Text("the input: none to pass", Wall, line + 4, 10, Palette.Soft);
            return;
        }
        var wall = isNarrowest ? Palette.Heat : Palette.Ink;
        float open = (float)(Math.Min(Math.Sqrt(Math.Max(χ, 0)), 1) * 34), half = Math.Max(open / 2, 0.4f);
        foreach (float leaflet in (float[])[line - 4, line + 4])
        {
            pen.Line(wall, Wall, leaflet, middle - half, leaflet, 2.4f);
            pen.Line(wall, middle + half, leaflet, Wall + WallWidth - 40, leaflet, 2.4f);
        }
        if (open > 1)
        {
            float head = half * (float)Math.Min(1.6, 1 + (0.3 * Math.Log10(Math.Max(χ, 1)))); // spreads where the gradient grows
            using var arrow = new SKPath();
            arrow.MoveTo(middle - (half * 0.45f), line + 12);
            arrow.LineTo(middle - (half * 0.45f), line - 6);
            arrow.LineTo(middle - head, line - 6);
            arrow.LineTo(middle, line - 14);
            arrow.LineTo(middle + head, line - 6);
            arrow.LineTo(middle + (half * 0.45f), line - 6);
            arrow.LineTo(middle + (half * 0.45f), line + 12);
            arrow.Close();
            pen.Fill(potential.WithAlpha(190), arrow);
        }
        pen.Text(Number(χ), Wall + WallWidth - 34, line + 4, 10.5f, isNarrowest ? Palette.Heat : Palette.Ink, isBold: isNarrowest);
    }

    private void DrawGradient(Pen pen, LayerRecord layer, float y, double low, double high)
    {
        if (!(layer.Gradient > 0)) return;
        float length = (float)((Math.Log10(layer.Gradient) - low) / (high - low) * (GradientWidth - 56));
        pen.Fill(potential, Gradient, y + 9, Math.Max(length, 1), rowHeight - 18);
        pen.Text(Number(layer.Gradient), Gradient + length + 6, y + (rowHeight / 2) + 4, 10.5f);
    }

    private void DrawWork(Pen pen, LayerRecord layer, float y, double least, double most)
    {
        if (layer.Flow == 0) return; // without parameters
        double scale = WorkWidth / (most - least);
        float zero = Work + (float)(-least * scale), up = zero, down = zero;
        pen.Line(Palette.Ink, zero, y + 6, zero, y + rowHeight - 6); // below the bars, that a short one is seen
        foreach (var (value, color) in new[] { (layer.Gained, layer.Gained < 0 ? Palette.Ink : Palette.Work), (layer.Dissipated, Palette.Heat) })
        {
            float length = (float)(Math.Abs(value) * scale);
            if (value >= 0) pen.Fill(color, up, y + 10, length, rowHeight - 20);
            else pen.Fill(color, down - length, y + 10, length, rowHeight - 20);
            if (value >= 0) up += length;
            else down -= length;
        }
        pen.Text($"{Number(layer.Gained)} of {Number(layer.Supplied)}", up + 6, y + (rowHeight / 2) + 4, 10.5f);
    }

    private static string Number(double v) => Math.Abs(v) switch
    {
        0 => "0",
        >= 1e4 or < 1e-3 => v.ToString("0.##e+0", CultureInfo.InvariantCulture),
        >= 100 => v.ToString("0", CultureInfo.InvariantCulture),
        _ => v.ToString("g3", CultureInfo.InvariantCulture),
    };
}
