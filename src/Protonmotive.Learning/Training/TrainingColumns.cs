using Protonmotive.Learning.Accounts;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Learning.Training;

/// <summary>The columns of a training: a row for each step that was audited or before which the network was measured, and one for the end. What was not taken there is NaN.</summary>
internal static class TrainingColumns
{
    /// <summary>Column of the chief measure.</summary>
    public const string Measure = "measure";

    /// <summary>Column of what is missing of the chief measure's best; there where it has one.</summary>
    public const string Missing = "missing";

    /// <summary>The columns; sums run over the audited steps, and stand in the last row once more.</summary>
    public static Trajectory Of(TrainingAccount account, TrainingResult result)
    {
        var steps = account.Audited.ToDictionary(s => s.Step);
        var measures = result.Evaluations.GroupBy(e => (long)e.Step).ToDictionary(g => g.Key, g => g.Last().Measures[0]);
        long[] rows = [.. steps.Keys.Concat(measures.Keys).Append(account.Steps).Distinct().Order()];
        TrajectoryColumn Column(string name, string unit, Func<StepAccount, double> value, double end = double.NaN) =>
            new(name, unit, [.. rows.Select(r => steps.TryGetValue(r, out var step) ? value(step) : r == account.Steps ? end : double.NaN)]);
        TrajectoryColumn Sum(string name, Func<StepAccount, double> value)
        {
            double sum = 0;
            var sums = account.Audited.ToDictionary(s => s.Step, s => sum += value(s));
            return Column(name, account.LossUnit, s => sums[s.Step], sum);
        }
        TrajectoryColumn Measured(string name, Func<Measure, double> value) => new(name, measures[rows.Last(measures.ContainsKey)].Unit, [.. rows.Select(r => measures.TryGetValue(r, out var m) ? value(m) : double.NaN)]);
        var first = account.Audited[0];
        return new Trajectory(
        [
            new(Trajectory.TimeName, "step", [.. rows.Select(r => (double)r)]),
            Column("loss.batch", account.LossUnit, s => s.BatchLossBefore ?? double.NaN),
            Column("loss.probe", account.LossUnit, s => s.LossBefore, account.LossAtEnd),
            Sum("supplied", s => s.Supplied), Sum("noise", s => s.Noise), Sum("curvature", s => s.Curvature), Sum("gained", s => s.Gained), Sum("memorised", s => s.Memorised ?? double.NaN),
            Measured(Measure, m => m.Value), .. result.Evaluations[0].Measures[0].Best is { } best ? [Measured(Missing, m => best - m.Value)] : Array.Empty<TrajectoryColumn>(),
            .. first.Layers.SelectMany((l, i) => new[]
            {
                Column("supplied." + l.Name, account.LossUnit, s => s.Layers[i].Supplied), Column("noise." + l.Name, account.LossUnit, s => s.Layers[i].Noise),
                Column("curvature." + l.Name, account.LossUnit, s => s.Layers[i].Curvature), Column("update." + l.Name, "1", s => s.Layers[i].UpdateRatio),
                Column("gradient." + l.Name, account.LossUnit, s => s.Layers[i].GradientNorm),
            }),
            .. first.Mechanisms.Select((m, i) => Column("mechanism." + m.Name, account.LossUnit, s => s.Mechanisms[i].Power)),
        ]);
    }
}
