using System.Collections.Immutable;

namespace Protonmotive.Catalogue;

/// <summary>A figure of a system beside its time courses: data alone, drawn by whoever shows it.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Title">What it shows, in a sentence.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
public abstract record Plot(string Name, string Title, PlotAxis X, PlotAxis Y);

/// <summary>Lines or dots over one pair of axes.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Title">What it shows, in a sentence.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Lines">The lines, in the order of the legend.</param>
public sealed record LinePlot(string Name, string Title, PlotAxis X, PlotAxis Y, ImmutableArray<PlotLine> Lines) : Plot(Name, Title, X, Y);

/// <summary>A quantity over two others, as colours.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Title">What it shows, in a sentence.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Quantity">What the colours stand for.</param>
/// <param name="Columns">Abscissas, rising.</param>
/// <param name="Rows">Ordinates, rising.</param>
/// <param name="Values">Values, row after row: Rows.Length × Columns.Length; NaN where there is none.</param>
public sealed record MapPlot(string Name, string Title, PlotAxis X, PlotAxis Y, PlotAxis Quantity, ImmutableArray<double> Columns, ImmutableArray<double> Rows, ImmutableArray<double> Values) : Plot(Name, Title, X, Y);

/// <summary>An axis, or a scale of colours.</summary>
/// <param name="Label">What it measures.</param>
/// <param name="Unit">Its unit; empty or "1" for none.</param>
/// <param name="IsLogarithmic">Whether equal ratios have equal distances.</param>
public sealed record PlotAxis(string Label, string Unit = "", bool IsLogarithmic = false)
{
    /// <summary>Label and unit, as they are written at the axis.</summary>
    public string Text => (Unit is "" or "1" ? Label : $"{Label} ({Unit})") + (IsLogarithmic ? ", logarithmic" : "");
}

/// <summary>A line of a plot.</summary>
/// <param name="Label">Its name in the legend.</param>
/// <param name="X">Abscissas.</param>
/// <param name="Y">Ordinates.</param>
public sealed record PlotLine(string Label, ImmutableArray<double> X, ImmutableArray<double> Y)
{
    /// <summary>Whether it is dashed: what theory or another source says.</summary>
    public bool IsDashed { get; init; }

    /// <summary>Whether values are dots without a line.</summary>
    public bool IsDots { get; init; }
}

/// <summary>What a system says about a run of it.</summary>
/// <param name="Results">The numbers it is known for.</param>
/// <param name="Plots">Figures beside the time courses.</param>
public sealed record Findings(ImmutableArray<NamedResult> Results, ImmutableArray<Plot> Plots);
