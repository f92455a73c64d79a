using System.Collections.Immutable;
using Protonmotive.Catalogue;

namespace Protonmotive.Reports.Runs;

/// <summary>A figure of curves that belongs to a run, beside its time courses.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Panels">Its panels.</param>
public sealed record GraphRecord(string Name, string Title, ImmutableArray<GraphPanel> Panels)
{
    /// <summary>A plot of a catalogue's system as one panel.</summary>
    public static GraphRecord Of(LinePlot plot) => new(plot.Name, plot.Title,
    [
        new GraphPanel("", plot.X.Text, plot.Y.Text, [.. plot.Lines.Select(l => new GraphCurve(l.Label, l.X, l.Y) { IsDashed = l.IsDashed, IsDots = l.IsDots })]) { IsLogX = plot.X.IsLogarithmic, IsLogY = plot.Y.IsLogarithmic },
    ]);
}

/// <summary>A panel.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Horizontal">Label of the x axis.</param>
/// <param name="Vertical">Label of the y axis.</param>
/// <param name="Curves">Its curves.</param>
public sealed record GraphPanel(string Title, string Horizontal, string Vertical, ImmutableArray<GraphCurve> Curves)
{
    /// <summary>Whether the x axis is logarithmic.</summary>
    public bool IsLogX { get; init; }

    /// <summary>Whether the y axis is logarithmic.</summary>
    public bool IsLogY { get; init; }

    /// <summary>Value at the left end of the x axis; null to fit the data.</summary>
    public double? LowX { get; init; }

    /// <summary>Value at the right end of the x axis; null to fit the data.</summary>
    public double? HighX { get; init; }

    /// <summary>Whether the x axis counts, so that only whole numbers have ticks.</summary>
    public bool HasWholeTicks { get; init; }
}

/// <summary>A curve.</summary>
/// <param name="Label">Its name in the legend; empty to leave it out.</param>
/// <param name="X">Abscissas.</param>
/// <param name="Y">Ordinates.</param>
public sealed record GraphCurve(string Label, ImmutableArray<double> X, ImmutableArray<double> Y)
{
    /// <summary>Whether values are dots without a line.</summary>
    public bool IsDots { get; init; }

    /// <summary>Whether the line is dashed.</summary>
    public bool IsDashed { get; init; }
}
