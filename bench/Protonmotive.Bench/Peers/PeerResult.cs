namespace Protonmotive.Bench.Peers;

/// <summary>What one code needed for one tolerance.</summary>
/// <param name="Microseconds">Median processor time of a solve, or of a member.</param>
/// <param name="Ends">End state of each member.</param>
/// <param name="Work">Steps, evaluations and factorisations, in words.</param>
internal sealed record PeerResult(double Microseconds, double[][] Ends, string Work)
{
    /// <summary>So many members are compared with their references.</summary>
    public const int Compared = 50;

    private const double Scale = 1e-4, Quantile = 0.95;

    /// <summary>The error achieved: the largest |Δy|/(1e-4 + |y|) at the end; of members the 95th percentile. Infinite where one is NaN.</summary>
    /// <param name="reference">Tight end states, of the first members.</param>
    public double Error(double[][] reference)
    {
        double[] errors = [.. Ends.Zip(reference, Error).Order()];
        return errors[(int)Math.Ceiling(Quantile * errors.Length) - 1];
    }

    private static double Error(double[] end, double[] exact)
    {
        double largest = 0;
        for (int i = 0; i < exact.Length; i++)
        {
            double error = Math.Abs(end[i] - exact[i]) / (Scale + Math.Abs(exact[i]));
            if (!(error <= largest)) largest = double.IsNaN(error) ? double.PositiveInfinity : error;
        }
        return largest;
    }
}
