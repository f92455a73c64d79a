using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Fitting.Training;

/// <summary>How a problem is trained. Threads and saving do not change the result.</summary>
public sealed record TrainingPlan
{
    /// <summary>The stages, in order.</summary>
    public required ImmutableArray<TrainingStage> Stages { get; init; }

    /// <summary>
    /// Names of the experiments that no gradient sees; training stops by their loss. Empty for none: then the training loss decides. They choose when to stop, so what
    /// they show is not a test of the result: that takes data that nothing was chosen by.
    /// </summary>
    public ImmutableSortedSet<string> HeldOut { get; init; } = [];

    /// <summary>Threads; 0 for all cores.</summary>
    public int Workers { get; init; }

    /// <summary>Seconds between two writings of the state.</summary>
    public double SaveInterval { get; init; } = 5;

    /// <summary>What must agree for a saved training to go on.</summary>
    public IEnumerable<KeyValuePair<string, string>> Identity =>
    [
        new("held out", string.Join(", ", HeldOut)),
        .. Stages.Select((s, k) => new KeyValuePair<string, string>($"stage {k + 1}", string.Create(CultureInfo.InvariantCulture, $"{s.Name}: horizon {s.Horizon:R}, check {s.CheckEvery}, patience {s.Patience}, {s.Optimiser}, segments {s.Shooting?.TimesPerSegment ?? 0}, gap {s.Shooting?.Gap ?? 0:R}, free {s.Shooting?.HasFreeStarts ?? false}"))),
    ];
}
