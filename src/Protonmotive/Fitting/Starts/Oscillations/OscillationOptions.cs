namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>How much a start spends on finding an oscillation.</summary>
public sealed record OscillationOptions
{
    /// <summary>Oscillators from which a start chooses.</summary>
    public int Oscillators { get; init; } = 6;

    /// <summary>Most points drawn to find them.</summary>
    public int Draws { get; init; } = 300_000;

    /// <summary>Factor on the simulations of the search, some 4,500 with 6 oscillators.</summary>
    public double Effort { get; init; } = 1;
}
