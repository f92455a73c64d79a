namespace Protonmotive.Learning.Accounts;

/// <summary>Which steps are audited: one in k, from the first on; k is given, or chosen once from measured times.</summary>
/// <remarks>
/// k is taken from 1, 2, 5, 10, 20, 50 and so on, so that small differences of time seldom change it. The first audit of a process is
/// slow, since code is compiled; times are taken after some steps, as medians, of fewer audits where they are dear. An audit's turn is left out
/// where all before it, those that chose k too, have used up the budget. Some audits are spread over a training of known length, beyond the budget too while
/// all take a few seconds: a short one would else be judged by its first steps.
/// </remarks>
internal sealed class AuditSchedule
{
    /// <summary>Steps before times are taken, and audits and steps that are timed.</summary>
    private const int WarmUp = 3, TimedAudits = 3, TimedSteps = 12;

    /// <summary>Audits that are spread over a training of known length.</summary>
    private const int Spread = 16;

    /// <summary>Seconds that audits may take before those that are spread keep to the budget too.</summary>
    private const double Patience = 5;

    private readonly double budget;
    private readonly List<double> audits = [], steps = [];
    private readonly bool isGiven;
    private readonly long? spacing;
    private int? every;
    private double spent, stepTime;

    /// <param name="every">k; null to choose it.</param>
    /// <param name="budget">Share of the time that audits may take.</param>
    /// <param name="length">Steps of the training; null where that is not known.</param>
    public AuditSchedule(int? every, double budget, long? length = null) => (this.every, this.budget, isGiven, spacing) = (every, budget, every is not null, length is { } n ? Math.Max(1, (n + Spread - 1) / Spread) : null);

    /// <summary>k; null until it is chosen.</summary>
    public int? Every => every;

    /// <summary>Seconds that an audit took when k was chosen; NaN where it was given.</summary>
    public double AuditSeconds { get; private set; } = double.NaN;

    /// <summary>Seconds of a step without audit when k was chosen; NaN where it was given.</summary>
    public double StepSeconds { get; private set; } = double.NaN;

    /// <summary>Whether enough audits were timed to choose k; the first is not among them.</summary>
    private bool AreAuditsTimed => audits.Count > TimedAudits || (audits.Count > 1 && spent > Patience / 2);

    /// <summary>Takes over what was chosen, and spent, before.</summary>
    public void Resume(TrainingAccount account)
    {
        every ??= account.Every;
        (AuditSeconds, StepSeconds, spent, stepTime) = (account.TypicalAuditSeconds, account.TypicalStepSeconds, account.AuditSeconds, account.TrainingSeconds);
    }

    /// <summary>Whether a step is audited.</summary>
    public bool IsAudited(long step)
    {
        if (isGiven) return step % every!.Value == 0;
        if (every is null && !AreAuditsTimed && (step == 0 || (step >= WarmUp && step % 5 == 0))) return true;
        bool isTurn = every is { } k && step % k == 0, isSpread = spacing is { } s && step % s == 0;
        return (isTurn || isSpread) && spent < Math.Max(isSpread ? Patience : 0, budget * stepTime);
    }

    /// <summary>Takes the times of a step.</summary>
    /// <param name="step">Its number.</param>
    /// <param name="seconds">From the end of the step before to its own end, without the audit.</param>
    /// <param name="audit">Seconds of its audit; null where it was not audited.</param>
    public void Took(long step, double seconds, double? audit = null)
    {
        stepTime += seconds;
        spent += audit ?? 0;
        if (every is not null) return;
        if (audit is { } taken) audits.Add(taken);
        else if (step >= WarmUp) steps.Add(seconds);
        Choose();
    }

    private void Choose()
    {
        if (!AreAuditsTimed || steps.Count < TimedSteps) return;
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
