using System.Collections.Immutable;

namespace Protonmotive.Reports.Documents;

/// <summary>Parts that every report has.</summary>
internal static class Parts
{
    /// <summary>What it is of, and its title.</summary>
    public static IEnumerable<Block> Head(string kicker, string title) => [new Paragraph(kicker, ParagraphStyle.Kicker), new Heading(1, title)];

    /// <summary>Where things come from.</summary>
    public static IEnumerable<Block> Sources(ImmutableArray<string> sources) => sources.IsEmpty ? [] : [new Heading(2, "Sources", "sources"), new SourceList(sources)];

    /// <summary>How it was made, by name; what is empty is left out.</summary>
    public static IEnumerable<Block> Made(IEnumerable<(string Name, string Value)> items) =>
        [new Heading(2, "How this was made", "made"), new Table([new(""), new("", 4)], [.. items.Where(i => i.Value.Length > 0).Select(i => (ImmutableArray<Cell>)[new(i.Name, IsStrong: true), new(i.Value)])])];
}
