using System.Collections.Immutable;

namespace Protonmotive.Formats.Petab;

/// <summary>Under which conditions measurements were made: by the measurement table in version 1, by the experiment tables in version 2.</summary>
internal sealed class PetabExperiments
{
    private readonly bool isSecond;
    private readonly Dictionary<string, PetabExperiment> experiments = new(StringComparer.Ordinal);

    /// <summary>Reads the tables.</summary>
    /// <exception cref="PetabException">A time is none, or an experiment is in two tables.</exception>
    public PetabExperiments(PetabFiles files)
    {
        isSecond = files.Version == 2;
        foreach (string path in files.Experiments)
        {
            foreach (var group in PetabTable.Read(path, "experimentId", "time", "conditionId").Rows.GroupBy(r => r.Text("experimentId"), StringComparer.Ordinal))
            {
                if (!experiments.TryAdd(group.Key, Read(group.Key, group))) throw new PetabException($"Experiment '{group.Key}' is in two tables.", group.First().Where("experimentId"), "Keep it in one.");
            }
        }
    }

    /// <summary>What was done where a measurement was made.</summary>
    /// <exception cref="PetabException">There is no such experiment.</exception>
    public PetabExperiment Of(PetabRow row)
    {
        if (!isSecond) return First(row);
        string id = row["experimentId"];
        if (id.Length == 0) return experiments.TryGetValue(id, out var known) ? known : experiments[id] = new PetabExperiment("model", null, new PetabPeriod(0, [], row.Where("experimentId")), []);
        return experiments.TryGetValue(id, out var found) ? found
            : throw new PetabException($"There is no experiment '{id}'.", row.Where("experimentId"), experiments.Count == 0 ? "Name an experiment table in the YAML file." : $"Add it to the experiment table, or use one of {string.Join(", ", experiments.Keys.Where(k => k.Length > 0).Take(8))}.");
    }

    // Version 1: a condition, and perhaps one for the rest before.
    private PetabExperiment First(PetabRow row)
    {
        string rest = row["preequilibrationConditionId"], condition = row.Text("simulationConditionId"), key = rest + '\n' + condition;
        if (experiments.TryGetValue(key, out var known)) return known;
        string where = row.Where("simulationConditionId");
        var before = rest.Length == 0 ? null : new PetabPeriod(double.NegativeInfinity, [rest], row.Where("preequilibrationConditionId"));
        return experiments[key] = new PetabExperiment(rest.Length == 0 ? condition : $"{condition} after rest in {rest}", before, new PetabPeriod(0, [condition], where), []);
    }

    private static PetabExperiment Read(string id, IEnumerable<PetabRow> rows)
    {
        var periods = rows.GroupBy(Time).OrderBy(p => p.Key).Select(p => new PetabPeriod(p.Key, [.. p.Select(r => r["conditionId"]).Where(c => c.Length > 0)], p.First().Where("conditionId"))).ToList();
        bool rests = double.IsNegativeInfinity(periods[0].Time);
        var running = periods.Skip(rests ? 1 : 0).ToList();
        var first = running.Count > 0 ? running[0] : new PetabPeriod(0, [], periods[0].Where);
        return new PetabExperiment(id, rests ? periods[0] : null, first, [.. running.Skip(1)]);
    }

    private static double Time(PetabRow row)
    {
        double time = row.Number("time");
        return double.IsNaN(time) || double.IsPositiveInfinity(time) ? throw new PetabException($"A period starts at {row["time"]}.", row.Where("time"), "Give a number, or -inf for a rest before.") : time;
    }
}
