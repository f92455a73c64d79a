using Protonmotive.Atlas.Mitochondrion;
using Xunit;

namespace Protonmotive.Tests.Reference.Atlas;

/// <summary>Steady states of Beard (2005) recomputed by an independent implementation: reference/mitochondrion.md, sections B.5 and B.6.</summary>
public class BeardTables
{
    [Theory]
    [InlineData(0, 169.7846, 7.14001, 0.59927, 0.66733, 0.07444, 0.33720)]
    [InlineData(0.125, 174.8835, 7.13167, 0.67988, 0.55701, 0.08189, 0.34731)]
    [InlineData(1, 185.3587, 7.11170, 0.74977, 0.27006, 0.09887, 0.36810)]
    [InlineData(5, 193.0027, 7.08431, 0.76568, 0.13621, 0.11007, 0.38326)]
    [InlineData(10, 196.2279, 7.05703, 0.76743, 0.11497, 0.11104, 0.38965)]
    public void State_2(double Pi, double ψ, double pH, double NADH, double QH2, double c, double C4)
    {
        var run = Run(new Beard2005AsPublished(), 0, Pi * 1e-3);
        Check(run, ψ, pH, NADH, C4);
        AtlasRun.Close(QH2, run.End("QH2_fraction"), 1e-5);
        AtlasRun.Close(c, run.End("cred_fraction"), 1e-5);
    }

    [Theory]
    [InlineData(0.1, 160.3062, 7.14061, 0.41173, 0.73678, 1.0460)]
    [InlineData(0.3, 156.9878, 7.13953, 0.34580, 1.2090, 2.2429)]
    [InlineData(1, 156.4783, 7.13450, 0.31503, 2.1419, 4.5777)]
    [InlineData(3, 160.4350, 7.12067, 0.31230, 3.0454, 6.8170)]
    [InlineData(5, 164.0152, 7.10853, 0.32699, 3.2593, 7.3339)]
    [InlineData(10, 169.5611, 7.08256, 0.34848, 3.3702, 7.5837)]
    public void State_3(double Pi, double ψ, double pH, double NADH, double C4, double F1)
    {
        var run = Run(new Beard2005AsPublished(), 1.3e-3, Pi * 1e-3);
        Check(run, ψ, pH, NADH, C4);
        AtlasRun.CloseDigits(F1, 1000 * run.End("F1"));
        // Identities of the steady state.
        Assert.Equal(run.End("C4"), run.End("DH"), 1e-9);
        Assert.Equal((10 * run.End("C4")) - (4 * run.End("F1")), run.End("leak"), 1e-9);
    }

    [Theory]
    [InlineData(1e-5, 0.777799, 1.02102)]
    [InlineData(1e-4, 2.30657, 4.91666)]
    [InlineData(1e-3, 3.22873, 7.25639)]
    public void ADP_titration_at_5_millimolar_phosphate(double ADP, double C4, double ANT)
    {
        var run = Run(new Beard2005AsPublished(), ADP, 5e-3);
        AtlasRun.CloseDigits(C4, 1000 * run.End("C4"), 6);
        AtlasRun.CloseDigits(ANT, 1000 * run.End("ANT"), 6);
    }

    [Theory]
    [InlineData(1e-3, 156.7078, 2.2774e-3)]
    [InlineData(5e-3, 164.3132, 3.2696e-3)]
    public void Consistent_phosphate_carrier(double Pi, double ψ, double C4)
    {
        var run = Run(new Beard2005(), 1.3e-3, Pi);
        AtlasRun.Close(ψ, 1000 * run.End("DeltaPsi"), 1e-4);
        AtlasRun.CloseDigits(C4, run.End("C4"));
    }

    private static AtlasRun Run(BeardSystem system, double ADP, double Pi) => AtlasRun.Of(system, system.Build(ADP, Pi), 300);

    private static void Check(AtlasRun run, double ψ, double pH, double NADH, double C4)
    {
        AtlasRun.Close(ψ, 1000 * run.End("DeltaPsi"), 1e-4);
        AtlasRun.Close(pH, run.End("pH_x"), 1e-5);
        AtlasRun.Close(NADH, run.End("NADH_fraction"), 1e-5);
        AtlasRun.CloseDigits(C4, 1000 * run.End("C4"));
    }
}
