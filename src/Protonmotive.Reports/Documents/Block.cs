using System.Collections.Immutable;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Mathematics;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Documents;

/// <summary>A part of a document.</summary>
public abstract record Block;

/// <summary>A heading.</summary>
/// <param name="Level">1 the title, 2 a part or chapter, 3 a section.</param>
/// <param name="Text">Its words.</param>
/// <param name="Anchor">Name that links lead to; those of level 2 that have one are bookmarks and stand in the contents.</param>
public sealed record Heading(int Level, string Text, string Anchor = "") : Block;

/// <summary>Running text.</summary>
/// <param name="Spans">Its pieces.</param>
/// <param name="Style">How it is set.</param>
public sealed record Paragraph(ImmutableArray<Span> Spans, ParagraphStyle Style = ParagraphStyle.Plain) : Block
{
    /// <summary>Whether it introduces what follows, and stands on the same page.</summary>
    public bool LeadsOn { get; init; }

    /// <summary>A paragraph of one piece.</summary>
    public Paragraph(string text, ParagraphStyle style = ParagraphStyle.Plain) : this([new Span(text)], style)
    {
    }
}

/// <summary>A piece of running text.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Link">Where it leads: #anchor, or an address beside the document; empty for nowhere.</param>
/// <param name="IsBold">Whether it is set bold.</param>
public sealed record Span(string Text, string Link = "", bool IsBold = false)
{
    /// <summary>Whether it is left out on paper: it leads to a file beside the document.</summary>
    public bool IsForScreen => Link.Length > 0 && Link[0] != '#';
}

/// <summary>How a paragraph is set.</summary>
public enum ParagraphStyle
{
    /// <summary>As body text.</summary>
    Plain,

    /// <summary>Small, above a heading or below it: what kind of thing follows.</summary>
    Kicker,

    /// <summary>Large and soft: the question of a chapter.</summary>
    Question,

    /// <summary>Small and soft: what the reader must know besides.</summary>
    Note,
}

/// <summary>A table; without titles of columns it has no head.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, each as long as the columns.</param>
public sealed record Table(ImmutableArray<TableColumn> Columns, ImmutableArray<ImmutableArray<Cell>> Rows) : Block;

/// <summary>A column of a table.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Share">Share of the width, relative to the other columns, where a page has one.</param>
/// <param name="IsNumber">Whether it holds numbers, which stand right.</param>
/// <param name="Unit">Unit of all its numbers, below the title; empty where there is none or each cell has its own.</param>
public sealed record TableColumn(string Title, double Share = 1, bool IsNumber = false, string Unit = "");

/// <summary>A cell of a table.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Unit">Unit after them, smaller.</param>
/// <param name="Link">Where it leads: #anchor; empty for nowhere.</param>
/// <param name="IsStrong">Whether it names the row.</param>
public sealed record Cell(string Text, string Unit = "", string Link = "", bool IsStrong = false)
{
    /// <summary>Mathematics below the words.</summary>
    public ImmutableArray<Formula> Formulas { get; init; } = [];

    /// <summary>What is said of it below the words, small and soft.</summary>
    public string Note { get; init; } = "";
}

/// <summary>A figure with its caption and number.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Caption">Its caption; null for the figure's own, which then stands below it alone, not above it too.</param>
public sealed record Picture(Figure Figure, string? Caption = null) : Block
{
    /// <summary>The figure.</summary>
    public Figure Figure { get; init; } = Caption is null && Figure.TitleHeight > 0 ? new UntitledFigure(Figure) : Figure;

    /// <summary>What stands below it, with a full stop.</summary>
    public string Words => (Caption ?? Figure.Caption) is { Length: > 0 } words && words[^1] is not ('.' or '?' or '!') ? words + "." : Caption ?? Figure.Caption;
}

/// <summary>Numbers in large type, each with its name and what is known of it.</summary>
/// <param name="Results">The numbers.</param>
public sealed record Numbers(ImmutableArray<ResultRecord> Results) : Block;

/// <summary>A numbered list of sources.</summary>
/// <param name="Items">The sources.</param>
public sealed record SourceList(ImmutableArray<string> Items) : Block;

/// <summary>Two things side by side.</summary>
/// <param name="Left">The one.</param>
/// <param name="Right">The other.</param>
public sealed record Facing(ImmutableArray<Block> Left, ImmutableArray<Block> Right) : Block;

/// <summary>The headings of level 2 that have an anchor, with their pages where there are any.</summary>
public sealed record Contents : Block;

/// <summary>What follows begins a page.</summary>
/// <param name="IsLeft">Whether it is a left one, with an even number.</param>
public sealed record NewPage(bool IsLeft = false) : Block;
