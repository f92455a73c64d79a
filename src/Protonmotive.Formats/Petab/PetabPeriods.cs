using System.Collections.Immutable;
using Protonmotive.Fitting.Problems;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Petab;

/// <summary>
/// Changes of condition in the course of an experiment: each becomes an event of the network whose time is a parameter, so that one system
/// serves all experiments and values and slopes go through the change as through any jump.
/// </summary>
internal sealed class PetabPeriods
{
    private const double Never = 1e300; // later than any experiment ends
    private const double BeforeAllOthers = 1e300; // conditions are applied before the model's own events of the same time

    private readonly PetabConditions conditions;
    private readonly Dictionary<string, string> times = new(StringComparer.Ordinal); // change and its number in the experiment, to the parameter

    /// <summary>Starts with no change.</summary>
    /// <param name="conditions">The condition tables.</param>
    public PetabPeriods(PetabConditions conditions) => this.conditions = conditions;

    /// <summary>The network with the changes of some experiments.</summary>
    /// <param name="network">The model.</param>
    /// <param name="experiments">What is done.</param>
    /// <exception cref="PetabException">A change sets what can't be set.</exception>
    public Network AddTo(Network network, IEnumerable<PetabExperiment> experiments)
    {
        foreach (var experiment in experiments)
        {
            foreach (var (period, number) in Numbered(experiment))
            {
                string key = Key(period, number);
                if (times.ContainsKey(key)) continue;
                string time = times[key] = $"period.{times.Count + 1}.time";
                var settings = Settings(network, period);
                var assignments = settings.Select(s => Assignment(network, s, settings)).ToImmutableArray();
                var change = new NetworkEvent(period.Name, Expression.LessOrEqual(Expression.Symbol(time), Expression.Time), assignments) { Priority = BeforeAllOthers };
                network = network with { Parameters = network.Parameters.Add(new Parameter(time, network.TimeUnit, Never)), Events = network.Events.Add(change) };
            }
        }
        return network;
    }

    /// <summary>The times of an experiment's changes, as values of parameters.</summary>
    public IEnumerable<FitAssignment> Times(PetabExperiment experiment) => Numbered(experiment).Select(p => new FitAssignment(times[Key(p.Period, p.Number)], p.Period.Time));

    /// <summary>What a change of condition sets: where it sets the size of a compartment, concentrations in it stay.</summary>
    /// <param name="network">The model.</param>
    /// <param name="period">What is applied.</param>
    public ImmutableArray<PetabSetting> Settings(Network network, PetabPeriod period)
    {
        var settings = conditions.Find(period);
        var targets = settings.Select(s => s.Target).ToHashSet(StringComparer.Ordinal);
        var kept = network.Stores.OfType<Species>().Where(s => targets.Contains(s.Compartment.Name) && !targets.Contains(s.Name) && !s.InAmounts && !network.IsHeld(s));
        return [.. settings, .. kept.Select(s => new PetabSetting(s.Name, s.Symbol, period.Where))];
    }

    // Changes that set nothing leave no event.
    private static IEnumerable<(PetabPeriod Period, int Number)> Numbered(PetabExperiment experiment)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var period in experiment.Later.Where(p => !p.Conditions.IsEmpty))
        {
            int number = seen[period.Name] = seen.GetValueOrDefault(period.Name) + 1;
            yield return (period, number);
        }
    }

    private static string Key(PetabPeriod period, int number) => FormattableString.Invariant($"{period.Name} {number}");

    // An event makes an amount of a concentration by the size before it; a condition means the size that it sets.
    private static EventAssignment Assignment(Network network, PetabSetting setting, ImmutableArray<PetabSetting> settings)
    {
        if (network.Assignments.Any(a => a.Target == setting.Target) || network.AlgebraicRules.Any(a => a.Target == setting.Target))
            throw new PetabException($"A condition sets '{setting.Target}', which a rule of the model gives.", setting.Where, "Set what the rule depends on, or remove the rule.");
        bool isConcentration = network.Find(setting.Target) is Species { InAmounts: false } species && !network.IsHeld(species) && settings.Any(s => s.Target == species.Compartment.Name);
        if (!isConcentration) return new EventAssignment(setting.Target, setting.Value);
        var size = ((Species)network.Find(setting.Target)!).Compartment;
        return new EventAssignment(setting.Target, setting.Value * settings.First(s => s.Target == size.Name).Value / size.Symbol);
    }
}
