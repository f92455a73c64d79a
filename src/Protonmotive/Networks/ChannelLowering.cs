using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Turns a network into channels: propensities and changes are resolved by the same lowering as rates.</summary>
internal sealed class ChannelLowering(Network network)
{
    private const string Prefix = "channel.";

    public ChannelSystem Lower(IEnumerable<Observable> more)
    {
        Refuse();
        var parts = network.Processes.SelectMany(Parts).ToList();
        var observables = more.ToList();
        for (int k = 0; k < parts.Count; k++)
        {
            observables.Add(new Observable($"{Prefix}{k}", "", parts[k].Propensity));
            foreach (var (store, amount) in parts[k].Changes) observables.Add(new Observable($"{Prefix}{k}.{store}", "", amount));
        }

        var lowered = network.Lower(null, observables);
        if (!lowered.Delays.IsEmpty) throw Refused($"'{lowered.Delays[0].Value}' is looked at as it was before");
        if (!lowered.Mass.IsEmpty) throw Refused("An algebraic equation determines a quantity");
        var moving = network.Rates.Select(r => network.Stores.FirstOrDefault(s => s.Name == r.Target)?.ContentName ?? r.Target).ToHashSet(StringComparer.Ordinal);
        var relations = new Dictionary<Expression, Expression>();
        foreach (var mode in lowered.Modes) relations[Expression.Symbol(mode.Name)] = mode.Relation.Substitute(relations);
        var indices = lowered.States.Select((s, i) => (s.Name, i)).ToDictionary(s => s.Name, s => s.i, StringComparer.Ordinal);
        var resolved = lowered.Observables.Where(o => o.Name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal);

        var channels = parts.Select((part, k) => new Channel(part.Name, resolved[$"{Prefix}{k}"].Simplify(),
            [.. part.Changes.Where(c => indices.ContainsKey(c.Store)).Select(c => new ChannelChange(indices[c.Store], resolved[$"{Prefix}{k}.{c.Store}"].Simplify()))]) { Process = part.Process })
            .ToImmutableArray();
        var changed = channels.SelectMany(c => c.Changes).Select(c => lowered.States[c.State].Name).ToHashSet(StringComparer.Ordinal);
        var species = network.Stores.OfType<Species>().Select(s => s.ContentName).ToHashSet(StringComparer.Ordinal);
        if (moving.FirstOrDefault(changed.Contains) is { } both) throw Refused($"'{both}' is moved by a rate rule and by processes");

        return new ChannelSystem
        {
            Channels = channels,
            Equations = lowered with
            {
                States = [.. lowered.States.Select(s => s with { Rate = moving.Contains(s.Name) ? s.Rate.Substitute(relations) : Expression.Zero })],
                Modes = [],
                Quadratures = [],
                Events = [.. lowered.Events.Select(e => e with { Trigger = e.Trigger.Substitute(relations) })],
                Observables = [.. lowered.Observables.Where(o => !o.Name.StartsWith(Prefix, StringComparison.Ordinal))],
            },
            IsCounted = [.. lowered.States.Select(s => changed.Contains(s.Name) && species.Contains(s.Name))],
            IsMoving = [.. lowered.States.Select(s => moving.Contains(s.Name))],
        };
    }

    private void Refuse()
    {
        if (network.AlgebraicRules.Length > 0) throw Refused($"An algebraic rule determines '{network.AlgebraicRules[0].Target}'");
        if (network.Processes.FirstOrDefault(p => p.IsFast) is { } fast) throw Refused($"The process '{fast.Name}' is fast");
        var formulas = network.Processes.Select(p => p.Law.Fluxes(p, network.Constants, [.. network.Membranes]).Net)
            .Concat(network.Assignments.Select(a => a.Value)).Concat(network.Rates.Select(r => r.Value)).Concat(network.Events.Select(e => e.Trigger));
        if (ExpressionGraph.PostOrder(formulas).FirstOrDefault(n => n.Operation == Operation.Delay) is { } delay) throw Refused($"'{delay}' looks back in time");
    }

    private NetworkException Refused(string what) => new(what + ", which a stochastic simulation can't follow.", $"network {network.Name}",
        "Simulate it deterministically, or put mass-action steps in its place.");

    private IEnumerable<Part> Parts(Process process)
    {
        var fluxes = process.Law is MassActionLaw law ? Counted(process, law) : process.Law.Fluxes(process, network.Constants, [.. network.Membranes]);
        var changes = NetworkIndex.Of(network).ChangedBy(process).Where(c => !network.IsHeld(c.Store)).Select(c => (Store: c.Store.ContentName, Amount: c.Coefficient)).ToList();
        if (fluxes.Forward is not { } forward || fluxes.Backward is not { } backward)
        {
            yield return new Part(process.Name, process.Name, fluxes.Net, changes);
            yield break;
        }
        bool isOneWay = backward.IsConstant && backward.Value == 0;
        yield return new Part(isOneWay ? process.Name : process.Name + " →", process.Name, forward, changes);
        if (!isOneWay) yield return new Part(process.Name + " ←", process.Name, backward, [.. changes.Select(c => (c.Store, -c.Amount))]);
    }

    private OneWayFluxes Counted(Process process, MassActionLaw law)
    {
        var volume = process.Reactants.Concat(process.Products).Select(p => p.Store).OfType<Species>().FirstOrDefault()?.Compartment.Symbol ?? Expression.One;
        var forward = volume * law.Forward * Groups(process.Reactants);
        var backward = law.Backward is null ? Expression.Zero : volume * law.Backward * Groups(process.Products);
        return new(forward - backward, forward, backward);
    }

    private Expression Groups(IEnumerable<Participant> side) => Expression.Product(side
        .GroupBy(p => p.Store).Select(g => (Store: g.Key, Coefficient: Expression.Sum(g.Select(p => p.Coefficient)))).Select(p =>
    {
        var place = p.Store is Species species ? species.Compartment.Symbol : Expression.One;
        var one = p.Store is Species s ? s.Concentration : p.Store.Symbol;
        bool isCounted = p.Store is Species && !network.IsHeld(p.Store) && p.Coefficient.IsConstant && p.Coefficient.Value is >= 1 and <= 20 && p.Coefficient.Value == Math.Floor(p.Coefficient.Value);
        return isCounted
            ? Expression.Product(Enumerable.Range(0, (int)p.Coefficient.Value).Select(j => (j == 0 ? p.Store.Content : p.Store.Content - j) / place))
            : Expression.Power(one, p.Coefficient);
    }));

    private sealed record Part(string Name, string Process, Expression Propensity, IReadOnlyList<(string Store, Expression Amount)> Changes);
}
