namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>One problem of an SBML file.</summary>
/// <param name="Rule">Number of the rule in the validation appendix of the SBML specification, such as 20904; null for advice of ours and for packages.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Line">Line of the element, from 1; 0 where it is not known.</param>
/// <param name="Column">Column of the element's name, from 1; 0 where it is not known.</param>
/// <param name="Element">The element's name, such as "species"; empty where there is none.</param>
/// <param name="Id">The identifier of the element or of the nearest one around it; null where there is none.</param>
/// <param name="Mend">What its author can do.</param>
public sealed record SbmlProblem(int? Rule, SbmlSeverity Severity, string What, int Line, int Column, string Element, string? Id, string Mend)
{
    /// <summary>One line: place, severity, rule, what and mend.</summary>
    public override string ToString()
    {
        string severity = Severity == SbmlSeverity.Error ? "error" : "warning";
        string rule = Rule is { } number ? FormattableString.Invariant($" {number}") : "";
        return FormattableString.Invariant($"{Line}:{Column}: {severity}{rule}: {What} {Mend}");
    }
}
