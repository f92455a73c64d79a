using System.Collections.Immutable;

namespace Protonmotive.Learning.Joules;

/// <summary>The processor's energy by its own counters (Intel's and AMD's RAPL): all packages, and memory where it is counted apart.</summary>
/// <remarks>
/// A package's counter holds its cores and graphics already; a platform's (psys) holds the packages: neither is added to them. Counted is all
/// that the machine did meanwhile, not this process alone.
/// </remarks>
public sealed class PowercapCounter
{
    /// <summary>Variable that names another powercap tree, e.g. that of the host, shown in a container.</summary>
    public const string Variable = "PROTONMOTIVE_POWERCAP";

    private const string System = "/sys/class/powercap";

    private readonly ImmutableArray<PowercapDomain> domains;
    private readonly string root;

    private PowercapCounter(string root, ImmutableArray<PowercapDomain> domains, bool isRelayed) => (this.root, this.domains, IsRelayed) = (root, domains, isRelayed);

    /// <summary>Whether the tree is not this system's own.</summary>
    public bool IsRelayed { get; }

    /// <summary>What is counted.</summary>
    public string Detail => $"{string.Join(" + ", domains.Select(d => d.Name))}, counters of {root}; all that ran on the machine meanwhile";

    /// <summary>Joules since it was opened, as of the last sample.</summary>
    public double Joules => domains.Sum(d => d.Joules);

    /// <summary>Opens the counters of this machine, or of the tree that $PROTONMOTIVE_POWERCAP names.</summary>
    /// <param name="obstacle">Why there are none, and how to get them; empty where there are.</param>
    /// <returns>The counters; null if there are none that can be read.</returns>
    public static PowercapCounter? TryOpen(out string obstacle) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? TryOpen(given, true, out obstacle) : TryOpen(System, false, out obstacle);

    /// <summary>Reads the counters on; at least once in a range of theirs (some 40 minutes at 100 W).</summary>
    public void Sample()
    {
        foreach (var domain in domains) domain.Sample();
    }

    internal static PowercapCounter? TryOpen(string root, bool isRelayed, out string obstacle)
    {
        obstacle = "";
        if (!Directory.Exists(root))
        {
            obstacle = isRelayed ? $"{Variable} names {root}, which is not there" : OperatingSystem.IsLinux() ? $"no {root}: the processor shows no energy counters here, as in most virtual machines" : "this system shows no energy counters";
            return null;
        }
        try
        {
            var packages = Directory.EnumerateDirectories(root).Where(IsCounted).Order(StringComparer.Ordinal).Select(PowercapDomain.Open).ToImmutableArray();
            if (!packages.IsEmpty) return new PowercapCounter(root, packages, isRelayed);
            obstacle = $"{root} has no counter of a processor";
        }
        catch (UnauthorizedAccessException)
        {
            obstacle = $"{root} may be read by root alone: allow it until the next start by 'sudo chmod a+r {root}/intel-rapl:*/energy_uj', or train as root";
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            obstacle = $"{root} can't be read: {e.Message}";
        }
        return null;
    }

    /// <summary>Packages (intel-rapl:0) and their memory (intel-rapl:0:1, if so named); intel-rapl-mmio counts the same packages again.</summary>
    private static bool IsCounted(string folder)
    {
        var name = Path.GetFileName(folder);
        if (!name.StartsWith("intel-rapl:", StringComparison.Ordinal) || !File.Exists(Path.Combine(folder, "energy_uj"))) return false;
        var domain = File.ReadAllText(Path.Combine(folder, "name")).Trim();
        return domain.StartsWith("package", StringComparison.Ordinal) || domain == "dram";
    }
}
