using System.Collections.Immutable;
using System.Xml.Linq;
using Protonmotive.Formats.Sbml;

namespace Protonmotive.FluxBalance.Sbml;

/// <summary>
/// Reads the terms of objectives and of constraints. In version 3 a quadratic term is the square of its variable, or its product
/// with a second one (the attributes reaction2 and variable2, which libSBML writes).
/// </summary>
internal sealed class FbcTerms(FbcElements package, ConstantValues values, HashSet<string> reactions)
{
    private readonly List<string> free = [];

    /// <summary>The parameters met as variables.</summary>
    public ImmutableArray<string> FreeVariables => [.. free];

    public FluxTerm OfObjective(XElement e)
    {
        var reaction = Named(e, "reaction") ?? throw Fault(e, "A term of an objective names no reaction.", "Name one.");
        double coefficient = package.Number(e, "coefficient") ?? throw Fault(e, $"The coefficient of '{reaction}' in an objective is missing.", "Give a number.");
        return Term(e, reaction, coefficient, Named(e, "reaction2"));
    }

    public FluxTerm OfConstraint(XElement e)
    {
        var variable = Named(e, "variable", orParameter: true) ?? throw Fault(e, "A term of a constraint names no variable.", "Name a reaction or a parameter that is not constant.");
        double coefficient = Coefficient(e) ?? throw Fault(e, $"The coefficient of '{variable}' in a constraint is missing.", "Name a parameter.");
        return Term(e, variable, coefficient, Named(e, "variable2", orParameter: true));
    }

    /// <summary>A parameter's value; drafts of version 3, which libSBML 5.19 writes, have the number itself.</summary>
    private double? Coefficient(XElement e) =>
        package.Text(e, "coefficient")?.Trim() is { Length: > 0 } text && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.')
            ? package.Number(e, "coefficient") : package.Reference(e, "coefficient", values);

    private FluxTerm Term(XElement e, string variable, double coefficient, string? second)
    {
        if (!double.IsFinite(coefficient)) throw Fault(e, $"The coefficient of '{variable}' is {coefficient.ToString(System.Globalization.CultureInfo.InvariantCulture)}.", "Give a finite number.");
        return package.Text(e, "variableType")?.Trim() switch
        {
            "quadratic" => new FluxTerm(variable, coefficient, second ?? variable),
            null or "linear" when second is null => new FluxTerm(variable, coefficient),
            null => new FluxTerm(variable, coefficient, second),
            "linear" => throw Fault(e, $"A linear term names two variables, '{variable}' and '{second}'.", "Give it the variableType quadratic, or one variable."),
            var other => throw Fault(e, $"The variableType of a term is '{other}'.", "Write linear or quadratic."),
        };
    }

    private string? Named(XElement e, string attribute, bool orParameter = false)
    {
        var id = package.Text(e, attribute)?.Trim();
        if (id is null || reactions.Contains(id)) return id;
        if (!orParameter) throw Fault(e, $"{attribute} names '{id}', which is no reaction.", "Mend its spelling.");
        if (!values.IsParameter(id)) throw Fault(e, $"{attribute} names '{id}', which is neither reaction nor parameter.", "Mend its spelling.");
        if (!values.MayChange(id)) throw Fault(e, $"{attribute} names the parameter '{id}', which is constant.", "Mark it constant=\"false\": it is to be found.");
        if (!free.Contains(id)) free.Add(id);
        return id;
    }

    private SbmlException Fault(XElement e, string what, string mend) => SbmlException.At(e, package.File, what, mend);
}
