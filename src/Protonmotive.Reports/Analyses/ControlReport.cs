using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Protonmotive.Kernels;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Protonmotive.Reports.Scans;
using Protonmotive.Sensitivities;

namespace Protonmotive.Reports.Analyses;

/// <summary>Metabolic control analysis as tables and figures.</summary>
public static class ControlReport
{
    private const int MostRows = 40, MostColumns = 20, MostShown = 60;

    /// <summary>The report.</summary>
    /// <param name="model">The model.</param>
    /// <param name="control">Its control coefficients.</param>
    /// <param name="command">The command that makes it again.</param>
    public static Analysis Of(ScanModel model, ControlCoefficients control, string command)
    {
        var title = model.Model.System?.Title ?? model.Model.Network.Name;
        (string File, string Title, string Rows, CoefficientTable Table)[] all =
        [
            ("flux-control", "Flux control coefficients", "flux", control.FluxControl),
            ("concentration-control", "Concentration control coefficients", "quantity", control.ConcentrationControl),
            ("elasticities", "Elasticities", "rate", control.Elasticities),
            ("flux-response", "Response of fluxes to parameters", "flux", control.FluxResponse),
            ("concentration-response", "Response of concentrations to parameters", "quantity", control.ConcentrationResponse),
        ];
        all = [.. all.Where(t => t.Table.Rows.Length > 0 && t.Table.Columns.Length > 0)];
        var wide = all.Select(t => Wide(t.File, t.Title, t.Rows, t.Table, isScaled: true)).ToImmutableArray();
        var steady = SteadyTable(control);
        var record = new AnalysisRecord
        {
            Kind = "control",
            System = model.Model.Name,
            Title = $"Control analysis of {title}",
            Scenario = model.Model.Scenario?.Name ?? "",
            SourceHash = model.Model.SourceHash,
            Command = command,
            Summary = Summary(control),
            Notes = control.Notes,
            Results =
            [
                new ResultRecord("flux control: largest |sum − 1|", control.FluxSummationResidual, "1", "summation theorem: 0"),
                new ResultRecord("concentration control: largest |sum|", control.ConcentrationSummationResidual, "1", "summation theorem: 0"),
                new ResultRecord("connectivity: largest residual", control.ConnectivityResidual, "1", double.IsNaN(control.ConnectivityResidual) ? "does not apply" : "connectivity theorems: 0"),
            ],
            Sources =
            [
                "Kacser, H. and Burns, J. A. (1973). The control of flux. Symp. Soc. Exp. Biol. 27, 65-104.",
                "Heinrich, R. and Rapoport, T. A. (1974). A linear steady-state treatment of enzymatic chains. Eur. J. Biochem. 42, 89-95.",
                "Reder, C. (1988). Metabolic control theory: a structural approach. J. Theor. Biol. 135, 175-201.",
            ],
            Settings = model.Overrides.ToImmutableSortedDictionary(o => "set " + o.Key, o => o.Value.ToString("R", CultureInfo.InvariantCulture), StringComparer.Ordinal),
            Tables = [steady, .. wide, .. all.Select(t => Wide(t.File, t.Title, t.Rows, t.Table, isScaled: false))],
        };
        var figures = all.Select(t => (Figure)Matrix(t.File, t.Title, t.Table, t.File == "elasticities" ? "elasticity" : t.File.EndsWith("control", StringComparison.Ordinal) ? "control coefficient" : "response coefficient"));
        return new Analysis(record, [.. figures], [steady, .. wide.Where(t => !t.Name.EndsWith("response", StringComparison.Ordinal) && t.Columns.Length <= MostShown)]);
    }

    /// <summary>Sum of a row's scaled coefficients: of a flux 1, of a concentration 0, by the summation theorems. NaN where a coefficient does not exist.</summary>
    public static double RowSum(CoefficientTable table, int row) => Enumerable.Range(0, table.Columns.Length).Sum(j => table.Scaled(row, j));

    /// <summary>Fluxes and quantities that patterns name, with * for any text; null where there are no patterns.</summary>
    /// <exception cref="SensitivityException">A pattern names none.</exception>
    public static IReadOnlySet<string>? Named(ControlCoefficients control, IReadOnlyCollection<string> patterns)
    {
        if (patterns.Count == 0) return null;
        var known = control.Fluxes.Concat(control.Quantities).Select(v => v.Name).Distinct().ToList();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pattern in patterns)
        {
            var found = known.Where(n => Regex.IsMatch(n, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant)).ToList();
            if (found.Count == 0) throw new SensitivityException($"There is no flux or quantity '{pattern}'.", "control coefficients", NearNames.Question(NearNames.Of(pattern, known), "Name processes and species of the model."));
            named.UnionWith(found);
        }

        return named;
    }

    private static string Summary(ControlCoefficients control)
    {
        int processes = control.FluxControl.Columns.Length;
        return string.Create(CultureInfo.InvariantCulture, $"{control.Fluxes.Length} fluxes and {control.Quantities.Length} quantities under the control of {processes} {(processes == 1 ? "process" : "processes")}. {control.SteadyState.Explanation}");
    }

    private static AnalysisTable SteadyTable(ControlCoefficients control)
    {
        var rows = control.Fluxes.Select(f => ("flux", f)).Concat(control.Quantities.Select(q => ("quantity", q))).ToList();
        return new AnalysisTable("steady-state", "The steady state",
            [AnalysisColumn.Of("kind", rows.Select(r => r.Item1)), AnalysisColumn.Of("name", rows.Select(r => r.Item2.Name)), AnalysisColumn.Of("value", "", rows.Select(r => r.Item2.Value)), AnalysisColumn.Of("unit", rows.Select(r => r.Item2.Unit is "1" ? "" : r.Item2.Unit))]);
    }

    private static AnalysisTable Wide(string file, string title, string rows, CoefficientTable table, bool isScaled) => new(isScaled ? file : file + "-unscaled", title + (isScaled ? " (scaled)" : " (in the model's units)"),
    [
        AnalysisColumn.Of(rows, table.Rows),
        .. table.Columns.Select((c, j) => AnalysisColumn.Of(c, isScaled ? "1" : "", Enumerable.Range(0, table.Rows.Length).Select(i => isScaled ? table.Scaled(i, j) : table.Unscaled(i, j)))),
    ]);

    /// <summary>The table, or of a large one the rows and columns with the largest entries, in their order.</summary>
    private static MatrixFigure Matrix(string file, string title, CoefficientTable table, string label)
    {
        double Size(int i, int j) => double.IsFinite(table.Scaled(i, j)) ? Math.Abs(table.Scaled(i, j)) : 0;
        var (allRows, allColumns) = (Enumerable.Range(0, table.Rows.Length).ToList(), Enumerable.Range(0, table.Columns.Length).ToList());
        int[] columns = allColumns.Count <= MostColumns ? [.. allColumns] : [.. allColumns.OrderByDescending(j => allRows.Select(i => Math.Min(1, Size(i, j))).Sum()).Take(MostColumns).Order()];
        int[] rows = allRows.Count <= MostRows ? [.. allRows] : [.. allRows.OrderByDescending(i => columns.Select(j => Math.Min(1, Size(i, j))).Sum()).Take(MostRows).Order()];
        var values = new double[rows.Length, columns.Length];
        for (int i = 0; i < rows.Length; i++) for (int j = 0; j < columns.Length; j++) values[i, j] = table.Scaled(rows[i], columns[j]);
        bool isPart = rows.Length < allRows.Count || columns.Length < allColumns.Count;
        return new MatrixFigure(file, isPart ? $"{title} ({rows.Length} of {allRows.Count} rows, {columns.Length} of {allColumns.Count} columns: the largest)" : title,
            [.. rows.Select(i => table.Rows[i])], [.. columns.Select(j => table.Columns[j])], values, label);
    }
}
