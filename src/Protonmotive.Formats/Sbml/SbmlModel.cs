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
        "listOfParameters", "listOfInitialAssignments", "listOfRules", "listOfConstraints", "listOfReactions", "listOfEvents",
    };

    private readonly XElement model;
    private readonly int level;
    private readonly string file;
    private readonly NetworkBuilder builder;
    private readonly SbmlUnits units;
    private readonly Dictionary<string, FunctionDefinition> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Compartment> compartments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Species> species = new(StringComparer.Ordinal);
    private readonly SbmlIdentifiers ids;
    private readonly HashSet<string> valueless = new(StringComparer.Ordinal);
    private readonly HashSet<string> algebraic = new(StringComparer.Ordinal);
    private int draws;

    public SbmlModel(XElement model, int level, string file)
    {
        this.model = model;
        this.level = level;
        this.file = file;
        units = new SbmlUnits(model, level);
        ids = new SbmlIdentifiers(model, level, file);
        var time = units.Text(level == 3 ? (string?)model.Attribute("timeUnits") : "time");
        var substance = units.Text(level == 3 ? (string?)model.Attribute("substanceUnits") : "substance");
        builder = new NetworkBuilder((string?)model.Attribute("name") ?? (string?)model.Attribute("id") ?? Path.GetFileNameWithoutExtension(file))
        {
            TimeUnit = time.Length > 0 ? time : "time unit",
            AmountUnit = substance,
            EnergyUnit = "RT",
        };
        var extent = level == 3 && model.Attribute("extentUnits") is { } declared ? units.Text(declared.Value) : substance;
        ExtentRateUnit = $"{extent}/{builder.TimeUnit}";
    }

    public Network Build()
    {
        foreach (var e in model.Elements().Where(e => e.Name.NamespaceName == model.Name.NamespaceName && !known.Contains(e.Name.LocalName)))
            throw Fault(e, $"<{e.Name.LocalName}> is not read.", "Remove it if the model does not need it.");
        Document(model, "");
        foreach (var e in List("listOfFunctionDefinitions"))
        {
            var id = (string?)e.Attribute("id") ?? throw Fault(e, "A function definition has no id.", "Give it an id.");
            if (!functions.TryAdd(id, new FunctionDefinition(e, id, file, find => new MathMl(file, functions, find, Draw)))) throw Fault(e, $"The function '{id}' is defined twice.", "Give one of them another id.");
        }
        foreach (var e in List("listOfCompartments")) AddCompartment(e);
        // What algebraic rules determine needs no value, and which that is follows from the rules' formulas.
        var residuals = List("listOfRules").Where(r => r.Name.LocalName == "algebraicRule" && HasMath(r)).Select(r => (Rule: r, Residual: Math(r))).ToList();
        var targets = residuals.Count == 0 ? [] : AlgebraicTargets.Of(model, level, ids, residuals, AssignedFormulas(), file);
        algebraic.UnionWith(targets);
        foreach (var e in List("listOfParameters")) AddParameter(e);
        foreach (var e in List("listOfSpecies")) AddSpecies(e);
        foreach (var e in ids.NamedReferences) AddStoichiometry(e);
        foreach (var e in List("listOfReactions"))
        {
            new SbmlReaction(e, this).Add();
            Document(e, Id(e, level)!);
        }
        foreach (var e in List("listOfInitialAssignments").Where(HasMath)) builder.InitialAssignment(Target(e, "symbol"), Math(e));
        foreach (var e in List("listOfRules").Where(HasMath)) AddRule(e);
        foreach (var (target, residual) in targets.Zip(residuals)) builder.Require(target, residual.Residual);
        foreach (var e in List("listOfEvents")) AddEvent(e);
        if (List("listOfConstraints").Any()) builder.Note("The model states constraints; they are not enforced.");
        return builder.Build();
    }

    internal NetworkBuilder Builder => builder;

    internal int Level => level;

    internal SbmlUnits Units => units;

    internal string ExtentRateUnit { get; }

    internal Species FindSpecies(XElement at, string id) => species.TryGetValue(id, out var found) ? found : throw Fault(at, $"There is no species '{id}'.", "Declare it in listOfSpecies.");

    /// <summary>The parameter that holds a reference's coefficient, where something in the model names it; null where it is a plain number.</summary>
    internal string? StoichiometryName(XElement reference) => (string?)reference.Attribute("id") is { } id && ids.NamedReferences.Contains(reference) ? id : null;

    /// <summary>Whether an element has a formula; Level 3 Version 2 lets it be left out, and then the element says nothing.</summary>
    internal bool HasMath(XElement e) => (level == 1 && e.Attribute("formula") is not null) || e.Elements().Any(x => x.Name.LocalName == "math" && x.HasElements);

    /// <summary>The formula of an element: its math child, or the formula attribute of Level 1.</summary>
    internal Expression Math(XElement e, Func<string, string?>? local = null)
    {
        string? Find(string name) => local?.Invoke(name) ?? (valueless.Contains(name)
            ? throw Fault(e, $"The parameter '{name}' has no value, and this formula needs it.", "Give it a value, a rule or an initial assignment.")
            : ids.Contains(name) ? name : null);
        if (level == 1 && (string?)e.Attribute("formula") is { } formula) return LevelOneFormula.Read(formula, Find, e, file);
        var math = e.Elements().FirstOrDefault(x => x.Name.LocalName == "math") ?? throw Fault(e, $"<{e.Name.LocalName}> has no formula.", "Give it a <math> element.");
        return new MathMl(file, functions, Find, Draw).Read(math);
    }

    internal SbmlException Fault(XElement e, string what, string mend) => SbmlException.At(e, file, what, mend);

    internal double? Value(XElement e, string name)
    {
        var text = ((string?)e.Attribute(name))?.Trim();
        return text switch
        {
            null => null,
            "INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            "NaN" => double.NaN,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : throw Fault(e, $"'{text}' is no number.", $"Mend the attribute {name}."),
        };
    }

    /// <summary>Keeps what an element says besides its mathematics.</summary>
    internal void Document(XElement e, string id)
    {
        string? Child(string name) => e.Elements().FirstOrDefault(x => x.Name.LocalName == name)?.ToString(SaveOptions.DisableFormatting);
        var said = new Documentation(Child("notes"), Child("annotation"), (string?)e.Attribute("sboTerm"), (string?)e.Attribute("metaid")) { Name = (string?)e.Attribute("name") };
        if (said != new Documentation(null, null, null, null)) builder.Document(id, said);
    }

    private IEnumerable<XElement> List(string name) => ids.List(name);

    private Expression Draw(Distribution distribution, ImmutableArray<Expression> arguments, Expression? lowest, Expression? highest) =>
        builder.Draw(new Draw(FormattableString.Invariant($"draw.{++draws}"), distribution, arguments) { Lowest = lowest, Highest = highest });

    private Dictionary<string, Expression> AssignedFormulas() => List("listOfRules").Where(r => ids.IsAssignment(r) && HasMath(r))
        .Select(r => (Target: SbmlIdentifiers.RuleTarget(r), Formula: Math(r))).Where(r => r.Target is not null).GroupBy(r => r.Target!).ToDictionary(g => g.Key, g => g.First().Formula, StringComparer.Ordinal);

    private bool IsGivenElsewhere(string id) => ids.IsGiven(id) || algebraic.Contains(id);

    private void AddCompartment(XElement e)
    {
        var id = Id(e, level)!;
        double size = Value(e, level == 1 ? "volume" : "size") ?? 1;
        if (size < 0) throw Fault(e, $"The compartment '{id}' has the negative size {size:g6}.", "Give it a size above 0.");
        var standard = level < 3 ? "volume" : ((string?)e.Attribute("spatialDimensions") ?? "3") switch { "2" => (string?)model.Attribute("areaUnits"), "1" => (string?)model.Attribute("lengthUnits"), "3" => (string?)model.Attribute("volumeUnits"), _ => null };
        compartments[id] = builder.Compartment(id, size, units.Text((string?)e.Attribute("units") ?? standard), (string?)e.Attribute("name") ?? "");
        Document(e, id);
    }

    private void AddParameter(XElement e)
    {
        var id = Id(e, level)!;
        double? value = Value(e, "value");
        if (value is null && !IsGivenElsewhere(id))
        {
            AddValueless(e, id);
            return;
        }
        builder.Parameter(id, value ?? (ids.SetByEvent.Contains(id) && !ids.Ruled.Contains(id) && !ids.Started.Contains(id) ? double.NaN : 0), units.Text((string?)e.Attribute("units")), description: (string?)e.Attribute("name") ?? "");
        Document(e, id);
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
            && (p.Attribute("value") is not null || ids.Ruled.Contains(twin) || ids.Started.Contains(twin))).Select(p => Id(p, level)!).ToList();
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
        var place = (string?)e.Attribute("compartment") ?? "";
        if (!compartments.TryGetValue(place, out var compartment)) throw Fault(e, $"The species '{id}' is in '{place}', which is no compartment.", "Declare the compartment.");
        bool inAmounts = Flag(e, "hasOnlySubstanceUnits") || ids.Find("listOfCompartments", place)?.Attribute("spatialDimensions")?.Value is "0" or "0.0";
        double? amount = Value(e, "initialAmount"), concentration = Value(e, "initialConcentration");
        if (amount is null && concentration is null && !IsGivenElsewhere(id)) throw Fault(e, $"The species '{id}' has no initial value.", "Give initialAmount, initialConcentration, a rule or an initial assignment.");
        Expression initial = (amount, concentration) switch
        {
            ({ } a, _) => inAmounts ? a : Expression.Of(Operation.Divide, [a, compartment.Symbol]),
            (_, { } c) => inAmounts ? c * compartment : c,
            _ => 0,
        };
        bool held = Flag(e, "boundaryCondition") || Flag(e, "constant");
        var substance = units.Text((string?)e.Attribute("substanceUnits") ?? (string?)e.Attribute("units") ?? (level == 3 ? (string?)model.Attribute("substanceUnits") : "substance"));
        var unit = inAmounts || substance.Length == 0 || compartment.Unit.Length == 0 ? (inAmounts ? substance : "") : $"{substance}/{compartment.Unit}";
        var factor = (string?)e.Attribute("conversionFactor") ?? (string?)model.Attribute("conversionFactor");
        if (factor is not null && !ids.Contains(factor)) throw Fault(e, $"The conversion factor '{factor}' of '{id}' is not declared.", "Declare it as a parameter.");
        var (charge, formula) = FbcSpecies.Of(e);
        var made = held
            ? builder.Reservoir(id, compartment, initial, charge, composition: formula, inAmounts: inAmounts, unit: unit, description: (string?)e.Attribute("name") ?? "")
            : builder.Species(id, compartment, initial, charge, composition: formula, inAmounts: inAmounts, unit: unit, description: (string?)e.Attribute("name") ?? "",
                conversionFactor: factor is null ? null : Expression.Symbol(factor));
        // An amount given as a concentration is taken once, even where the volume moves afterwards.
        if (held && inAmounts && amount is null && concentration is { } level0 && !ids.Started.Contains(id)) builder.InitialAssignment(id, level0 * compartment);
        species[id] = made;
        Document(e, id);
    }

    private void AddStoichiometry(XElement reference)
    {
        var id = (string)reference.Attribute("id")!;
        double value = Value(reference, "stoichiometry") ?? (IsGivenElsewhere(id) ? 1 : double.NaN);
        builder.Parameter(id, value, "1", description: (string?)reference.Attribute("name") ?? "");
        Document(reference, id);
    }

    private void AddRule(XElement e)
    {
        if (e.Name.LocalName == "algebraicRule") return;
        var target = SbmlIdentifiers.RuleTarget(e) ?? throw Fault(e, "The rule names no variable.", "Give it one.");
        if (!ids.Contains(target)) throw Fault(e, $"The rule sets '{target}', which is not declared.", "Declare it as species, parameter or compartment.");
        if (ids.IsAssignment(e)) builder.Assign(target, Math(e)); else builder.Rate(target, Math(e));
    }

    private void AddEvent(XElement e)
    {
        XElement? Child(string name) => e.Elements().FirstOrDefault(x => x.Name.LocalName == name);
        var trigger = Child("trigger");
        if (trigger is null && level < 3) throw Fault(e, "The event has no trigger.", "Give it one.");
        var assignments = e.Elements().Where(x => x.Name.LocalName == "listOfEventAssignments").Elements().Where(a => a.Name.LocalName == "eventAssignment" && HasMath(a))
            .Select(a => new EventAssignment(Target(a, "variable"), Math(a))).ToImmutableArray();
        Expression? Formula(string name) => Child(name) is { } part && HasMath(part) ? Math(part) : null;
        var id = Id(e, level) ?? (string?)e.Attribute("name") ?? "event";
        builder.When(new NetworkEvent(id, Formula("trigger") ?? Expression.Zero, assignments, trigger is null || Flag(trigger, "initialValue", true))
        {
            Delay = Formula("delay"),
            Priority = Formula("priority"),
            IsPersistent = trigger is null || Flag(trigger, "persistent", true),
            UsesTriggerTimeValues = Flag(e, "useValuesFromTriggerTime", true),
        });
        if (Id(e, level) is { } named) Document(e, named);
    }

    private string Target(XElement e, string attribute)
    {
        var target = (string?)e.Attribute(attribute) ?? throw Fault(e, $"<{e.Name.LocalName}> names no {attribute}.", "Give it one.");
        return ids.Contains(target) ? target : throw Fault(e, $"'{target}' is not declared.", "Declare it as species, parameter or compartment.");
    }
}
