using System.Xml;
using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Collects the problems of one file.</summary>
internal sealed class Findings
{
    /// <summary>Most problems kept: a file that breaks a rule ten thousand times is not helped by a longer list.</summary>
    public const int Most = 10_000;

    private readonly List<SbmlProblem> problems = [];
    private readonly HashSet<(int?, int, int, string)> seen = [];

    /// <summary>Whether a problem of severity error was found.</summary>
    public bool HasErrors => problems.Exists(p => p.Severity == SbmlSeverity.Error);

    /// <summary>The problems in the order of the file.</summary>
    public IReadOnlyList<SbmlProblem> InOrder() => [.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column).ThenBy(p => p.Rule ?? int.MaxValue)];

    public void Error(XObject at, int? rule, string what, string mend) => Add(at, rule, SbmlSeverity.Error, what, mend);

    public void Warning(XObject at, int? rule, string what, string mend) => Add(at, rule, SbmlSeverity.Warning, what, mend);

    public void Add(SbmlProblem problem)
    {
        if (problems.Count < Most && seen.Add((problem.Rule, problem.Line, problem.Column, problem.What))) problems.Add(problem);
    }

    public void Add(XObject at, int? rule, SbmlSeverity severity, string what, string mend)
    {
        var element = at as XElement ?? at.Parent;
        var place = (IXmlLineInfo?)element;
        bool placed = place?.HasLineInfo() == true;
        Add(new SbmlProblem(rule, severity, what, placed ? place!.LineNumber : 0, placed ? place!.LinePosition : 0, element?.Name.LocalName ?? "", Identifier(element), mend));
    }

    /// <summary>The identifier of the element or of the nearest one around it.</summary>
    private static string? Identifier(XElement? element)
    {
        for (var e = element; e is not null && e.Name.LocalName is not ("model" or "sbml"); e = e.Parent)
        {
            foreach (var name in (ReadOnlySpan<string>)["id", "variable", "symbol", "name"])
                if ((string?)e.Attribute(name) is { Length: > 0 } id) return id;
        }
        return null;
    }
}
