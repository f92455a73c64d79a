namespace Protonmotive.Formats.Antimony;

/// <summary>A model as it is written: its statements in order.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsMain">Whether a * marks it as the model that the file is about.</param>
internal sealed record AntimonyModel(string Name, bool IsMain)
{
    private HashSet<string>? mentioned;

    /// <summary>Name of the model that statements outside of any model make.</summary>
    public const string Bare = "__main";

    /// <summary>What it shows to the models that use it, in order.</summary>
    public List<AntimonyReference> Interface { get; } = [];

    /// <summary>What it says.</summary>
    public List<AntimonyStatement> Statements { get; } = [];

    /// <summary>Names that stand in its formulas: a model that uses it may give them values, though it says nothing else of them.</summary>
    public IReadOnlySet<string> Mentioned => mentioned ??= Statements.SelectMany(Formulas).SelectMany(Names).ToHashSet(StringComparer.Ordinal);

    /// <summary>Names of quantities in a formula, without those of submodels.</summary>
    public static IEnumerable<string> Names(AntimonyFormula formula)
    {
        for (int i = formula.First; i < formula.End; i++)
        {
            var tokens = formula.Source.Tokens;
            bool isName = tokens[i].Kind == AntimonyTokenKind.Word && !AntimonyKeywords.IsReserved(tokens[i].Text) && !tokens[i + 1].Is("(") && !tokens[i + 1].Is(".")
                && (i == 0 || (!tokens[i - 1].Is(".") && tokens[i - 1].Kind != AntimonyTokenKind.Number));
            if (isName) yield return tokens[i].Text;
        }
    }

    private static IEnumerable<AntimonyFormula> Formulas(AntimonyStatement statement) => statement switch
    {
        AntimonyAssignment s => [s.Value],
        AntimonyReaction s => [s.Rate],
        AntimonyAlgebraicRule s => [s.Residual],
        AntimonyEvent s => [s.Trigger, .. s.Delay is { } delay ? [delay] : Array.Empty<AntimonyFormula>(), .. s.Priority is { } priority ? [priority] : Array.Empty<AntimonyFormula>(), .. s.Assignments.Select(a => a.Value)],
        _ => [],
    };
}
