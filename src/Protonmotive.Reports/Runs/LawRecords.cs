using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Reports.Runs;

/// <summary>The laws of a network as a run keeps them: each process with what the names in its law stand for.</summary>
internal static class LawRecords
{
    /// <summary>Definitions beyond which none are listed: no reader follows more.</summary>
    private const int MostDefinitions = 100;

    /// <summary>Of what is the same at many places, the first stands for all.</summary>
    /// <param name="network">The network.</param>
    /// <param name="membranes">Its membranes.</param>
    public static ImmutableArray<ProcessRecord> Of(Network network, IReadOnlyList<Membrane> membranes)
    {
        var definitions = network.Assignments.Select(a => (Name: a.Target, Symbol: a.Target, a.Value)).Concat(network.Rates.Select(r => (Name: Network.RateName(r.Target), Symbol: r.Target, r.Value))).ToList();
        var bySymbol = definitions.ToLookup(d => d.Symbol, StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        var records = ImmutableArray.CreateBuilder<(ProcessRecord Record, ImmutableArray<WhereRecord> Where)>();
        foreach (var process in network.Processes.DistinctBy(p => p.LineName))
        {
            var law = process.Law.Fluxes(process, network.Constants, membranes).Net;
            var found = new HashSet<string>(StringComparer.Ordinal);
            var open = new Queue<string>(law.Symbols());
            while (open.TryDequeue(out string? symbol))
            {
                if (!bySymbol.Contains(symbol) || !told.Add(symbol)) continue;
                found.Add(symbol);
                foreach (string next in bySymbol[symbol].SelectMany(d => d.Value.Symbols())) open.Enqueue(next);
            }
            records.Add((new ProcessRecord(process.LineName, process.Kind.ToString(), process.PlainEquation, law.ToString(), process.Description),
                [.. definitions.Where(d => found.Contains(d.Symbol)).Select(d => new WhereRecord(d.Name, d.Value.ToString()))]));
        }
        return [.. records.Select(r => told.Count > MostDefinitions ? r.Record : r.Record with { Where = r.Where })];
    }
}
