using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Documents;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Atlas.Pairs;

/// <summary>Two systems side by side, with numbers read from a run of each.</summary>
/// <param name="Name">Name of its anchor.</param>
/// <param name="Title">Title.</param>
/// <param name="Question">What it asks, as a sentence.</param>
/// <param name="Left">The living side.</param>
/// <param name="Right">The side that learns or computes.</param>
/// <param name="Rows">What answers to what, with numbers.</param>
/// <param name="Words">Words of both sides, for readers of the other.</param>
/// <param name="Likeness">How far the likeness goes.</param>
public sealed record Pair(string Name, string Title, string Question, PairSide Left, PairSide Right, ImmutableArray<PairRow> Rows, string Words, Likeness Likeness);

/// <summary>One side of a pair.</summary>
/// <param name="Run">The run it is read from.</param>
/// <param name="Title">Title.</param>
/// <param name="Text">What happens there, for a reader who knows only the other side.</param>
/// <param name="Figures">Names of the run's figures that are shown.</param>
public sealed record PairSide(AtlasRun Run, string Title, string Text, params ImmutableArray<string> Figures)
{
    /// <summary>Names of the figures that need the whole width.</summary>
    public ImmutableArray<string> Wide { get; init; } = [];

    /// <summary>Caption of these; null for their own.</summary>
    public string? Caption { get; init; }
}

/// <summary>A row of a pair's table.</summary>
/// <param name="What">What is compared.</param>
/// <param name="Left">On the left.</param>
/// <param name="Right">On the right.</param>
public sealed record PairRow(string What, string Left, string Right);

/// <summary>How far a likeness goes.</summary>
/// <param name="Exact">Where it is the same mathematics.</param>
/// <param name="Shared">Where only the form is shared.</param>
/// <param name="Stops">Where it stops.</param>
public sealed record Likeness(string Exact, string Shared, string Stops);

/// <summary>The runs that pairs read from.</summary>
/// <param name="chapters">All chapters.</param>
public sealed class PairRuns(IEnumerable<AtlasChapter> chapters)
{
    private readonly Dictionary<string, AtlasRun> runs = chapters.SelectMany(c => c.Runs).ToDictionary(r => $"{r.Record.System}/{r.Record.Scenario}", StringComparer.Ordinal);

    /// <summary>A run; null where it was not made.</summary>
    public AtlasRun? Find(string system, string scenario) => runs.GetValueOrDefault($"{system}/{scenario}");

    /// <summary>The run of a training; null where there is none.</summary>
    public AtlasRun? Trained(string name) => runs.Values.FirstOrDefault(r => r.Record.System == name && !r.Record.Layers.IsEmpty);
}

/// <summary>The six pairs.</summary>
public static class AtlasPairs
{
    private static readonly Func<PairRuns, Pair?>[] makers = [ProtonsAndErrors.Make, MembraneAndLayer.Make, ChannelAndActivation.Make, SynthaseAndAttention.Make, HomeostasisAndNormalisation.Make, EvolutionAndDescent.Make];

    /// <summary>Those of whose sides there are runs.</summary>
    public static IEnumerable<Pair> Of(IEnumerable<AtlasChapter> chapters)
    {
        var runs = new PairRuns(chapters);
        return makers.Select(m => m(runs)).OfType<Pair>();
    }

    /// <summary>A pair as blocks: both sides, the table between them, and how far the likeness goes.</summary>
    public static IEnumerable<Block> Blocks(Pair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        yield return new NewPage(IsLeft: true);
        yield return new Paragraph([new("pair · "), new("words of both sides", "#" + PairWords.Anchor)], ParagraphStyle.Kicker);
        yield return new Heading(2, pair.Title, pair.Name);
        yield return new Paragraph(pair.Question, ParagraphStyle.Question);
        yield return new Facing(Side(pair.Left), Side(pair.Right));
        foreach (var side in (PairSide[])[pair.Left, pair.Right])
            foreach (var wide in side.Wide.SelectMany(name => side.Run.Figures.Where(f => f.Name == name))) yield return side.Caption is { } caption ? new Picture(wide, caption) : AtlasDocument.Shown(wide);
        if (pair.Left.Wide.IsEmpty && pair.Right.Wide.IsEmpty) yield return new NewPage();
        yield return new Heading(3, "Side by side");
        yield return new Table([new("", 1.6), new(pair.Left.Title, 1.6), new(pair.Right.Title, 1.6)], [.. pair.Rows.Select(r => (ImmutableArray<Cell>)[new(r.What, IsStrong: true), new(r.Left), new(r.Right)])]);
        yield return new Paragraph([new("Words: ", IsBold: true), new(pair.Words)]);
        yield return new Paragraph([new("Exact: ", IsBold: true), new(pair.Likeness.Exact)]);
        yield return new Paragraph([new("Shared form: ", IsBold: true), new(pair.Likeness.Shared)]);
        yield return new Paragraph([new("Limits: ", IsBold: true), new(pair.Likeness.Stops)]);
    }

    /// <summary>A number with its unit, as tables of pairs write it.</summary>
    internal static string Text(double value, string unit = "") => unit is "" or "1" ? Printed.Number(value) : $"{Printed.Number(value)} {unit}";

    /// <summary>A share in per cent.</summary>
    internal static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    /// <summary>An energy of a ledger in the unit that it is printed in.</summary>
    internal static string Energy(Ledger ledger, double energy) => LedgerText.EnergyScale(ledger) is var (scale, unit) ? Text(energy * scale, unit + (ledger.Per.Length > 0 && unit != "1" ? " per " + ledger.Per : "")) : "";

    /// <summary>What a run dissipated.</summary>
    internal static string Dissipated(AtlasRun run) => Energy(run.Ledger, run.Ledger.Dissipated);

    /// <summary>To what share of the energy turned over the books of a run close.</summary>
    internal static string Closure(AtlasRun run) => run.Ledger.ClosureResidual.ToString("0e+0", CultureInfo.InvariantCulture);

    private static ImmutableArray<Block> Side(PairSide side)
    {
        // Made again for half a page, so that letters stay legible.
        var figures = RunReport.Figures(side.Run.Record, side.Run.Trajectory, side.Run.Ledger).ToList();
        foreach (var figure in figures) figure.Width = 440;
        return
        [
            new Heading(3, side.Title),
            new Paragraph([new(side.Text + " "), new(side.Run.Record.Title, "#" + side.Run.Record.System), new(".")]),
            .. side.Figures.SelectMany(name => figures.Where(f => f.Name == name)).Select(f => (Block)AtlasDocument.Shown(f)),
        ];
    }
}
