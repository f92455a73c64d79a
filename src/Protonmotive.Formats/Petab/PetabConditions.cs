using System.Collections.Immutable;

namespace Protonmotive.Formats.Petab;

/// <summary>The condition tables: what each condition sets, as text.</summary>
internal sealed class PetabConditions
{
    private readonly Dictionary<string, ImmutableArray<PetabSetting>> conditions = new(StringComparer.Ordinal);

    private HashSet<string>? texts;

    /// <summary>Reads the tables: one column a target in version 1, one row a target in version 2.</summary>
    /// <exception cref="PetabException">A row is wrong.</exception>
    public PetabConditions(PetabFiles files)
    {
        foreach (string path in files.Conditions)
        {
            if (files.Version == 1) ReadWide(PetabTable.Read(path, "conditionId"));
            else ReadLong(PetabTable.Read(path, "conditionId", "targetId", "targetValue"));
        }
    }

    /// <summary>Everything that some condition sets.</summary>
    public IEnumerable<string> Targets => conditions.Values.SelectMany(c => c).Select(s => s.Target).Distinct();

    /// <summary>The texts of all values that conditions give.</summary>
    public IReadOnlySet<string> Texts => texts ??= conditions.Values.SelectMany(c => c).Select(s => s.Text).ToHashSet(StringComparer.Ordinal);

    /// <summary>What a condition sets.</summary>
    /// <exception cref="PetabException">There is no such condition.</exception>
    public ImmutableArray<PetabSetting> Find(string id, string where) => conditions.TryGetValue(id, out var settings)
        ? settings
        : throw new PetabException($"There is no condition '{id}'.", where, conditions.Count == 0 ? "Name a condition table in the YAML file." : $"Add it to the condition table, or use one of {string.Join(", ", conditions.Keys.Take(8))}.");

    private void ReadWide(PetabTable table)
    {
        foreach (var row in table.Rows)
        {
            var settings = table.Columns.Where(c => c is not ("conditionId" or "conditionName") && row[c].Length > 0).Select(c => new PetabSetting(c, row[c], row.Where(c)));
            if (!conditions.TryAdd(row.Text("conditionId"), [.. settings])) throw new PetabException($"Condition '{row["conditionId"]}' is there twice.", row.Where("conditionId"), "Keep one of the rows.");
        }
    }

    private void ReadLong(PetabTable table)
    {
        foreach (var group in table.Rows.GroupBy(r => r.Text("conditionId"), StringComparer.Ordinal))
        {
            var settings = group.Select(r => new PetabSetting(r.Text("targetId"), r.Text("targetValue"), r.Where("targetValue")));
            if (!conditions.TryAdd(group.Key, [.. settings])) throw new PetabException($"Condition '{group.Key}' is in two tables.", group.First().Where("conditionId"), "Keep it in one.");
        }
    }
}

/// <summary>One thing that a condition sets.</summary>
internal sealed record PetabSetting(string Target, string Text, string Where);
