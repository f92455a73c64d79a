namespace Protonmotive.Formats.Antimony;

/// <summary>A model as it is written: its statements in order.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsMain">Whether a * marks it as the model that the file is about.</param>
internal sealed record AntimonyModel(string Name, bool IsMain)
{
    /// <summary>Name of the model that statements outside of any model make.</summary>
    public const string Bare = "__main";

    /// <summary>What it shows to the models that use it, in order.</summary>
    public List<AntimonyReference> Interface { get; } = [];

    /// <summary>What it says.</summary>
    public List<AntimonyStatement> Statements { get; } = [];
}
