using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Formats.Sbml.SbmlReader;

namespace Protonmotive.Formats.Sbml;

/// <summary>One model element on its way to a network.</summary>
internal sealed class SbmlModel
{
    private static readonly HashSet<string> known = new(StringComparer.Ordinal)
    {
        "notes", "annotation", "listOfFunctionDefinitions", "listOfUnitDefinitions", "listOfCompartmentTypes", "listOfSpeciesTypes", "listOfCompartments", "listOfSpecies",
        "listOfParameters", "listOfInitialAssignments", "listOfRules", "listOfReactions", "listOfEvents",
    };

    private readonly XElement model;
    private readonly int level;
    private readonly string file;
    private readonly NetworkBuilder builder;
    private readonly SbmlUnits units;
    private readonly Dictionary<string, FunctionDefinition> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Compartment> compartments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Species> species = new(StringComparer.Ordinal);
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> ruled = new(StringComparer.Ordinal);
    private readonly HashSet<string> started = new(StringComparer.Ordinal);
    private readonly HashSet<string> setByEvent = new(StringComparer.Ordinal);
    private readonly HashSet<string> valueless = new(StringComparer.Ordinal);

    public SbmlModel(XElement model, int level, string file)
    {
        this.model = model;
        this.level = level;
        this.file = file;
        units = new SbmlUnits(model, level);
        var time = units.Text(level == 3 ? (string?)model.Attribute("timeUnits") : "time");
        var substance = units.Text(level == 3 ? (string?)model.Attribute("substanceUnits") : "substance");
        builder = new NetworkBuilder((string?)model.Attribute("name") ?? (string?)model.Attribute("id") ?? Path.GetFileNameWithoutExtension(file))
        {
            TimeUnit = time.Length > 0 ? time : "time unit",
            AmountUnit = substance,
            EnergyUnit = "RT",
        };
    }

    public Network Build()
    {
        foreach (var e in model.Elements().Where(e => e.Name.NamespaceName == model.Name.NamespaceName && !known.Contains(e.Name.LocalName)))
            throw Fault(e, $"<{e.Name.LocalName}> is not read.", "Remove it if the model does not need it.");
        CollectIds();
        Functions();
        foreach (var e in List("listOfCompartments")) AddCompartment(e);
        foreach (var e in List("listOfParameters")) AddParameter(e);
        foreach (var e in List("listOfSpecies")) AddSpecies(e);
        foreach (var e in List("listOfReactions")) new SbmlReaction(e, this).Add();
        foreach (var e in List("listOfInitialAssignments")) builder.InitialAssignment(Target(e, "symbol"), Math(e));
        foreach (var e in List("listOfRules")) AddRule(e);
        foreach (var e in List("listOfEvents")) AddEvent(e);
        return builder.Build();
    }

    internal NetworkBuilder Builder => builder;

    internal int Level => level;

    internal SbmlUnits Units => units;

    internal Species FindSpecies(XElement at, string id) => species.TryGetValue(id, out var found) ? found : throw Fault(at, $"There is no species '{id}'.", "Declare it in listOfSpecies.");

    /// <summary>The formula of an element: its math child, or the formula attribute of Level 1.</summary>
    internal Expression Math(XElement e, Func<string, string?>? local = null)
    {
        string? Find(string name) => local?.Invoke(name) ?? (valueless.Contains(name)
            ? throw Fault(e, $"The parameter '{name}' has no value, and this formula needs it.", "Give it a value, a rule or an initial assignment.")
            : ids.Contains(name) ? name : null);
        if (level == 1 && (string?)e.Attribute("formula") is { } formula) return LevelOneFormula.Read(formula, Find, e, file);
        var math = e.Elements().FirstOrDefault(x => x.Name.LocalName == "math") ?? throw Fault(e, $"<{e.Name.LocalName}> has no formula.", "Give it a <math> element.");
        return new MathMl(file, functions, Find).Read(math);
    }

    internal SbmlException Fault(XElement e, string what, string mend) => SbmlException.At(e, file, what, mend);

    internal double? Value(XElement e, string name)
    {
        var text = ((string?)e.Attribute(name))?.Trim();
        if (text is null) return null;
        double value = text switch
        {
            "INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : throw Fault(e, $"'{text}' is no number.", $"Mend the attribute {name}."),
        };
        return double.IsFinite(value) ? value : throw Fault(e, $"The attribute {name} is {text}.", "Give a finite value.");
    }

    private IEnumerable<XElement> List(string name) => model.Elements().Where(e => e.Name.LocalName == name).Elements().Where(e => e.Name.LocalName is not ("notes" or "annotation"));

    private void CollectIds()
    {
        foreach (var e in List("listOfCompartments").Concat(List("listOfSpecies")).Concat(List("listOfParameters")).Concat(List("listOfReactions")))
        {
            var id = Id(e, level) ?? throw Fault(e, $"<{e.Name.LocalName}> has no id.", "Give it an id.");
            if (!ids.Add(id)) throw Fault(e, $"The id '{id}' is used twice.", "Give one of them another id.");
        }
        foreach (var e in List("listOfRules"))
            if (RuleTarget(e) is { } target) ruled.Add(target);
        foreach (var e in List("listOfInitialAssignments")) started.Add((string?)e.Attribute("symbol") ?? "");
        foreach (var e in List("listOfEvents").Descendants().Where(x => x.Name.LocalName == "eventAssignment")) setByEvent.Add((string?)e.Attribute("variable") ?? "");
    }

    private void Functions()
    {
        foreach (var e in List("listOfFunctionDefinitions"))
        {
            var id = (string?)e.Attribute("id") ?? throw Fault(e, "A function definition has no id.", "Give it an id.");
            var lambda = e.Descendants().FirstOrDefault(x => x.Name.LocalName == "lambda") ?? throw Fault(e, $"The function '{id}' has no <lambda>.", "Give it a body.");
            var arguments = lambda.Elements().Where(x => x.Name.LocalName == "bvar").Select(b => b.Value.Trim()).ToArray();
            var own = arguments.ToDictionary(a => a, a => $"{id}({a})", StringComparer.Ordinal);
            var body = new XElement("math", lambda.Elements().Where(x => x.Name.LocalName != "bvar"));
            // Functions defined earlier are known; a call of itself or of a later one is refused by name.
            functions[id] = new FunctionDefinition([.. arguments.Select(a => own[a])], new MathMl(file, functions, name => own.GetValueOrDefault(name)).Read(Placed(lambda, body)));
        }
    }

    /// <summary>The body of a lambda as it stands in the file, so that errors keep their line.</summary>
    private static XElement Placed(XElement lambda, XElement fallback)
    {
        foreach (var b in lambda.Elements().Where(x => x.Name.LocalName == "bvar").ToList()) b.Remove();
        return lambda.Elements().Any() ? lambda : fallback;
    }

    private void AddCompartment(XElement e)
    {
        var id = Id(e, level)!;
        double size = Value(e, level == 1 ? "volume" : "size") ?? 1;
        if (size < 0) throw Fault(e, $"The compartment '{id}' has the negative size {size:g6}.", "Give it a size above 0.");
        compartments[id] = builder.Compartment(id, size, units.Text((string?)e.Attribute("units") ?? (level == 3 ? (string?)model.Attribute("volumeUnits") : "volume")), (string?)e.Attribute("name") ?? "");
    }

    private void AddParameter(XElement e)
    {
        var id = Id(e, level)!;
        double? value = Value(e, "value");
        if (value is null && !ruled.Contains(id) && !started.Contains(id) && !setByEvent.Contains(id))
        {
            AddValueless(e, id);
            return;
        }
        builder.Parameter(id, value ?? 0, units.Text((string?)e.Attribute("units")), description: (string?)e.Attribute("name") ?? "");
    }

    /// <summary>
    /// Models converted from CellML lose the connections of a component's inputs: its copy of the time, or of another component's
    /// variable, is a parameter without value that carries the same name. That connection is made again, and said. Any other
    /// parameter without value is a fault where a formula needs it.
    /// </summary>
    private void AddValueless(XElement e, string id)
    {
        var name = (string?)e.Attribute("name");
        var twins = List("listOfParameters").Where(p => name is not null && (string?)p.Attribute("name") == name && Id(p, level) is { } twin && twin != id
            && (p.Attribute("value") is not null || ruled.Contains(twin) || started.Contains(twin))).Select(p => Id(p, level)!).ToList();
        if (name == "time" || twins.Count == 1)
        {
            builder.Define(id, name == "time" ? Expression.Time : Expression.Symbol(twins[0]), units.Text((string?)e.Attribute("units")));
            builder.Note($"The parameter '{id}' has no value; it is read as {(name == "time" ? "the time" : $"'{twins[0]}'")}, whose name '{name}' it carries (models converted from CellML lose such connections).");
        }
        else
        {
            valueless.Add(id);
        }
    }

    private void AddSpecies(XElement e)
    {
        var id = Id(e, level)!;
        if (e.Attribute("conversionFactor") is not null || model.Attribute("conversionFactor") is not null) throw Fault(e, "Conversion factors are not read yet.", "Write the factor into the kinetic laws.");
        var place = (string?)e.Attribute("compartment") ?? "";
        if (!compartments.TryGetValue(place, out var compartment)) throw Fault(e, $"The species '{id}' is in '{place}', which is no compartment.", "Declare the compartment.");
        bool inAmounts = Flag(e, "hasOnlySubstanceUnits") || CompartmentElement(place).Attribute("spatialDimensions")?.Value == "0";
        double? amount = Value(e, "initialAmount"), concentration = Value(e, "initialConcentration");
        if (amount is null && concentration is null && !ruled.Contains(id) && !started.Contains(id)) throw Fault(e, $"The species '{id}' has no initial value.", "Give initialAmount, initialConcentration, a rule or an initial assignment.");
        Expression initial = (amount, concentration) switch
        {
            ({ } a, _) => inAmounts ? a : Divided(a, compartment),
            (_, { } c) => inAmounts ? c * compartment : c,
            _ => 0,
        };
        double? charge = Value(e, "charge");
        bool held = Flag(e, "boundaryCondition") || Flag(e, "constant");
        var substance = units.Text((string?)e.Attribute("substanceUnits") ?? (string?)e.Attribute("units") ?? (level == 3 ? (string?)model.Attribute("substanceUnits") : "substance"));
        var unit = inAmounts || substance.Length == 0 || compartment.Unit.Length == 0 ? (inAmounts ? substance : "") : $"{substance}/{compartment.Unit}";
        var name = (string?)e.Attribute("name") ?? "";
        bool rated = List("listOfRules").Any(r => r.Name.LocalName == "rateRule" && RuleTarget(r) == id);
        if (held && !rated && !ruled.Contains(id) && !inAmounts && (ruled.Contains(place) || setByEvent.Contains(place)))
        {
            if (setByEvent.Contains(id) || started.Contains(id)) throw Fault(e, $"The boundary species '{id}' is set in a compartment that changes; that is not read yet.", "Give it hasOnlySubstanceUnits=\"true\".");
            // What is constant is the amount: in a volume that changes, the concentration follows.
            var total = builder.Parameter(id + ".held", initial * compartment, substance, description: $"amount of {id}");
            builder.Assign(id, total / compartment);
        }
        species[id] = held && !rated
            ? builder.Reservoir(id, compartment, initial, charge, inAmounts: inAmounts, unit: unit, description: name)
            : builder.Species(id, compartment, initial, charge, inAmounts: inAmounts, unit: unit, description: name);
    }

    /// <summary>An amount as concentration: a number where the size is one, else a formula.</summary>
    private Expression Divided(double amount, Compartment compartment) =>
        ruled.Contains(compartment.Name) || started.Contains(compartment.Name) ? amount / compartment : amount / compartment.Size;

    private XElement CompartmentElement(string id) => List("listOfCompartments").First(c => Id(c, level) == id);

    private static string? RuleTarget(XElement rule) => (string?)rule.Attribute("variable") ?? (string?)rule.Attribute("species") ?? (string?)rule.Attribute("specie") ?? (string?)rule.Attribute("compartment") ?? (string?)rule.Attribute("name");

    private void AddRule(XElement e)
    {
        var kind = e.Name.LocalName;
        if (kind == "algebraicRule") throw Fault(e, "Algebraic rules are not read yet.", "Solve it for one variable and write an assignment rule.");
        var target = RuleTarget(e) ?? throw Fault(e, "The rule names no variable.", "Give it one.");
        if (!ids.Contains(target)) throw Fault(e, $"The rule sets '{target}', which is not declared.", "Declare it as species, parameter or compartment.");
        bool isRate = kind == "rateRule" || (level == 1 && (string?)e.Attribute("type") == "rate");
        if (isRate) builder.Rate(target, Math(e)); else builder.Assign(target, Math(e));
    }

    private void AddEvent(XElement e)
    {
        foreach (var part in e.Elements().Where(x => x.Name.LocalName is "delay" or "priority"))
            throw Fault(part, $"Events with a {part.Name.LocalName} are not read yet.", "Write the event without it.");
        var trigger = e.Elements().FirstOrDefault(x => x.Name.LocalName == "trigger") ?? throw Fault(e, "The event has no trigger.", "Give it one.");
        var assignments = e.Elements().Where(x => x.Name.LocalName == "listOfEventAssignments").Elements()
            .Select(a => new EventAssignment(Target(a, "variable"), Math(a))).ToImmutableArray();
        builder.When(Id(e, level) ?? (string?)e.Attribute("name") ?? "event", Math(trigger), assignments, Flag(trigger, "initialValue", true));
    }

    private string Target(XElement e, string attribute)
    {
        var target = (string?)e.Attribute(attribute) ?? throw Fault(e, $"<{e.Name.LocalName}> names no {attribute}.", "Give it one.");
        return ids.Contains(target) ? target : throw Fault(e, $"'{target}' is not declared.", "Declare it as species, parameter or compartment.");
    }
}
