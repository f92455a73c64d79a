using System.Xml.Linq;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Formats.Sbml.SbmlReader;

namespace Protonmotive.Formats.Sbml;

/// <summary>One reaction on its way to a process.</summary>
internal sealed class SbmlReaction(XElement e, SbmlModel model)
{
    public void Add()
    {
        var id = Id(e, model.Level)!;
        var flux = Flux(id);
        model.Builder.Process(new Process(id, model.ExtentRateUnit, ProcessKind.Reaction, [.. Side("listOfReactants")], [.. Side("listOfProducts")], FluxLaw.Formula(flux))
        {
            IsReversible = Flag(e, "reversible", true),
            IsFast = Flag(e, "fast"),
            Description = (string?)e.Attribute("name") ?? "",
        });
    }

    private Expression Flux(string id)
    {
        var law = e.Elements().FirstOrDefault(x => x.Name.LocalName == "kineticLaw");
        if (law is null || !model.HasMath(law))
        {
            model.Builder.Note($"The reaction '{id}' has no rate law; it is taken not to run.");
            return Expression.Zero;
        }
        var local = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var p in law.Elements().Where(x => x.Name.LocalName is "listOfParameters" or "listOfLocalParameters").Elements().Where(p => p.Name.LocalName is "parameter" or "localParameter"))
        {
            var name = Id(p, model.Level) ?? throw model.Fault(p, "A local parameter has no id.", "Give it an id.");
            if (!local.TryAdd(name, $"{id}.{name}")) throw model.Fault(p, $"The local parameter '{name}' is declared twice.", "Give one of them another id.");
            double value = model.Value(p, "value") ?? throw model.Fault(p, $"The local parameter '{name}' has no value.", "Give it a value.");
            model.Builder.Parameter(local[name], value, model.Units.Text((string?)p.Attribute("units")), description: (string?)p.Attribute("name") ?? "");
            model.Document(p, local[name]);
        }
        return model.Math(law, local.GetValueOrDefault);
    }

    private IEnumerable<Participant> Side(string list) =>
        e.Elements().Where(x => x.Name.LocalName == list).Elements().Where(x => x.Name.LocalName is "speciesReference" or "specieReference")
            .Select(reference => new Participant(
                model.FindSpecies(reference, (string?)reference.Attribute("species") ?? (string?)reference.Attribute("specie") ?? ""),
                Coefficient(reference)));

    private Expression Coefficient(XElement reference)
    {
        if (model.StoichiometryName(reference) is { } name) return Expression.Symbol(name);
        if (reference.Elements().FirstOrDefault(x => x.Name.LocalName == "stoichiometryMath") is { } math && model.HasMath(math)) return model.Math(math);
        double coefficient = model.Value(reference, "stoichiometry") ?? (model.Level < 3 ? 1
            : throw model.Fault(reference, "The stoichiometry is missing.", "Give it a number, a rule or an initial assignment."));
        return coefficient / (model.Value(reference, "denominator") ?? 1);
    }
}
