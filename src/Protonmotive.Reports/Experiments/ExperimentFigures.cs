using Protonmotive.Formats.SedMl;
using Protonmotive.Reports.Figures;

namespace Protonmotive.Reports.Experiments;

/// <summary>Draws the plots of an experiment.</summary>
public static class ExperimentFigures
{
    /// <summary>The figure of a plot.</summary>
    /// <param name="result">The experiment's result.</param>
    /// <param name="plot">The plot.</param>
    /// <param name="name">File name without extension.</param>
    public static Figure Of(SedResult result, SedPlot2D plot, string name)
    {
        string NameOf(string id) => result.Document.DataGenerators.First(d => d.Id == id).Name;
        var horizontal = plot.Horizontal.Label.Length > 0 ? plot.Horizontal.Label : Common(plot.Curves.Select(c => NameOf(c.X)));
        var vertical = plot.Vertical.Label.Length > 0 ? plot.Vertical.Label : Common(plot.Curves.Select(c => NameOf(c.Y)));
        return new LineFigure(name, plot.Name,
            new LineAxis(horizontal, plot.Horizontal.IsLogarithmic, plot.Horizontal.Low, plot.Horizontal.High),
            new LineAxis(vertical, plot.Vertical.IsLogarithmic, plot.Vertical.Low, plot.Vertical.High),
            [.. plot.Curves.Select(c => Curve(result, c, c.Name != c.Id ? c.Name : NameOf(c.Y)))]);
    }

    /// <summary>A surface as a map of colours; null where its data are no grid.</summary>
    /// <param name="result">The experiment's result.</param>
    /// <param name="plot">The plot.</param>
    /// <param name="surface">Its surface.</param>
    /// <param name="name">File name without extension.</param>
    public static Figure? Of(SedResult result, SedPlot3D plot, SedSurface surface, string name)
    {
        string NameOf(string id) => result.Document.DataGenerators.First(d => d.Id == id).Name;
        var (x, y, z) = (result.Data[surface.X], result.Data[surface.Y], result.Data[surface.Z]);
        if (z.Shape.Length != 2 || !x.Shape.SequenceEqual(z.Shape) || !y.Shape.SequenceEqual(z.Shape)) return null;
        var (rows, columns) = (z.Shape[0], z.Shape[1]);
        double At(DataArray data, int r, int c) => data.Values[(r * columns) + c];
        bool Along(DataArray data, bool rowsMatter) => Enumerable.Range(0, rows).All(r => Enumerable.Range(0, columns).All(c => At(data, r, c) == (rowsMatter ? At(data, r, 0) : At(data, 0, c))));
        bool turned = !(Along(x, false) && Along(y, true));
        if (turned && !(Along(x, true) && Along(y, false))) return null;
        var abscissas = turned ? Enumerable.Range(0, rows).Select(r => At(x, r, 0)).ToArray() : x.Values[..columns];
        var ordinates = turned ? y.Values[..columns] : Enumerable.Range(0, rows).Select(r => At(y, r, 0)).ToArray();
        if (!IsMonotonic(abscissas) || !IsMonotonic(ordinates)) return null;
        var values = new double[ordinates.Length, abscissas.Length];
        for (int r = 0; r < ordinates.Length; r++)
            for (int c = 0; c < abscissas.Length; c++) values[r, c] = turned ? At(z, c, r) : At(z, r, c);
        return new HeatMapFigure(name, plot.Name, NameOf(surface.X), NameOf(surface.Y), new HeatMapGrid(NameOf(surface.Z), abscissas, ordinates, values, surface.IsLogarithmic));
    }

    private static LineCurve Curve(SedResult result, SedCurve curve, string label)
    {
        var style = curve.Style is { } id ? result.Document.Styles.GetValueOrDefault(id) ?? new SedStyle() : new SedStyle();
        return new LineCurve(label, [.. result.Lines(curve).Select(l => new LineData(l.X, l.Y, l.Upper))])
        {
            Color = (curve.UpperY is not null ? style.Fill : null) ?? style.Color ?? style.Fill,
            Thickness = style.Thickness is > 0 and <= 20 and { } points ? (float)points : 1.8f,
            HasMarks = style.Marker is not null and not "none",
            Dashes = style.Line switch
            {
                "none" => [],
                "dash" => [8, 5],
                "dot" => [1, 4],
                "dashDot" => [8, 4, 1, 4],
                "dashDotDot" => [8, 4, 1, 4, 1, 4],
                _ => null,
            },
        };
    }

    /// <summary>The names, where they are few; nothing where a legend has to tell them.</summary>
    private static string Common(IEnumerable<string> names)
    {
        var all = names.Distinct().ToList();
        return all.Count <= 3 ? string.Join(", ", all) : "";
    }

    private static bool IsMonotonic(double[] v) =>
        v.All(double.IsFinite) && (Enumerable.Range(1, v.Length - 1).All(i => v[i] > v[i - 1]) || Enumerable.Range(1, v.Length - 1).All(i => v[i] < v[i - 1]));
}
