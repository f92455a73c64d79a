using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Fitting;

/// <summary>What a saved fit, profile or sampling was made of: it goes on only where all of it agrees.</summary>
/// <param name="Entries">What must agree, by name.</param>
public sealed record FitIdentity(ImmutableSortedDictionary<string, string> Entries)
{
    /// <summary>The identity of work on an objective.</summary>
    /// <param name="objective">Its parameters, scales and bounds count.</param>
    /// <param name="entries">What else counts: problem, method, seed.</param>
    public static FitIdentity Of(IObjective objective, IEnumerable<KeyValuePair<string, string>> entries)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in entries) all[name] = value;
        foreach (var p in objective.Parameters)
            all["parameter " + p.Name] = string.Create(CultureInfo.InvariantCulture, $"{p.Scale} {p.Lower:R}..{p.Upper:R}, starts {p.StartBounds.Lower:R}..{p.StartBounds.Upper:R}");
        return new FitIdentity(all.ToImmutable());
    }

    /// <summary>The first entry in which two differ, in words; null where they agree.</summary>
    public string? DifferenceFrom(FitIdentity other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var name in Entries.Keys.Union(other.Entries.Keys).Order(StringComparer.Ordinal))
        {
            string here = Entries.GetValueOrDefault(name, "none"), there = other.Entries.GetValueOrDefault(name, "none");
            if (here != there) return $"{name}: {there} there, {here} here";
        }
        return null;
    }
}
