using System.Collections.Immutable;
using Protonmotive.Learning.Joules;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Learning.Accounts;

/// <summary>The account of a training: the audited steps, and what is known of all.</summary>
public sealed record TrainingAccount
{
    /// <summary>Name of the network.</summary>
    public required string Name { get; init; }

    /// <summary>Unit of the loss.</summary>
    public required string LossUnit { get; init; }

    /// <summary>Steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>One step in so many is audited; null while that is not chosen yet.</summary>
    public required int? Every { get; init; }

    /// <summary>The steps audited.</summary>
    public required ImmutableArray<StepAccount> Audited { get; init; }

    /// <summary>The probe's loss before the first step.</summary>
    public required double LossAtStart { get; init; }

    /// <summary>The probe's loss after the last step.</summary>
    public required double LossAtEnd { get; init; }

    /// <summary>Seconds from the first step to the last, without audits.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>Seconds that audits took.</summary>
    public required double AuditSeconds { get; init; }

    /// <summary>Seconds of an audit when the schedule was chosen; NaN where it was given.</summary>
    public double TypicalAuditSeconds { get; init; } = double.NaN;

    /// <summary>Seconds of a step when the schedule was chosen; NaN where it was given.</summary>
    public double TypicalStepSeconds { get; init; } = double.NaN;

    /// <summary>What the training took in joules, and learned in bits; null where it was not counted.</summary>
    public EnergyBill? Bill { get; init; }

    /// <summary>Where the training left the numbers; null where it did not. The loss at the end is then the last that was finite.</summary>
    public NonFinite? NonFinite { get; init; }

    /// <summary>P over the audited steps.</summary>
    public double Supplied => Audited.Sum(a => a.Supplied);

    /// <summary>N over the audited steps.</summary>
    public double Noise => Audited.Sum(a => a.Noise);

    /// <summary>K over the audited steps.</summary>
    public double Curvature => Audited.Sum(a => a.Curvature);

    /// <summary>W over the audited steps.</summary>
    public double Gained => Audited.Sum(a => a.Gained);

    /// <summary>W/P over the audited steps; null where nothing was supplied or the held-out loss rose.</summary>
    public double? Efficiency => Supplied > 0 && Gained >= 0 ? Gained / Supplied : null;

    /// <summary>What was memorised over the audited steps; null where the batches' losses were not given.</summary>
    public double? Memorised => Audited.All(a => a.Memorised is not null) ? Audited.Sum(a => a.Memorised) : null;

    /// <summary>The probe's loss removed by all steps.</summary>
    public double GainedInAll => LossAtStart - LossAtEnd;

    /// <summary>Time of the audits over that of the training.</summary>
    public double Overhead => TrainingSeconds == 0 ? 0 : AuditSeconds / TrainingSeconds;

    /// <summary>Largest closure residual of a step.</summary>
    public double LargestResidual => Audited.IsEmpty ? 0 : Audited.Max(a => a.ClosureResidual);

    /// <summary>The account as the engine's ledger: layers are its processes, the parts of the optimiser's rule its supplies.</summary>
    public Ledger ToLedger() => TrainingPosting.Post(this);

    /// <summary>The statement: the ledger, then identities, estimates and readings apart.</summary>
    public override string ToString() => TrainingStatement.Print(this);
}
