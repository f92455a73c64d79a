namespace Protonmotive.Bench.Peers;

/// <summary>What one code needed for one tolerance.</summary>
/// <param name="Microseconds">Median processor time of a solve, or of a member.</param>
/// <param name="Ends">End state of each member.</param>
/// <param name="Work">Steps, evaluations and factorisations, in words.</param>
internal sealed record PeerResult(double Microseconds, double[][] Ends, string Work)
{
    /// <summary>The error achieved: the largest |Δy|/(1e-4 + |y|), of the median member where there are several.</summary>
    public double Error(double[][] reference) => Ends.Zip(reference, (end, exact) => end.Zip(exact, (a, b) => Math.Abs(a - b) / (1e-4 + Math.Abs(b))).Max()).Order().ElementAt(Math.Min(Ends.Length, reference.Length) / 2);
}
