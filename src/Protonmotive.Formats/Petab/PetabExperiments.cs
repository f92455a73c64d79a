namespace Protonmotive.Formats.Petab;

/// <summary>Under which conditions measurements were made: by the measurement table in version 1, by the experiment tables in version 2.</summary>
internal sealed class PetabExperiments
{
    private readonly bool isSecond;
    private readonly Dictionary<string, (string Before, string Condition, double Start)> experiments = new(StringComparer.Ordinal);

    /// <summary>Reads the tables.</summary>
    /// <exception cref="PetabException">An experiment has more than a rest and one condition.</exception>
    public PetabExperiments(PetabFiles files)
    {
        isSecond = files.Version == 2;
        foreach (string path in files.Experiments)
        {
            foreach (var group in PetabTable.Read(path, "experimentId", "time", "conditionId").Rows.GroupBy(r => r.Text("experimentId"), StringComparer.Ordinal))
            {
                var periods = group.GroupBy(r => r.Number("time")).OrderBy(p => p.Key).ToList();
                bool rests = double.IsNegativeInfinity(periods[0].Key);
                var running = periods.Skip(rests ? 1 : 0).ToList();
                if (running.Count > 1) throw new PetabException($"Experiment '{group.Key}' has {running.Count} periods.", running[1].First().Where("time"), "Only a rest (time -inf) and one period after it are read: put later changes into the model, as events.");
                if (running.Concat(periods.Take(rests ? 1 : 0)).FirstOrDefault(p => p.Count() > 1) is { } several) throw new PetabException($"Experiment '{group.Key}' applies several conditions at once.", several.First().Where("conditionId"), "Join them to one condition.");
                string rest = rests ? periods[0].First()["conditionId"] : "";
                experiments[group.Key] = (rests && rest.Length == 0 ? "*" : rest, running.Count > 0 ? running[0].First()["conditionId"] : "", running.Count > 0 ? running[0].Key : 0);
            }
        }
    }

    /// <summary>Times at which experiments start.</summary>
    public IEnumerable<double> Starts => experiments.Values.Select(e => e.Start).Distinct();

    /// <summary>The conditions of a measurement: of the rest before ("" for none), and of the measurement ("" for the model as it is).</summary>
    /// <exception cref="PetabException">There is no such experiment.</exception>
    public (string Before, string Condition) Of(PetabRow row)
    {
        if (!isSecond) return (row["preequilibrationConditionId"], row.Text("simulationConditionId"));
        string id = row["experimentId"];
        if (id.Length == 0) return ("", "");
        return experiments.TryGetValue(id, out var found) ? (found.Before, found.Condition) : throw new PetabException($"There is no experiment '{id}'.", row.Where("experimentId"), "Add it to the experiment table.");
    }
}
