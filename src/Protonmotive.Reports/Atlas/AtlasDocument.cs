using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Atlas.Pairs;
using Protonmotive.Reports.Documents;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Atlas;

/// <summary>The atlas as a document: contents, the table of domains with measured numbers, a chapter for each system.</summary>
public static class AtlasDocument
{
    private const int MostProcesses = 16, LeastShared = 4, LongestAgain = 24;
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    // The domains of the one equation, with what its words mean in each.
    private static readonly (string Domain, string Store, string Boundary, string Process, string Work)[] domains =
    [
        ("physics", "charge, heat, momentum, position; voltage, temperature, speed, force", "resistor, wall, rope", "conduction", "motion, stored charge"),
        ("chemistry", "amount; chemical potential", "vessel, catalyst, electrode", "reaction", "synthesis, current"),
        ("biology", "amount and charge; electrochemical potential", "membrane", "pump, channel, synthase", "ATP, transport, a spike"),
        ("cognition", "activity, weight; slope of the free energy", "synapse", "relaxation, learning", "an explained observation"),
        ("learning", "parameter; gradient of the loss", "layer", "update", "loss removed on data not trained on"),
    ];

    /// <summary>The document of some systems.</summary>
    public static Document Of(IEnumerable<AtlasChapter> systems)
    {
        List<AtlasChapter> chapters = [.. systems.OrderBy(c => Array.FindIndex(domains, d => d.Domain == c.System.Domain))]; // stable within a domain
        List<string> sources = [.. chapters.SelectMany(Sources).Distinct().Order(StringComparer.InvariantCulture)];
        List<Pair> pairs = [.. AtlasPairs.Of(chapters)];
        return new Document("The atlas", [.. Front(), .. pairs.Count > 0 ? PairWords.Blocks() : [], .. Domains(chapters), .. pairs.SelectMany(AtlasPairs.Blocks), .. chapters.SelectMany((c, i) => Chapter(c, sources, chapters[..i])), .. References(sources)]);
    }

    private static IEnumerable<Block> Front() =>
    [
        new Paragraph("Protonmotive", ParagraphStyle.Kicker),
        new Heading(1, "The atlas: a difference across a boundary makes a flow, and the flow does work"),
        new Paragraph("Every system here is a set of stores with contents x and an energy G(x), and of processes that move quantities between them: dx/dt = N J. J are the flows, N says what each takes and gives, and the affinity A = −Nᵀ ∂G/∂x, the difference between both sides, drives it. What comes in is what is dissipated, delivered and stored. One engine runs them all; no system has code of its own in it. Energy means free energy: what could be made into work at the temperature of the surroundings. Where minds and machines learn, it is a loss or a free energy of inference, and for evolution a fitness; these are not in joules. In the pairs, two systems side by side on facing pages, Exact means that one equation holds for both; Shared form: alike, not equal; Limits: where the likeness ends."),
        new Paragraph("Supplied is what came in from outside, less what held stores took back, so it may be negative; delivered is what loads took; stored is the change of what the stores hold. Books close to: the imbalance over the energy turned over."),
        new Heading(3, "Contents"),
        new Contents(),
    ];

    private static IEnumerable<Block> Domains(IReadOnlyList<AtlasChapter> chapters)
    {
        yield return new NewPage();
        yield return new Heading(2, "One table", "one-table");
        yield return new Table([new("domain"), new("store; potential", 2.4), new("boundary", 1.4), new("process", 1.4), new("work", 1.4)],
            [.. domains.Where(d => chapters.Any(c => c.System.Domain == d.Domain)).Select(d => (ImmutableArray<Cell>)[new(d.Domain, IsStrong: true), new(d.Store), new(d.Boundary), new(d.Process), new(d.Work)])]);
        bool hasUnknown = chapters.Any(c => c.Runs[0].Ledger.Unaccounted != 0);
        yield return new Paragraph("The books of one run of each system: supplied = dissipated + delivered + change of what is stored" + (hasUnknown ? " + what is unknown: steps of a training that were not audited, below 0 what these gave. Networks are trained by TorchSharp, and their books kept in this form: the question is what carries over to new data, so stored is held-out loss removed, with its sign turned, and the curvature is the remainder, so their books close by definition. In a flow down a loss all that is removed counts as dissipated." : "."));
        yield return new Table([new("system", 2), new("supplied", IsNumber: true), new("dissipated", IsNumber: true), new("delivered", IsNumber: true), new("stored: change", IsNumber: true), .. hasUnknown ? [new("unknown", IsNumber: true)] : Array.Empty<TableColumn>(), new("books close to", IsNumber: true)], [.. chapters.Select(c => Books(c, hasUnknown))]);
        yield return new Heading(3, "How to read the drawings");
        yield return new Paragraph("Boxes are stores, with their potential, not their content, in numbers and colour (left half at the start, right half at the end of the run; white where none is declared), circles are processes, and a link is as wide as the mean flow in it, in the direction of the net flow; where flows have unlike units, as wide as the power that it carries. The red part of a circle is its share of all that is dissipated. In ribbons of free energy, what one carrier gives goes through a process to the next, and red is heat. In stacks of layers, the loss is below; the gradient ‖δ‖ passes each boundary upwards, through an opening that shows χ, the ‖δ‖² that comes out over the ‖δ‖² that went in: below 1 the layer weakens it, above 1 it strengthens it, and the arrow spreads. An activity, a query or a gain is not conserved: an arrow out of a circle alone means that it rises, one into it that it falls. In cognition and learning time and energies have no unit, other than the nat of a loss.");
    }

    private static ImmutableArray<Cell> Books(AtlasChapter chapter, bool hasUnknown)
    {
        var ledger = chapter.Runs[0].Ledger;
        string unit = LedgerText.EnergyScale(ledger).Unit;
        string note = string.Join(", ", new[] { chapter.System.Domain, chapter.Runs[0].Record.Scenario, ledger.Per.Length > 0 ? "per " + ledger.Per : "" }.Where(t => t.Length > 0));
        Cell Energy(double energy) => new(LedgerBlocks.Energy(ledger, energy), unit);
        return
        [
            new(chapter.System.Title, Link: "#" + chapter.System.Name) { Note = note }, Energy(ledger.Supplied), Energy(ledger.Dissipated), Energy(ledger.Delivered), Energy(ledger.StoredChange),
            .. hasUnknown ? [ledger.Unaccounted == 0 ? new("") : Energy(ledger.Unaccounted)] : Array.Empty<Cell>(), new(LedgerBlocks.Residual(ledger)),
        ];
    }

    private static IEnumerable<Block> Chapter(AtlasChapter chapter, List<string> sources, IReadOnlyList<AtlasChapter> before)
    {
        var system = chapter.System;
        yield return new NewPage();
        yield return new Paragraph($"{system.Domain} · {system.Command}", ParagraphStyle.Kicker);
        yield return new Heading(2, system.Title, system.Name);
        yield return new Paragraph(system.Question, ParagraphStyle.Question);
        if (!chapter.Runs[0].Record.Processes.IsEmpty)
            foreach (var block in Equations(chapter, before)) yield return block;
        else if (chapter.Runs[0].Record.Parameters is { IsEmpty: false } settings) // what another program ran is told by its settings
            yield return RunDocument.Parameters(settings);
        foreach (var run in chapter.Runs)
        {
            if (run.Record.Scenario.Length > 0) yield return new Heading(3, run.Record.Scenario);
            yield return new Paragraph([new(run.Record.ScenarioText + " "), new("Whole report.", $"{run.Folder}/{RunFolder.ReportName}")]) { LeadsOn = true };
            if (run != chapter.Runs[0] && RunDocument.Values(Unlike(run.Record, chapter.Runs[0].Record), run.Record) is { Length: > 0 } changed) yield return new Paragraph($"Values here: {changed}.", ParagraphStyle.Note) { LeadsOn = true };
            foreach (var drawn in run.Figures.Where(f => f is not BarFigure)) yield return Shown(drawn); // the account follows as a table
            if (!run.Record.Results.IsEmpty) yield return Results(run.Record.Results);
            yield return new Paragraph(LedgerBlocks.Summary(run.Ledger));
            yield return LedgerBlocks.Largest(run.Ledger, MostProcesses);
        }
        yield return new Paragraph([new("Sources: "), .. Sources(chapter).Select(s => sources.IndexOf(s) + 1).Order().Select((n, i) => new Span(i == 0 ? $"{n}" : $", {n}", "#references")), new(".")]);
    }

    /// <summary>The equations of a system and the values in them; what a chapter before has printed is not printed again.</summary>
    private static IEnumerable<Block> Equations(AtlasChapter chapter, IReadOnlyList<AtlasChapter> before)
    {
        var whole = chapter.Runs[0].Record;
        var (system, known, shared) = before.Select(c => (c.System, c.Runs[0].Record, Shared: c.Runs[0].Record.Processes.Intersect(whole.Processes).ToList())).OrderByDescending(c => c.Shared.Count).FirstOrDefault();
        bool isAlike = shared is { Count: >= LeastShared };
        var run = isAlike ? whole with { Processes = [.. whole.Processes.Except(shared!)], Equations = [.. whole.Equations.Except(known!.Equations)], Parameters = [.. whole.Parameters.Except(RunDocument.Named(known))] } : whole;
        string values = RunDocument.Values(run, whole);
        if (isAlike)
        {
            bool hasMore = !run.Processes.IsEmpty || !run.Equations.IsEmpty || values.Length > 0;
            yield return new Paragraph([new(string.Join(", ", shared!.Select(p => p.Name)), IsBold: true), new(": equations and values as in "), new(system!.Title, "#" + system.Name), new(hasMore ? ", except for what follows." : ".")]);
        }
        foreach (var block in RunDocument.Laws(run)) yield return block;
        if (values.Length > 0) yield return new Paragraph($"Values: {values}.", ParagraphStyle.Note);
    }

    /// <summary>A run with those of its parameters alone that have another value than in another run, or are not there.</summary>
    private static RunRecord Unlike(RunRecord run, RunRecord other)
    {
        var known = other.Parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        return run with { Parameters = [.. run.Parameters.Where(p => !known.TryGetValue(p.Name, out double value) || !value.Equals(p.Value))] };
    }

    private static IEnumerable<string> Sources(AtlasChapter chapter) => chapter.System.Sources.Union(chapter.Runs[0].Record.Sources);

    private static IEnumerable<Block> References(List<string> sources) => [new NewPage(), new Heading(2, "References", "references"), new SourceList([.. sources])];

    /// <summary>A figure with a caption that leaves out how drawings are read: the atlas says it once.</summary>
    internal static Picture Shown(Figure figure) => new(figure, figure switch { DiagramFigure { HasNumbers: true } => "What flows where. Below a circle in blue its mean flow, in red what it dissipates.", DiagramFigure => "What flows where.", LayerFigure => "The network as membranes: what each boundary lets through, and what was gained and dissipated there.", _ => null });

    // Columns that say nothing are left out; where a number is known, both show the digits that the tolerance speaks of; long words are said once.
    private static Table Results(ImmutableArray<ResultRecord> results)
    {
        bool hasKnown = results.Any(r => r.Reference is not null), hasWords = results.Any(r => r.Reference is not null || r.Note.Length > 0);
        var words = results.Select(r => string.Join("; ", new[] { r.Reference?.Source ?? "", r.Note }.Where(w => w.Length > 0))).ToList();
        return new(
            [new("result", 2), new("here", IsNumber: true), .. hasKnown ? [new("known", IsNumber: true), new("within", IsNumber: true)] : Array.Empty<TableColumn>(), .. hasWords ? [new(hasKnown ? "from" : "", 3)] : Array.Empty<TableColumn>()],
            [.. results.Select((r, i) => (ImmutableArray<Cell>)
            [
                new(r.Name, IsStrong: true), new(r.Reference is { } beside ? Printed.Number(r.Value, beside.Tolerance) : Printed.Number(r.Value), r.Unit),
                .. hasKnown ? [new(r.Reference is { } known ? Printed.Number(known.Value, known.Tolerance) : ""), new(r.Reference is { } t ? Printed.Tolerance(t.Tolerance) : "")] : Array.Empty<Cell>(),
                .. hasWords ? [new(i > 0 && words[i].Length > LongestAgain && words[i] == words[i - 1] ? "as above" : words[i])] : Array.Empty<Cell>(),
            ])]);
    }
}
