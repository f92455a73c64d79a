using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Thermodynamics;

/// <summary>Gives the numbers in mass-action laws names, so that they can be given by formulas.</summary>
internal static class NamedConstants
{
    public static Network Of(Network network)
    {
        var parameters = network.Parameters.ToBuilder();
        var taken = network.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var processes = network.Processes.Select(p => p.Law is MassActionLaw { Backward: { } backward } law && (law.Forward.IsConstant || backward.IsConstant)
            ? p with { Law = FluxLaw.MassAction(Name("kf_" + p.Name, law.Forward), Name("kr_" + p.Name, backward)) }
            : p).ToImmutableArray();
        return network with { Parameters = parameters.ToImmutable(), Processes = processes };

        Expression Name(string name, Expression value)
        {
            if (!value.IsConstant || value.Value <= 0) return value;
            name = FreeName(network, taken, name);
            parameters.Add(new Parameter(name, "", value) { Description = "a constant of mass action that the model gives as a number" });
            return Expression.Symbol(name);
        }
    }

    /// <summary>The name, with underscores until nothing else has it; claims it.</summary>
    public static string FreeName(Network network, HashSet<string> taken, string name)
    {
        while (network.Find(name) is not null || !taken.Add(name)) name += "_";
        return name;
    }
}
