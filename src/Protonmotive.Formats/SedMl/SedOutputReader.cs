using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Protonmotive.Formats.SedMl;

/// <summary>Reads reports, plots and styles.</summary>
internal static partial class SedOutputReader
{
    public static SedOutput? Output(SedNode e, List<string> notes)
    {
        switch (e.Kind)
        {
            case "report":
                return new SedReport(e.Required("id"), e.Name, e.Where, [.. e.List("listOfDataSets").Select(d => new SedDataSet(d.Id, d.Where, d["label"] is { Length: > 0 } label ? label : d.Name, d.Required("dataReference")))]);
            case "plot2D":
                return Plot2D(e, notes);
            case "plot3D":
                return new SedPlot3D(e.Required("id"), e.Name, e.Where, [.. e.List("listOfSurfaces").Select(s => new SedSurface(
                    s.Id, s.Name, s.Where, s.Required("xDataReference"), s.Required("yDataReference"), s.Required("zDataReference"), s.Flag("logZ", false) || Axis(e.Child("zAxis"), notes).IsLogarithmic))]);
            default:
                notes.Add($"The output <{e.Kind}> '{e.Id}' is not made ({e.Where}).");
                return null;
        }
    }

    /// <summary>Styles by id, with what they take from their base style.</summary>
    public static ImmutableDictionary<string, SedStyle> Styles(SedNode root)
    {
        var nodes = root.List("listOfStyles").ToDictionary(s => s.Required("id"), StringComparer.Ordinal);
        var styles = ImmutableDictionary.CreateBuilder<string, SedStyle>(StringComparer.Ordinal);
        foreach (var (id, node) in nodes)
        {
            var style = Style(node);
            var met = new HashSet<string>(StringComparer.Ordinal) { id };
            for (var at = node; at["baseStyle"] is { Length: > 0 } name;)
            {
                if (!met.Add(name)) throw node.Fault($"The style '{id}' is based on itself.", "Break the circle.");
                at = nodes.GetValueOrDefault(name) ?? throw at.Fault($"There is no style '{name}'.", "Mend baseStyle.");
                style = style.Over(Style(at));
            }
            styles[id] = style;
        }
        return styles.ToImmutable();
    }

    private static SedStyle Style(SedNode e) => new()
    {
        Line = e.Child("line")?["type"] ?? e.Child("line")?["style"],
        Color = Color(e.Child("line"), "color"),
        Thickness = e.Child("line")?.OptionalNumber("thickness"),
        Marker = e.Child("marker")?["type"] ?? e.Child("marker")?["style"],
        Fill = Color(e.Child("fill"), "color") ?? Color(e.Child("marker"), "fill"),
    };

    private static string? Color(SedNode? e, string attribute)
    {
        if (e?[attribute] is not { Length: > 0 } text) return null;
        return HexColor().IsMatch(text) ? text[..7] : throw e.Fault($"The colour is '{text}'.", "Write it as #RRGGBB.");
    }

    private static SedPlot2D Plot2D(SedNode e, List<string> notes)
    {
        var nodes = e.List("listOfCurves").Select((c, i) => (Order: c.OptionalNumber("order") ?? i, Index: i, Node: c)).OrderBy(c => c.Order).ThenBy(c => c.Index).Select(c => c.Node).ToList();
        var (horizontal, vertical) = (Axis(e.Child("xAxis"), notes), Axis(e.Child("yAxis"), notes));
        // Before Version 4 each curve said whether its axes are logarithmic; a plot has one pair, so one such curve makes them so.
        horizontal = horizontal with { IsLogarithmic = horizontal.IsLogarithmic || nodes.Any(c => c.Flag("logX", false)) };
        vertical = vertical with { IsLogarithmic = vertical.IsLogarithmic || nodes.Any(c => c.Flag("logY", false)) };
        if (nodes.Any(c => c["yAxis"] == "right")) notes.Add($"Curves of the right axis are drawn on the left one ({e.Where}).");
        return new SedPlot2D(e.Required("id"), e.Name, e.Where, horizontal, vertical, [.. nodes.Select(c => Curve(c, notes)).OfType<SedCurve>()]);
    }

    private static SedCurve? Curve(SedNode e, List<string> notes)
    {
        if (e.Kind == "shadedArea") return new SedCurve(e.Id, e.Name, e.Where, e.Required("xDataReference"), e.Required("yDataReferenceFrom"), e.Required("yDataReferenceTo"), e["style"]);
        if (e.Kind != "curve") throw e.Fault($"<{e.Kind}> is not read in a plot.", "Use curves and shaded areas.");
        if (e["type"] is { } type and not "points") notes.Add($"The curve '{e.Id}' is drawn as a line, not as {type} ({e.Where}).");
        foreach (var error in new[] { "xErrorUpper", "xErrorLower", "yErrorUpper", "yErrorLower" })
            if (e[error] is { Length: > 0 }) notes.Add($"The error bars of the curve '{e.Id}' are not drawn ({e.Where}).");
        return new SedCurve(e.Id, e.Name, e.Where, e.Required("xDataReference"), e.Required("yDataReference"), null, e["style"]);
    }

    private static SedAxis Axis(SedNode? e, List<string> notes)
    {
        if (e is null) return new SedAxis();
        bool logarithmic = e["type"] switch
        {
            null or "linear" => false,
            "log10" or "log" => true,
            var type => throw e.Fault($"The axis is of type '{type}'.", "Write linear or log10."),
        };
        if (e.Flag("reverse", false)) notes.Add($"The axis is not drawn in reverse ({e.Where}).");
        var (low, high) = (e.OptionalNumber("min"), e.OptionalNumber("max"));
        if (low >= high) throw e.Fault($"The axis goes from {low:g6} to {high:g6}.", "Give a min below max.");
        if (logarithmic && (low <= 0 || high <= 0)) throw e.Fault("A logarithmic axis has an end that is not above 0.", "Mend min and max.");
        return new SedAxis(e["name"] ?? "", logarithmic, low, high);
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?$")]
    private static partial Regex HexColor();
}
