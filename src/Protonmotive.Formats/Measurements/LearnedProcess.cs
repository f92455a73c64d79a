using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Networks;
using Protonmotive.Solvers.Designs;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Measurements;

/// <summary>A law that is to be learned, as a mapping says it: <c>ANT ~ mobility(ADP_c=1e-6..1e-3:log, DeltaPsi=0.1..0.2; hidden 6,6; scale 1e-6)</c>.</summary>
/// <param name="Process">The process.</param>
/// <param name="IsFree">Whether its flux is free; else a mobility times its affinity.</param>
/// <param name="Inputs">What the network reads, and between which values.</param>
/// <param name="Hidden">Neurons of the hidden layers.</param>
/// <param name="Scale">Flux per affinity, or flux, at which the network gives 1.</param>
/// <param name="Where">Where it was read.</param>
internal sealed record LearnedProcess(string Process, bool IsFree, ImmutableArray<string> Inputs, ImmutableArray<int> Hidden, double Scale, string Where)
{
    private const string Mend = "Write e.g. 'R1 ~ mobility(A=0.01..1:log, B=0..1; hidden 6,6; scale 1e-3)', or 'free' in place of 'mobility'.";

    /// <summary>Reads one.</summary>
    /// <exception cref="MeasurementException">It is not of that form.</exception>
    public static LearnedProcess Parse(string text, string where)
    {
        int tilde = text.IndexOf('~', StringComparison.Ordinal), open = text.IndexOf('(', StringComparison.Ordinal);
        string process = tilde < 0 ? "" : text[..tilde].Trim(), form = open < tilde ? "" : text[(tilde + 1)..open].Trim();
        if (process.Length == 0 || form is not ("mobility" or "free") || !text.TrimEnd().EndsWith(')')) throw new MeasurementException($"'{text}' does not say which law is learned, and in which form.", where, Mend);
        string[] parts = text.TrimEnd()[(open + 1)..^1].Split(';', StringSplitOptions.TrimEntries);
        var inputs = parts[0].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToImmutableArray();
        if (inputs.IsEmpty) throw new MeasurementException($"The law of '{process}' would depend on nothing.", where, Mend);
        ImmutableArray<int> hidden = [6];
        double scale = double.NaN;
        foreach (string part in parts.Skip(1))
        {
            int space = part.IndexOf(' ', StringComparison.Ordinal);
            string key = space < 0 ? part : part[..space], value = space < 0 ? "" : part[(space + 1)..];
            if (key == "hidden" && value.Split(',').Select(v => int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n is > 0 and <= 1000 ? n : 0).ToImmutableArray() is var sizes && !sizes.Contains(0)) hidden = sizes;
            else if (key == "scale" && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double s) && s > 0 && double.IsFinite(s)) scale = s;
            else throw new MeasurementException($"'{part}' is nothing that a learned law says.", where, Mend);
        }
        if (double.IsNaN(scale)) throw new MeasurementException($"The law of '{process}' has no scale.", where, form == "free" ? "Give the size of its flux: 'scale 1e-3'." : "Give the size of flux over affinity: 'scale 1e-6'.");
        return new LearnedProcess(process, form == "free", inputs, hidden, scale, where);
    }

    /// <summary>The network with the law in place.</summary>
    /// <param name="network">The model.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <exception cref="MeasurementException">An input is unknown, or its range of no use.</exception>
    public (Network Network, Perceptron Net) Replace(Network network, ulong seed) => network.WithLearnedLaw(Process, IsFree, [.. Inputs.Select(i => Input(network, i))], Hidden, Scale, seed);

    private LearnedInput Input(Network network, string text)
    {
        var range = RangeText.Parse(text);
        bool isKnown = network.Find(range.Name) is not null || network.Assignments.Any(a => a.Target == range.Name);
        if (!isKnown) throw new MeasurementException($"The model has no quantity '{range.Name}' for a law to depend on.", Where, "Name a species, variable, parameter or rule of the model.");
        var quantity = Expression.Symbol(range.Name);
        return range switch
        {
            LinearRange r => LearnedInput.Linear(quantity, (r.Low + r.High) / 2, (r.High - r.Low) / 2),
            // Two decades below the range differences no longer count.
            LogarithmicRange r => LearnedInput.Logarithmic(quantity, Math.Sqrt(r.Low * r.High), r.Low / 100, Math.Log(r.High / r.Low) / 2),
            _ => throw new MeasurementException($"'{text}' is no range for an input.", Where, Mend),
        };
    }
}
