namespace Protonmotive.Solvers;

/// <summary>Where a solve stands at a stop; valid only while it is observed.</summary>
/// <param name="time">Time.</param>
/// <param name="state">State, shape [n].</param>
/// <param name="parameters">Parameters, modes last.</param>
internal readonly ref struct StopPoint(double time, ReadOnlySpan<double> state, ReadOnlySpan<double> parameters)
{
    /// <summary>Time.</summary>
    public double Time { get; } = time;

    /// <summary>State, shape [n].</summary>
    public ReadOnlySpan<double> State { get; } = state;

    /// <summary>Parameters, modes last.</summary>
    public ReadOnlySpan<double> Parameters { get; } = parameters;
}
