using System.Globalization;
using Protonmotive.Networks;
using static Protonmotive.Formats.Sbml.Writing.XmlText;

namespace Protonmotive.Formats.Sbml.Writing;

/// <remarks>Species and reactions.</remarks>
internal sealed partial class SbmlDocumentWriter
{
    private void WriteSpecies(SbmlSpecies s)
    {
        var species = s.Species;
        var own = Substance(species);
        xml.Start("species", ("metaid", documentation.MetaId(species.Name)), ("sboTerm", documentation.Term(species.Name)), ("id", identifiers.Of(species.Name)), ("name", Name(species.Name, species.Description)),
            ("compartment", identifiers.Of(species.Compartment.Name)), ("initialAmount", s.Amount is { } n ? Number(n) : null), ("initialConcentration", s.Concentration is { } c ? Number(c) : null),
            ("substanceUnits", own == substance ? null : units.Of(own)), ("hasOnlySubstanceUnits", Flag(species.InAmounts)), ("boundaryCondition", Flag(s.IsBoundary)),
            ("constant", Flag(species.IsReservoir && !translation.Varying.Contains(species.Name))), ("conversionFactor", s.ConversionFactor is null ? null : identifiers.Of(s.ConversionFactor)),
            ("fbc:charge", Charge(species)), ("fbc:chemicalFormula", Formula(species)));
        documentation.Write(xml, species.Name, species.Source, Identifier(species.Name), StandardPotential(species));
        xml.End();
        CheckUnit(species);
    }

    /// <summary>The unit of the amount: what stands before the compartment's unit in that of a concentration.</summary>
    private static string Substance(Species species)
    {
        if (species.InAmounts) return species.Unit.Length > 0 ? species.Unit : species.ContentUnit;
        var below = "/" + species.Compartment.Unit;
        return below.Length > 1 && species.Unit.EndsWith(below, StringComparison.Ordinal) ? species.Unit[..^below.Length] : species.ContentUnit;
    }

    /// <summary>SBML has no unit of concentration: it is the substance over the compartment's. A network may have said another.</summary>
    private void CheckUnit(Species species)
    {
        var below = species.Compartment.Unit;
        var derived = Unit.TryParse(species.InAmounts ? Substance(species) : below.Contains(' ', StringComparison.Ordinal) || below.Contains('/', StringComparison.Ordinal) ? $"{Substance(species)}/({below})" : $"{Substance(species)}/{below}");
        if (derived is not null && Unit.TryParse(species.Unit) is { } declared && !declared.Matches(derived))
            translation.Losses.Add($"the unit '{species.Unit}' of '{species.Name}' is not its amount over its volume ({derived}), and is not kept");
    }

    private static string? Charge(Species species) => species.Charge is { } z && z == Math.Round(z) && Math.Abs(z) < int.MaxValue ? Number(z) : null;

    /// <summary>Hill's order: carbon, hydrogen, then by the alphabet.</summary>
    private static string? Formula(Species species)
    {
        if (species.Composition is not { Count: > 0 } atoms || atoms.Values.Any(n => n != Math.Round(n) || n < 0)) return null;
        bool isOrganic = atoms.ContainsKey("C");
        return string.Concat(atoms.Where(a => a.Value > 0).OrderBy(a => !isOrganic ? 2 : a.Key == "C" ? 0 : a.Key == "H" ? 1 : 2).ThenBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => a.Key + (a.Value == 1 ? "" : a.Value.ToString("0", CultureInfo.InvariantCulture))));
    }

    /// <summary>Our annotation of a standard potential that is a number, in the network's energy over amount.</summary>
    private string? StandardPotential(Species species)
    {
        if (species.StandardPotential is not { IsConstant: true } potential) return null;
        var unit = network.EnergyUnit.Length > 0 && species.ContentUnit.Length > 0 ? $"{network.EnergyUnit}/{species.ContentUnit}" : network.EnergyUnit;
        return $"<thermo:standardPotential xmlns:thermo=\"{SbmlNamespaces.Thermodynamics}\" value=\"{Number(potential.Value)}\" unit=\"{Escape(unit)}\" />";
    }

    private void WriteReaction(SbmlReactionPart r)
    {
        var name = r.Process.Name;
        xml.Start("reaction", ("metaid", documentation.MetaId(name)), ("sboTerm", documentation.Term(name)), ("id", identifiers.Of(name)), ("name", Name(name, r.Process.Description)), ("reversible", Flag(r.Process.IsReversible)));
        documentation.Write(xml, name, r.Process.Source, Identifier(name, r.Process.IsFast));
        List("listOfReactants", r.Reactants, WriteParticipant);
        List("listOfProducts", r.Products, WriteParticipant);
        List("listOfModifiers", r.Modifiers, m => xml.Empty("modifierSpeciesReference", ("species", identifiers.Of(m))));
        xml.Start("kineticLaw");
        var local = r.Local.ToDictionary(l => l.Parameter.Name, l => l.Name, StringComparer.Ordinal);
        Mathematics(symbol => local.GetValueOrDefault(symbol) ?? identifiers.Of(symbol)).Write(r.Law, $"flux of {name}");
        List("listOfLocalParameters", r.Local, l => WriteLocal(l.Parameter, l.Name));
        xml.End();
        xml.End();
    }

    private void WriteLocal(Parameter p, string name)
    {
        xml.Start("localParameter", ("metaid", documentation.MetaId(p.Name)), ("sboTerm", documentation.Term(p.Name)), ("id", name), ("name", Name(p.Name, p.Description)),
            ("value", Number(p.Value.Value)), ("units", units.Of(p.Unit)));
        documentation.Write(xml, p.Name, p.Source);
        xml.End();
    }

    private void WriteParticipant(SbmlParticipant p)
    {
        var meta = p.Name is null ? null : documentation.MetaId(p.Name);
        var description = p.Name is null ? null : Name(p.Name, network.Find(p.Name)?.Description ?? "");
        xml.Start("speciesReference", ("metaid", meta), ("sboTerm", p.Name is null ? null : documentation.Term(p.Name)), ("id", p.Name is null ? null : identifiers.Of(p.Name)), ("name", description),
            ("species", identifiers.Of(p.Species)), ("stoichiometry", p.Coefficient is { } c ? Number(c) : null), ("constant", p.Name is null ? "true" : Constant(p.Name)));
        if (p.Name is not null) documentation.Write(xml, p.Name, own: Identifier(p.Name));
        xml.End();
    }
}
