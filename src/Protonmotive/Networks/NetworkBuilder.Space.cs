using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <remarks>One network at many places, and exchange between neighbours.</remarks>
public sealed partial class NetworkBuilder
{
    private Place? place;

    /// <summary>
    /// Declares the same network at each place of a grid. What <paramref name="declare"/> declares belongs to the place and carries its
    /// suffix (<c>X[3,4]</c>); in equations and rules of the place plain names mean what is there, or else what all places
    /// share, declared before. Processes and stores of all places are one line of the ledger, under the plain name, and the sum of a process's
    /// fluxes is a quantity of that name.
    /// </summary>
    /// <param name="grid">The places.</param>
    /// <param name="declare">Declares what is at a place: its stores, processes and rules; values may depend on the place.</param>
    /// <example>
    /// <code>
    /// var ring = Grid.Ring(100, spacing: 1e-4);
    /// b.Replicate(ring, place => b.Species("X", slice, initial: 1 + 0.1 * place.Noise(seed: 1), standardPotential: 0));
    /// b.Diffusion(ring, "X", D);
    /// </code>
    /// </example>
    /// <exception cref="NetworkException">It is called within a place.</exception>
    public NetworkBuilder Replicate(Grid grid, Action<Place> declare)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(declare);
        if (place is { } within) throw new NetworkException($"Places can't hold places, but one is declared within {within}.", $"network {name}", "Replicate one grid after the other.");
        int before = processes.Count;
        try
        {
            foreach (var next in grid.Places)
            {
                place = next;
                declare(next);
            }
        }
        finally
        {
            place = null;
        }
        DefineTotals(before);
        return this;
    }

    /// <summary>Exchange of a store between all neighbours of a grid: the same process at each bond, one line of the ledger.</summary>
    /// <param name="grid">The grid that the store was replicated on.</param>
    /// <param name="name">Name of the process.</param>
    /// <param name="store">Plain name of the store.</param>
    /// <param name="law">The law from one place to its neighbour: Ohm (of affinities), Fick (of concentrations), Goldman-Hodgkin-Katz (of ions).</param>
    /// <param name="kind">What kind of boundary it is.</param>
    /// <param name="unit">Unit of the flux.</param>
    /// <param name="description">For readers.</param>
    /// <exception cref="NetworkException">The store is not at every place.</exception>
    public NetworkBuilder Exchange(Grid grid, string name, string store, FluxLaw law, ProcessKind kind = ProcessKind.Conductor, string? unit = null, string description = "") =>
        Exchange(grid, name, store, _ => law, kind, unit, description);

    /// <summary>Exchange whose law depends on the bond: along an axis, or by place.</summary>
    /// <inheritdoc cref="Exchange(Grid, string, string, FluxLaw, ProcessKind, string, string)"/>
    public NetworkBuilder Exchange(Grid grid, string name, string store, Func<Bond, FluxLaw> law, ProcessKind kind = ProcessKind.Conductor, string? unit = null, string description = "")
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(law);
        int before = processes.Count;
        foreach (var bond in grid.Bonds)
        {
            Add(processes, new Process(name + bond.From.Suffix + "→" + bond.To.Suffix, unit ?? $"{AmountUnit}/{TimeUnit}", kind, [new(At(bond.From), 1)], [new(At(bond.To), 1)], law(bond))
            {
                Description = description,
                Group = name,
            }, "process");
        }
        DefineTotals(before);
        return this;

        Store At(Place at) => FindStore(store + at.Suffix) ?? throw new NetworkException(
            $"'{store}' is not at the place {at}.", $"network {this.name}, exchange {name}", $"Declare '{store}' in Replicate over the same grid before its exchange.");
    }

    /// <summary>Diffusion of a species between places of equal size: J = D·(V/h²)·(c₁ − c₂), Fick's law over the distance h of the grid.</summary>
    /// <param name="grid">The grid that the species was replicated on.</param>
    /// <param name="species">Plain name of the species.</param>
    /// <param name="coefficient">Diffusion coefficient D, in the square of the grid's length over time.</param>
    /// <remarks>
    /// A wave of wave number k decays at the rate D·(2 − 2 cos kh)/h², which differs from D k² by a share of (kh)²/12. Its dissipation is RT (c₁ − c₂) ln(c₁/c₂)
    /// times D·V/h²: that of the flux in the difference of chemical potentials.
    /// </remarks>
    /// <exception cref="NetworkException">The species is not at every place.</exception>
    public NetworkBuilder Diffusion(Grid grid, string species, Expression coefficient)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return Exchange(grid, "diffusion_" + species, species,
            bond => FluxLaw.Fick(coefficient * FindStore(species + bond.From.Suffix)!.Place!.Symbol / (grid.Spacing * grid.Spacing)), description: $"Fick, over a distance of {grid.Spacing.ToString("g6", System.Globalization.CultureInfo.InvariantCulture)}");
    }

    /// <summary>The flux of each group of new processes, summed over its places.</summary>
    private void DefineTotals(int from)
    {
        foreach (var group in processes.Skip(from).GroupBy(p => p.Group, StringComparer.Ordinal).ToList())
            Define(group.Key, Expression.Sum(group.Select(p => p.Symbol)), group.First().Unit, "sum over all places");
    }

    /// <summary>A name as the place declares it.</summary>
    private string Named(string plain) => place is null ? plain : plain + place.Suffix;

    /// <summary>What a rule means by a name: what is at the place, or else what all share.</summary>
    private string Meant(string target) => place is { } at && names.ContainsKey(target + at.Suffix) ? target + at.Suffix : target;

    /// <summary>What a quantity is one of: its plain name at a place, else nothing.</summary>
    private string GroupOf(string plain) => place is null ? "" : plain;
}
