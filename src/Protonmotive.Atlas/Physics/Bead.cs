namespace Protonmotive.Atlas.Physics;

/// <summary>A bead of 1 µm in water at 25 °C, in an optical trap.</summary>
internal static class Bead
{
    /// <summary>k_B T at 298.15 K, in zJ = pN·nm (CODATA 2018).</summary>
    public const double KT = 1.380649e-2 * 298.15;

    /// <summary>Stokes' friction 6πηr with 0.89 mPa·s, in pN·s/nm.</summary>
    public const double Gamma = 6 * Math.PI * 8.9e-4 * 0.5e-6 * 1e3;

    /// <summary>Stiffness of a soft trap, in pN/nm: of the order of optical traps.</summary>
    public const double Stiffness = 0.005;
}
