using System.Runtime.CompilerServices;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>Steps a Rosenbrock method; see <see cref="RosenbrockTableau"/> for its formula.</summary>
internal sealed class RosenbrockStepper : Stepper
{
    private readonly RosenbrockTableau tableau;
    private readonly int n;
    private readonly double[] rates, timeDerivative, argument, sum, product;
    private readonly KernelInstance? plain;
    private readonly bool[] extends;
    private bool ratesReady, jacobianReady;

    public RosenbrockStepper(IDifferentialSystem system, RosenbrockTableau tableau)
        : base(system, tableau.StageCount, tableau.DenseCount)
    {
        this.tableau = tableau;
        n = system.Count;
        rates = new double[n];
        timeDerivative = new double[n];
        argument = new double[n];
        sum = new double[n];
        product = new double[n];
        plain = system is KernelInstance { IsPlain: true, IsMassIdentity: true } instance ? instance : null;
        extends = [.. Enumerable.Range(0, tableau.StageCount).Select(tableau.Extends)];
    }

    public override ReadOnlySpan<double> RatesAt(double t, ReadOnlySpan<double> y)
    {
        if (!ratesReady)
        {
            System.Rates(t, y, rates);
            Rates++;
            ratesReady = true;
        }

        return rates;
    }

    public override void Advance() => Invalidate();

    public override void Invalidate() => ratesReady = jacobianReady = false;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override bool Step(double t, ReadOnlySpan<double> y, double h, Span<double> next, Span<double> error)
    {
        RatesAt(t, y);
        if (!jacobianReady)
        {
            System.EvaluateJacobian(t, y);
            if (plain is null or { DependsOnTime: true }) System.TimeDerivative(t, y, timeDerivative);
            Jacobians++;
            jacobianReady = true;
        }

        Factorisations++;
        if (!System.Factorize(1 / (h * tableau.Gamma))) return false;

        if (plain is not null)
        {
            StepInPlace(plain, t, y, h, next, error);
            return true;
        }

        int s = tableau.StageCount;
        var A = tableau.A.AsSpan();
        var C = tableau.C.AsSpan();
        for (int i = 0; i < s; i++)
        {
            var u = Stages.AsSpan(i * n, n);
            if (i == 0)
            {
                rates.CopyTo(u);
            }
            else
            {
                LinearCombination.Add(y, A.Slice(i * s, i), 1, Stages, argument);
                System.Rates(t + tableau.Nodes[i] * h, argument, u);
                Rates++;
                AddInnerStages(C.Slice(i * s, i), 1 / h, u);
            }

            LinearCombination.Add(u, tableau.TimeWeights.AsSpan().Slice(i, 1), h, timeDerivative, u);
            System.Solve(u);
            Solves++;
        }

        LinearCombination.Add(y, tableau.Weights.AsSpan(), 1, Stages, next);
        Stages.AsSpan((s - 1) * n, n).CopyTo(error);
        return true;
    }

    // The stages, in the workspace of the kernel: arguments, rates, right-hand sides and solutions are not copied about.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepInPlace(KernelInstance kernel, double t, ReadOnlySpan<double> y, double h, Span<double> next, Span<double> error)
    {
        int s = tableau.StageCount, states = kernel.Kernel.StateCount;
        var A = tableau.A.AsSpan();
        var C = tableau.C.AsSpan();
        Span<double> argument = kernel.PlacedStates, f = kernel.PlacedRates, right = kernel.PlacedRight, solution = kernel.PlacedSolution;
        for (int i = 0; i < s; i++)
        {
            if (i > 0)
            {
                if (extends[i]) LinearCombination.Add(argument, A.Slice((i * s) + i - 1, 1), 1, Stages.AsSpan((i - 1) * n, n), argument);
                else LinearCombination.Add(y, A.Slice(i * s, i), 1, Stages, n, argument);
                kernel.EvaluatePlaced(t + (tableau.Nodes[i] * h));
                LinearCombination.Add(f, C.Slice(i * s, i), 1 / h, Stages, n, right);
            }
            else
            {
                rates.CopyTo(right);
            }
            if (kernel.DependsOnTime) LinearCombination.Add(right, tableau.TimeWeights.AsSpan().Slice(i, 1), h, timeDerivative, n, right);
            kernel.SolvePlaced();
            solution.CopyTo(Stages.AsSpan(i * n, n));
        }

        Rates += s - 1;
        Solves += s;
        var last = Stages.AsSpan((s - 1) * n, n);
        // The solution is the argument of the last stage plus that stage (stiff accuracy).
        LinearCombination.Add(argument, [1], 1, last, states, next[..states]);
        if (n > states) LinearCombination.Add(y[states..], tableau.Weights.AsSpan(), 1, Stages.AsSpan(states), n, next[states..]);
        last.CopyTo(error);
    }

    protected override void ComputeDenseVectors(double h, Span<double> vectors)
    {
        int s = tableau.StageCount;
        vectors.Clear();
        for (int k = 0; k < tableau.DenseCount; k++)
        {
            var q = vectors.Slice(k * n, n);
            LinearCombination.Add(q, tableau.Dense.AsSpan().Slice(k * s, s), 1, Stages, q);
        }
    }

    // u += M Σ (cᵢⱼ/h) Uⱼ
    private void AddInnerStages(ReadOnlySpan<double> c, double inverseStep, Span<double> u)
    {
        if (System.IsMassIdentity)
        {
            LinearCombination.Add(u, c, inverseStep, Stages, u);
            return;
        }

        Array.Clear(sum);
        LinearCombination.Add(sum, c, inverseStep, Stages, sum);
        System.MultiplyByMass(sum, product);
        for (int k = 0; k < n; k++) u[k] += product[k];
    }
}
