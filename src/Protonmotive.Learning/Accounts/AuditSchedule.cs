namespace Protonmotive.Learning.Accounts;

/// <summary>Which steps are audited: one in k, from the first on; k is given, or chosen once from measured times.</summary>
/// <remarks>
/// k is taken from 1, 2, 5, 10, 20, 50 and so on, so that small differences of time seldom change it. The first audits of a process are
/// slow, since code is compiled; times are taken after some steps, as medians. Where audits turn out dearer than they were then, as on a machine that others
/// use too, those are left out that would go beyond the budget. Where the length of the training is known, some audits are spread over the whole of it, beyond the budget too while they take a few seconds: a short
/// training would else be judged by its first steps.
/// </remarks>
internal sealed class AuditSchedule
{
    /// <summary>Steps before times are taken, and audits and steps that are timed.</summary>
    private const int WarmUp = 3, TimedAudits = 3, TimedSteps = 12;

    /// <summary>Audits that are spread over a training of known length.</summary>
    private const int Spread = 16;

    /// <summary>Seconds that audits may take beyond the budget.</summary>
    private const double Patience = 5;

    private readonly double budget;
    private readonly List<double> audits = [], steps = [];
    private readonly bool isGiven;
    private readonly long? spacing;
    private int? every;
    private double auditTime, stepTime;

    /// <param name="every">k; null to choose it.</param>
    /// <param name="budget">Share of the time that audits may take.</param>
    /// <param name="length">Steps of the training; null where that is not known.</param>
    public AuditSchedule(int? every, double budget, long? length = null) => (this.every, this.budget, isGiven, spacing) = (every, budget, every is not null, length / Spread);

    /// <summary>k; null until it is chosen.</summary>
    public int? Every => every;

    /// <summary>Seconds that an audit took when k was chosen; NaN where it was given.</summary>
    public double AuditSeconds { get; private set; } = double.NaN;

    /// <summary>Seconds of a step without audit when k was chosen; NaN where it was given.</summary>
    public double StepSeconds { get; private set; } = double.NaN;

    /// <summary>Takes over what was chosen before.</summary>
    public void Resume(int? chosen, double auditTime, double stepTime)
    {
        every ??= chosen;
        (AuditSeconds, StepSeconds) = (auditTime, stepTime);
    }

    /// <summary>Whether a step is audited.</summary>
    public bool IsAudited(long step) => (!isGiven && spacing is { } s && step % Math.Max(1, s) == 0 && audits.Sum() + auditTime < Patience) || (every is { } k ? step % k == 0 && (isGiven || auditTime <= budget * stepTime) : step == 0 || (step >= WarmUp && audits.Count <= TimedAudits && step % 5 == 0));

    /// <summary>Takes the time of a step: from the end of the step before to its own end, without the audit.</summary>
    public void TookStep(double seconds, long step)
    {
        if (every is not null) stepTime += seconds;
        else if (step >= WarmUp) steps.Add(seconds);
        Choose();
    }

    /// <summary>Takes the time of an audit.</summary>
    public void TookAudit(double seconds)
    {
        if (every is null) audits.Add(seconds);
        else auditTime += seconds;
    }

    private void Choose()
    {
        if (every is not null || audits.Count <= TimedAudits || steps.Count < TimedSteps) return;
        (AuditSeconds, StepSeconds) = (Median(audits[1..]), Median(steps));
        double needed = AuditSeconds / (budget * StepSeconds);
        int decade = 1;
        while (true)
        {
            foreach (int k in (int[])[1, 2, 5])
            {
                if (k * decade < needed) continue;
                every = k * decade;
                return;
            }
            if (decade > 100_000) throw new TrainingLedgerException("An audit takes more than a million times as long as a step.", "training ledger", "Give it a smaller probe, or say how often to audit.");
            decade *= 10;
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
