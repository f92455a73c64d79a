using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Protonmotive.Reports.Scans;
using Protonmotive.Sensitivities.Bifurcations;

namespace Protonmotive.Reports.Analyses;

/// <summary>Branches of steady states as tables and diagrams.</summary>
public static class ContinuationReport
{
    private const int MostFigures = 12;

    /// <summary>The quantities that patterns name; the model's own choice where there are none.</summary>
    /// <exception cref="ScanException">A pattern names none.</exception>
    public static ImmutableArray<ScanQuantity> Outputs(ScanModel model, IReadOnlyCollection<string> patterns)
    {
        if (patterns.FirstOrDefault(p => p.StartsWith(ScanModel.LedgerPrefix, StringComparison.Ordinal)) is { } number)
            throw new ScanException($"'{number}' is a number of the ledger; along a branch there is none.", "--output", "Name species, variables and fluxes; 'pmf scan --steady' gives ledger numbers over a parameter.");
        return new ScanOutputs(model, patterns).Quantities;
    }

    /// <summary>The report.</summary>
    /// <param name="model">The model that was followed.</param>
    /// <param name="diagram">Its steady states.</param>
    /// <param name="command">The command that makes it again.</param>
    public static Analysis Of(ScanModel model, BifurcationDiagram diagram, string command)
    {
        var (title, timeUnit) = (model.Model.System?.Title ?? model.Model.Network.Name, model.Kernel.System.TimeUnit);
        var (branches, special) = (BranchTable(diagram), SpecialTable(diagram, timeUnit));
        var record = new AnalysisRecord
        {
            Kind = "continue",
            System = model.Model.Name,
            Title = $"Steady states of {title} over {diagram.Options.Parameter}",
            Scenario = model.Model.Scenario?.Name ?? "",
            SourceHash = model.Model.SourceHash,
            Command = command,
            Summary = Summary(diagram),
            Notes = diagram.Notes,
            Results = [.. diagram.SpecialPoints.Select(p => new ResultRecord(KindOf(p), p.ParameterValue, diagram.ParameterUnit, Note(p, timeUnit)))],
            Sources =
            [
                "Keller, H. B. (1977). Numerical solution of bifurcation and nonlinear eigenvalue problems. In Applications of Bifurcation Theory, 359-384.",
                "Kuznetsov, Yu. A. (2004). Elements of Applied Bifurcation Theory, 3rd ed., chapters 5 and 10.",
            ],
            Settings = Settings(model, diagram),
            Tables = [branches, special],
        };
        var figures = diagram.Outputs.Select((o, i) => (Figure)Diagram(diagram, model, o.Name, i)).Take(MostFigures);
        return new Analysis(record, [.. figures], special.RowCount > 0 ? [special] : []);
    }

    /// <summary>What a special point is, in words.</summary>
    public static string KindOf(SpecialPoint point) => point.Kind switch
    {
        SpecialPointKind.Fold => BranchMark.Fold,
        SpecialPointKind.Hopf => BranchMark.Hopf,
        SpecialPointKind.Branch => BranchMark.Crossing,
        _ => BranchMark.Switch,
    };

    /// <summary>The period of the oscillation at a Hopf point, in the model's unit of time; NaN elsewhere.</summary>
    public static double PeriodOf(SpecialPoint point) => point.Frequency is { } ω ? 2 * Math.PI / ω : double.NaN;

    /// <summary>Whether a Hopf point is super- or subcritical, in words; "" where not known or for other points.</summary>
    public static string BirthOf(SpecialPoint point) => point.LyapunovCoefficient switch { < 0 => "supercritical", > 0 => "subcritical", _ => "" };

    private static string Note(SpecialPoint point, string timeUnit) => point.Frequency is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $"period {PeriodOf(point):g6} {timeUnit}").TrimEnd() + (BirthOf(point) is { Length: > 0 } birth ? ", " + birth : "");

    private static string Summary(BifurcationDiagram diagram)
    {
        var counts = diagram.SpecialPoints.GroupBy(KindOf).Select(g => g.Count() == 1 ? $"1 {g.Key}" : $"{g.Count()} {(g.Key == BranchMark.Switch ? "switches" : g.Key + "s")}").ToList();
        var branches = diagram.Branches.Length == 1 ? "One branch" : $"{diagram.Branches.Length} branches";
        return string.Create(CultureInfo.InvariantCulture, $"{branches} of steady states between {diagram.Options.Parameter} = {diagram.Options.Low:g6} and {diagram.Options.High:g6}{(diagram.ParameterUnit is "" or "1" ? "" : " " + diagram.ParameterUnit)}: {(counts.Count == 0 ? "no special points" : string.Join(", ", counts))}.");
    }

    private static AnalysisTable BranchTable(BifurcationDiagram diagram)
    {
        var rows = diagram.Branches.SelectMany((b, i) => b.Points.Select(p => (Branch: i + 1, Point: p))).ToList();
        return new AnalysisTable("branches", "Branches of steady states",
        [
            AnalysisColumn.Of("branch", "", rows.Select(r => (double)r.Branch)),
            AnalysisColumn.Of(diagram.Options.Parameter, diagram.ParameterUnit, rows.Select(r => r.Point.ParameterValue)),
            AnalysisColumn.Of("stability", rows.Select(r => r.Point.IsStable switch { true => "stable", false => "unstable", null => "" })),
            AnalysisColumn.Of("unstable directions", "1", rows.Select(r => r.Point.UnstableCount ?? double.NaN)),
            AnalysisColumn.Of("eigenvalue, real part", "", rows.Select(r => r.Point.Eigenvalues.IsEmpty ? double.NaN : r.Point.Eigenvalues[0].Real)),
            AnalysisColumn.Of("eigenvalue, imaginary part", "", rows.Select(r => r.Point.Eigenvalues.IsEmpty ? double.NaN : Math.Abs(r.Point.Eigenvalues[0].Imaginary))),
            .. diagram.Outputs.Select((o, k) => AnalysisColumn.Of(o.Name, o.Unit, rows.Select(r => r.Point.Outputs[k]))),
        ]);
    }

    private static AnalysisTable SpecialTable(BifurcationDiagram diagram, string timeUnit)
    {
        var points = diagram.SpecialPoints;
        return new AnalysisTable("special-points", "Special points",
        [
            AnalysisColumn.Of("point", points.Select(KindOf)),
            AnalysisColumn.Of(diagram.Options.Parameter, diagram.ParameterUnit, points.Select(p => p.ParameterValue)),
            AnalysisColumn.Of("period", timeUnit, points.Select(PeriodOf)),
            AnalysisColumn.Of("birth", points.Select(BirthOf)),
            AnalysisColumn.Of("branch", "", points.Select(p => p.Branch + 1.0)),
            .. diagram.Outputs.Select((o, k) => AnalysisColumn.Of(o.Name, o.Unit, points.Select(p => p.Outputs[k]))),
        ]);
    }

    private static BifurcationFigure Diagram(BifurcationDiagram diagram, ScanModel model, string name, int output)
    {
        var parameter = new ScanQuantity(diagram.Options.Parameter, diagram.ParameterUnit, model.Model.Network.Find(diagram.Options.Parameter)?.Description ?? "");
        var quantity = new ScanQuantity(name, diagram.Outputs[output].Unit, model.Model.Network.Find(name)?.Description ?? "");
        var lines = diagram.Branches.SelectMany(b => Stretches(b, output)).ToList();
        var values = lines.SelectMany(l => l.Y).Where(double.IsFinite).ToList();
        bool isLogarithmic = values.Count > 0 && values.Min() > 0 && values.Max() > 1000 * values.Min();
        return new BifurcationFigure("diagram-" + Analysis.FileName(name), $"Steady states of {name} over {diagram.Options.Parameter}",
            new LineAxis(parameter.LabelWithin(90), diagram.Options.IsLogarithmic, diagram.Options.Low, diagram.Options.High), new LineAxis(quantity.LabelWithin(52), isLogarithmic),
            lines, [.. diagram.SpecialPoints.Select(p => new BranchMark(KindOf(p), FormattableString.Invariant($"{(p.Kind == SpecialPointKind.Hopf ? "Hopf" : KindOf(p))} at {p.ParameterValue:g4}"), p.ParameterValue, p.Outputs[output]))]);
    }

    /// <summary>A branch cut where its stability changes; special points end one stretch and begin the next.</summary>
    private static IEnumerable<BranchLine> Stretches(EquilibriumBranch branch, int output)
    {
        var points = branch.Points;
        for (int first = 0; first < points.Length - 1;)
        {
            var stability = Between(first);
            int last = first + 1;
            while (last < points.Length - 1 && Between(last) == stability) last++;
            yield return new BranchLine([.. points[first..(last + 1)].Select(p => p.ParameterValue)], [.. points[first..(last + 1)].Select(p => p.Outputs[output])], stability);
            first = last;
        }

        bool? Between(int i) => points[i].IsStable ?? points[i + 1].IsStable;
    }

    private static ImmutableSortedDictionary<string, string> Settings(ScanModel model, BifurcationDiagram diagram)
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        settings["longest step"] = diagram.Options.MaximumStep.ToString("R", CultureInfo.InvariantCulture);
        settings["steps"] = diagram.Options.IsLogarithmic ? "even in the logarithm of the parameter" : "even in the parameter";
        foreach (var (name, value) in model.Overrides) settings["set " + name] = value.ToString("R", CultureInfo.InvariantCulture);
        return settings.ToImmutable();
    }
}
