using System.Collections.Immutable;

namespace Protonmotive.Formats.SedMl;

/// <summary>A table or a plot. Data are given by ids of data generators.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
public abstract record SedOutput(string Id, string Name, string Where) : SedElement(Id, Name, Where);

/// <summary>A table.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="DataSets">Its columns.</param>
public sealed record SedReport(string Id, string Name, string Where, ImmutableArray<SedDataSet> DataSets) : SedOutput(Id, Name, Where);

/// <summary>A column of a table.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Label">Its heading.</param>
/// <param name="Data">Id of its data.</param>
public sealed record SedDataSet(string Id, string Where, string Label, string Data) : SedElement(Id, Label, Where);

/// <summary>Curves over two axes.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Horizontal">The x axis.</param>
/// <param name="Vertical">The y axis.</param>
/// <param name="Curves">Curves and shaded areas, in the order in which they are drawn.</param>
public sealed record SedPlot2D(string Id, string Name, string Where, SedAxis Horizontal, SedAxis Vertical, ImmutableArray<SedCurve> Curves) : SedOutput(Id, Name, Where);

/// <summary>A curve, or the area between two.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="X">Id of the x data.</param>
/// <param name="Y">Id of the y data; of an area the lower edge.</param>
/// <param name="UpperY">Id of the upper edge of an area; null for a curve.</param>
/// <param name="Style">Id of its style; null for none.</param>
public sealed record SedCurve(string Id, string Name, string Where, string X, string Y, string? UpperY, string? Style) : SedElement(Id, Name, Where);

/// <summary>Surfaces over two axes.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Surfaces">The surfaces.</param>
public sealed record SedPlot3D(string Id, string Name, string Where, ImmutableArray<SedSurface> Surfaces) : SedOutput(Id, Name, Where);

/// <summary>A surface z(x, y).</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="X">Id of the x data.</param>
/// <param name="Y">Id of the y data.</param>
/// <param name="Z">Id of the z data.</param>
/// <param name="IsLogarithmic">Whether z is shown by its logarithm.</param>
public sealed record SedSurface(string Id, string Name, string Where, string X, string Y, string Z, bool IsLogarithmic) : SedElement(Id, Name, Where);

/// <summary>An axis.</summary>
/// <param name="Label">Its label; empty where the document gives none.</param>
/// <param name="IsLogarithmic">Whether equal ratios have equal distances.</param>
/// <param name="Low">Value at its low end; null to fit the data.</param>
/// <param name="High">Value at its high end; null to fit the data.</param>
public sealed record SedAxis(string Label = "", bool IsLogarithmic = false, double? Low = null, double? High = null);

/// <summary>How a curve looks; null where a property is left open.</summary>
public sealed record SedStyle
{
    /// <summary>Line: none, solid, dash, dot, dashDot or dashDotDot.</summary>
    public string? Line { get; init; }

    /// <summary>Colour of the line, as #RRGGBB.</summary>
    public string? Color { get; init; }

    /// <summary>Thickness of the line, in points.</summary>
    public double? Thickness { get; init; }

    /// <summary>Mark at each value: none, circle, square and others.</summary>
    public string? Marker { get; init; }

    /// <summary>Colour of areas and bars, as #RRGGBB.</summary>
    public string? Fill { get; init; }

    /// <summary>This style, with what it leaves open taken from another.</summary>
    public SedStyle Over(SedStyle other) => new()
    {
        Line = Line ?? other.Line, Color = Color ?? other.Color, Thickness = Thickness ?? other.Thickness, Marker = Marker ?? other.Marker, Fill = Fill ?? other.Fill,
    };
}
