using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>What is looked up in a network again and again, found once: quantities by name, rules by target, processes by store.</summary>
internal sealed class NetworkIndex
{
    private static readonly ConditionalWeakTable<Network, NetworkIndex> known = [];
    private readonly Network network;
    private readonly Dictionary<string, Quantity> quantities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly HashSet<string> assigned;
    private readonly Lazy<Dictionary<string, List<(Process Process, Participant Participant)>>> users;
    private readonly Dictionary<string, List<Membrane>> membranes = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, List<Process>>> crossings;

    private NetworkIndex(Network network)
    {
        this.network = network;
        for (int i = 0; i < network.Stores.Length; i++) places.TryAdd(network.Stores[i].Name, i);
        foreach (var quantity in network.Stores.Concat<Quantity>(network.Parameters).Concat(network.Processes).Concat(network.Compartments).Concat(network.Variables))
            quantities.TryAdd(quantity.Name, quantity);
        assigned = network.Assignments.Select(a => a.Target).ToHashSet(StringComparer.Ordinal);
        foreach (var membrane in network.Membranes)
        {
            foreach (var side in membrane.Negative.Select(c => c.Name).Distinct())
            {
                if (!membranes.TryGetValue(side, out var beside)) membranes.Add(side, beside = []);
                beside.Add(membrane);
            }
        }
        users = new(Users);
        crossings = new(Crossings);
    }

    /// <summary>The index of a network; made at its first use.</summary>
    public static NetworkIndex Of(Network network) => known.GetValue(network, n => new NetworkIndex(n));

    /// <summary>The first quantity of a name: stores, then parameters, processes, compartments, variables.</summary>
    public Quantity? Find(string name) => quantities.GetValueOrDefault(name);

    /// <summary>Whether an assignment rule gives a quantity.</summary>
    public bool IsAssigned(string name) => assigned.Contains(name);

    /// <summary>The processes that change a store, in the network's order, with what each adds per unit of flux.</summary>
    public IEnumerable<(Process Process, Expression Coefficient)> Changing(Store store)
    {
        if (store is Membrane)
        {
            foreach (var process in crossings.Value.GetValueOrDefault(store.Name, [])) if (network.Coefficient(process, store) is { } charge) yield return (process, charge);
            yield break;
        }
        if (!users.Value.TryGetValue(store.Name, out var found)) yield break;
        foreach (var (process, participant) in found)
        {
            if (participant.Store == store) yield return (process, participant.Coefficient * ((store as Species)?.ConversionFactor ?? Expression.One));
        }
    }

    /// <summary>The stores that a process changes, in the network's order, with what it adds per unit of flux.</summary>
    public IEnumerable<(Store Store, Expression Coefficient)> ChangedBy(Process process)
    {
        foreach (int place in process.Stoichiometry.Select(p => p.Store.Name).Concat(MembranesOf(process).Select(m => m.Name)).Where(places.ContainsKey).Select(n => places[n]).Distinct().Order())
        {
            if (network.Coefficient(process, network.Stores[place]) is { } coefficient) yield return (network.Stores[place], coefficient);
        }
    }

    /// <summary>The membranes whose N side a process or a part of it touches, in the network's order: it moves charge across no other.</summary>
    public ImmutableArray<Membrane> MembranesOf(Process process)
    {
        if (membranes.Count == 0) return [];
        var beside = process.Stoichiometry.Concat(process.Halves.SelectMany(h => h.Participants)).Select(p => p.Store.Place?.Name).OfType<string>().Distinct()
            .SelectMany(place => membranes.GetValueOrDefault(place, [])).DistinctBy(m => m.Name).OrderBy(m => places[m.Name]);
        return process.Halves.Any(h => h.Charge is not null) ? [.. network.Membranes] : [.. beside]; // a stated charge may cross any
    }

    private Dictionary<string, List<Process>> Crossings()
    {
        var byMembrane = new Dictionary<string, List<Process>>(StringComparer.Ordinal);
        foreach (var process in network.Processes)
        {
            foreach (var membrane in MembranesOf(process))
            {
                if (!byMembrane.TryGetValue(membrane.Name, out var list)) byMembrane.Add(membrane.Name, list = []);
                list.Add(process);
            }
        }
        return byMembrane;
    }

    private Dictionary<string, List<(Process Process, Participant Participant)>> Users()
    {
        var byStore = new Dictionary<string, List<(Process, Participant)>>(StringComparer.Ordinal);
        foreach (var process in network.Processes)
        {
            foreach (var participant in process.Stoichiometry)
            {
                if (!byStore.TryGetValue(participant.Store.Name, out var list)) byStore.Add(participant.Store.Name, list = []);
                list.Add((process, participant));
            }
        }
        return byStore;
    }
}
