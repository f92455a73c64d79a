using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>How large the local error of tangents was in a step.</summary>
/// <param name="Time">Start of the step.</param>
/// <param name="Length">Its length.</param>
/// <param name="Order">The error goes with this power of the length.</param>
/// <param name="Size">The error, relative to what is allowed.</param>
internal readonly record struct StepError(double Time, double Length, int Order, double Size)
{
    // As step control does: aim below the limit, and do not trust an estimate further than this.
    private const double Safety = 0.8, Shortest = 0.05;

    /// <summary>The largest steps that keep errors below 1, given those of a solve.</summary>
    /// <param name="errors">Of every step, in order.</param>
    /// <param name="before">Limits that the solve kept to; null for none.</param>
    public static StepLimits Limits(IReadOnlyList<StepError> errors, StepLimits? before) => new(
        [.. errors.Select(e => e.Time)],
        [.. errors.Select(e => e.Size > 1 ? e.Length * Math.Max(Shortest, Safety * Math.Pow(e.Size, -1.0 / e.Order)) : before?.From(e.Time, double.MaxValue) ?? double.MaxValue)]);
}
