using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Protonmotive.Formats.Sbml;

namespace Protonmotive.Formats.SedMl;

/// <summary>Reads the formula of an element with its variables and parameters.</summary>
internal static class SedFormulaReader
{
    private const string TimeSymbol = "urn:sedml:symbol:time";

    /// <param name="e">Holds listOfVariables, listOfParameters and math.</param>
    /// <param name="ranges">Whether other names may stand in the formula: ranges, which are looked for when it is run.</param>
    public static SedFormula Read(SedNode e, bool ranges = false)
    {
        var variables = e.List("listOfVariables").Select(Variable).ToImmutableArray();
        var parameters = e.List("listOfParameters").ToImmutableDictionary(p => p.Required("id"), p => p.Number("value"), StringComparer.Ordinal);
        var math = e.Child("math") ?? throw e.Fault($"<{e.Kind}> has no formula.", "Give it a <math> element.");
        var names = variables.Select(v => v.Id).Concat(parameters.Keys).ToHashSet(StringComparer.Ordinal);
        if (names.Count < variables.Length + parameters.Count) throw e.Fault("Two variables or parameters have one id.", "Give each an id of its own.");
        var aggregates = ImmutableArray.CreateBuilder<SedAggregate>();
        var reader = new MathMl(e.File, ImmutableDictionary<string, FunctionDefinition>.Empty, name =>
            names.Contains(name) || ranges ? name : throw math.Fault($"The symbol '{name}' is not defined.", "Declare it in listOfVariables or listOfParameters."));
        Symbolics.Expression Expression(XElement holder)
        {
            try
            {
                return reader.Read(holder);
            }
            catch (SbmlException fault)
            {
                throw new SedMlException(fault.What, fault.Where, fault.Mend, fault);
            }
        }
        // Inner aggregates come after the outer ones in the file; each is read, then a name stands in its place.
        foreach (var symbol in math.Element.Descendants().Where(d => d.Name.LocalName == "csymbol").Reverse().ToList())
        {
            var url = (string?)symbol.Attribute("definitionURL") ?? "";
            var kind = url[(url.LastIndexOfAny(['#', '/', ':']) + 1)..];
            var apply = symbol.Parent!;
            var operands = symbol.ElementsAfterSelf().ToList();
            if (!SedAggregate.Kinds.Contains(kind) || apply.Name.LocalName != "apply" || operands.Count != 1) throw new SedNode(symbol, e.File).Fault(
                $"The symbol '{(kind.Length > 0 ? kind : symbol.Value.Trim())}' is not read here.", $"Aggregates are {string.Join(", ", SedAggregate.Kinds)}, of one operand each.");
            var name = string.Create(CultureInfo.InvariantCulture, $"aggregate:{aggregates.Count + 1}");
            names.Add(name);
            symbol.Remove();
            operands[0].Remove();
            aggregates.Add(new SedAggregate(name, kind, Expression(new XElement("math", operands[0]))));
            apply.ReplaceWith(new XElement("ci", name));
        }
        return new SedFormula(Expression(math.Element), aggregates.ToImmutable(), variables, parameters, math.Where);
    }

    private static SedVariable Variable(SedNode e)
    {
        foreach (var unread in new[] { "term", "symbol2", "target2", "dimensionTerm" })
            if (e[unread] is not null) throw e.Fault($"The attribute {unread} of a variable is not read.", "Name a quantity by its target, or the time by its symbol.");
        if (e["target"] is { Length: > 0 } pointer && pointer.StartsWith('#')) throw e.Fault($"The variable refers to data outside the experiment: '{pointer}'.", "Give a path to a quantity of a model.");
        var symbol = e["symbol"]?.Trim();
        if (symbol is { Length: > 0 } && symbol != TimeSymbol && !symbol.EndsWith("KISAO:0000832", StringComparison.Ordinal) && !symbol.EndsWith("KISAO_0000832", StringComparison.Ordinal))
            throw e.Fault($"The symbol '{symbol}' is not read.", $"The time is {TimeSymbol}; name other quantities by their target.");
        if (symbol is not { Length: > 0 } && e["target"] is not { Length: > 0 }) throw e.Fault("The variable has neither a target nor a symbol.", "Give it one of them.");
        return new SedVariable(e.Required("id"), e.Name, e.Where, e["taskReference"] ?? "", e["modelReference"] ?? "", symbol is { Length: > 0 } ? null : e.Path("target"));
    }
}
