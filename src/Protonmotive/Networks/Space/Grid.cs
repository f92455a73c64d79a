using System.Collections.Immutable;

namespace Protonmotive.Networks;

/// <summary>Places side by side at equal distance, and the bonds between neighbours: a line, a ring, a sheet or a torus.</summary>
/// <remarks>
/// Edges of a line or sheet are closed: nothing crosses them, for there is no bond there. A ring or torus is periodic: its last place
/// is a neighbour of its first. <see cref="NetworkBuilder.Replicate"/> puts one network at each place.
/// </remarks>
public sealed class Grid
{
    /// <summary>Most places: above, the formulas of all of them would take tens of gigabytes.</summary>
    public const int MostPlaces = 1 << 18;

    private Grid(int columns, int rows, double spacing, bool isPeriodic, bool isSheet)
    {
        if (columns < 1 || rows < 1 || (long)columns * rows > MostPlaces) throw new NetworkException(
            $"A grid of {columns} by {rows} places can't be made.", "grid", $"Give it 1 to {MostPlaces} places.");
        if (!(spacing > 0) || !double.IsFinite(spacing)) throw new NetworkException($"The distance {spacing:g6} between neighbours is no length.", "grid", "Give a finite number above 0.");
        (Columns, Rows, Spacing, IsPeriodic, IsSheet) = (columns, rows, spacing, isPeriodic, isSheet);
        Places = [.. Enumerable.Range(0, columns * rows).Select(i => new Place(this, i))];
        Bonds = [.. AllBonds()];
    }

    /// <summary>Places in a row.</summary>
    public int Columns { get; }

    /// <summary>Rows; 1 for a line or ring.</summary>
    public int Rows { get; }

    /// <summary>Distance between neighbours, in the unit that conductances are meant in.</summary>
    public double Spacing { get; }

    /// <summary>Whether it has no edges: the last place of each row and column is a neighbour of the first.</summary>
    public bool IsPeriodic { get; }

    /// <summary>Whether it has two dimensions.</summary>
    public bool IsSheet { get; }

    /// <summary>The places, row by row.</summary>
    public ImmutableArray<Place> Places { get; }

    /// <summary>The bonds between neighbours, each once.</summary>
    public ImmutableArray<Bond> Bonds { get; }

    /// <summary>Places on a line with closed ends.</summary>
    /// <param name="count">Number of places.</param>
    /// <param name="spacing">Distance between neighbours.</param>
    /// <exception cref="NetworkException">No place, too many, or a distance that is none.</exception>
    public static Grid Line(int count, double spacing = 1) => new(count, 1, spacing, isPeriodic: false, isSheet: false);

    /// <summary>Places on a ring.</summary>
    /// <inheritdoc cref="Line"/>
    public static Grid Ring(int count, double spacing = 1) => new(count, 1, spacing, isPeriodic: true, isSheet: false);

    /// <summary>Places on a rectangle with closed edges.</summary>
    /// <param name="columns">Places in a row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="spacing">Distance between neighbours.</param>
    /// <exception cref="NetworkException">No place, too many, or a distance that is none.</exception>
    public static Grid Sheet(int columns, int rows, double spacing = 1) => new(columns, rows, spacing, isPeriodic: false, isSheet: true);

    /// <summary>Places on a rectangle whose opposite edges are joined.</summary>
    /// <inheritdoc cref="Sheet"/>
    public static Grid Torus(int columns, int rows, double spacing = 1) => new(columns, rows, spacing, isPeriodic: true, isSheet: true);

    /// <summary>Name of a quantity at a place: <c>X[3]</c> on a line, <c>X[3,4]</c> on a sheet (column, row).</summary>
    public string NameAt(string quantity, int column, int row = 0) => quantity + Places[(row * Columns) + column].Suffix;

    // The bond that closes a ring needs three places: two are neighbours already.
    private IEnumerable<Bond> AllBonds()
    {
        foreach (var place in Places)
        {
            if (place.Column + 1 < Columns) yield return new Bond(place, Places[place.Index + 1], Axis: 0);
            else if (IsPeriodic && Columns > 2) yield return new Bond(place, Places[place.Index + 1 - Columns], Axis: 0);
            if (place.Row + 1 < Rows) yield return new Bond(place, Places[place.Index + Columns], Axis: 1);
            else if (IsPeriodic && Rows > 2) yield return new Bond(place, Places[place.Column], Axis: 1);
        }
    }
}
