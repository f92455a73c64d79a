using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;

namespace Protonmotive.Atlas.Biology;

/// <summary>What the self-maintaining cell survives: maps of lasting and passing disturbances, thresholds, and its loop cut at each link.</summary>
internal static class CellViability
{
    /// <summary>Where the numbers beside ours are from: tests/oracle/self_maintaining_cell.py.</summary>
    public const string Oracle = "the same equations by an independent code";

    private const int Points = 15;

    /// <summary>All of it.</summary>
    public static Findings Of(Network network, CancellationToken cancellation)
    {
        var trial = new CellTrial(network, cancellation);
        return new([.. Thresholds(trial), .. Healed(trial), .. Cuts(trial)], [Lasting(trial), Famine(trial), Sudden(trial)]);
    }

    private static IEnumerable<NamedResult> Thresholds(CellTrial trial)
    {
        var grown = trial.Grown;
        NamedResult Most(string name, string unit, double known, double survived, double deadly, Func<double, double> growth) =>
            new NamedResult(name, CellTrial.Threshold(v => growth(v) > 0, survived, deadly), unit).Against(known, 1e-3 * known, Oracle);
        yield return Most("least food outside to live on", "of usual", 0.732472, 1, 0.3, v => trial.Growth(grown, ("food", v)));
        yield return Most("most leak of the metabolite", "1/h", 0.849545, 0.5, 2, v => trial.Growth(grown, ("k_leak", v)));
        yield return Most("most wear of catalysts", "1/h", 0.500478, 0.4, 2, v => trial.Growth(grown, ("k_wear", v)));
        yield return Most("least share of the catalysts left at once", "1", 0.177874, 1, 0.03, v => trial.Growth(trial.Left(("E.amount", v))));
        yield return Most("longest time without food", "h", 4.362829, 1, 12, v => trial.Growth(trial.Run(grown, v, ("food", 0)).End));
        yield return Most("longest time with a hole of 1/h", "h", 1.699225, 0.2, 8, v => trial.Growth(trial.Run(grown, v, ("hole", 1)).End));
    }

    private static IEnumerable<NamedResult> Healed(CellTrial trial)
    {
        NamedResult Left(string what, string content, double known) =>
            new NamedResult($"1 % of {what} left: growth after it", trial.Growth(trial.Left((content, 0.01))), "1/h", "it heals above 0").Against(known, 1e-4, Oracle);
        yield return Left("the food inside", "X.amount", 0.1827402);
        yield return Left("the metabolite", "A.amount", 0.1847977);
        yield return Left("the membrane", "membrane.content", 0.1770331);
        yield return Left("the catalysts", "E.amount", -0.0499991);
    }

    private static IEnumerable<NamedResult> Cuts(CellTrial trial)
    {
        NamedResult Cut(string link, double known, params ReadOnlySpan<(string, double)> changed) =>
            new NamedResult($"cut: {link}", trial.Growth(trial.Grown, changed), "1/h", "growth of the membrane; it dies below 0").Against(known, 1e-5, Oracle);
        yield return Cut("food enters", -0.0499991, ("k_uptake", 0));
        yield return Cut("food becomes metabolite", -0.0499991, ("k_metabolism", 0));
        yield return Cut("metabolite becomes catalysts", -0.0499991, ("k_catalysts", 0));
        yield return Cut("metabolite becomes membrane", -0.0499991, ("k_lipids", 0));
        yield return Cut("the membrane keeps them in", -0.0499991, ("hole", 100));
        yield return Cut("division (it grows on, ever slower, as one)", 0.0348650, ("divides_at", 1e9));
    }

    private static MapPlot Lasting(CellTrial trial)
    {
        var (food, leak) = (Even(0.3, 2), Even(0.1, 2));
        return Map("lasting", "Lasting: food outside and leak of the metabolite", new("food outside", "usual = 1"), new("leak", "1/h"), new("growth; dead at 0", "1/h"), food, leak, (f, l) => trial.Growth(trial.Grown, ("food", f), ("k_leak", l)));
    }

    private static MapPlot Famine(CellTrial trial)
    {
        var (level, hours) = (Even(0, 0.98), Even(1, 29));
        return Map("famine", "Passing: a famine, its food and its length", new("food during the famine", "usual = 1"), new("length", "h"), new("growth after it; dead at 0", "1/h"), level, hours, (f, h) => trial.Growth(trial.Run(trial.Grown, h, ("food", f)).End));
    }

    private static MapPlot Sudden(CellTrial trial)
    {
        var (catalysts, membrane) = (Even(0.03, 0.45), Even(0.1, 1));
        return Map("sudden", "Sudden: catalysts and membrane lost at once", new("catalysts left", "share"), new("membrane left", "share"), new("growth after it; dead at 0", "1/h"), catalysts, membrane, (e, s) => trial.Growth(trial.Left(("E.amount", e), ("membrane.content", s))));
    }

    private static MapPlot Map(string name, string title, PlotAxis x, PlotAxis y, PlotAxis quantity, ImmutableArray<double> columns, ImmutableArray<double> rows, Func<double, double, double> growth) =>
        new(name, title, x, y, quantity, columns, rows, [.. rows.SelectMany(row => columns.Select(column => Math.Max(0, growth(column, row))))]);

    private static ImmutableArray<double> Even(double from, double to) => [.. Enumerable.Range(0, Points).Select(i => from + ((to - from) * i / (Points - 1)))];
}
