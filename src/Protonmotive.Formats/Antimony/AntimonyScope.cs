namespace Protonmotive.Formats.Antimony;

/// <summary>One instance of a model: its names, and the instances within it.</summary>
/// <param name="prefix">What stands before its names in the flat model; empty for the main model.</param>
/// <param name="parent">The instance around it; null for the main model.</param>
internal sealed class AntimonyScope(string prefix, AntimonyScope? parent)
{
    private readonly Dictionary<string, AntimonyFormula> units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counters = new(StringComparer.Ordinal);

    /// <summary>What stands before its names in the flat model.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>The instance around it; null for the main model.</summary>
    public AntimonyScope? Parent { get; } = parent;

    /// <summary>How many instances are around it.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>Its elements by name.</summary>
    public Dictionary<string, AntimonyElement> Elements { get; } = new(StringComparer.Ordinal);

    /// <summary>The instances within it.</summary>
    public Dictionary<string, AntimonyScope> Submodels { get; } = new(StringComparer.Ordinal);

    /// <summary>What one unit of its time is in the outer model's; null for 1.</summary>
    public AntimonyArgument? TimeConversion { get; init; }

    /// <summary>What one unit of its extents is in the outer model's; null for 1.</summary>
    public AntimonyArgument? ExtentConversion { get; init; }

    /// <summary>The model that it is an instance of.</summary>
    public required AntimonyModel Model { get; init; }

    /// <summary>Where it is; null where nothing was said.</summary>
    public AntimonyElement? Compartment { get; set; }

    /// <summary>Its units by name.</summary>
    public IReadOnlyDictionary<string, AntimonyFormula> Units => units;

    /// <summary>Defines a unit; the last definition counts.</summary>
    public void DefineUnit(string name, AntimonyFormula formula) => units[name] = formula;

    /// <summary>The first name of a series (_J0, _J1, …) that is not taken.</summary>
    public string FreeName(string stem)
    {
        int n = counters.GetValueOrDefault(stem);
        while (Elements.ContainsKey(stem + n) || Submodels.ContainsKey(stem + n)) n++;
        counters[stem] = n + 1;
        return stem + n;
    }
}
