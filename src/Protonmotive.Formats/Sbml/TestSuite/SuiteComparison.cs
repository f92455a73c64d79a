namespace Protonmotive.Formats.Sbml.TestSuite;

/// <summary>The rule of the suite: |expected − found| ≤ absolute + relative·|expected|, with NaN equal to NaN.</summary>
internal static class SuiteComparison
{
    /// <summary>Compares columns, one for each variable of the settings, and tells the worst value.</summary>
    public static SuiteOutcome Of(SuiteCase test, string level, double[][] columns)
    {
        double worst = 0;
        SuiteOutcome outcome = new(test.Id, level, true, "");
        for (int v = 0; v < columns.Length; v++)
        {
            if (columns[v].Length != test.Expected.Length) return new SuiteOutcome(test.Id, level, false, $"{columns[v].Length} rows instead of {test.Expected.Length}");
            for (int row = 0; row < test.Expected.Length; row++)
            {
                double expected = test.Expected[row][v], found = columns[v][row];
                double error = expected.Equals(found) ? 0 : Math.Abs(expected - found) / (test.Settings.Absolute + (test.Settings.Relative * Math.Abs(expected)));
                if (double.IsNaN(error)) error = double.PositiveInfinity;
                if (error <= worst) continue;
                worst = error;
                outcome = outcome with { Variable = test.Settings.Variables[v], Time = test.Times.IsEmpty ? null : test.Times[row], Expected = expected, Found = found, Error = error };
            }
        }
        return worst <= 1 ? outcome : outcome with
        {
            Passed = false,
            Why = FormattableString.Invariant($"{outcome.Variable}{(outcome.Time is { } time ? FormattableString.Invariant($" at {time:g6}") : "")}: expected {outcome.Expected:g8}, found {outcome.Found:g8}, {worst:g3} times the error allowed"),
        };
    }
}
