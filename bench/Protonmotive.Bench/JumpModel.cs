using System.Globalization;
using System.Text;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Bench;

/// <summary>A mass-action jump process, written once for both codes.</summary>
/// <param name="Name">Shown in the table.</param>
/// <param name="Amounts">Amounts at the start.</param>
/// <param name="Channels">Rate constant, reactants with their order, changes of amounts.</param>
/// <param name="End">Length of a run.</param>
/// <param name="Runs">Runs of one timing.</param>
internal sealed record JumpModel(string Name, double[] Amounts, (double Rate, (int Species, int Order)[] Reactants, (int Species, int Change)[] Changes)[] Channels, double End, int Runs)
{
    /// <summary>The models timed.</summary>
    public static JumpModel[] All =>
    [
        new("birth and death", [100], [(0.1, [(0, 1)], [(0, 1)]), (0.11, [(0, 1)], [(0, -1)])], 50, 20_000),
        new("immigration and death", [0], [(10, [], [(0, 1)]), (0.1, [(0, 1)], [(0, -1)])], 50, 20_000),
        new("dimerisation", [100, 0], [(0.001, [(0, 2)], [(0, -2), (1, 1)]), (0.01, [(1, 1)], [(0, 2), (1, -1)])], 50, 50_000),
        Ring(100, 200),
        Ring(1000, 20),
    ];

    /// <summary>The table that the C program reads.</summary>
    public string Table()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"species {Amounts.Length}").AppendLine(string.Join(' ', Amounts));
        text.AppendLine(CultureInfo.InvariantCulture, $"channels {Channels.Length}");
        foreach (var (rate, reactants, changes) in Channels)
            text.AppendLine(CultureInfo.InvariantCulture, $"{rate} {reactants.Length} {string.Join(' ', reactants.Select(r => $"{r.Species} {r.Order}"))} {changes.Length} {string.Join(' ', changes.Select(c => $"{c.Species} {c.Change}"))}");
        return text.ToString();
    }

    /// <summary>The engine's network.</summary>
    public Network Network()
    {
        var b = new NetworkBuilder(Name);
        var cell = b.Compartment("cell", 1);
        var species = Amounts.Select((a, i) => b.Species($"S{i}", cell, a, inAmounts: true)).ToArray();
        for (int k = 0; k < Channels.Length; k++)
        {
            var (rate, reactants, changes) = Channels[k];
            var law = Expression.Product(reactants.SelectMany(r => Enumerable.Range(0, r.Order).Select(j => species[r.Species].Symbol - j)).Prepend(b.Parameter($"k{k}", rate).Symbol));
            b.Process($"R{k}", ProcessKind.Reaction,
                changes.Where(c => c.Change < 0).Select(c => new Participant(species[c.Species], -c.Change)),
                changes.Where(c => c.Change > 0).Select(c => new Participant(species[c.Species], c.Change)), FluxLaw.Formula(law), reversible: false);
        }
        return b.Build();
    }

    // Things that hop either way round a ring of places.
    private static JumpModel Ring(int places, int runs) => new($"ring of {places}", [.. Enumerable.Range(0, places).Select(i => i % 10 == 0 ? 200.0 : 0)],
        [.. Enumerable.Range(0, places).SelectMany(i => new[] { (i, (i + 1) % places), ((i + 1) % places, i) })
            .Select(hop => (1.0, new[] { (hop.Item1, 1) }, new[] { (hop.Item1, -1), (hop.Item2, 1) }))], 5, runs);
}
