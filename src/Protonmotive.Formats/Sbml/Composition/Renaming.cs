using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>Writes an instance's elements with the identifiers of the flat model, and in its units of time and extent.</summary>
/// <remarks>
/// A submodel's time is the outer time over its time conversion factor, so rates are divided by it and delays multiplied; a reaction's
/// extent is multiplied by the extent conversion factor. A replaced element with a conversion factor f has 1/f of the value of what
/// replaces it. Factors of nested submodels multiply.
/// </remarks>
internal sealed class Renaming(Replacements replacements)
{
    private static readonly XNamespace mathMl = "http://www.w3.org/1998/Math/MathML";

    private static readonly HashSet<string> references = new(StringComparer.Ordinal)
    {
        "compartment", "species", "symbol", "variable", "conversionFactor", "reaction", "upperFluxBound", "lowerFluxBound", "geneProduct", "activeObjective",
        "outside", "lowerBound", "upperBound", "coefficient", "variable2", "reaction2", "associatedSpecies",
    };

    private static readonly HashSet<string> unitReferences = new(StringComparer.Ordinal)
    {
        "units", "substanceUnits", "timeUnits", "volumeUnits", "areaUnits", "lengthUnits", "extentUnits",
    };

    /// <summary>Whether an instance is part of the flat model.</summary>
    public bool IsLive(ModelInstance instance) => replacements.IsLive(instance);

    /// <summary>The children of an instance's model, renamed; elements of comp and what is gone are left out.</summary>
    public IEnumerable<XElement> Renamed(ModelInstance instance)
    {
        var times = Factors(instance, "timeConversionFactor");
        var extents = Factors(instance, "extentConversionFactor");
        var model = (string?)instance.Model.Attribute("conversionFactor");
        foreach (var list in instance.Model.Elements().Where(e => !SbmlComposition.IsComp(e)).ToList())
        {
            // A model's own conversion factor goes to its species, since the flat model has another or none.
            if (instance.Parent is not null && model is not null && list.Name.LocalName == "listOfSpecies")
                foreach (var s in list.Elements().Where(s => s.Attribute("conversionFactor") is null)) s.SetAttributeValue("conversionFactor", model);
            yield return new Scope(replacements, instance, times, extents).Element(list);
        }
    }

    // The factors of a submodel and of all it lies in, as formulas of the flat model.
    private List<XElement> Factors(ModelInstance instance, string attribute)
    {
        var factors = new List<XElement>();
        for (var i = instance; i.Submodel is not null; i = i.Parent!)
        {
            if (SbmlComposition.Attribute(i.Submodel, attribute) is { } name) factors.Add(Factor(i.Parent!, name));
        }
        return factors;
    }

    private XElement Factor(ModelInstance scope, string name) => Ci(scope.Find(name) is { } e ? replacements.Name(replacements.Standing(e).Element) : scope.Prefix + name);

    private static XElement Ci(string name) => new(mathMl + "ci", name);

    private static XElement Times(XElement x, IReadOnlyCollection<XElement> factors) => factors.Count == 0 ? x : new XElement(mathMl + "apply", new XElement(mathMl + "times"), x, factors.Select(f => new XElement(f)));

    private static XElement Over(XElement x, IReadOnlyCollection<XElement> factors) => factors.Aggregate(x, (value, f) => new XElement(mathMl + "apply", new XElement(mathMl + "divide"), value, new XElement(f)));

    /// <summary>The renaming within one instance.</summary>
    private sealed class Scope(Replacements replacements, ModelInstance instance, List<XElement> times, List<XElement> extents)
    {
        private HashSet<string> local = [];

        public XElement Element(XElement e)
        {
            var copy = SafeXml.Shell(e, hasAttributes: false);
            bool isLocal = e.Name.LocalName == "localParameter" || (e.Name.LocalName == "parameter" && e.Parent?.Name.LocalName is "listOfParameters" && e.Parent.Parent?.Name.LocalName == "kineticLaw");
            foreach (var attribute in e.Attributes().Where(a => !a.Name.NamespaceName.Contains("/comp/", StringComparison.Ordinal))) copy.Add(new XAttribute(attribute.Name, Value(e, attribute, isLocal)));
            if (e.Name.LocalName == "kineticLaw")
                local = [.. e.Descendants().Where(p => p.Name.LocalName is "localParameter" or "parameter" && !replacements.IsGone(p)).Select(p => SbmlComposition.Id(p) ?? "")];
            foreach (var node in e.Nodes())
            {
                if (node is XText text) copy.Add(new XText(text));
                else if (node is XElement child && !SbmlComposition.IsComp(child) && !replacements.IsGone(child))
                    copy.Add(child.Name.LocalName == "math" && e.Name.LocalName != "functionDefinition" ? Formula(e, child) : child.Name.LocalName is "notes" or "annotation" ? SafeXml.Copy(child) : Element(child));
            }
            if (e.Name.LocalName == "kineticLaw") local = [];
            return copy;
        }

        private string Value(XElement e, XAttribute attribute, bool isLocal)
        {
            var name = attribute.Name.LocalName;
            var value = attribute.Value;
            if (name == "id") return isLocal ? value : replacements.Name(e);
            if (name == "metaid") return instance.Prefix + value;
            if (unitReferences.Contains(name)) return instance.FindUnit(value) is { } unit ? replacements.Name(replacements.Standing(unit).Element) : value;
            return references.Contains(name) ? Named(value) : value;
        }

        private string Named(string id) => instance.Find(id) is { } found ? replacements.Name(replacements.Standing(found).Element) : id;

        // The math of an element, in the outer units of time and extent, and in those of what its target was replaced by.
        private XElement Formula(XElement e, XElement math)
        {
            var content = math.Elements().FirstOrDefault();
            var copy = SafeXml.Shell(math);
            if (content is null) return copy;
            var formula = Math(content);
            formula = e.Name.LocalName switch
            {
                "kineticLaw" => Over(Times(formula, extents), times),
                "rateRule" => Over(formula, times),
                "delay" => Times(formula, times),
                _ => formula,
            };
            var target = SbmlComposition.Attribute(e, "variable") ?? SbmlComposition.Attribute(e, "symbol");
            if (target is not null && instance.Find(target) is { } replaced) formula = Times(formula, Converted(replaced));
            copy.Add(formula);
            return copy;
        }

        private List<XElement> Converted(XElement e) => [.. replacements.Standing(e).Factors.Select(f => Ci(f.Scope.Find(f.Factor) is { } p ? replacements.Name(replacements.Standing(p).Element) : f.Scope.Prefix + f.Factor))];

        private XElement Math(XElement e)
        {
            switch (e.Name.LocalName)
            {
                case "ci":
                    var id = e.Value.Trim();
                    if (local.Contains(id) || instance.Find(id) is not { } found) return SafeXml.Copy(e);
                    var named = Ci(Named(id));
                    foreach (var attribute in e.Attributes()) named.Add(new XAttribute(attribute));
                    bool isHead = e.Parent?.Name.LocalName == "apply" && ReferenceEquals(e.Parent.Elements().First(), e);
                    if (isHead) return named;
                    // A reaction that replaces this one is in the outer units already.
                    return found.Name.LocalName == "reaction" && !replacements.IsGone(found) ? Over(Times(named, times), extents) : Over(named, Converted(found));
                case "csymbol" when Kind(e) == "time":
                    return Over(SafeXml.Copy(e), times);
                case "apply" when e.Elements().FirstOrDefault() is { } head && head.Name.LocalName == "csymbol" && Kind(head) is "delay" or "rateOf":
                    return Special(e, e.Elements().First());
                case "semantics" or "lambda" or "bvar" or "apply" or "piecewise" or "piece" or "otherwise" or "degree" or "logbase":
                    var copy = SafeXml.Shell(e);
                    foreach (var child in e.Elements()) copy.Add(Math(child));
                    return copy;
                default:
                    var other = SafeXml.Copy(e);
                    foreach (var units in other.Attributes().Where(a => a.Name.LocalName == "units").ToList())
                        if (instance.FindUnit(units.Value) is { } unit) units.Value = replacements.Name(replacements.Standing(unit).Element);
                    return other;
            }
        }

        private XElement Special(XElement apply, XElement head)
        {
            var arguments = apply.Elements().Skip(1).ToList();
            if (Kind(head) == "delay" && arguments.Count == 2)
                return new XElement(mathMl + "apply", SafeXml.Copy(head), Math(arguments[0]), Times(Math(arguments[1]), times));
            if (arguments.Count != 1 || arguments[0].Name.LocalName != "ci" || instance.Find(arguments[0].Value.Trim()) is not { } of) return SafeXml.Copy(apply);
            var rate = new XElement(mathMl + "apply", SafeXml.Copy(head), Ci(Named(arguments[0].Value.Trim())));
            return Over(Times(rate, times), Converted(of));
        }

        private static string Kind(XElement csymbol)
        {
            var url = ((string?)csymbol.Attribute("definitionURL") ?? "").Trim();
            return url[(url.LastIndexOf('/') + 1)..];
        }
    }
}
