using System.Xml.Linq;
using static Protonmotive.Formats.Sbml.Composition.CompositionNames;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>Writes a formula of one use of a model in the names and units of the flattened model.</summary>
internal sealed class MathRewriting(ModelInstance instance, References references, Func<XName, XName> rename, Func<string, string?> local)
{
    private readonly HashSet<string> bound = new(StringComparer.Ordinal);

    /// <summary>The formula, times a factor.</summary>
    /// <param name="math">The math element.</param>
    /// <param name="factor">What its value is multiplied by.</param>
    /// <exception cref="SbmlException">It refers to what is deleted or not declared, or a function reads the time of a submodel with another unit.</exception>
    public XElement Rewrite(XElement math, ConversionFactor factor)
    {
        var made = Empty(math);
        foreach (var child in math.Elements())
        {
            var formula = Convert(child);
            made.Add(factor.IsOne ? formula : factor.Times(formula));
        }
        return made;
    }

    private XElement Convert(XElement e)
    {
        switch (e.Name.LocalName)
        {
            case "annotation" or "annotation-xml":
                return PlacedElement.Copy(e);
            case "ci":
                return Symbol(e);
            case "csymbol" when Meaning(e) == "time":
                return Scaled(e, PlacedElement.Copy(e, null, rename), ConversionFactor.One / references.Time(instance));
            case "lambda":
                foreach (var name in e.Elements(MathNamespace + "bvar").Elements()) bound.Add(name.Value.Trim());
                return Parts(e);
            case "apply":
                return Apply(e);
            default:
                return Parts(e);
        }
    }

    private XElement Apply(XElement e)
    {
        var head = e.Elements().FirstOrDefault();
        if (head is null) return Parts(e);
        var rest = e.Elements().Skip(1);
        var made = Empty(e);
        if (head.Name.LocalName == "ci")
        {
            // A call: functions have names but no values to convert.
            var name = Empty(head);
            name.Add(new XText(Find(head)?.Name ?? head.Value.Trim()));
            made.Add(name);
            foreach (var child in rest) made.Add(Convert(child));
            return made;
        }
        made.Add(PlacedElement.Copy(head, null, rename));
        switch (head.Name.LocalName == "csymbol" ? Meaning(head) : "")
        {
            case "delay":
                int index = 0;
                foreach (var child in rest) made.Add(index++ == 1 ? Scaled(e, Convert(child), references.Time(instance)) : Convert(child));
                return made;
            case "rateOf" when rest.FirstOrDefault() is { } variable && variable.Name.LocalName == "ci":
                var found = Find(variable);
                var ci = Empty(variable);
                ci.Add(new XText(found?.Name ?? variable.Value.Trim()));
                made.Add(ci);
                return Scaled(e, made, (found?.Factor ?? ConversionFactor.One) * references.Time(instance));
            default:
                foreach (var child in rest) made.Add(Convert(child));
                return made;
        }
    }

    private XElement Symbol(XElement e)
    {
        var made = Empty(e);
        var found = Find(e);
        made.Add(new XText(found?.Name ?? e.Value.Trim()));
        return found is null ? made : found.Factor.IsOne ? made : found.Factor.Times(made);
    }

    /// <summary>What a name stands for; null where it is left as it is.</summary>
    private FlatReference? Find(XElement e)
    {
        var name = e.Value.Trim();
        if (bound.Contains(name)) return null;
        if (local(name) is { } inLaw) return new FlatReference(inLaw, ConversionFactor.One);
        var found = references.Find(instance, name, e);
        if (found is null)
        {
            // In the main model an unknown name stays, for the reader to report; in a submodel it could meet another's by accident.
            return instance.Parent is null ? null : throw SbmlException.At(e, instance.File, $"'{name}' is not declared in the submodel's model.", "Declare it there.");
        }
        return found.Name is null ? throw SbmlException.At(e, instance.File, $"The formula needs '{name}', which is deleted.", "Delete or replace the formula too, or replace what it needs.") : found;
    }

    private XElement Scaled(XElement at, XElement formula, ConversionFactor factor)
    {
        if (factor.IsOne) return formula;
        if (bound.Count > 0) throw SbmlException.At(at, instance.File, "A function definition reads the time, and the submodel's time has another unit.", "Give the time to the function as an argument.");
        return factor.Times(formula);
    }

    private PlacedElement Parts(XElement e)
    {
        var made = Empty(e);
        foreach (var node in e.Nodes())
        {
            if (node is XElement child) made.Add(Convert(child));
            else if (node is XText text) made.Add(new XText(text.Value));
        }
        return made;
    }

    private PlacedElement Empty(XElement e)
    {
        var made = PlacedElement.At(e, rename(e.Name));
        foreach (var attribute in e.Attributes().Where(a => !a.IsNamespaceDeclaration))
            made.Add(new XAttribute(rename(attribute.Name), attribute.Name.LocalName == "units" ? references.Unit(instance, attribute.Value) : attribute.Value));
        return made;
    }

    private static string Meaning(XElement e)
    {
        var url = ((string?)e.Attribute("definitionURL"))?.Trim() ?? "";
        return url[(url.LastIndexOf('/') + 1)..];
    }
}
