using System.Globalization;

namespace Protonmotive.Learning.Joules;

/// <summary>One counter of energy of the powercap tree of Linux: microjoules that go up and begin again at 0 after the end of their range.</summary>
/// <remarks>Linux kernel, Documentation/power/powercap/powercap.rst: energy_uj, max_energy_range_uj.</remarks>
internal sealed class PowercapDomain
{
    private readonly string file;
    private readonly double range;
    private double last;

    private PowercapDomain(string name, string file, double range, double start) => (Name, this.file, this.range, last) = (name, file, range, start);

    /// <summary>Its name, e.g. package-0.</summary>
    public string Name { get; }

    /// <summary>Joules since it was opened.</summary>
    public double Joules { get; private set; }

    /// <summary>Opens a counter.</summary>
    /// <exception cref="UnauthorizedAccessException">The counter is there, but this user may not read it.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="FormatException">It holds no number.</exception>
    public static PowercapDomain Open(string folder)
    {
        var file = Path.Combine(folder, "energy_uj");
        return new PowercapDomain(File.ReadAllText(Path.Combine(folder, "name")).Trim(), file, Number(Path.Combine(folder, "max_energy_range_uj")), Number(file));
    }

    /// <summary>Reads it on. Between two readings it may begin again once, not twice: at 100 W a range of 262 kJ lasts 44 minutes.</summary>
    public void Sample()
    {
        double now = Number(file);
        Joules += (now >= last ? now - last : now + range - last) * 1e-6;
        last = now;
    }

    private static double Number(string file) => double.Parse(File.ReadAllText(file), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
