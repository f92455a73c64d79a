namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>Where the mitochondria are: volumes per volume of cell or suspension.</summary>
/// <param name="MitochondrialVolume">L mitochondria per L.</param>
/// <param name="OuterVolume">L cytosol or buffer per L.</param>
/// <param name="OuterWater">L water per L cytosol or buffer.</param>
/// <param name="Source">Source.</param>
internal sealed record Surroundings(double MitochondrialVolume, double OuterVolume, double OuterWater, string Source)
{
    /// <summary>A heart cell.</summary>
    public static Surroundings Cell { get; } = new(0.2882, 0.6601, 0.8425, "Bazil 2016");

    /// <summary>Isolated mitochondria in a respiration chamber.</summary>
    public static Surroundings Suspension { get; } = new(5e-4, 1, 1, "Randall 2021");
}

/// <summary>Concentrations in M, potential difference in V, at the start.</summary>
internal sealed record InitialConditions
{
    public double Potential { get; init; } = 0.175;

    public double ATPx { get; init; } = 0.5e-3;

    public double ADPx { get; init; } = 9.5e-3;

    public double Pix { get; init; } = 1.0e-3;

    public bool HoldsMatrixPhosphate { get; init; }

    /// <summary>Share of NAD that is reduced.</summary>
    public double ReducedNAD { get; init; } = 2.0 / 3;

    /// <summary>Share of ubiquinone that is reduced.</summary>
    public double ReducedQ { get; init; } = 0.1;

    /// <summary>Share of cytochrome c that is reduced.</summary>
    public double ReducedC { get; init; } = 0.1;

    public double ATPc { get; init; }

    public double ADPc { get; init; } = 10e-3;

    public double Pic { get; init; } = 10e-3;
}
