using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>Tells from accepted explicit steps when stability rather than accuracy limits them: h times the fastest rate is at the limit, twice in a row.</summary>
internal sealed class StiffnessWatch(KernelInstance instance)
{
    // Tsit5 is stable on the negative real axis to 3.5; the controller keeps steps a little below where that limits them.
    private const double Limit = 2.2;
    private const int StepsBetweenLooks = 20, Iterations = 5, Looks = 2;

    private readonly FastestRate rate = new(instance);
    private int steps, suspicious;

    /// <summary>Looks at an accepted step now and then.</summary>
    /// <param name="t">Its end.</param>
    /// <param name="y">The state there.</param>
    /// <param name="h">Its length.</param>
    public bool Observe(double t, ReadOnlySpan<double> y, double h)
    {
        if (++steps % StepsBetweenLooks != 0) return false;
        suspicious = h * rate.At(t, y, Iterations) > Limit ? suspicious + 1 : 0;
        return suspicious == Looks;
    }
}
