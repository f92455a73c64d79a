using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Reports.Scans;

/// <summary>What determines a scan's results, each as exact text.</summary>
internal static class ScanIdentity
{
    private const long HashedPoints = 100_000;

    public static ImmutableSortedDictionary<string, string> Of(ScanPlan plan)
    {
        var s = plan.Settings;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["model"] = plan.Model.Model.Name,
            ["scenario"] = plan.Model.Model.Scenario?.Name ?? "",
            ["equations"] = plan.Model.Hash,
            ["set"] = string.Join(", ", plan.Model.Overrides.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}={Text(o.Value)}")),
            ["varied"] = string.Join(", ", plan.Names),
            ["design"] = s.Design.Description,
            ["points"] = Hash(s.Design),
            ["seed"] = s.Seed.ToString(CultureInfo.InvariantCulture),
            ["end"] = Text(plan.Problem.End),
            ["times"] = string.Join(", ", plan.Times.Select(Text)),
            ["outputs"] = string.Join(", ", plan.OutputQuantities.Select(q => q.Name)),
            ["steady"] = s.Steady ? "yes" : "no",
            ["method"] = plan.Method.Name,
            ["relative tolerance"] = Text(s.Tolerance.Relative),
            ["absolute tolerance"] = Text(s.Tolerance.Absolute),
            ["steps at most"] = s.MaximumSteps.ToString(CultureInfo.InvariantCulture),
            ["kept"] = s.Reduce ? "statistics" : "members",
            ["arithmetic"] = plan.Form.StartsWith("8 ", StringComparison.Ordinal) || plan.Form.StartsWith("4 ", StringComparison.Ordinal) ? "vectors" : "scalars",
            ["part size"] = plan.PartSize.ToString(CultureInfo.InvariantCulture),
            ["protonmotive"] = typeof(Networks.Network).Assembly.GetName().Version?.ToString(3) ?? "",
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>SHA-256 of the settings.</summary>
    public static string Key(ImmutableSortedDictionary<string, string> settings) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', settings.Select(s => $"{s.Key}={s.Value}")))));

    /// <summary>What differs between two scans, for readers; null where nothing does.</summary>
    public static string? Difference(ImmutableSortedDictionary<string, string> there, ImmutableSortedDictionary<string, string> here)
    {
        var differing = here.Keys.Union(there.Keys).Where(k => there.GetValueOrDefault(k) != here.GetValueOrDefault(k)).Order(StringComparer.Ordinal).ToList();
        return differing.Count == 0 ? null : string.Join("; ", differing.Select(k => $"{k}: {Short(there.GetValueOrDefault(k))} there, {Short(here.GetValueOrDefault(k))} here"));
    }

    /// <summary>All points, or of a large design many at equal distance: the others follow from the same ranges.</summary>
    private static string Hash(Design design)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var point = new double[design.Names.Length];
        long step = design is TableDesign ? 1 : Math.Max(1, design.Count / HashedPoints);
        for (long member = 0; member < design.Count; member += step)
        {
            design.Point(member, point);
            hash.AppendData(MemoryMarshal.AsBytes<double>(point));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Short(string? text) => string.IsNullOrEmpty(text) ? "none" : text.Length > 60 ? text[..57] + "…" : text;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
