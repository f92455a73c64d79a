namespace Protonmotive.Fitting.Problems;

/// <summary>What an experiment needs of the solver: times, and where each measurement stands.</summary>
internal sealed class ExperimentPlan
{
    /// <summary>Checks and sorts an experiment's measurements.</summary>
    public ExperimentPlan(FitProblem problem, FitExperiment experiment, IReadOnlyDictionary<string, int> observables, ObservedParameters? observed = null)
    {
        Experiment = experiment;
        ObservedTargets = observed?.Targets(experiment) ?? [];
        Solved = observed?.SolvedIn(experiment) ?? [];
        Start = experiment.StartTime ?? problem.StartTime;
        LastChange = Math.Max(Start, experiment.LastChange ?? Start);
        foreach (var m in experiment.Measurements)
        {
            if (!double.IsFinite(m.Value)) throw new FitException($"The measured value of '{m.Observable}' is {m.Value}.", Where(m), "Leave the measurement out, or give its number.");
            if (m.Noise.Scale != ParameterScale.Linear && !(m.Value > 0)) throw new FitException($"The measured value {m.Value:g6} of '{m.Observable}' has no logarithm, which its noise model needs.", Where(m), "Leave it out, or use noise on a linear scale.");
            if (!(m.Time >= Start)) throw new FitException($"'{m.Observable}' was measured at t = {m.Time:g6}, before the start at {Start:g6}.", Where(m), "Give a time not before the start, or inf for at rest.");
            if (m.Sigma.Length == 0 && !(m.SigmaValue > 0)) throw new FitException($"The noise of '{m.Observable}' is {m.SigmaValue:g6}.", Where(m), "Give a noise above 0.");
        }
        Times = [.. experiment.Measurements.Select(m => m.Time).Where(double.IsFinite).Distinct().Order()];
        HasRest = experiment.Measurements.Any(m => double.IsPositiveInfinity(m.Time));
        RowOf = [.. experiment.Measurements.Select(m => double.IsFinite(m.Time) ? Array.BinarySearch(Times, m.Time) : -1)];
        Simulated = [.. experiment.Measurements.Select(m => Index(m, m.Simulated, observables))];
        Sigma = [.. experiment.Measurements.Select(m => m.Sigma.Length == 0 ? -1 : Index(m, m.Sigma, observables))];
        var states = problem.System.States.Select((s, i) => (s.Name, i)).ToDictionary(s => s.Name, s => s.i, StringComparer.Ordinal);
        Restarts = new bool[states.Count];
        Formulas = [.. experiment.Condition.Assignments.Concat(experiment.Rest?.Assignments ?? []).Where(a => a.Formula.Length > 0).Select(a => a.Formula).Distinct()];
        foreach (string formula in Formulas) if (!observables.ContainsKey(formula)) throw new FitException($"'{formula}' is no observable of the system.", $"Experiment '{experiment.Name}'.", "Add it to the system's observables.");
        foreach (string name in experiment.Condition.Restarted) if (states.TryGetValue(name, out int i)) Restarts[i] = true;
        RestIndex = experiment.Rest is null ? -1 : problem.Experiments.Where(e => e.Rest is not null).Select(e => e.Rest!.Name).Distinct().ToList().IndexOf(experiment.Rest.Name);
    }

    /// <summary>The experiment.</summary>
    public FitExperiment Experiment { get; }

    /// <summary>When it starts.</summary>
    public double Start { get; }

    /// <summary>Time of the last change of condition.</summary>
    public double LastChange { get; }

    /// <summary>Observables whose values conditions take.</summary>
    public string[] Formulas { get; }

    /// <summary>Which parameters of the system are given by estimated ones that change only what is observed.</summary>
    public (int Estimated, int Parameter)[] ObservedTargets { get; }

    /// <summary>Estimated parameters that its solution depends on, ascending: the directions of its tangents.</summary>
    public int[] Solved { get; }

    /// <summary>Finite times of measurements, ascending.</summary>
    public double[] Times { get; }

    /// <summary>Whether something was measured at rest.</summary>
    public bool HasRest { get; }

    /// <summary>Row of each measurement; −1 at rest.</summary>
    public int[] RowOf { get; }

    /// <summary>Index of the observable of each measurement.</summary>
    public int[] Simulated { get; }

    /// <summary>Index of the observable of its noise; −1 for a number.</summary>
    public int[] Sigma { get; }

    /// <summary>Whether each state starts anew after rest.</summary>
    public bool[] Restarts { get; }

    /// <summary>Which of the problem's states of rest it starts from; −1 for none.</summary>
    public int RestIndex { get; }

    private string Where(FitMeasurement m) => m.Where.Length > 0 ? m.Where : $"Experiment '{Experiment.Name}'.";

    private int Index(FitMeasurement m, string name, IReadOnlyDictionary<string, int> observables) => observables.TryGetValue(name, out int index)
        ? index
        : throw new FitException($"'{name}' is no observable of the system.", Where(m), "Add it to the system's observables.");
}
