using System.Collections.Immutable;
using Protonmotive.Reports.Scans;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Cli.Commands;

/// <summary>Which members the options of pmf scan ask for.</summary>
/// <param name="Vary">Ranges as text.</param>
/// <param name="Sobol">Members of a Sobol sequence.</param>
/// <param name="LatinHypercube">Members of a Latin hypercube.</param>
/// <param name="Random">Independent random members.</param>
/// <param name="Table">Path of a table.</param>
/// <param name="Seed">Seed of samples.</param>
internal sealed record ScanDesign(ImmutableArray<string> Vary, long? Sobol, long? LatinHypercube, long? Random, string? Table, ulong Seed)
{
    /// <summary>The design.</summary>
    /// <param name="nominal">The model's own value of a name, for ranges in per cent.</param>
    /// <exception cref="ProtonmotiveException">The options contradict each other, or a range is none.</exception>
    public Design Read(Func<string, double?> nominal)
    {
        var samples = ((string Name, long? Count)[])[("--sobol", Sobol), ("--lhs", LatinHypercube), ("--random", Random)];
        var asked = samples.Where(s => s.Count is not null).ToList();
        if (asked.Count > 1) throw new ModelSourceException($"{asked[0].Name} and {asked[1].Name} are asked for together.", "options of pmf scan", "Choose one of them.");
        if (Table is not null)
        {
            if (asked.Count > 0 || !Vary.IsEmpty) throw new ModelSourceException($"A table names its own members, so {(asked.Count > 0 ? asked[0].Name : "--vary")} does not go with it.", "--table", "Leave one of them out.");
            return ParameterTable.Load(Table);
        }
        if (Vary.IsEmpty) throw new ModelSourceException("Nothing is varied.", "options of pmf scan", "Give --vary NAME=LOW..HIGH:COUNT, once or more, or --table FILE.");
        ImmutableArray<DesignRange> ranges = [.. Vary.Select(v => RangeText.Parse(v, nominal))];
        return Sobol is { } s ? SampledDesign.Sobol(ranges, s, Seed)
            : LatinHypercube is { } l ? SampledDesign.LatinHypercube(ranges, l, Seed)
            : Random is { } r ? SampledDesign.MonteCarlo(ranges, r, Seed)
            : new GridDesign(ranges);
    }
}
