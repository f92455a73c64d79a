using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Writing;

/// <remarks>
/// A parameter named <c>r.k</c> that the law of process r alone needs becomes the local parameter k of its kinetic law. A quantity
/// that is set by a rule or event and is the coefficient of one participant becomes the identifier of that species reference; any other
/// formula reaches its coefficient by an assignment rule.
/// </remarks>
internal sealed partial class SbmlTranslation
{
    /// <summary>Local parameters: the process they belong to and their name in its law.</summary>
    private readonly Dictionary<string, (string Process, string Name)> locals = new(StringComparer.Ordinal);

    /// <summary>Names that become species references.</summary>
    private readonly HashSet<string> coefficients = new(StringComparer.Ordinal);

    /// <summary>Finds laws, local parameters and coefficients before anything is written.</summary>
    private void CollectFormulas()
    {
        var membranes = network.Membranes.ToList();
        foreach (var p in network.Processes) laws[p.Name] = p.Law.Fluxes(p, network.Constants, membranes).Net;
        foreach (var quantity in network.Parameters.Concat<Quantity>(network.Compartments).Concat(network.Variables).Concat(network.Stores).Concat(network.Processes)) defined.Add(quantity.Name);
        defined.UnionWith(ruled);
        defined.UnionWith(network.Draws.Select(d => d.Name));
        foreach (var store in network.Stores) defined.Add(store.ContentName);
        FindCoefficients();
        FindLocals();
    }

    private void FindCoefficients()
    {
        var plain = network.Parameters.Select(p => p.Name).Concat(network.Variables.Select(v => v.Name)).Concat(ruled.Where(r => network.Find(r) is null))
            .Except(network.Stores.OfType<Species>().Select(s => s.ConversionFactor).OfType<Expression>().SelectMany(f => f.Symbols())).ToHashSet(StringComparer.Ordinal);
        // A constant that the file gave to one reference, and that other formulas call by its name.
        var called = Formulas().Where(f => !(f.IsCoefficient && f.Formula.Operation == Operation.Symbol)).SelectMany(f => f.Formula.Symbols()).ToHashSet(StringComparer.Ordinal);
        var named = network.Parameters.Where(p => p.Unit == "1" && called.Contains(p.Name)).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var group in network.Processes.SelectMany(p => p.Reactants.Concat(p.Products)).Where(p => p.Coefficient.Operation == Operation.Symbol).GroupBy(p => p.Coefficient.Name))
            if (plain.Contains(group.Key) && (Varying.Contains(group.Key) || started.Contains(group.Key) || named.Contains(group.Key)) && group.Count() == 1 && group.Single().Store is Networks.Species) coefficients.Add(group.Key);
    }

    private void FindLocals()
    {
        var processes = network.Processes.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var candidates = new Dictionary<string, (string Process, string Name)>(StringComparer.Ordinal);
        foreach (var p in network.Parameters)
        {
            int dot = p.Name.LastIndexOf('.');
            if (dot > 0 && processes.Contains(p.Name[..dot]) && IdentifierTable.IsValid(p.Name[(dot + 1)..])
                && p.Value.IsConstant && !Varying.Contains(p.Name) && !started.Contains(p.Name) && !coefficients.Contains(p.Name)) candidates[p.Name] = (p.Name[..dot], p.Name[(dot + 1)..]);
        }
        // A local parameter may not be called like a species of its reaction.
        foreach (var p in network.Processes)
            foreach (var participant in p.Reactants.Concat(p.Products))
                if (candidates.GetValueOrDefault($"{p.Name}.{participant.Store.Name}") == (p.Name, participant.Store.Name)) candidates.Remove($"{p.Name}.{participant.Store.Name}");
        if (candidates.Count == 0) return;
        foreach (var (process, formula, _) in Formulas())
        {
            var symbols = formula.Symbols();
            foreach (var name in symbols)
            {
                // Used elsewhere, or hidden from its law by a quantity of the same short name: it stays a global parameter.
                if (candidates.TryGetValue(name, out var local) && (process?.Name != local.Process || symbols.Contains(local.Name))) candidates.Remove(name);
            }
        }
        foreach (var (name, local) in candidates) locals[name] = local;
    }

    private void AddReactions()
    {
        foreach (var process in network.Processes)
        {
            if (process.Reactants.Concat(process.Products).FirstOrDefault(p => p.Store is not Networks.Species && p.Store is not { IsReservoir: true }) is { Store: { } other } && !contents.ContainsKey(other.Name) && !ruled.Contains(other.Name))
                throw new SbmlException($"'{other.Name}' has no form in SBML.", $"network {network.Name}, process {process.Name}", "Declare it as a species.");
            var law = Ready(laws[process.Name], $"flux of {process.Name}");
            var reactants = Side(process, process.Reactants);
            var products = Side(process, process.Products);
            var symbols = law.Symbols().ToHashSet(StringComparer.Ordinal);
            var own = reactants.Concat(products).Select(p => p.Species).ToHashSet(StringComparer.Ordinal);
            Reactions.Add(new SbmlReactionPart(process, law, reactants, products,
                [.. network.Stores.Where(s => s is Networks.Species && symbols.Contains(s.Name) && !own.Contains(s.Name)).Select(s => s.Name)],
                [.. network.Parameters.Where(p => locals.TryGetValue(p.Name, out var local) && local.Process == process.Name).Select(p => (p, locals[p.Name].Name))]));
        }
    }

    private ImmutableArray<SbmlParticipant> Side(Process process, ImmutableArray<Participant> side) =>
        [.. side.Where(p => p.Store is Networks.Species).Select(p => Participant(process, p))];

    private SbmlParticipant Participant(Process process, Participant participant)
    {
        var (name, coefficient) = (participant.Store.Name, participant.Coefficient);
        if (coefficient.IsConstant) return new SbmlParticipant(name, coefficient.Value, null);
        if (coefficient.Operation == Operation.Symbol && coefficients.Contains(coefficient.Name))
        {
            var value = network.Parameters.Where(p => p.Name == coefficient.Name).Select(p => p.Value).Concat(network.Variables.Where(v => v.Name == coefficient.Name).Select(v => v.Initial)).FirstOrDefault();
            bool isNumber = value is { IsConstant: true } && !ruled.Contains(coefficient.Name) && !started.Contains(coefficient.Name);
            return new SbmlParticipant(name, isNumber ? value!.Value : null, coefficient.Name);
        }
        var reference = $"{process.Name}.{name}.stoichiometry";
        for (int i = 2; !defined.Add(reference); i++) reference = $"{process.Name}.{name}.stoichiometry{i}";
        Varying.Add(reference);
        Assignments.Add((reference, Ready(coefficient, $"coefficient of {name} in {process.Name}")));
        return new SbmlParticipant(name, null, reference);
    }

    /// <summary>
    /// A random number that one place needs is written there. One that several need is drawn at the start into a parameter; where
    /// events draw it anew, SBML has no name for it.
    /// </summary>
    private void PlaceDraws()
    {
        if (network.Draws.IsEmpty) return;
        var outside = InitialAssignments.Concat(Assignments).Concat(Rates).Select(r => r.Value).Concat(AlgebraicRules).Concat(Reactions.Select(r => r.Law)).ToList();
        var inEvents = Events.SelectMany(e => e.Assignments.Select(a => a.Value).Append(e.Trigger).Append(e.Delay).Append(e.Priority).OfType<Expression>()).ToList();
        var draws = network.Draws.Select(draw => draw with
        {
            Arguments = [.. draw.Arguments.Select(a => Ready(a, $"draw {draw.Name}"))],
            Lowest = draw.Lowest is null ? null : Ready(draw.Lowest, $"draw {draw.Name}"),
            Highest = draw.Highest is null ? null : Ready(draw.Highest, $"draw {draw.Name}"),
        }).ToList();
        outside.AddRange(draws.SelectMany(d => d.Arguments.Append(d.Lowest).Append(d.Highest).OfType<Expression>()));
        foreach (var draw in draws) Draws[draw.Name] = draw;
        foreach (var draw in draws)
        {
            var symbol = Expression.Symbol(draw.Name);
            double events = Occurrences(inEvents, symbol);
            double all = events + Occurrences(outside, symbol);
            if (all == 0) Draws.Remove(draw.Name);    // nobody asks for it
            if (all <= 1) continue;
            if (events > 0) throw new SbmlException($"The random number '{draw.Name}' is used in several places, and events draw it anew.", $"network {network.Name}, draw {draw.Name}",
                "Let an event set a parameter to it, and use that parameter.");
            DrawAtStart(draw.Name);
        }
    }

    /// <summary>Draws a number into a parameter, which takes its place everywhere.</summary>
    private void DrawAtStart(string draw)
    {
        var name = draw + ".value";
        Parameters.Add(new SbmlParameter(name, ""));
        var replaced = new Dictionary<Expression, Expression> { [Expression.Symbol(draw)] = Expression.Symbol(name) };
        foreach (var list in new[] { InitialAssignments, Assignments, Rates })
            for (int i = 0; i < list.Count; i++) list[i] = (list[i].Target, list[i].Value.Substitute(replaced));
        for (int i = 0; i < AlgebraicRules.Count; i++) AlgebraicRules[i] = AlgebraicRules[i].Substitute(replaced);
        for (int i = 0; i < Reactions.Count; i++) Reactions[i] = Reactions[i] with { Law = Reactions[i].Law.Substitute(replaced) };
        foreach (var (other, value) in Draws.ToList())
            Draws[other] = value with { Arguments = [.. value.Arguments.Select(a => a.Substitute(replaced))], Lowest = value.Lowest?.Substitute(replaced), Highest = value.Highest?.Substitute(replaced) };
        InitialAssignments.Add((name, Expression.Symbol(draw)));
    }

    /// <summary>How often a symbol stands in formulas when they are written out.</summary>
    private static double Occurrences(IEnumerable<Expression> formulas, Expression symbol)
    {
        double total = 0;
        var counts = new Dictionary<Expression, double>();
        foreach (var formula in formulas)
        {
            foreach (var node in ExpressionGraph.PostOrder(formula)) counts[node] = ReferenceEquals(node, symbol) ? 1 : node.Operands.Sum(o => counts[o]);
            total += counts[formula];
        }
        return total;
    }
}
