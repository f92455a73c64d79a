using System.Collections.Immutable;

namespace Protonmotive.Reports.Documents;

/// <summary>A document as a list of blocks: written once, shown as one HTML file (<see cref="HtmlWriter"/>) and as PDF (<see cref="PdfWriter"/>).</summary>
/// <param name="Title">Title.</param>
/// <param name="Blocks">What it says, in reading order.</param>
public sealed record Document(string Title, ImmutableArray<Block> Blocks);
