using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Chemistry;

/// <summary>Growth rate of every mode of a field between two times: the slope of the logarithm of its amplitude.</summary>
internal sealed class ModeGrowth
{
    private readonly double[] early, late;
    private readonly double strongest;

    private ModeGrowth(WaveSpectrum first, WaveSpectrum second, double span)
    {
        (early, late) = (first.Amplitude, second.Amplitude);
        (WaveNumber, Laplacian) = (first.WaveNumber, first.Laplacian);
        Rate = [.. early.Zip(late, (a, b) => Math.Log(b / a) / span)];
        strongest = late.Skip(1).Max();
    }

    /// <summary>Growth rate of each mode, 1/s.</summary>
    public double[] Rate { get; }

    /// <summary>k of each mode: 2π over its wavelength, radians per unit of length.</summary>
    public double[] WaveNumber { get; }

    /// <summary>q of each mode.</summary>
    public double[] Laplacian { get; }

    /// <summary>Growth between the rows nearest to two times.</summary>
    public static ModeGrowth Between(Grid grid, Solution solution, string store, (double From, double To) times)
    {
        int from = Nearest(solution, times.From), to = Nearest(solution, times.To);
        return new ModeGrowth(WaveSpectrum.Of(grid, solution, store, from), WaveSpectrum.Of(grid, solution, store, to), solution.Times[to] - solution.Times[from]);
    }

    /// <summary>The strongest of the modes that grow fastest by theory: modes of one eigenvalue grow alike.</summary>
    public int Fastest(BrusselatorTheory theory)
    {
        double most = Laplacian.Skip(1).Max(theory.GrowthRate);
        return Enumerable.Range(1, Rate.Length - 1).Where(i => theory.GrowthRate(Laplacian[i]) > most - 1e-9).MaxBy(i => late[i]);
    }

    /// <summary>Whether a mode stands out of what the product of stronger ones stirs up.</summary>
    public bool IsExcited(int mode) => early[mode] > 0 && late[mode] > 0.02 * strongest;

    private static int Nearest(Solution solution, double time)
    {
        int best = 0;
        for (int row = 0; row < solution.RowCount; row++) if (Math.Abs(solution.Times[row] - time) < Math.Abs(solution.Times[best] - time)) best = row;
        return best;
    }
}
