using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Gives the species of a network standard potentials from elsewhere, so that affinities and the ledger follow.</summary>
public static class StandardPotentials
{
    /// <summary>Temperature in K where the model has no parameter T.</summary>
    public const double StandardTemperature = 298.15;

    /// <summary>Concentration in mol/L below which a store counts as empty.</summary>
    private const double TraceConcentration = 1e-12;

    /// <summary>The network with potentials; species that are not named keep what they have.</summary>
    /// <param name="network">The model.</param>
    /// <param name="potentials">By species; standard state 1 mol/L.</param>
    /// <param name="source">Where they are from, for the note.</param>
    /// <exception cref="NetworkException">A name is no species of the network, or a formula can't be read.</exception>
    /// <remarks>
    /// μ = μ° + RT ln(c/c°) with c° = 1 mol/L: with c in the model's unit u, RT ln(u/c°) goes into the constant. Where the model's
    /// units of amount and volume are not declared they are taken as mol and L, and a note says so.
    /// </remarks>
    public static Network WithStandardPotentials(this Network network, IReadOnlyDictionary<string, StandardPotential> potentials, string source)
    {
        if (potentials.Count == 0) return network;
        var notes = new List<string>();
        var constants = network.Constants.Temperature is null ? network.Constants with { Temperature = Temperature(network, notes) } : network.Constants;
        var known = network.Stores.OfType<Species>().ToDictionary(s => s.Name, StringComparer.Ordinal);
        var unscaled = new List<string>();
        var replaced = new Dictionary<Store, Store>();
        foreach (var (name, potential) in potentials)
        {
            if (!known.TryGetValue(name, out var species)) throw new NetworkException(
                $"'{name}' is no species of the model.", source, Near(name, known.Keys) is { } near ? $"Did you mean {near}?" : "Use the species' identifiers.");
            double? scale = MolesPerLitre(species);
            if (scale is null) unscaled.Add(name);
            replaced[species] = With(species, potential, constants.ThermalEnergy, scale ?? 1);
        }
        notes.Insert(0, $"Standard potentials of {potentials.Count} of {known.Count} species are from {source}.");
        if (unscaled.Count > 0) notes.Add($"Concentrations of {(unscaled.Count == known.Count ? "all species" : string.Join(", ", unscaled.Take(5)) + (unscaled.Count > 5 ? ", …" : ""))} have no declared unit and are taken as mol/L.");
        var content = replaced.Values.Select(s => s.ContentUnit).FirstOrDefault() ?? "";
        return network with
        {
            Constants = constants,
            Stores = [.. network.Stores.Select(s => replaced.GetValueOrDefault(s, s))],
            Processes = [.. network.Processes.Select(p => Replace(p, replaced))],
            EnergyUnit = EnergyUnit(content),
            Notes = [.. network.Notes, .. notes],
        };
    }

    private static Species With(Species species, StandardPotential potential, Expression thermalEnergy, double scale)
    {
        // μ° at 1 of the model's own unit.
        var own = scale == 1 ? (Expression)potential.JoulePerMole : potential.JoulePerMole + (thermalEnergy * Math.Log(scale));
        return species with
        {
            StandardPotential = own,
            Charge = potential.Charge ?? species.Charge,
            Composition = potential.Formula is { } formula ? ChemicalFormula.Parse(formula) : species.Composition,
            Energy = IdealDilute.Energy(species, own, thermalEnergy, TraceConcentration / scale),
        };
    }

    private static Expression Temperature(Network network, List<string> notes)
    {
        var parameter = network.Parameters.FirstOrDefault(p => p.Name is "T" or "temperature" or "Temperature"
            && (p.Unit == "K" || (p.Value.IsConstant && p.Value.Value is >= 250 and <= 400)));
        notes.Add(parameter is null
            ? $"The model declares no temperature; {StandardTemperature.ToString("0.##", CultureInfo.InvariantCulture)} K is taken."
            : $"The parameter '{parameter.Name}' is taken for the temperature.");
        return parameter?.Symbol ?? StandardTemperature;
    }

    /// <summary>One of the model's unit of concentration in mol/L; null where it is not declared or no concentration.</summary>
    private static double? MolesPerLitre(Species species)
    {
        if (species.ContentUnit.Length == 0 || species.Compartment.Unit.Length == 0) return null;
        return Unit.TryParse(species.ContentUnit) is { } amount && Unit.TryParse(species.Compartment.Unit) is { } volume && (amount / volume).IsComparableTo(Unit.Parse("M"))
            ? (amount / volume).Factor / Unit.Parse("M").Factor
            : null;
    }

    /// <summary>Unit of amount times J/mol.</summary>
    private static string EnergyUnit(string amount) => Unit.TryParse(amount) is { } unit && unit.IsComparableTo(Unit.Parse("mol"))
        ? Math.Round(Math.Log10(unit.Factor), 9) switch { 0 => "J", -3 => "mJ", -6 => "uJ", -9 => "nJ", -12 => "pJ", 3 => "kJ", _ => $"J {amount}/mol" }
        : "J";

    private static Process Replace(Process process, Dictionary<Store, Store> replaced)
    {
        ImmutableArray<Participant> Side(ImmutableArray<Participant> side) => [.. side.Select(p => p with { Store = replaced.GetValueOrDefault(p.Store, p.Store) })];
        if (!process.Stoichiometry.Concat(process.Reactants).Concat(process.Products).Any(p => replaced.ContainsKey(p.Store))) return process;
        return new Process(process.Name, process.Unit, process.Kind, Side(process.Reactants), Side(process.Products), process.Law)
        {
            Halves = [.. process.Halves.Select(h => h with { Participants = Side(h.Participants) })],
            IsReversible = process.IsReversible,
            IsFast = process.IsFast,
            Description = process.Description,
            Source = process.Source,
        };
    }

    private static string? Near(string name, IEnumerable<string> names) =>
        names.FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)) ?? names.FirstOrDefault(n => n.StartsWith(name, StringComparison.Ordinal) || name.StartsWith(n, StringComparison.Ordinal));
}
