using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Checks the units of a network: laws, rules, definitions and jumps against what is declared.</summary>
/// <remarks>
/// Texts that are no known unit ("U CS"), and quantities without one, are unknown and never reported. Constants of nature that the
/// network holds as plain numbers have their usual units: J/(mol K) in the network's energy unit for R, C/mol for F, K for T.
/// </remarks>
public static class NetworkUnits
{
    private const string GasConstant = "constant.R", Temperature = "constant.T", Faraday = "constant.F";

    /// <summary>Every place where units do not fit; empty for a network in order.</summary>
    public static IReadOnlyList<UnitMismatch> Check(Network network)
    {
        var units = Declared(network);
        var time = Unit.TryParse(network.TimeUnit);
        var checker = new UnitChecker(units.GetValueOrDefault, time);
        CheckDefinitions(network, checker, units);
        CheckProcesses(network, checker, time);
        foreach (var rule in network.Rates)
            checker.Expect(rule.Value, Over(units.GetValueOrDefault(rule.Target), time), $"rate of {rule.Target}");
        foreach (var jump in network.Events)
        {
            checker.Infer(jump.Trigger, $"trigger of {jump.Name}");
            foreach (var set in jump.Assignments) Assigned(checker, set.Value, units.GetValueOrDefault(set.Target), $"event {jump.Name}, {set.Target}");
        }
        return checker.Mismatches;
    }

    private static void CheckDefinitions(Network network, UnitChecker checker, Dictionary<string, Unit?> units)
    {
        foreach (var parameter in network.Parameters) Assigned(checker, parameter.Value, units[parameter.Name], $"parameter {parameter.Name}");
        foreach (var compartment in network.Compartments) Assigned(checker, compartment.Size, units[compartment.Name], $"size of {compartment.Name}");
        foreach (var rule in network.Assignments) Assigned(checker, rule.Value, units[rule.Target], $"definition of {rule.Target}");
        foreach (var initial in network.InitialAssignments)
            Assigned(checker, initial.Value, units.GetValueOrDefault(initial.Target), $"initial value of {initial.Target}");
        foreach (var store in network.Stores)
        {
            if (store is Species species) Assigned(checker, species.Initial, units[store.Name], $"initial value of {store.Name}");
            if (store is not EnergyStore) checker.Expect(store.Face, units[store.Name], $"face of {store.Name}");
        }
    }

    private static void CheckProcesses(Network network, UnitChecker checker, Unit? time)
    {
        var constants = Named(network.Constants);
        var membranes = network.Membranes.ToList();
        foreach (var process in network.Processes)
        {
            var declared = Unit.TryParse(process.Unit);
            Assigned(checker, process.Law.Fluxes(process, constants, membranes).Net, declared, $"flux of {process.Name}");
            foreach (var participant in process.Stoichiometry)
            {
                if (declared is not null && Over(Unit.TryParse(participant.Store.ContentUnit), time) is { } inflow && participant.Coefficient.IsConstant)
                    checker.Expect(process.Symbol, inflow, $"flux of {process.Name} into {participant.Store.Name}");
            }
        }
    }

    /// <summary>A bare number is taken in the declared unit; a formula must have it.</summary>
    private static void Assigned(UnitChecker checker, Expression value, Unit? declared, string where)
    {
        if (!value.IsConstant) checker.Expect(value, declared, where);
    }

    private static Dictionary<string, Unit?> Declared(Network network)
    {
        var units = new Dictionary<string, Unit?>(StringComparer.Ordinal);
        var energy = Unit.TryParse(network.EnergyUnit);
        void Add(string name, string unit) => units[name] = Unit.TryParse(unit);
        foreach (var rule in network.Assignments) Add(rule.Target, rule.Unit);
        foreach (var quantity in network.Parameters.Cast<Quantity>().Concat(network.Compartments).Concat(network.Variables).Concat(network.Processes).Concat(network.Stores))
            if (quantity.Unit.Length > 0 || !units.ContainsKey(quantity.Name)) Add(quantity.Name, quantity.Unit);
        foreach (var store in network.Stores)
        {
            Add(store.ContentName, store.ContentUnit);
            units[Affinities.PotentialName(store)] = Over(energy, units[store.ContentName]);
        }
        units[GasConstant] = energy is null ? null : energy / Unit.Parse("mol K");
        units[Temperature] = Unit.Parse("K");
        units[Faraday] = Unit.Parse("C/mol");
        return units;
    }

    /// <summary>Constants held as plain numbers, by names that have units.</summary>
    private static PhysicalConstants Named(PhysicalConstants constants) => new(
        constants.GasConstant.IsConstant ? Expression.Symbol(GasConstant) : constants.GasConstant,
        constants.Temperature is { IsConstant: true } ? Expression.Symbol(Temperature) : constants.Temperature,
        constants.Faraday.IsConstant ? Expression.Symbol(Faraday) : constants.Faraday);

    private static Unit? Over(Unit? above, Unit? below) => above is null || below is null ? null : above / below;
}
