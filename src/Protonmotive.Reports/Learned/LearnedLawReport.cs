using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Figures;

namespace Protonmotive.Reports.Learned;

/// <summary>A learned law where the courses were: what its network read, and the flux it gave.</summary>
/// <param name="Process">The process.</param>
/// <param name="IsFree">Whether its flux is free; else it is a mobility times its affinity.</param>
/// <param name="TimeUnit">Unit of time.</param>
/// <param name="FluxUnit">Unit of the flux; "" where unknown.</param>
/// <param name="AffinityUnit">Unit of the affinity; "" where unknown.</param>
/// <param name="Inputs">Names and units of what the network reads.</param>
/// <param name="States">States that the courses went through.</param>
public sealed record VisitedLaw(string Process, bool IsFree, string TimeUnit, string FluxUnit, string AffinityUnit, ImmutableArray<(string Name, string Unit)> Inputs, ImmutableArray<VisitedState> States);

/// <summary>A state that a course went through.</summary>
/// <param name="Experiment">Name of the course.</param>
/// <param name="IsHeldOut">Whether the course was held out of the training.</param>
/// <param name="Time">When.</param>
/// <param name="Inputs">What the network read.</param>
/// <param name="Flux">The flux J.</param>
/// <param name="Affinity">The affinity A; NaN where it is unknown.</param>
public sealed record VisitedState(string Experiment, bool IsHeldOut, double Time, ImmutableArray<double> Inputs, double Flux, double Affinity)
{
    /// <summary>M = J/A.</summary>
    public double Mobility => Flux / Affinity;

    /// <summary>Whether the flux runs against its affinity.</summary>
    public bool BreaksSecondLaw => Flux * Affinity < 0;
}

/// <summary>A learned law as figure and table.</summary>
public static class LearnedLawReport
{
    private const string AgainstLaw = "#C0392B";

    // Near A = 0 the quotient J/A is rounding.
    private const double LeastAffinity = 1e-6;

    // Where an input spans more than this, its axis is logarithmic.
    private const double WideRange = 50;

    /// <summary>The law against each of its inputs (a mobility: M; a free form: the flux), and the flux against the affinity where that is known.</summary>
    public static Figure Figure(VisitedLaw law)
    {
        ArgumentNullException.ThrowIfNull(law);
        double largest = law.States.Select(s => Math.Abs(s.Affinity)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var usable = law.IsFree ? [.. law.States] : law.States.Where(s => Math.Abs(s.Affinity) > LeastAffinity * largest).ToList();
        double Value(VisitedState s) => law.IsFree ? s.Flux : s.Mobility;
        var value = new LineAxis(law.IsFree ? Named("flux", law.FluxUnit) : Named("mobility: flux/affinity", Quotient(law.FluxUnit, law.AffinityUnit)));
        var panels = law.Inputs.Select((input, i) => new Panel($"against {input.Name}", Axis(Named(input.Name, input.Unit), usable.Select(s => s.Inputs[i])), value, [.. Courses(usable, s => s.Inputs[i], Value)]) { IsTight = false }).ToList();
        var known = law.States.Where(s => double.IsFinite(s.Affinity)).ToList();
        var against = known.Where(s => s.BreaksSecondLaw).ToList();
        LineCurve Against(List<VisitedState> states) => new("against the second law", [new LineData([.. states.Select(s => s.Affinity)], [.. states.Select(s => s.Flux)])]) { HasMarks = true, Dashes = [], Color = AgainstLaw };
        if (known.Count > 0) panels.Add(new Panel("flux against affinity", new LineAxis(Named("affinity", law.AffinityUnit)), new LineAxis(Named("flux", law.FluxUnit)), [.. Courses(known, s => s.Affinity, s => s.Flux), .. against.Count > 0 ? [Against(against)] : (LineCurve[])[]]) { IsTight = false });
        return new PanelFigure("law-" + law.Process, $"The learned law of {law.Process} along the simulated courses", [.. panels])
        {
            Legend = [.. Courses(law.States, s => s.Flux, s => s.Flux).DistinctBy(c => c.Label).Select(c => c with { Lines = [] }), .. against.Count > 0 ? [Against([])] : (LineCurve[])[]],
        };
    }

    /// <summary>The same as a table.</summary>
    public static AnalysisTable Table(VisitedLaw law)
    {
        ArgumentNullException.ThrowIfNull(law);
        var columns = ImmutableArray.CreateBuilder<AnalysisColumn>();
        columns.Add(AnalysisColumn.Of("experiment", law.States.Select(s => s.Experiment)));
        columns.Add(AnalysisColumn.Of("held out", law.States.Select(s => s.IsHeldOut ? "yes" : "no")));
        columns.Add(AnalysisColumn.Of("time", law.TimeUnit, law.States.Select(s => s.Time)));
        foreach (var (input, i) in law.Inputs.Select((input, i) => (input, i))) columns.Add(AnalysisColumn.Of(input.Name, input.Unit, law.States.Select(s => s.Inputs[i])));
        columns.Add(AnalysisColumn.Of("flux", law.FluxUnit, law.States.Select(s => s.Flux)));
        if (law.States.Any(s => double.IsFinite(s.Affinity))) columns.Add(AnalysisColumn.Of("affinity", law.AffinityUnit, law.States.Select(s => s.Affinity)));
        return new AnalysisTable("law-" + law.Process, $"The learned law of {law.Process} along the simulated courses", columns.ToImmutable());
    }

    /// <summary>How many of the states break the second law, in a sentence; "" where the affinity is unknown.</summary>
    public static string Sentence(VisitedLaw law)
    {
        ArgumentNullException.ThrowIfNull(law);
        int known = law.States.Count(s => double.IsFinite(s.Affinity)), against = law.States.Count(s => s.BreaksSecondLaw);
        return known == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{law.Process} runs against its affinity at {against:#,0} of {known:#,0} states of the simulated courses.");
    }

    // A line for each course, those trained on first.
    private static IEnumerable<LineCurve> Courses(IEnumerable<VisitedState> states, Func<VisitedState, double> x, Func<VisitedState, double> y) =>
        from course in states.GroupBy(s => (s.IsHeldOut, s.Experiment))
        orderby course.Key.IsHeldOut
        select new LineCurve(course.Key.IsHeldOut ? "held out" : "trained on", [new LineData([.. course.Select(x)], [.. course.Select(y)])])
        { Color = Palette.Series(course.Key.IsHeldOut ? 1 : 0).ToString(), Dashes = course.Key.IsHeldOut ? [5, 3] : null };

    private static LineAxis Axis(string label, IEnumerable<double> values)
    {
        var all = values.Where(double.IsFinite).DefaultIfEmpty(1).ToList();
        return new LineAxis(label, IsLogarithmic: all.Min() > 0 && all.Max() > WideRange * all.Min());
    }

    private static string Named(string name, string unit) => unit is "" or "1" ? name : $"{name} ({unit})";

    private static string Quotient(string unit, string by) => unit.Length == 0 || by.Length == 0 ? "" : $"{unit} per {by}";
}
