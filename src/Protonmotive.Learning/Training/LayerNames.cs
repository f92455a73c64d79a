using System.Globalization;
using Protonmotive.Learning.Accounts;

namespace Protonmotive.Learning.Training;

/// <summary>Names of layers for readers, the same in all figures and tables of a run; the account by step keeps those of the modules.</summary>
/// <remarks>
/// Containers that hold all layers, or are called <c>layers</c>, are left out, and rows of modules are counted from 1: <c>layers.dense1</c> is dense1,
/// <c>blocks.0.attention.qkv</c> is block 1 qkv. Where two would be called the same, modules keep their names.
/// </remarks>
internal static class LayerNames
{
    /// <summary>The account with names for readers.</summary>
    public static TrainingAccount ForReaders(TrainingAccount account)
    {
        if (account.Audited.IsEmpty) return account;
        string[] names = Of([.. account.Audited[0].Layers.Select(l => l.Name)]);
        return account with { Audited = [.. account.Audited.Select(s => s with { Layers = [.. s.Layers.Select((l, i) => l with { Name = names[i] })] })] };
    }

    /// <summary>Names for readers, in the same order.</summary>
    /// <param name="modules">Names of the modules, with dots between their parts.</param>
    public static string[] Of(IReadOnlyList<string> modules)
    {
        var paths = modules.Select(m => m.Split('.')).ToList();
        while (paths.Count > 0 && paths.All(p => p.Length > 1 && p[0] == paths[0][0] && !IsNumber(p[1]))) paths = [.. paths.Select(p => p[1..])];
        var parted = paths.Select(Parted).ToList();
        string[] names = [.. parted.Select(p =>
        {
            bool isEnough = p.Row.Length > 0 && p.Within.Length > 1 && parted.Count(q => q.Row == p.Row && q.Within.Length > 0 && q.Within[^1] == p.Within[^1]) == 1;
            return string.Join(' ', (string[])[.. p.Row.Length > 0 ? [p.Row] : Array.Empty<string>(), .. isEnough ? p.Within[^1..] : p.Within]);
        })];
        return names.Distinct().Count() == names.Length ? names : [.. modules];
    }

    // A row's word and number, as "block 1", and what stands within.
    private static (string Row, string[] Within) Parted(string[] path)
    {
        string[] own = [.. path.Where((part, i) => part != "layers" || i == path.Length - 1 || IsNumber(path[i + 1]))];
        if (own.Length < 2 || !int.TryParse(own[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return ("", own);
        string word = own[0].EndsWith('s') ? own[0][..^1] : own[0];
        return (string.Create(CultureInfo.InvariantCulture, $"{word} {number + 1}"), own[2..]);
    }

    private static bool IsNumber(string part) => part.All(char.IsAsciiDigit);
}
