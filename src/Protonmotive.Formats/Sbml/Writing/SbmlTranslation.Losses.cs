using Protonmotive.Networks;

namespace Protonmotive.Formats.Sbml.Writing;

/// <remarks>What a reader of the file can't know any more. The equations are all there; the account of energies is not.</remarks>
internal sealed partial class SbmlTranslation
{
    private void ListLosses()
    {
        foreach (var store in network.Stores)
        {
            if (store is Membrane) Losses.Add($"membrane '{store.Name}': written as a parameter with its charge; that it is a membrane, and its capacitive energy, are not kept");
            else if (store is HeatStore) Losses.Add($"heat store '{store.Name}': written as a parameter with its heat; its exergy is not kept");
            else if (store is EnergyStore) Losses.Add($"store '{store.Name}': written as a parameter; its energy is not kept");
        }
        foreach (var species in network.Stores.OfType<Species>())
        {
            if (species.StandardPotential is { IsConstant: false }) Losses.Add($"species '{species.Name}': its standard potential is a formula, and is not kept");
            if (species.Binding is not null) Losses.Add($"species '{species.Name}': its binding polynomial is not kept, except where laws use it");
            if (species.Charge is { } charge && charge != Math.Round(charge)) Losses.Add($"species '{species.Name}': its charge {charge} is no whole number, and is not kept");
            if (species.Composition is { } atoms && atoms.Values.Any(n => n != Math.Round(n) || n < 0)) Losses.Add($"species '{species.Name}': its formula has broken numbers, and is not kept");
        }
        Count(network.Processes.Count(p => !p.Halves.IsEmpty), "process", "the split by carrier");
        Count(network.Processes.Count(p => p.Kind != ProcessKind.Reaction), "process", "the kind of boundary");
        Count(network.Boundaries.Length, "boundary", "its account");
        Count(network.SharedEnergies.Length, "shared energy", "its energy");
        Count(network.Processes.Count(p => p.IsFast), "fast process", "that it is at equilibrium, for other programs: they see a law of finite rate");
        if (network.Per.Length > 0) Losses.Add($"that quantities are counted per {network.Per} is not kept");
    }

    private void Count(int number, string what, string lost)
    {
        if (number > 0) Losses.Add($"{number} {(number == 1 ? what : what.EndsWith('s') ? what + "es" : what.EndsWith('y') ? what[..^1] + "ies" : what + "s")}: {lost} {(lost.Contains("at equilibrium", StringComparison.Ordinal) ? "is lost" : "is not kept")}");
    }
}
