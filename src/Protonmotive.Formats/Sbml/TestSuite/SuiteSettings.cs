using System.Collections.Immutable;

namespace Protonmotive.Formats.Sbml.TestSuite;

/// <summary>What a case wants simulated, and how its results are compared: |expected − found| ≤ absolute + relative·|expected|.</summary>
/// <param name="Start">First output time.</param>
/// <param name="Duration">Time from first to last output.</param>
/// <param name="Steps">Number of intervals between outputs.</param>
/// <param name="Variables">What to tabulate, in order.</param>
/// <param name="Amounts">Species wanted as amounts.</param>
/// <param name="Concentrations">Species wanted as concentrations.</param>
/// <param name="Absolute">Absolute tolerance.</param>
/// <param name="Relative">Relative tolerance.</param>
public sealed record SuiteSettings(
    double Start, double Duration, int Steps, ImmutableArray<string> Variables, ImmutableArray<string> Amounts, ImmutableArray<string> Concentrations,
    double Absolute, double Relative)
{
    /// <summary>The statistics compared in a stochastic case: names such as X-mean and X-sd.</summary>
    public ImmutableArray<string> Output { get; init; } = [];

    /// <summary>Allowed range of the standardised mean.</summary>
    public (double Low, double High) MeanRange { get; init; } = (-3, 3);

    /// <summary>Allowed range of the standardised deviation.</summary>
    public (double Low, double High) DeviationRange { get; init; } = (-5, 5);

    internal static SuiteSettings Of(IReadOnlyDictionary<string, string> fields, string file)
    {
        string Field(string key) => fields.GetValueOrDefault(key, "");
        double Number(string key) => Field(key).Length == 0 ? 0 : SuiteCase.Number(Field(key), file, 0);
        (double, double) Range(string key, double standard)
        {
            var parts = Field(key).Trim('(', ')', ' ').Split(',');
            return parts.Length == 2 ? (SuiteCase.Number(parts[0], file, 0), SuiteCase.Number(parts[1], file, 0)) : (-standard, standard);
        }
        return new SuiteSettings(Number("start"), Number("duration"), (int)Number("steps"), SuiteCase.Split(Field("variables")), SuiteCase.Split(Field("amount")),
            SuiteCase.Split(Field("concentration")), Number("absolute"), Number("relative"))
        {
            Output = SuiteCase.Split(Field("output")),
            MeanRange = Range("meanRange", 3),
            DeviationRange = Range("sdRange", 5),
        };
    }
}
