namespace Protonmotive.Reports.Scans;

/// <summary>A column of a scan: something varied, or an output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit; "" where unknown, "1" where it has none.</param>
/// <param name="Description">What it is, in a line.</param>
/// <param name="IsLogarithmic">Whether it is sampled evenly in its logarithm, as figures then show it.</param>
public sealed record ScanQuantity(string Name, string Unit, string Description = "", bool IsLogarithmic = false)
{
    /// <summary>Name and unit, for an axis.</summary>
    public string Label => Unit is "" or "1" ? Name : $"{Name} ({Unit})";

    /// <summary>Name, unit and the first words of the description, where all that is no longer than so many letters.</summary>
    internal string LabelWithin(int letters)
    {
        var words = Description.Split(';', ',')[0].Trim();
        return words.Length > 0 && Label.Length + words.Length + 2 <= letters ? $"{Label}, {words}" : Label;
    }
}
