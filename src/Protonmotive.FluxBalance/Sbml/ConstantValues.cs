using System.Xml.Linq;
using Protonmotive.Formats.Sbml;
using Protonmotive.Symbolics;

namespace Protonmotive.FluxBalance.Sbml;

/// <summary>
/// The constant values of a model's parameters, compartments, stoichiometries and constant species. An assignment rule goes before
/// an initial assignment, and that before the value written; either without mathematics leaves the value as it is.
/// </summary>
internal sealed class ConstantValues
{
    private readonly string file;
    private readonly MathMl formulas;
    private readonly Dictionary<string, XElement> declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> initial = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> changing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> known = new(StringComparer.Ordinal);

    public ConstantValues(XElement model, string file)
    {
        this.file = file;
        var functions = new Dictionary<string, FunctionDefinition>(StringComparer.Ordinal);
        formulas = new MathMl(file, functions, name => declared.ContainsKey(name) ? name : null);
        foreach (var list in new[] { "listOfCompartments", "listOfSpecies", "listOfParameters", "listOfReactions" })
            foreach (var e in Core.List(model, list)) Declare(e);
        foreach (var reference in Core.List(model, "listOfReactions").Elements().Elements().Where(e => e.Name.LocalName == "speciesReference")) Declare(reference);
        foreach (var e in Core.List(model, "listOfFunctionDefinitions")) Define(e, functions);
        foreach (var e in Core.List(model, "listOfRules"))
            if ((string?)e.Attribute("variable") is { } target) (e.Name.LocalName == "assignmentRule" ? rules : changing)[target] = e;
        foreach (var e in Core.List(model, "listOfInitialAssignments")) initial[(string?)e.Attribute("symbol") ?? ""] = e;
        foreach (var e in Core.List(model, "listOfEvents").Descendants().Where(x => x.Name.LocalName == "eventAssignment")) changing[(string?)e.Attribute("variable") ?? ""] = e;
    }

    /// <summary>Whether an id is a parameter.</summary>
    public bool IsParameter(string id) => declared.TryGetValue(id, out var e) && e.Name.LocalName == "parameter";

    /// <summary>Whether the declaration says that a parameter may change.</summary>
    public bool MayChange(string id) => declared.TryGetValue(id, out var e) && !Core.Flag(e, "constant", true);

    /// <summary>Whether a rule or an assignment sets it.</summary>
    public bool IsSet(string id) => rules.ContainsKey(id) || initial.ContainsKey(id) || changing.ContainsKey(id);

    /// <summary>The value of an id; loops and chains of assignments are followed without recursion.</summary>
    /// <param name="id">The id, which is declared.</param>
    /// <param name="at">Where it is needed, for errors.</param>
    /// <exception cref="SbmlException">It has no constant value.</exception>
    public double Of(string id, XElement at)
    {
        var path = new Stack<(string Id, Expression Formula, XElement At)>();
        var open = new HashSet<string>(StringComparer.Ordinal);
        Visit(id, at);
        while (path.TryPeek(out var top))
        {
            if (top.Formula.Symbols().FirstOrDefault(s => !known.ContainsKey(s)) is { } next)
            {
                Visit(next, top.At);
                continue;
            }
            known[top.Id] = top.Formula.Evaluate(s => known[s]);
            open.Remove(top.Id);
            path.Pop();
        }
        return known[id];

        void Visit(string wanted, XElement place)
        {
            if (known.ContainsKey(wanted)) return;
            if (!open.Add(wanted)) throw Fault(place, $"The value of '{wanted}' depends on itself.", "Break the loop of assignments.");
            if (changing.TryGetValue(wanted, out var change)) throw Fault(change, $"'{wanted}' changes in time, and a bound or coefficient needs its value.", "Flux balance takes constants only: make it constant, or remove the rule or event.");
            var source = Formula(wanted);
            if (source is null) known[wanted] = Written(wanted, place);
            else path.Push((wanted, Constant(source), source));
            if (source is null) open.Remove(wanted);
        }
    }

    private XElement? Formula(string id) =>
        rules.TryGetValue(id, out var rule) && Core.Math(rule) is not null ? rule
        : initial.TryGetValue(id, out var assignment) && Core.Math(assignment) is not null ? assignment : null;

    private Expression Constant(XElement source)
    {
        var formula = formulas.Read(Core.Math(source)!);
        if (source.Name.LocalName == "initialAssignment") return formula.Substitute(new Dictionary<Expression, Expression> { [Expression.Time] = 0 });
        return formula.DependsOn(Expression.Time) ? throw Fault(source, "The rule depends on time, and a bound or coefficient needs its value.", "Flux balance takes constants only: remove the time from the rule.") : formula;
    }

    /// <summary>The value that the declaration itself gives.</summary>
    private double Written(string id, XElement place)
    {
        var e = declared.GetValueOrDefault(id) ?? throw Fault(place, $"'{id}' is not declared.", "Declare it, or mend its spelling.");
        var attribute = e.Name.LocalName switch
        {
            "parameter" => "value",
            "compartment" => "size",
            "speciesReference" => "stoichiometry",
            "species" when Core.Flag(e, "constant") => e.Attribute("initialConcentration") is null ? "initialAmount" : "initialConcentration",
            _ => throw Fault(e, $"The {e.Name.LocalName} '{id}' has no constant value, and a bound or coefficient needs one.", "Use a parameter."),
        };
        return Core.Number(e, attribute, file) ?? throw Fault(e, $"The {e.Name.LocalName} '{id}' has no value, and a bound or coefficient needs one.", $"Give it the attribute {attribute}.");
    }

    private void Declare(XElement e)
    {
        if ((string?)e.Attribute("id") is { } id && !declared.TryAdd(id, e)) throw Fault(e, $"The id '{id}' is used twice.", "Give one of them another id.");
    }

    private void Define(XElement e, Dictionary<string, FunctionDefinition> functions)
    {
        var id = (string?)e.Attribute("id") ?? throw Fault(e, "A function definition has no id.", "Give it an id.");
        functions[id] = new FunctionDefinition(e, id, file, find => new MathMl(file, functions, find));
    }

    private SbmlException Fault(XElement e, string what, string mend) => SbmlException.At(e, file, what, mend);
}
