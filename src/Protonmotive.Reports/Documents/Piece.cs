namespace Protonmotive.Reports.Documents;

/// <summary>A part of a page that is not broken.</summary>
/// <param name="Height">Its height, with the room below it.</param>
/// <param name="Draw">Draws it with its top left corner at a point.</param>
internal sealed record Piece(float Height, Action<PageCanvas, float, float> Draw)
{
    /// <summary>Whether it must stand on the page of the next piece.</summary>
    public bool KeepsNext { get; init; }

    /// <summary>Whether it begins a page.</summary>
    public bool BeginsPage { get; init; }

    /// <summary>Whether that page is a left one.</summary>
    public bool BeginsLeft { get; init; }

    /// <summary>The head of a table, drawn again above a piece that begins a page.</summary>
    public Piece? Head { get; init; }

    /// <summary>The piece with its figure so many times as large; null where it has none.</summary>
    public Func<float, Piece>? Scaled { get; init; }

    /// <summary>Name that links lead to.</summary>
    public string Anchor { get; init; } = "";
}
