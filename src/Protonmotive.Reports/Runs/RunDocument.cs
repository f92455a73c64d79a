using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Protonmotive.Reports.Documents;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Mathematics;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Runs;

/// <summary>The report of a run as a document.</summary>
public static partial class RunDocument
{
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>The document.</summary>
    /// <param name="run">What is known of the run.</param>
    /// <param name="ledger">Its books.</param>
    /// <param name="figures">Its figures.</param>
    public static Document Of(RunRecord run, Ledger ledger, IEnumerable<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(ledger);
        return new Document(run.Title,
        [
            .. Parts.Head(run.System + (run.Scenario.Length > 0 ? " · " + run.Scenario : ""), run.Title),
            .. run.Question.Length > 0 ? [new Paragraph(run.Question, ParagraphStyle.Question)] : Array.Empty<Block>(),
            .. run.ScenarioText.Length > 0 ? [new Paragraph(run.ScenarioText)] : Array.Empty<Block>(),
            new Paragraph(LedgerBlocks.Summary(ledger)),
            .. run.Results.IsEmpty ? Array.Empty<Block>() : [new Numbers(run.Results)],
            .. figures.Select(f => new Picture(f)),
            .. LedgerBlocks.Of(ledger),
            .. run.Processes.IsEmpty ? Array.Empty<Block>() : [new Heading(2, "Processes", "processes"), Equations(run.Processes)],
            .. run.Parameters.IsEmpty ? Array.Empty<Block>() : [new Heading(2, "Parameters and starting values", "parameters"), Parameters(run.Parameters)],
            .. Parts.Sources(run.Sources),
            .. Parts.Made(Made(run)),
        ]);
    }

    /// <summary>Processes with their equations and laws as mathematics, and what names in them stand for; what can't be typeset stands as it is recorded. Of a row of numbered processes, the first.</summary>
    internal static Table Equations(ImmutableArray<ProcessRecord> processes) => new([new("process"), new("equation and flux law", 4)], [.. processes.GroupBy(Pattern).Select(alike =>
    {
        var p = alike.First();
        string note = string.Join("; ", new[] { p.Description, alike.Count() > 1 ? $"and {alike.Count() - 1} more like it, to {alike.Last().Name}" : "" }.Where(t => t.Length > 0));
        ImmutableArray<Formula> formulas = [.. new[] { Formulas.ReadReaction(p.Equation), Formulas.ReadLaw(p.Name, p.Law) }.OfType<Formula>()];
        return (ImmutableArray<Cell>)[new(p.Name, IsStrong: true) { Note = note }, new(formulas.Length == 2 ? "" : $"{p.Equation}: {p.Law}") { Formulas = [.. formulas, .. p.Where.Select(Meaning).OfType<Formula>()] }];
    })]);

    // What a name stands for; null where it can't be typeset.
    private static Formula? Meaning(WhereRecord where) => Formulas.Read(where.Formula) is { } formula ? Formula.Equation(Formulas.Name(where.Name), formula) : null;

    // What a process says, with numbers of names counted from its own: alike for all of a row.
    private static string Pattern(ProcessRecord process)
    {
        string whole = $"{process.Name} {process.Equation} {process.Law}";
        if (Numbers().Match(process.Name) is not { Success: true } own || own.Index + own.Length < process.Name.Length) return whole;
        long from = long.Parse(own.ValueSpan[1..], culture);
        return Numbers().Replace(whole, m => string.Create(culture, $"_{long.Parse(m.ValueSpan[1..], culture) - from:+0;-0}"));
    }

    [GeneratedRegex(@"_\d{1,9}\b", RegexOptions.RightToLeft)]
    private static partial Regex Numbers();

    /// <summary>Parameters with their values, units and sources.</summary>
    internal static Table Parameters(ImmutableArray<ParameterRecord> parameters) => new([new("name"), new("value", IsNumber: true), new("unit", 0.7), new("what it is", 2), new("source", 2)], [.. parameters.Select(p =>
        (ImmutableArray<Cell>)[new(p.Name, IsStrong: true) { Note = p.Overridden ? "set for this run" : "" }, new(p.Value.ToString("g8", culture)), new(p.Unit), new(p.Description), new(p.Source)])]);

    private static IEnumerable<(string Name, string Value)> Made(RunRecord run) =>
    [
        ("command", run.Command),
        ("source file, SHA-256", run.SourceHash),
        ("time", string.Create(culture, $"{run.Start:g6} to {run.End:g6} {run.TimeUnit}")),
        ("method", string.Create(culture, $"{run.Method}, relative tolerance {run.RelativeTolerance:g3}, absolute {run.AbsoluteTolerance:g3} of each state's scale")),
        .. run.MethodChoices.Select(choice => ("choice", choice)),
        ("work", string.Join(", ", run.Work.Select(w => $"{w.Value} {w.Key}"))),
        ("versions", string.Join(", ", run.Versions.Select(v => $"{v.Key} {v.Value}"))),
    ];
}
