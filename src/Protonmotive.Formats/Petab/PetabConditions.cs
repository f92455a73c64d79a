using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Petab;

/// <summary>The condition tables: what each condition sets.</summary>
internal sealed class PetabConditions
{
    private readonly Dictionary<string, ImmutableArray<PetabSetting>> conditions = new(StringComparer.Ordinal);
    private readonly PetabMapping mapping;

    private HashSet<string>? symbols;

    /// <summary>Reads the tables: one column a target in version 1, one row a target in version 2.</summary>
    /// <exception cref="PetabException">A row is wrong.</exception>
    public PetabConditions(PetabFiles files, PetabMapping mapping)
    {
        this.mapping = mapping;
        foreach (string path in files.Conditions)
        {
            if (files.Version == 1) ReadWide(PetabTable.Read(path, "conditionId"));
            else ReadLong(PetabTable.Read(path, "conditionId", "targetId", "targetValue"));
        }
    }

    /// <summary>Everything that some condition sets.</summary>
    public IEnumerable<string> Targets => conditions.Values.SelectMany(c => c).Select(s => s.Target).Distinct();

    /// <summary>What all values that conditions give name.</summary>
    public IReadOnlySet<string> Symbols => symbols ??= conditions.Values.SelectMany(c => c).SelectMany(s => s.Value.Symbols()).ToHashSet(StringComparer.Ordinal);

    /// <summary>Where a value names something first, for messages; null where none does.</summary>
    public string? WhereOf(string symbol) => conditions.Values.SelectMany(c => c).FirstOrDefault(s => s.Value.Symbols().Contains(symbol))?.Where;

    /// <summary>What conditions that are applied together set.</summary>
    /// <exception cref="PetabException">There is no such condition, or two of them set the same.</exception>
    public ImmutableArray<PetabSetting> Find(PetabPeriod period)
    {
        var all = period.Conditions.SelectMany(c => Find(c, period.Where)).ToImmutableArray();
        foreach (var twice in all.GroupBy(s => s.Target, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
            throw new PetabException($"'{twice.Key}' is set twice at one time.", twice.Last().Where, $"Keep one of the rows: conditions that are applied together ({period.Name}) must set different things.");
        return all;
    }

    private ImmutableArray<PetabSetting> Find(string id, string where) => conditions.TryGetValue(id, out var settings)
        ? settings
        : throw new PetabException($"There is no condition '{id}'.", where, conditions.Count == 0 ? "Name a condition table in the YAML file." : $"Add it to the condition table, or use one of {string.Join(", ", conditions.Keys.Take(8))}.");

    private void ReadWide(PetabTable table)
    {
        foreach (var row in table.Rows)
        {
            // NaN leaves what is there.
            var settings = table.Columns.Where(c => c is not ("conditionId" or "conditionName") && row[c].Length > 0 && !row[c].Equals("nan", StringComparison.OrdinalIgnoreCase)).Select(c => new PetabSetting(c, First(row, c), row.Where(c)));
            if (!conditions.TryAdd(row.Text("conditionId"), [.. settings])) throw new PetabException($"Condition '{row["conditionId"]}' is there twice.", row.Where("conditionId"), "Keep one of the rows.");
        }
    }

    private void ReadLong(PetabTable table)
    {
        foreach (var group in table.Rows.GroupBy(r => r.Text("conditionId"), StringComparer.Ordinal))
        {
            var settings = group.Select(r => new PetabSetting(mapping.Entity(r.Text("targetId")), Second(r), r.Where("targetValue")));
            if (!conditions.TryAdd(group.Key, [.. settings])) throw new PetabException($"Condition '{group.Key}' is in two tables.", group.First().Where("conditionId"), "Keep it in one.");
        }
    }

    // Version 1 allows numbers and names of parameters.
    private static Expression First(PetabRow row, string column) => PetabRow.TryNumber(row[column], out double number) ? number
        : PetabFormula.Parse(row[column], row.Where(column)) is { Operation: Operation.Symbol } name ? name
        : throw new PetabException($"'{row[column]}' is neither a number nor a parameter.", row.Where(column), "Write a number, NaN, or the identifier of a row of the parameter table.");

    private Expression Second(PetabRow row)
    {
        if (!PetabRow.TryNumber(row.Text("targetValue"), out double number)) return mapping.Formula(PetabFormula.Parse(row["targetValue"], row.Where("targetValue")));
        return double.IsFinite(number) ? number : throw new PetabException($"A condition sets {row["targetId"]} to {row["targetValue"]}.", row.Where("targetValue"), "Give a finite number, or leave out the row: what no row sets stays as it is.");
    }
}

/// <summary>One thing that a condition sets.</summary>
internal sealed record PetabSetting(string Target, Expression Value, string Where);
