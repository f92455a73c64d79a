namespace Protonmotive.Thermodynamics;

/// <summary>Free energies from work along paths, however fast it was done.</summary>
public static class WorkRelations
{
    private const int Bisections = 200;

    /// <summary>ΔF = −k_BT ln⟨exp(−W/k_BT)⟩ over paths that begin in equilibrium.</summary>
    /// <param name="work">Work on each path.</param>
    /// <param name="thermalEnergy">k_BT, in the unit of the work; above 0.</param>
    /// <returns>ΔF and its standard error by first-order propagation, which is too small where few paths carry the mean.</returns>
    /// <exception cref="ProtonmotiveException">There are fewer than two paths, or k_BT is not positive.</exception>
    /// <remarks>Jarzynski (1997), Phys. Rev. Lett. 78, 2690.</remarks>
    public static (double Value, double StandardError) Jarzynski(ReadOnlySpan<double> work, double thermalEnergy)
    {
        Check(work, thermalEnergy);
        double least = double.PositiveInfinity, sum = 0, squares = 0;
        foreach (double w in work) least = Math.Min(least, w);
        foreach (double w in work)
        {
            double weight = Math.Exp((least - w) / thermalEnergy);
            sum += weight;
            squares += weight * weight;
        }
        double mean = sum / work.Length, variance = Math.Max(0, (squares / work.Length) - (mean * mean));
        return (least - (thermalEnergy * Math.Log(mean)), thermalEnergy * Math.Sqrt(variance / work.Length) / mean);
    }

    /// <summary>ΔF from work forward and back: where Σ 1/(1 + e^(β(W−ΔF)) n_F/n_R) over forward paths equals Σ 1/(1 + e^(β(W+ΔF)) n_R/n_F) over reverse ones.</summary>
    /// <param name="forward">Work on each forward path.</param>
    /// <param name="reverse">Work on each path of the reversed protocol.</param>
    /// <param name="thermalEnergy">k_BT, in the unit of the work; above 0.</param>
    /// <returns>ΔF of the forward protocol and its standard error.</returns>
    /// <exception cref="ProtonmotiveException">There are fewer than two paths of one kind, or k_BT is not positive.</exception>
    /// <remarks>Bennett (1976), J. Comput. Phys. 22, 245; the maximum-likelihood use of p_F(W) = p_R(−W) e^(β(W − ΔF)) (Crooks 1999; Shirts, Bair, Hooker and Pande 2003).</remarks>
    public static (double Value, double StandardError) Bennett(ReadOnlySpan<double> forward, ReadOnlySpan<double> reverse, double thermalEnergy)
    {
        Check(forward, thermalEnergy);
        Check(reverse, thermalEnergy);
        double low = double.PositiveInfinity, high = double.NegativeInfinity, shift = Math.Log((double)forward.Length / reverse.Length);
        foreach (double w in forward) (low, high) = (Math.Min(low, w), Math.Max(high, w));
        foreach (double w in reverse) (low, high) = (Math.Min(low, -w), Math.Max(high, -w));
        double room = thermalEnergy * (Math.Abs(shift) + 1);
        (low, high) = (low - room, high + room);
        for (int i = 0; i < Bisections && high > low; i++)
        {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) break;
            // The forward sum grows with ΔF, the reverse one falls.
            if (Weights(forward, -middle, shift, thermalEnergy).Sum < Weights(reverse, middle, -shift, thermalEnergy).Sum) low = middle;
            else high = middle;
        }
        double found = (low + high) / 2;
        double Spread(ReadOnlySpan<double> work, double sign, double byCount)
        {
            var (sum, squares) = Weights(work, sign, byCount, thermalEnergy);
            return ((squares / work.Length / (sum / work.Length * (sum / work.Length))) - 1) / work.Length;
        }
        return (found, thermalEnergy * Math.Sqrt(Math.Max(0, Spread(forward, -found, shift) + Spread(reverse, found, -shift))));
    }

    private static (double Sum, double Squares) Weights(ReadOnlySpan<double> work, double difference, double byCount, double thermalEnergy)
    {
        double sum = 0, squares = 0;
        foreach (double w in work)
        {
            double weight = 1 / (1 + Math.Exp(((w + difference) / thermalEnergy) + byCount));
            sum += weight;
            squares += weight * weight;
        }
        return (sum, squares);
    }

    private static void Check(ReadOnlySpan<double> work, double thermalEnergy)
    {
        if (work.Length >= 2 && thermalEnergy > 0 && double.IsFinite(thermalEnergy)) return;
        throw new ProtonmotiveException($"A free energy is asked for from {work.Length} paths at a thermal energy of {thermalEnergy:g6}.", "free energy from work", "Give at least two paths and k_BT above 0, in the unit of the work.");
    }
}
