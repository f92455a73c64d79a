using System.Globalization;
using System.Text;

namespace Protonmotive.Learning.Joules;

/// <summary>Prints the bill of a training: joules with their source, bits by both definitions, bits per joule.</summary>
public static class EnergyStatement
{
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>The statement.</summary>
    public static string Print(EnergyBill bill)
    {
        var text = new StringBuilder();
        text.AppendLine("energy and information:");
        text.AppendLine(culture, $"  {bill.Energy}");
        if (bill.Energy.Source == EnergySource.Modelled && bill.Energy.Remark.Length > 0) text.AppendLine(culture, $"  not measured: {bill.Energy.Remark}");
        if (bill.Bits is not { } bits) return text.ToString();
        if (bits.Label is { } label) text.AppendLine(culture, $"  label bits {label:g4}: what the held-out loss fell by, for {bits.Items} {bits.Item}s{Per(bill.LabelBitsPerJoule, bill)}");
        text.AppendLine(culture, $"  code saved {bits.CodeSaved:g4} bit on the {bits.CodedItems:0} {bits.Item}s as they first came{Per(bill.CodeBitsPerJoule, bill)}");
        return text.ToString();
    }

    private static string Per(double? bits, EnergyBill bill) => bits is { } b ? string.Create(culture, $"; {b:g3} bit/J ({bill.Energy.Source.ToString().ToLowerInvariant()})") : "";
}
