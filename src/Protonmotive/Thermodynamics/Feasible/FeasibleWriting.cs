using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Thermodynamics;

/// <summary>Writes a network whose constants follow from potentials.</summary>
internal sealed class FeasibleWriting(Network network, StartValues start, List<ConstantGroup> groups, PotentialSpace potentials)
{
    private readonly HashSet<string> taken = network.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<string, Expression> symbols = new(StringComparer.Ordinal);
    private readonly List<Parameter> added = [];
    private readonly Dictionary<string, Parameter> replaced = new(StringComparer.Ordinal);

    public FeasibleNetwork Write(ImmutableArray<(string, string)> left)
    {
        var free = ImmutableArray.CreateBuilder<FeasiblePotential>();
        foreach (var (species, i) in potentials.FreeSpecies.Select((s, i) => (s, i)))
        {
            var name = Declare("mu0_" + Identifier(species), "1", potentials.Values[i], $"standard potential of {species} over RT");
            symbols[species] = Symbol(name);
            free.Add(new FeasiblePotential(name, species, potentials.Values[i]));
        }
        foreach (var species in potentials.References) symbols[species] = Zero;
        foreach (var (species, constant, others) in potentials.TiedSpecies)
            symbols[species] = constant + Sum(others.Select(o => o.Coefficient * symbols[o.Name]));
        var conductances = ImmutableArray.CreateBuilder<FeasibleConductance>();
        var shifts = ImmutableArray.CreateBuilder<ConstantShift>();
        for (int g = 0; g < groups.Count; g++) Write(groups[g], potentials.Shifts[g], conductances, shifts);
        var steps = groups.Sum(g => g.Members.Count);
        return new FeasibleNetwork
        {
            Network = network with
            {
                Parameters = [.. network.Parameters.Select(p => replaced.GetValueOrDefault(p.Name) ?? Started(p)), .. added],
                Notes = [.. network.Notes, $"The constants of {steps} reversible {(steps == 1 ? "step" : "steps")} follow from {free.Count} standard potentials and {conductances.Count} conductances, so that every cycle closes."],
            },
            Potentials = free.ToImmutable(),
            References = [.. potentials.References],
            Conductances = conductances.ToImmutable(),
            Constants = shifts.ToImmutable(),
            LeftAlone = left,
        };
    }

    private void Write(ConstantGroup group, double shift, ImmutableArray<FeasibleConductance>.Builder conductances, ImmutableArray<ConstantShift>.Builder shifts)
    {
        var first = group.Members[0];
        Expression Side(int sign) => Sum(first.Species.Where(s => Math.Sign(s.Value) == sign).Select(s => Math.Abs(s.Value) * symbols[s.Name]));
        // Σ e ln p = Σ μ° (left) − Σ μ° (right) − rest.
        double Moved(Handle h) => Math.Log(start.Constant(h.Name)!.Value) + (h.Exponent * shift / group.Weight);
        foreach (var h in group.Own) shifts.Add(new ConstantShift(h.Name, start.Constant(h.Name)!.Value, Math.Exp(Moved(h))));
        if (group.IsPair)
        {
            var (forward, backward) = (group.Handles[0], group.Handles[1]);
            double value = Math.Exp(Moved(forward) - Side(-1).Evaluate(Value));
            var conductance = Declare("K_" + Identifier(first.Step.Process.Name), "", value, $"conductance of {first.Step.Process.Name}{(group.Members.Count > 1 ? $" and {group.Members.Count - 1} more" : "")}");
            conductances.Add(new FeasibleConductance(conductance, [.. group.Members.Select(m => m.Step.Process.Name)], value));
            Replace(forward.Name, Symbol(conductance) * Exp(Side(-1)));
            Replace(backward.Name, Symbol(conductance) * Exp(Side(1) + first.Rest));
            return;
        }
        // A constant of its own follows from the potentials and from the others, which stay free.
        var last = group.Own[^1];
        foreach (var h in group.Own.SkipLast(1)) replaced[h.Name] = Find(h.Name) with { Value = Math.Exp(Moved(h)) };
        var others = Sum(group.Handles.Where(h => h.Name != last.Name).Select(h => h.Exponent * Log(Symbol(h.Name))));
        Replace(last.Name, Exp((Side(-1) - Side(1) - first.Rest - others) / last.Exponent));
    }

    private double Value(string name) => added.Find(p => p.Name == name)?.Value.Value ?? start.Constant(name) ?? double.NaN;

    private Parameter Find(string name) => network.Parameters.First(p => p.Name == name);

    /// <summary>A parameter that is no constant of a step, at the value that was started from.</summary>
    private Parameter Started(Parameter p) => p.Value.IsConstant && start.Constant(p.Name) is { } value && value != p.Value.Value ? p with { Value = value } : p;

    private void Replace(string name, Expression value) => replaced[name] = Find(name) with { Value = value };

    private string Declare(string name, string unit, double value, string description)
    {
        name = NamedConstants.FreeName(network, taken, name);
        added.Add(new Parameter(name, unit, value) { Description = description });
        return name;
    }

    private static string Identifier(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
}
