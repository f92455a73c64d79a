using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;

namespace Protonmotive.Formats.Measurements;

/// <summary>What a column of a table measured, and how it scatters: <c>OCR = J_O2 ± 5 %</c>.</summary>
/// <param name="Column">The column; with * at its end, every column that begins so.</param>
/// <param name="Formula">What simulates it, in the model's symbols.</param>
/// <param name="Noise">A formula of the noise, the name of a column that holds it, or "" where <paramref name="Part"/> and <paramref name="Floor"/> give it.</param>
/// <param name="Part">Noise as a part of the measured value.</param>
/// <param name="Floor">Noise added to that part.</param>
/// <param name="Model">The distribution.</param>
/// <param name="Where">Where it was read, for messages.</param>
internal sealed record MeasuredColumn(string Column, string Formula, string Noise, double Part, double Floor, NoiseModel Model, string Where)
{
    /// <summary>Name of what was measured, for reports: replicates have one.</summary>
    public string Name { get; init; } = Column.TrimEnd('*');

    private const string Mend = "Write e.g. 'OCR = J_O2 ± 5 %', 'S1 ± 0.1', 'S1 ± 5 % + 0.1', 'S1 ± sigma log10-normal'.";

    private static readonly (string Word, NoiseModel Model)[] words =
    [
        ("log10-normal", new(NoiseDistribution.Normal, ParameterScale.Log10)), ("log10-laplace", new(NoiseDistribution.Laplace, ParameterScale.Log10)),
        ("log-normal", new(NoiseDistribution.Normal, ParameterScale.Log)), ("log-laplace", new(NoiseDistribution.Laplace, ParameterScale.Log)),
        ("normal", new(NoiseDistribution.Normal)), ("laplace", new(NoiseDistribution.Laplace)),
    ];

    /// <summary>Reads one.</summary>
    /// <exception cref="MeasurementException">It is not of that form.</exception>
    public static MeasuredColumn Parse(string text, string where)
    {
        string plain = text.Replace("+/-", "±", StringComparison.Ordinal).Replace("+-", "±", StringComparison.Ordinal);
        string[] sides = plain.Split('±');
        if (sides.Length != 2 || sides[1].Trim().Length == 0) throw new MeasurementException($"'{text}' does not say how its measurements scatter.", where, Mend);
        int equals = sides[0].IndexOf('=', StringComparison.Ordinal);
        string column = (equals < 0 ? sides[0] : sides[0][..equals]).Trim(), formula = (equals < 0 ? column.TrimEnd('*') : sides[0][(equals + 1)..]).Trim();
        if (column.Length == 0 || formula.Length == 0) throw new MeasurementException($"'{text}' does not say which column it is, and of what.", where, Mend);
        var (noise, model) = Distribution(sides[1].Trim());
        int percent = noise.IndexOf('%', StringComparison.Ordinal);
        if (percent >= 0)
        {
            string rest = noise[(percent + 1)..].Trim();
            double floor = 0;
            if (!TryNumber(noise[..percent], out double part) || (rest.Length > 0 && (rest[0] != '+' || !TryNumber(rest[1..], out floor)))) throw new MeasurementException($"'{noise}' is no part of a measured value.", where, Mend);
            return new MeasuredColumn(column, formula, "", Positive(part / 100), Positive(floor), model, where);
        }
        return TryNumber(noise, out double number) ? new MeasuredColumn(column, formula, "", 0, Positive(number), model, where) : new MeasuredColumn(column, formula, noise, 0, 0, model, where);

        double Positive(double value) => value >= 0 && double.IsFinite(value) ? value : throw new MeasurementException($"'{noise}' is no spread.", where, "Give a number above 0.");
    }

    private static (string Noise, NoiseModel Model) Distribution(string text)
    {
        foreach (var (word, model) in words)
        {
            if (text.EndsWith(" " + word, StringComparison.Ordinal)) return (text[..^word.Length].Trim(), model);
        }
        return (text, new NoiseModel(NoiseDistribution.Normal));
    }

    private static bool TryNumber(string text, out double value) => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
