using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Writing;

/// <remarks>Formulas are rewritten to names that the file has; what lowering would define under a name becomes an assignment rule.</remarks>
internal sealed partial class SbmlTranslation
{
    private const string RatePrefix = "rate.", PotentialPrefix = "potential.", AffinityPrefix = "affinity.", StoredEnergy = "energy.stored";

    private readonly Dictionary<Expression, Expression> replacements = [];
    private readonly HashSet<string> defined = new(StringComparer.Ordinal);
    private readonly HashSet<string> open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expression> laws = new(StringComparer.Ordinal);

    /// <summary>A formula in names that the file has.</summary>
    private Expression Ready(Expression formula, string where)
    {
        var changed = formula.Substitute(replacements);
        var rates = new Dictionary<Expression, Expression>();
        foreach (var name in changed.Symbols())
        {
            if (name.StartsWith(RatePrefix, StringComparison.Ordinal)) rates[Expression.Symbol(name)] = RateOf(name[RatePrefix.Length..], where);
            else Require(name, where);
        }
        return rates.Count == 0 ? changed : changed.Substitute(rates);
    }

    /// <summary>Sees to it that a name stands for something in the file.</summary>
    private void Require(string name, string where)
    {
        if (defined.Contains(name)) return;
        if (Definition(name) is not { } definition) throw new SbmlException($"The symbol '{name}' is not defined.", $"network {network.Name}, {where}", "Declare it as a parameter, species, compartment or variable.");
        defined.Add(name);
        Parameters.Add(new SbmlParameter(name, name.StartsWith(PotentialPrefix, StringComparison.Ordinal) ? PotentialUnit(name) : ""));
        Varying.Add(name);
        Assignments.Add((name, Ready(definition, $"definition of {name}")));
    }

    /// <summary>What lowering defines under a name; null where it defines nothing.</summary>
    private Expression? Definition(string name)
    {
        if (name == StoredEnergy)
            return Expression.Sum(network.Stores.Where(s => !network.IsHeld(s) && s.Energy is not null).Select(s => s.Energy!).Concat(network.SharedEnergies.Select(e => e.Energy)));
        if (name.StartsWith(AffinityPrefix, StringComparison.Ordinal))
            return network.Processes.FirstOrDefault(p => p.Name == name[AffinityPrefix.Length..])?.Affinity(network.Constants, [.. network.Membranes]);
        if (!name.StartsWith(PotentialPrefix, StringComparison.Ordinal) || network.Stores.FirstOrDefault(s => s.Name == name[PotentialPrefix.Length..]) is not { Potential: { } potential } store) return null;
        return Expression.Sum(network.SharedEnergies.Where(e => e.Stores.Contains(store)).Select(e => e.Energy.Derivative(store.Content)).Prepend(potential));
    }

    private string PotentialUnit(string name) => network.Stores.First(s => s.Name == name[PotentialPrefix.Length..]) is var store && store is Membrane ? store.Unit
        : store.ContentUnit.Length == 0 || network.EnergyUnit.Length == 0 ? "" : $"{network.EnergyUnit}/{store.ContentUnit}";

    /// <summary>
    /// d/dt of a name. SBML gives it for what has a rate; of what an assignment rule gives it is taken apart by the chain rule.
    /// </summary>
    private Expression RateOf(string name, string where)
    {
        var content = network.Stores.FirstOrDefault(s => s.ContentName == name);
        if (content is not null && replacements.TryGetValue(content.Content, out var inSymbols)) return Slope(inSymbols, name, where);
        var rule = network.Assignments.Where(a => a.Target == name).Select(a => a.Value).Concat(moreAssignments.Where(a => a.Target == name).Select(a => a.Value)).FirstOrDefault()
            ?? (laws.TryGetValue(name, out var law) ? law : Definition(name));
        if (rule is not null) return Slope(rule, name, where);
        Require(name, where);
        return Varying.Contains(name) || network.Stores.Any(s => s.Name == name) ? Expression.Symbol(RatePrefix + name) : Expression.Zero;
    }

    private Expression Slope(Expression formula, string name, string where)
    {
        if (!open.Add(name)) throw new SbmlException($"The rate of change of '{name}' needs itself.", $"network {network.Name}, {where}", "Break the loop of definitions.");
        formula = formula.Substitute(replacements);
        var slope = Expression.Sum(formula.Symbols().Where(s => !s.StartsWith(RatePrefix, StringComparison.Ordinal))
            .Select(s => formula.Derivative(Expression.Symbol(s)) * RateOf(s, where)).Append(formula.Derivative(Expression.Time)));
        open.Remove(name);
        return Ready(slope, where);
    }

    /// <summary>Every formula as the network has it, with the process whose law it is.</summary>
    private IEnumerable<(Process? Process, Expression Formula, bool IsCoefficient)> Formulas()
    {
        foreach (var p in network.Parameters) yield return (null, p.Value, false);
        foreach (var c in network.Compartments) yield return (null, c.Size, false);
        foreach (var v in network.Variables) yield return (null, v.Initial, false);
        foreach (var s in network.Stores) foreach (var formula in OfStore(s)) yield return (null, formula, false);
        foreach (var a in network.Assignments) yield return (null, a.Value, false);
        foreach (var i in network.InitialAssignments) yield return (null, i.Value, false);
        foreach (var r in network.Rates) yield return (null, r.Value, false);
        foreach (var r in network.AlgebraicRules) yield return (null, r.Residual, false);
        foreach (var d in network.Draws) foreach (var argument in d.Arguments.Append(d.Lowest).Append(d.Highest).OfType<Expression>()) yield return (null, argument, false);
        foreach (var e in network.Events)
            foreach (var formula in e.Assignments.Select(a => a.Value).Append(e.Trigger).Append(e.Delay).Append(e.Priority).OfType<Expression>()) yield return (null, formula, false);
        foreach (var constant in new[] { network.Constants.GasConstant, network.Constants.Temperature, network.Constants.Faraday }.OfType<Expression>()) yield return (null, constant, false);
        foreach (var p in network.Processes)
        {
            yield return (p, laws[p.Name], false);
            foreach (var participant in p.Reactants.Concat(p.Products)) yield return (null, participant.Coefficient, true);
        }
    }

    private static IEnumerable<Expression> OfStore(Store store) => store switch
    {
        Species s => [s.Initial, s.ConversionFactor ?? Expression.One, s.Binding ?? Expression.One, s.StandardPotential ?? Expression.One],
        Membrane m => [m.Initial, m.Capacitance],
        HeatStore h => [h.Initial, h.Capacity, h.Energy ?? Expression.One],
        EnergyStore e => [e.InitialContent, e.Energy ?? Expression.One, e.FaceOfContent ?? Expression.One],
        _ => [],
    };
}
