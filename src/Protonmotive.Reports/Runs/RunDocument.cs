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
            .. run.Processes.IsEmpty ? Array.Empty<Block>() : [new Heading(2, "Processes", "processes"), .. Laws(run)],
            .. run.Parameters.IsEmpty ? Array.Empty<Block>() : [new Heading(2, "Parameters and starting values", "parameters"), Parameters(run.Parameters)],
            .. Parts.Sources(run.Sources),
            .. Parts.Made(Made(run)),
        ]);
    }

    /// <summary>The equations of a run: its processes, and what their laws stand on.</summary>
    internal static IEnumerable<Block> Laws(RunRecord run)
    {
        if (!run.Processes.IsEmpty) yield return Equations(run.Processes);
        var (held, equations) = (run.Equations.Where(e => e.Kind == EquationKind.Held).ToList(), run.Equations.Where(e => e.Kind != EquationKind.Held).ToList());
        if (held.Count > 0) yield return new Paragraph($"Held from outside: {string.Join("; ", held.Select(e => $"{e.Name} = {e.Value}{(e.Description.Length > 0 ? ", " + e.Description : "")}"))}.", ParagraphStyle.Note);
        if (equations.Count == 0) yield break;
        if (equations.Exists(e => e.Kind == EquationKind.Energy)) yield return new Paragraph("The potential μ of a store is the slope of the shared energy by that store's content.", ParagraphStyle.Note);
        yield return new Table([new("where"), new("", 4)], [.. equations.GroupBy(e => Pattern(e.Name, $"{e.Kind} {(IsNumber(e.Value) ? "number" : e.Value)}")).Select(alike =>
        {
            var e = alike.First();
            string note = Note(e.Description, alike.Count(), InWords(alike.Last().Name));
            if (alike.Select(a => a.Value).Distinct().Skip(1).Any()) return [new(InWords(e.Name), IsStrong: true) { Note = note }, new($"in their order: {string.Join("; ", alike.Select(a => Printed.Number(double.Parse(a.Value, culture))))}")];
            return (ImmutableArray<Cell>)[new(InWords(e.Name), IsStrong: true) { Note = note }, Formulas.Read(e.Value) is { } value ? new("") { Formulas = [Formula.Equation(e.Kind == EquationKind.Rate ? Formulas.RateOf(e.Name) : Formulas.Name(e.Name), value)] } : new(e.Value)];
        })]);
    }

    /// <summary>Values of the parameters that the equations of a run name, in running text.</summary>
    /// <param name="run">With the parameters that are told.</param>
    /// <param name="whole">With all equations.</param>
    internal static string Values(RunRecord run, RunRecord whole)
    {
        var named = Named(whole).ToHashSet();
        return string.Join("; ", run.Parameters.Where(named.Contains).Select(p => $"{p.Name} = {Printed.Number(p.Value)}{(p.Unit is "" or "1" ? "" : " " + Printed.Unit(p.Unit))}{(p.Description.Length > 0 ? ", " + p.Description : "")}"));
    }

    /// <summary>The parameters that the equations of a run name.</summary>
    internal static IEnumerable<ParameterRecord> Named(RunRecord whole)
    {
        var named = whole.Processes.Select(p => p.Equation + " " + p.Law).Concat(whole.Equations.Select(e => e.Value)).SelectMany(t => Names().Matches(t).Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);
        return whole.Parameters.Where(p => named.Contains(p.Name));
    }

    /// <summary>Processes with their equations and laws as mathematics; what can't be typeset stands as it is recorded. Of a row of numbered processes, the first.</summary>
    internal static Table Equations(ImmutableArray<ProcessRecord> processes) => new([new("process"), new("equation and flux law", 4)], [.. processes.GroupBy(p => Pattern(p.Name, $"{p.Equation} {p.Law}")).Select(alike =>
    {
        var p = alike.First();
        string note = Note(p.Description, alike.Count(), alike.Last().Name);
        ImmutableArray<Formula> formulas = [.. new[] { Formulas.ReadReaction(p.Equation), Formulas.ReadLaw(p.Name, p.Law) }.OfType<Formula>()];
        return (ImmutableArray<Cell>)[new(p.Name, IsStrong: true) { Note = note }, new(formulas.Length == 2 ? "" : $"{p.Equation}: {p.Law}") { Formulas = formulas }];
    })]);

    private static bool IsNumber(string value) => double.TryParse(value, NumberStyles.Float, culture, out _);

    // The engine calls the potential of X potential.X.
    private static string InWords(string name) => name.Replace(".", " of ", StringComparison.Ordinal);

    private static string Note(string description, int alike, string last) => string.Join("; ", new[] { description, alike > 1 ? $"and {alike - 1} more like it, to {last}" : "" }.Where(t => t.Length > 0));

    // What an equation says, with numbers of names counted from its own: alike for all of a row.
    private static string Pattern(string name, string text)
    {
        string whole = $"{name} {text}";
        if (Numbers().Match(name) is not { Success: true } own || own.Index + own.Length < name.Length) return whole;
        long from = long.Parse(own.ValueSpan[1..], culture);
        return Numbers().Replace(whole, m => string.Create(culture, $"_{long.Parse(m.ValueSpan[1..], culture) - from:+0;-0}"));
    }

    [GeneratedRegex(@"[\p{L}_][\p{L}\p{N}_.]*")]
    private static partial Regex Names();

    [GeneratedRegex(@"_\d{1,9}\b", RegexOptions.RightToLeft)]
    private static partial Regex Numbers();

    /// <summary>Parameters with their values, units where any has one, and sources: in full the first time, then by author and year.</summary>
    internal static Table Parameters(ImmutableArray<ParameterRecord> parameters)
    {
        bool hasUnits = parameters.Any(p => p.Unit.Length > 0);
        var told = new HashSet<string>(StringComparer.Ordinal);
        return new([new("name"), new("value", IsNumber: true), .. hasUnits ? [new("unit", 0.7)] : Array.Empty<TableColumn>(), new("what it is", 2), new("source", 2)], [.. parameters.Select(p => (ImmutableArray<Cell>)
        [
            new(p.Name, IsStrong: true) { Note = p.Overridden ? "set for this run" : "" }, new(p.Value.ToString("g8", culture)), .. hasUnits ? [new(Printed.Unit(p.Unit))] : Array.Empty<Cell>(), new(p.Description),
            new(told.Add(p.Source) ? p.Source : Cited().Match(p.Source) is { Success: true } cited ? cited.Value : p.Source),
        ])]);
    }

    // Authors and year, at the start of a source that goes on.
    [GeneratedRegex(@"^[^(]{1,80}\(\d{4}[a-z]?\)(?=,)")]
    private static partial Regex Cited();

    private static IEnumerable<(string Name, string Value)> Made(RunRecord run) =>
    [
        ("command", run.Command),
        ("source file, SHA-256", run.SourceHash),
        ("time", string.Create(culture, $"{run.Start:g6} to {run.End:g6}{LedgerText.Plural(run.TimeUnit)}")),
        ("method", run.RelativeTolerance > 0 ? string.Create(culture, $"{run.Method}, relative tolerance {run.RelativeTolerance:g3}, absolute {run.AbsoluteTolerance:g3} of each state's scale") : run.Method),
        .. run.MethodChoices.Select(choice => ("choice", choice)),
        ("work", string.Join(", ", run.Work.Select(w => $"{w.Value} {w.Key}"))),
        ("versions", string.Join(", ", run.Versions.Select(v => $"{v.Key} {v.Value}"))),
    ];
}
