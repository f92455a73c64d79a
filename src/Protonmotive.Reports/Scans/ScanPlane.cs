using Protonmotive.Solvers.Designs;

namespace Protonmotive.Reports.Scans;

/// <summary>A grid in which just two ranges take several values: what a map shows. Of many values it shows some at equal distance.</summary>
/// <param name="Slow">Index of the range that varies slowest: the rows of the map.</param>
/// <param name="Fast">Index of the other.</param>
/// <param name="Rows">Values of the slow range.</param>
/// <param name="Columns">Values of the fast range.</param>
internal sealed record ScanPlane(int Slow, int Fast, double[] Rows, double[] Columns)
{
    private const int MostCells = 150; // a side

    private int RowStep => (Rows.Length + MostCells - 1) / MostCells;

    private int ColumnStep => (Columns.Length + MostCells - 1) / MostCells;

    /// <summary>Values of the slow range that the map shows.</summary>
    public double[] ShownRows => [.. Rows.Where((_, i) => i % RowStep == 0)];

    /// <summary>Values of the fast range that the map shows.</summary>
    public double[] ShownColumns => [.. Columns.Where((_, i) => i % ColumnStep == 0)];

    /// <summary>The plane of a design; null where it is none.</summary>
    public static ScanPlane? Of(Design design)
    {
        if (design is not GridDesign grid) return null;
        var several = Enumerable.Range(0, grid.Axes.Length).Where(i => grid.Axes[i].Length > 1).ToList();
        return several.Count == 2 ? new ScanPlane(several[0], several[1], [.. grid.Axes[several[0]]], [.. grid.Axes[several[1]]]) : null;
    }

    /// <summary>Whether the map shows a member.</summary>
    public bool Keeps(long member) => member / Columns.Length % RowStep == 0 && member % Columns.Length % ColumnStep == 0;

    /// <summary>Row and column of a member in the map.</summary>
    public (int Row, int Column) Place(long member) => ((int)(member / Columns.Length) / RowStep, (int)(member % Columns.Length) / ColumnStep);
}
