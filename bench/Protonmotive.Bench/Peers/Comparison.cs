namespace Protonmotive.Bench.Peers;

/// <summary>All contenders on one problem.</summary>
/// <param name="Problem">Its name.</param>
/// <param name="States">How many.</param>
/// <param name="Members">Members of the ensemble; 1 for a trajectory.</param>
/// <param name="Agreement">How far the tight solutions of the two codes lie apart, in the measure of the errors.</param>
/// <param name="Curves">One a contender.</param>
internal sealed record Comparison(string Problem, int States, int Members, double Agreement, List<WorkPrecision> Curves)
{
    /// <summary>Runs all contenders at all tolerances, in turns.</summary>
    /// <param name="problem">Its name.</param>
    /// <param name="states">How many.</param>
    /// <param name="members">Members of the ensemble; 1 for a trajectory.</param>
    /// <param name="agreement">How far the tight solutions lie apart.</param>
    /// <param name="reference">Tight end states.</param>
    /// <param name="contenders">Who runs.</param>
    /// <param name="tolerances">Relative tolerances.</param>
    /// <param name="rounds">How often each runs at each tolerance.</param>
    public static Comparison Run(string problem, int states, int members, double agreement, double[][] reference, IReadOnlyList<Contender> contenders, double[] tolerances, int rounds)
    {
        var curves = contenders.Select(c => new WorkPrecision(c.Name, c.IsOurs, c.Lanes, [])).ToList();
        foreach (double tolerance in tolerances)
        {
            var results = contenders.Select(_ => new List<PeerResult>()).ToList();
            for (int round = 0; round < rounds; round++)
            {
                for (int k = 0; k < contenders.Count; k++)
                    if (contenders[k].Solve(tolerance) is { } result) results[k].Add(result);
            }
            for (int k = 0; k < contenders.Count; k++)
            {
                if (results[k].Count == 0 || !double.IsFinite(results[k][0].Error(reference))) continue;
                double median = results[k].Select(r => r.Microseconds).Order().ElementAt(results[k].Count / 2);
                curves[k].Points.Add(new WorkPoint(tolerance, results[k][0].Error(reference), median, results[k][0].Work));
            }
        }
        return new Comparison(problem, states, members, agreement, [.. curves.Where(c => c.Points.Count > 0)]);
    }

    /// <summary>The name of the automatic choice.</summary>
    public const string Automatic = "automatic";

    /// <summary>Members in an instruction where nothing is asked for.</summary>
    public int? DefaultLanes => Curves.Max(c => c.Lanes);

    /// <summary>The fastest at an error; null where none gets there.</summary>
    /// <param name="isOurs">Among ours, or among theirs.</param>
    /// <param name="error">The error.</param>
    /// <param name="lanes">Only contenders of this width.</param>
    public WorkPrecision? Best(bool isOurs, double error, int? lanes = null) =>
        Curves.Where(c => c.IsOurs == isOurs && (!isOurs || lanes is null || c.Lanes == lanes) && double.IsFinite(c.At(error))).MinBy(c => c.At(error));

    /// <summary>Time of CVODE over ours at an error; NaN where one of them does not get there.</summary>
    /// <param name="error">The error.</param>
    /// <param name="lanes">Only contenders of ours of this width.</param>
    public double Ratio(double error, int? lanes = null) =>
        Best(false, error) is { } theirs && Best(true, error, lanes) is { } ours ? theirs.At(error) / ours.At(error) : double.NaN;

    /// <summary>Time of CVODE over that of the automatic choice at an error; NaN where it did not run or one does not get there.</summary>
    /// <param name="error">The error.</param>
    public double AutomaticRatio(double error) =>
        Best(false, error) is { } theirs && Curves.FirstOrDefault(c => c.Code == Automatic) is { } ours ? theirs.At(error) / ours.At(error) : double.NaN;
}
