namespace Protonmotive.Formats.Antimony;

/// <summary>All models and functions of a file and of those it imports.</summary>
internal sealed class AntimonyLibrary
{
    private readonly Dictionary<string, AntimonyModel> models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AntimonyFunctionDefinition> functions = new(StringComparer.Ordinal);

    /// <summary>Statements outside of any model.</summary>
    public AntimonyModel Bare { get; } = new(AntimonyModel.Bare, false);

    /// <summary>Models in the order in which they stand.</summary>
    public List<AntimonyModel> Models { get; } = [];

    /// <summary>Functions in the order in which they stand.</summary>
    public List<AntimonyFunctionDefinition> Functions { get; } = [];

    /// <summary>The model of that name; null where there is none yet.</summary>
    public AntimonyModel? FindModel(string name) => models.GetValueOrDefault(name);

    /// <summary>The function of that name; null where there is none.</summary>
    public AntimonyFunctionDefinition? FindFunction(string name) => functions.GetValueOrDefault(name);

    /// <summary>Adds a model; false where one of that name is there.</summary>
    public bool Add(AntimonyModel model)
    {
        if (functions.ContainsKey(model.Name) || !models.TryAdd(model.Name, model)) return false;
        Models.Add(model);
        return true;
    }

    /// <summary>Adds a function; false where one of that name is there.</summary>
    public bool Add(AntimonyFunctionDefinition function)
    {
        if (models.ContainsKey(function.Name) || !functions.TryAdd(function.Name, function)) return false;
        Functions.Add(function);
        return true;
    }

    /// <summary>The model that the file is about: the one marked *, else what stands outside of models, else the last.</summary>
    public AntimonyModel? Main() =>
        Models.Find(m => m.IsMain) ?? (Bare.Statements.Count > 0 ? Bare : Models.LastOrDefault());
}
