using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Formats.Sbml.Writing.XmlText;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>Writes a translated network as a file.</summary>
internal sealed partial class SbmlDocumentWriter
{
    private readonly Network network;
    private readonly SbmlTranslation translation;
    private readonly IdentifierTable identifiers;
    private readonly SbmlUnitDefinitions units = new();
    private readonly SbmlDocumentation documentation;
    private readonly XmlText xml;
    private readonly string substance;

    public SbmlDocumentWriter(Network network, SbmlTranslation translation, TextWriter writer)
    {
        this.network = network;
        this.translation = translation;
        xml = new XmlText(writer);
        documentation = new SbmlDocumentation(network, translation.Losses);
        identifiers = new IdentifierTable([.. translation.Names], translation.Reactions.SelectMany(r => r.Local).Select(l => l.Name));
        substance = translation.Species.Select(s => s.Species.ContentUnit).FirstOrDefault(u => u.Length > 0) ?? "";
    }

    public void Write()
    {
        CollectUnits();
        bool hasData = translation.Species.Any(s => Charge(s.Species) is not null || Formula(s.Species) is not null);
        xml.Declaration();
        xml.Start("sbml", ("xmlns", SbmlNamespaces.Core), ("level", "3"), ("version", "2"),
            ("xmlns:distrib", translation.Draws.Count > 0 ? SbmlNamespaces.Distributions : null), ("distrib:required", translation.Draws.Count > 0 ? "true" : null),
            ("xmlns:fbc", hasData ? SbmlNamespaces.FluxBalance : null), ("fbc:required", hasData ? "false" : null));
        bool isIdentifier = identifiers.TryTake(network.Name);
        xml.Start("model", ("metaid", documentation.MetaId("")), ("sboTerm", documentation.Term("")), ("id", isIdentifier ? network.Name : null),
            ("name", documentation.Name("") ?? (isIdentifier || network.Name.Length == 0 ? null : network.Name)),
            ("substanceUnits", units.Of(substance)), ("timeUnits", units.Of(TimeUnit)), ("extentUnits", units.Of(substance)), ("fbc:strict", hasData ? "false" : null));
        documentation.Write(xml, "");
        units.Write(xml);
        List("listOfCompartments", network.Compartments, WriteCompartment);
        List("listOfSpecies", translation.Species, WriteSpecies);
        List("listOfParameters", translation.Parameters, WriteParameter);
        List("listOfInitialAssignments", translation.InitialAssignments, i => Formula("initialAssignment", "symbol", i.Target, i.Value));
        WriteRules();
        List("listOfReactions", translation.Reactions, WriteReaction);
        List("listOfEvents", translation.Events, WriteEvent);
        xml.End();
        xml.End();
        foreach (var text in units.Unknown) translation.Losses.Add($"the unit '{text}' is none that SBML can define, and is not kept");
    }

    /// <summary>The unit of time; what a reader calls it where a file names none is not written.</summary>
    private string TimeUnit => network.TimeUnit == "time unit" ? "" : network.TimeUnit;

    private MathMlWriter Mathematics(Func<string, string>? identifier = null) => new(xml, identifier ?? identifiers.Of, translation.Draws);

    private void List<T>(string name, IReadOnlyCollection<T> items, Action<T> write)
    {
        if (items.Count == 0) return;
        xml.Start(name);
        foreach (var item in items) write(item);
        xml.End();
    }

    /// <summary>Units come before the elements that name them.</summary>
    private void CollectUnits()
    {
        units.Of(substance);
        units.Of(TimeUnit);
        foreach (var c in network.Compartments) units.Of(c.Unit);
        foreach (var s in translation.Species) units.Of(Substance(s.Species));
        foreach (var p in translation.Parameters) units.Of(p.Unit);
        foreach (var (parameter, _) in translation.Reactions.SelectMany(r => r.Local)) units.Of(parameter.Unit);
    }

    private void WriteCompartment(Compartment c)
    {
        bool isGiven = network.Assignments.Any(a => a.Target == c.Name) || translation.InitialAssignments.Exists(i => i.Target == c.Name);
        xml.Start("compartment", ("metaid", documentation.MetaId(c.Name)), ("sboTerm", documentation.Term(c.Name)), ("id", identifiers.Of(c.Name)), ("name", Name(c.Name, c.Description)),
            ("spatialDimensions", Dimensions(c)), ("size", isGiven || !c.Size.IsConstant ? null : Number(c.Size.Value)), ("units", units.Of(c.Unit)), ("constant", Constant(c.Name)));
        documentation.Write(xml, c.Name, c.Source, Identifier(c.Name));
        xml.End();
    }

    private static string Dimensions(Compartment c) => Unit.TryParse(c.Unit)?.Dimension switch
    {
        { Metre: 2 } d when d == new Dimension(Metre: 2) => "2",
        { Metre: 1 } d when d == new Dimension(Metre: 1) => "1",
        _ => "3",
    };

    private void WriteParameter(SbmlParameter p)
    {
        xml.Start("parameter", ("metaid", documentation.MetaId(p.Name)), ("sboTerm", documentation.Term(p.Name)), ("id", identifiers.Of(p.Name)), ("name", Name(p.Name, p.Description)),
            ("value", p.Value is { } value ? Number(value) : null), ("units", units.Of(p.Unit)), ("constant", Constant(p.Name)));
        documentation.Write(xml, p.Name, p.Source, Identifier(p.Name));
        xml.End();
    }

    private void WriteRules()
    {
        if (translation.Assignments.Count + translation.Rates.Count + translation.AlgebraicRules.Count == 0) return;
        xml.Start("listOfRules");
        foreach (var (target, value) in translation.Assignments) Formula("assignmentRule", "variable", target, value);
        foreach (var (target, value) in translation.Rates) Formula("rateRule", "variable", target, value);
        foreach (var residual in translation.AlgebraicRules)
        {
            xml.Start("algebraicRule");
            Mathematics().Write(residual, "algebraic rule");
            xml.End();
        }
        xml.End();
    }

    private void WriteEvent(NetworkEvent e)
    {
        bool isIdentifier = identifiers.TryTake(e.Name);
        xml.Start("event", ("metaid", documentation.MetaId(e.Name)), ("sboTerm", documentation.Term(e.Name)), ("id", isIdentifier ? e.Name : null),
            ("name", documentation.Name(e.Name) ?? (isIdentifier || e.Name.Length == 0 ? null : e.Name)), ("useValuesFromTriggerTime", Flag(e.UsesTriggerTimeValues)));
        documentation.Write(xml, e.Name);
        xml.Start("trigger", ("initialValue", Flag(e.TrueBeforeStart)), ("persistent", Flag(e.IsPersistent)));
        Mathematics().Write(e.Trigger, $"trigger of {e.Name}", isTruth: true);
        xml.End();
        WriteTime("delay", e.Delay, e.Name);
        WriteTime("priority", e.Priority, e.Name);
        List("listOfEventAssignments", e.Assignments, a => Formula("eventAssignment", "variable", a.Target, a.Value));
        xml.End();
    }

    private void WriteTime(string element, Expression? formula, string name)
    {
        if (formula is null) return;
        xml.Start(element);
        Mathematics().Write(formula, $"{element} of {name}");
        xml.End();
    }

    private void Formula(string element, string attribute, string target, Expression value)
    {
        xml.Start(element, (attribute, identifiers.Of(target)));
        Mathematics().Write(value, $"{element} of {target}");
        xml.End();
    }

    private string Constant(string name) => Flag(!translation.Varying.Contains(name));

    private string? Name(string name, string description) => description.Length > 0 ? description : documentation.Name(name);

    /// <summary>Our annotation that tells a name which is no identifier; null where the identifier is the name.</summary>
    private string? Identifier(string name, bool isFast = false)
    {
        bool isName = identifiers.Of(name) == name;
        if (isName && !isFast) return null;
        return $"<network:element xmlns:network=\"{SbmlNamespaces.Network}\"{(isName ? "" : $" name=\"{Escape(name)}\"")}{(isFast ? " fast=\"true\"" : "")} />";
    }
}
