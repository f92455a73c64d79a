namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>A simulated course on even times.</summary>
/// <param name="Step">Between two rows, in the system's time.</param>
/// <param name="States">Shape [rows][Count].</param>
/// <param name="Observables">Shape [observables][rows].</param>
internal sealed record RecordedCourse(double Step, double[][] States, double[][] Observables)
{
    /// <summary>The largest relative amplitude of a state, (max − min)/(max + min): 0 at rest, 1 where one comes close to 0.</summary>
    public double Amplitude()
    {
        double largest = 0;
        for (int i = 0; i < States[0].Length; i++)
        {
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            foreach (double[] state in States) (low, high) = (Math.Min(low, state[i]), Math.Max(high, state[i]));
            if (high > low) largest = Math.Max(largest, (high - low) / Math.Max(high + low, high - low));
        }
        return largest;
    }
}
