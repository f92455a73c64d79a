using System.Runtime.CompilerServices;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>Steps an explicit Runge–Kutta pair whose last stage is the first of the next step.</summary>
internal sealed class ExplicitStepper : Stepper
{
    private readonly ButcherTableau tableau;
    private readonly int n;
    private readonly double[] argument;
    private bool firstReady;

    public ExplicitStepper(IDifferentialSystem system, ButcherTableau tableau)
        : base(system, tableau.StageCount, tableau.DenseCount)
    {
        if (!system.IsMassIdentity)
        {
            throw new SolverException(
                $"{tableau.Name} is explicit and cannot solve a system with a mass matrix.",
                "Method of the solve.",
                "Use Rodas4 or Rodas5P.");
        }

        this.tableau = tableau;
        n = system.Count;
        argument = new double[n];
    }

    public override ReadOnlySpan<double> RatesAt(double t, ReadOnlySpan<double> y)
    {
        var first = Stages.AsSpan(0, n);
        if (!firstReady)
        {
            System.Rates(t, y, first);
            Rates++;
            firstReady = true;
        }

        return first;
    }

    public override void Advance()
    {
        // k of the last stage is f at the end of the step.
        Stages.AsSpan((tableau.StageCount - 1) * n, n).CopyTo(Stages);
        firstReady = true;
    }

    public override void Invalidate() => firstReady = false;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override bool Step(double t, ReadOnlySpan<double> y, double h, Span<double> next, Span<double> error)
    {
        RatesAt(t, y);
        int s = tableau.StageCount;
        for (int i = 1; i < s; i++)
        {
            var k = Stages.AsSpan(i * n, n);
            var at = i == s - 1 ? next : argument;
            LinearCombination.Add(y, tableau.A.AsSpan().Slice(i * s, i), h, Stages, at);
            System.Rates(t + tableau.Nodes[i] * h, at, k);
            Rates++;
        }

        error.Clear();
        LinearCombination.Add(error, tableau.ErrorWeights.AsSpan(), h, Stages, error);
        return true;
    }

    protected override void ComputeDenseVectors(double h, Span<double> vectors)
    {
        int s = tableau.StageCount;
        vectors.Clear();
        for (int k = 0; k < tableau.DenseCount; k++)
        {
            var q = vectors.Slice(k * n, n);
            LinearCombination.Add(q, tableau.Dense.AsSpan().Slice(k * s, s), h, Stages, q);
        }
    }
}
