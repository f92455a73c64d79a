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
        if (Flag(e, "fast")) throw model.Fault(e, $"The reaction '{id}' is fast; fast reactions are not read yet.", "Give it a large rate constant instead.");
        var law = Child("kineticLaw") ?? throw model.Fault(e, $"The reaction '{id}' has no kinetic law.", "Give it a kineticLaw.");
        var local = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var p in law.Elements().Where(x => x.Name.LocalName is "listOfParameters" or "listOfLocalParameters").Elements().Where(p => p.Name.LocalName is "parameter" or "localParameter"))
        {
            var name = Id(p, model.Level) ?? throw model.Fault(p, "A local parameter has no id.", "Give it an id.");
            if (!local.TryAdd(name, $"{id}.{name}")) throw model.Fault(p, $"The local parameter '{name}' is declared twice.", "Give one of them another id.");
            double value = model.Value(p, "value") ?? throw model.Fault(p, $"The local parameter '{name}' has no value.", "Give it a value.");
            model.Builder.Parameter(local[name], value, model.Units.Text((string?)p.Attribute("units")), description: (string?)p.Attribute("name") ?? "");
        }
        var flux = model.Math(law, name => local.GetValueOrDefault(name));
        model.Builder.Process(id, ProcessKind.Reaction, Side("listOfReactants"), Side("listOfProducts"), FluxLaw.Formula(flux),
            reversible: Flag(e, "reversible", true), description: (string?)e.Attribute("name") ?? "");
    }

    private IEnumerable<Participant> Side(string list)
    {
        foreach (var reference in e.Elements().Where(x => x.Name.LocalName == list).Elements().Where(x => x.Name.LocalName is "speciesReference" or "specieReference"))
        {
            if (model.Level == 3 && !Flag(reference, "constant", true)) throw model.Fault(reference, "Variable stoichiometry is not read yet.", "Make the coefficient constant.");
            var species = model.FindSpecies(reference, (string?)reference.Attribute("species") ?? (string?)reference.Attribute("specie") ?? "");
            if (reference.Elements().FirstOrDefault(x => x.Name.LocalName == "stoichiometryMath") is { } math)
            {
                yield return new Participant(species, model.Math(math));
                continue;
            }
            double coefficient = model.Value(reference, "stoichiometry") ?? (model.Level < 3 ? 1 : throw model.Fault(reference, "The stoichiometry is missing.", "Give it a number."));
            yield return new Participant(species, coefficient / (model.Value(reference, "denominator") ?? 1));
        }
    }

    private XElement? Child(string name) => e.Elements().FirstOrDefault(x => x.Name.LocalName == name);
}
