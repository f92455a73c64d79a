using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Protonmotive.Atlas.Mitochondrion;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Fits;
using Protonmotive.Solvers;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf titrate.</summary>
internal static class TitrateCommand
{
    private static readonly (string Column, string Observable, string Label, double Factor)[] quantities =
    [
        ("nadh_fraction", "NADH_fraction", "NADH, reduced fraction", 1),
        ("delta_psi_mV", "DeltaPsi", "ΔΨ (mV)", 1000),
        ("cytc_reduced_fraction", "cred_fraction", "cytochrome c, reduced fraction", 1),
        ("buffer_adp_mM", "ADP_c", "ADP outside (mM)", 1000),
    ];

    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "CSV of measured states with columns pi_nominal_mM, ocr_nmolO2_per_min_per_UCS, nadh_fraction, delta_psi_mV, cytc_reduced_fraction, buffer_adp_mM." };
        var fit = new Option<string?>("--fit") { Description = "Folder of a fit of atp-demand (pmf fit): its estimates are drawn as lines, the published values dashed." };
        var output = new Option<string>("--out", "-o") { Description = "Folder of the figure.", DefaultValueFactory = _ => "." };
        var command = new Command("titrate", "Draw the ATP-demand titration of isolated mitochondria (Randall, Beard et al. 2021, Fig. 9) against measurements.\n\nExample:\n  pmf titrate --data quasi_steady_state.csv --out figures\n  pmf titrate --data quasi_steady_state.csv --fit fits/titration") { data, fit, output };
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            var measured = parse.GetValue(data) is { } file ? Read(file) : [];
            double[] phosphates = [1, 5];
            var published = phosphates.Select(p => Curve(p, [], cancellation)).ToArray();
            var fitted = parse.GetValue(fit) is { } fits ? phosphates.Select(p => Curve(p, Estimates(fits, cancellation), cancellation)).ToArray() : null;
            ImmutableArray<ImmutableArray<(double, double)>> Lines(IEnumerable<List<double[]>> curves, int i) => [.. curves.Select(c => c.Select(row => (row[0], row[i + 1])).ToImmutableArray())];
            var panels = quantities.Select((q, i) => new ScatterPanel(q.Label, Lines(fitted ?? published, i),
                [.. phosphates.Select(p => measured.Where(m => m[0] == p && !double.IsNaN(m[i + 2])).Select(m => (m[1], m[i + 2])).ToImmutableArray())]) { Before = fitted is null ? [] : Lines(published, i) }).ToImmutableArray();
            var figure = new ScatterFigure("ATP-demand titration of isolated heart mitochondria", "O₂ uptake (nmol/min/U CS)", [.. phosphates.Select(p => $"Pi {p} mM")], panels);
            var folder = Directory.CreateDirectory(parse.GetValue(output)!).FullName;
            File.WriteAllBytes(Path.Combine(folder, figure.Name + ".svg"), figure.ToSvg());
            File.WriteAllBytes(Path.Combine(folder, figure.Name + ".png"), figure.ToPng());
            Console.WriteLine(Path.Combine(folder, figure.Name + ".svg"));
            return ExitCode.Success;
        })));
        return command;
    }

    /// <summary>O₂ uptake and the four quantities for 31 demands, 3000 s each, up to where demand exceeds capacity.</summary>
    private static List<double[]> Curve(double phosphate, Dictionary<string, double> estimates, CancellationToken cancellation)
    {
        var system = new AtpDemand();
        var network = system.Build(system.Scenarios[0], 0, phosphate * 1e-3);
        var kernel = Kernels.Kernel.Compile(network.Lower());
        var rows = new List<double[]>();
        double most = phosphate < 2 ? 5e-6 : 6e-6;
        for (int i = 0; i <= 30; i++)
        {
            var problem = new InitialValueProblem(kernel, 0, 3000) { Overrides = estimates.ToImmutableDictionary().SetItem("X_AtC", most * i / 30) };
            var solution = Ode.Solve(problem, new Rodas4(), new Tolerance(1e-6), OutputTimes.EndOnly, null, cancellation);
            rows.Add([solution.ObservableColumn("OCR")[^1], .. quantities.Select(q => q.Factor * solution.ObservableColumn(q.Observable)[^1])]);
            // Beyond its capacity the state drifts, and is no point of the titration.
            if (i > 0 && rows[^1][0] < rows[^2][0]) return rows[..^1];
        }
        return rows;
    }

    /// <summary>The best values of a fit that are parameters of the system; those of single rows are not.</summary>
    private static Dictionary<string, double> Estimates(string folder, CancellationToken cancellation)
    {
        var (_, source, best, _) = FitRun.Begin(folder, null, cancellation);
        var system = new AtpDemand();
        var known = system.Build(system.Scenarios[0]).Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var values = source.Objective.Parameters.Select((p, i) => (p.Name, Value: FitReports.Linear(best[i], p.Scale))).Where(p => known.Contains(p.Name)).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        return values.Count > 0 ? values : throw new ModelSourceException("The fit estimates nothing of this system.", folder, "Give the folder of a fit of 'atp-demand'.");
    }

    private static List<double[]> Read(string file)
    {
        if (!File.Exists(file)) throw new ModelSourceException("There is no such file.", file, "Check the path of --data.");
        var lines = File.ReadAllLines(file);
        var header = lines.Length == 0 ? [] : lines[0].Split(',').Select(h => h.Trim()).ToArray();
        var columns = ((string[])["pi_nominal_mM", "ocr_nmolO2_per_min_per_UCS", .. quantities.Select(q => q.Column)]).Select(name => Array.IndexOf(header, name) is var i and >= 0
            ? i : throw new ModelSourceException($"The table has no column '{name}'.", $"{file}, line 1", "See 'pmf titrate --help' for the columns.")).ToArray();
        return [.. lines.Skip(1).Where(l => l.Trim().Length > 0).Select((line, row) =>
        {
            var cells = line.Split(',');
            return columns.Select(c => c >= cells.Length ? throw new ModelSourceException("The line is too short.", $"{file}, line {row + 2}", "Give every column; an empty field means not measured.")
                : cells[c].Trim().Length == 0 ? double.NaN
                : double.TryParse(cells[c], NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v
                : throw new ModelSourceException($"'{cells[c]}' is no number.", $"{file}, line {row + 2}", "Mend the table.")).ToArray();
        })];
    }
}
