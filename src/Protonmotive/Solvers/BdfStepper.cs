using System.Runtime.CompilerServices;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>
/// Steps <see cref="Bdf"/>: keeps the Nordsieck array zⱼ = hʲ y⁽ʲ⁾/j!, predicts by Taylor's series, corrects by a modified Newton
/// iteration that keeps its factors as long as they serve, and chooses step and order.
/// </summary>
internal sealed class BdfStepper : Stepper, IStepController
{
    private const int MostIterations = 3, StepsBetweenJacobians = 50, StepsBetweenFactors = 20;
    private const double IterationSafety = 0.1, LargestDrift = 0.3, WorthChanging = 1.5;

    // No damping takes the error of the iteration out of what an algebraic equation determines, so that is kept small.
    private const double IterationSafetyAlgebraic = 0.01, LargestDriftAlgebraic = 0.05;


    private readonly ErrorNorm norm;
    private readonly int n;
    private readonly double[] z, predicted, corrected, lastCorrection, residual, work, rates;
    private readonly double[] past = new double[Bdf.MaximumOrder + 2];
    private readonly BdfCoefficients coefficients = new();
    private double step, lastDerivative, factoredShift, convergence, largestGrowth;
    private int order, wait, failures, nextOrder;
    private long stepCount, jacobianStep, factorStep;
    private bool isFresh = true, ratesReady, jacobianReady, factorsReady, hasLastCorrection;

    public BdfStepper(IDifferentialSystem system, ErrorNorm norm)
        : base(system, stageCount: 1, denseCount: Bdf.MaximumOrder - 1)
    {
        this.norm = norm;
        n = system.Count;
        z = new double[(Bdf.MaximumOrder + 1) * n];
        predicted = new double[z.Length];
        corrected = new double[z.Length];
        lastCorrection = new double[n];
        residual = new double[n];
        work = new double[n];
        rates = new double[n];
    }

    // The correction e of the last step.
    private Span<double> Correction => Stages;

    public override ReadOnlySpan<double> RatesAt(double t, ReadOnlySpan<double> y)
    {
        if (!ratesReady)
        {
            System.Rates(t, y, rates);
            Rates++;
            ratesReady = isFresh; // only the point of a start is asked for twice
        }

        return rates;
    }

    public override void Advance() => ratesReady = false;

    public override void Invalidate()
    {
        isFresh = true;
        ratesReady = jacobianReady = factorsReady = false;
    }

    public void Reset() => failures = 0;

    public double Reject(double error)
    {
        failures++;
        largestGrowth = 1;
        if (isFresh) return double.IsFinite(error) ? Math.Clamp(0.9 / Math.Sqrt(error), 0.05, 0.9) : 0.1;
        if (!double.IsFinite(error)) return 0.25; // the iteration did not converge
        double factor = Math.Clamp(1 / (Math.Pow(6 * error, 1.0 / (order + 1)) + 1e-6), 0.1, 0.9);
        if (failures < 3)
        {
            if (order > 1 && nextOrder == order && LowerGrowth() is var lower && lower > factor)
            {
                nextOrder = order - 1;
                wait = order;
                factor = Math.Min(lower, 0.9);
            }
            return failures == 1 ? factor : Math.Min(factor, 0.2);
        }
        // The past misleads: begin again with first order.
        nextOrder = 1;
        wait = 2;
        return 0.1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Accept(double taken, double error)
    {
        stepCount++;
        corrected.CopyTo(z, 0);
        for (int i = past.Length - 1; i > 0; i--) past[i] = past[i - 1];
        past[0] = taken;
        isFresh = false;
        bool hadFailures = failures > 0;
        failures = 0;
        wait--;
        if (wait == 1 && order < Bdf.MaximumOrder)
        {
            Correction.CopyTo(lastCorrection);
            lastDerivative = coefficients.Derivative;
            hasLastCorrection = true;
        }
        if (hadFailures) wait = Math.Max(wait, 2);
        double growth = hadFailures ? 1 : Choose(error), most = largestGrowth;
        largestGrowth = 10;
        return growth < WorthChanging ? 1 : Math.Min(growth, most);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override bool Step(double t, ReadOnlySpan<double> y, double h, Span<double> next, Span<double> error)
    {
        if (isFresh) Begin(t, y, h);
        Adapt(h);
        Predict();
        coefficients.Compute(order, h, past);
        if (!Correct(t, h, next)) return false;
        for (int j = 0; j <= order; j++) LinearCombination.Add(predicted.AsSpan(j * n, n), coefficients.L.AsSpan(j, 1), 1, Correction, corrected.AsSpan(j * n, n));
        for (int i = 0; i < n; i++) error[i] = coefficients.Error * Correction[i];
        return true;
    }

    // The polynomial through the corrected array, brought to the form that Interpolant evaluates.
    protected override void ComputeDenseVectors(double h, Span<double> vectors)
    {
        vectors.Clear();
        for (int k = 0; k <= order - 2; k++)
        {
            for (int j = k + 2; j <= order; j++)
            {
                double weight = 0, binomial = 1; // −Σ C(j, m) (−1)^(j − m) over m ≥ k + 2
                for (int m = j; m >= k + 2; m--)
                {
                    weight -= (j - m) % 2 == 0 ? binomial : -binomial;
                    binomial = binomial * m / (j - m + 1);
                }
                var q = vectors.Slice(k * n, n);
                LinearCombination.Add(q, [weight], 1, corrected.AsSpan(j * n, n), q);
            }
        }
    }

    private void Begin(double t, ReadOnlySpan<double> y, double h)
    {
        order = nextOrder = 1;
        wait = 2;
        step = h;
        hasLastCorrection = false;
        largestGrowth = 1e4;
        Array.Fill(past, h);
        y.CopyTo(z);
        // With a mass matrix y' is not at hand: the first step is then implicit Euler from a constant prediction.
        z.AsSpan(n, n).Clear();
        if (System.IsMassIdentity) LinearCombination.Add(z.AsSpan(n, n), [h], 1, RatesAt(t, y), z.AsSpan(n, n));
    }

    // Brings the array to the order and the step asked for.
    private void Adapt(double h)
    {
        if (nextOrder > order) Raise();
        else if (nextOrder < order && nextOrder == order - 1) Lower();
        order = nextOrder;
        if (h == step) return;
        double ratio = h / step, power = ratio;
        for (int j = 1; j <= order; j++, power *= ratio) Scale(z.AsSpan(j * n, n), power);
        step = h;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(Span<double> x, double factor)
    {
        for (int i = 0; i < x.Length; i++) x[i] *= factor;
    }

    // z ← z·A, A Pascal's triangle: y(t + h) and its derivatives by Taylor's series.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Predict()
    {
        z.AsSpan(0, (order + 1) * n).CopyTo(predicted);
        for (int k = 1; k <= order; k++)
        {
            for (int j = order; j >= k; j--) LinearCombination.Add(predicted.AsSpan((j - 1) * n, n), [1], 1, predicted.AsSpan(j * n, n), predicted.AsSpan((j - 1) * n, n));
        }
    }

    // Solves M (z₁/l₁ + e) = γ f(t + h, y + e) for e, γ = h/l₁.
    private bool Correct(double t, double h, Span<double> next)
    {
        double γ = h / coefficients.L[1];
        bool isCurrent = false;
        while (true)
        {
            if (NeedsFactors(γ))
            {
                bool evaluates = !jacobianReady || stepCount >= jacobianStep + StepsBetweenJacobians;
                if (!Prepare(t, h, γ, evaluates)) return false;
                isCurrent = jacobianStep == stepCount;
            }
            if (Iterate(t, h, γ, next)) return true;
            factorsReady = false;
            if (isCurrent) return false;
            jacobianReady = false; // once more with a new Jacobian
        }
    }

    private bool NeedsFactors(double γ) =>
        !factorsReady || stepCount >= factorStep + StepsBetweenFactors || Math.Abs((γ * factoredShift) - 1) > (System.IsMassIdentity ? LargestDrift : LargestDriftAlgebraic);

    private bool Prepare(double t, double h, double γ, bool evaluates)
    {
        if (evaluates)
        {
            System.EvaluateJacobian(t + h, predicted.AsSpan(0, n));
            Jacobians++;
            jacobianReady = true;
            jacobianStep = stepCount;
        }
        Factorisations++;
        factoredShift = 1 / γ;
        convergence = 1;
        factorStep = stepCount;
        factorsReady = System.Factorize(factoredShift);
        return factorsReady;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Iterate(double t, double h, double γ, Span<double> next)
    {
        double limit = (System.IsMassIdentity ? IterationSafety : IterationSafetyAlgebraic) / coefficients.Error, before = 0;
        double drift = γ * factoredShift, factor = 2 * drift / (1 + drift); // for factors of another γ
        Correction.Clear();
        predicted.AsSpan(0, n).CopyTo(next);
        for (int m = 0; m < MostIterations; m++)
        {
            System.Rates(t + h, next, residual);
            Rates++;
            Subtract(1 / coefficients.L[1], 1 / γ);
            System.Solve(residual);
            Solves++;
            Update(factor, next);
            double size = norm.Of(residual, predicted.AsSpan(0, n), next) * factor;
            if (!double.IsFinite(size)) return false;
            if (m > 0) convergence = Math.Max(0.3 * convergence, size / before);
            if (size * Math.Min(1, convergence) <= limit) return true;
            if (m > 0 && size > 2 * before) return false;
            before = size;
        }
        return false;
    }

    // residual ← f − M (z₁/l₁ + e)/γ
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Subtract(double inverseL, double inverseγ)
    {
        var first = predicted.AsSpan(n, n);
        var e = Correction;
        if (System.IsMassIdentity)
        {
            for (int i = 0; i < n; i++) residual[i] -= inverseγ * ((inverseL * first[i]) + e[i]);
            return;
        }
        for (int i = 0; i < n; i++) work[i] = (inverseL * first[i]) + e[i];
        System.MultiplyByMass(work, corrected.AsSpan(0, n));
        for (int i = 0; i < n; i++) residual[i] -= inverseγ * corrected[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(double factor, Span<double> next)
    {
        var e = Correction;
        for (int i = 0; i < n; i++)
        {
            e[i] += factor * residual[i];
            next[i] = predicted[i] + e[i];
        }
    }

    // The largest growth over the orders q − 1, q and q + 1; sets the next order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Choose(double error)
    {
        nextOrder = order;
        double same = 1 / (Math.Pow(6 * error, 1.0 / (order + 1)) + 1e-6);
        if (wait > 0) return same;
        wait = 2;
        var y = z.AsSpan(0, n);
        double lower = 0, higher = 0;
        if (order > 1) lower = LowerGrowth();
        if (order < Bdf.MaximumOrder && hasLastCorrection)
        {
            double ratio = coefficients.Derivative / lastDerivative * Math.Pow(step / past[1], order + 1);
            for (int i = 0; i < n; i++) work[i] = Correction[i] - (ratio * lastCorrection[i]);
            higher = 1 / (Math.Pow(10 * coefficients.HigherError * norm.Of(work, y, y), 1.0 / (order + 2)) + 1e-6);
        }
        double best = Math.Max(same, Math.Max(lower, higher));
        if (best < WorthChanging) return 1;
        if (best == same) return same;
        if (best == lower)
        {
            nextOrder = order - 1;
            wait = order;
        }
        else
        {
            nextOrder = order + 1;
            wait = order + 2;
        }
        return best;
    }

    private double LowerGrowth()
    {
        var y = z.AsSpan(0, n);
        return 1 / (Math.Pow(6 * coefficients.LowerError * norm.Of(corrected.AsSpan(order * n, n), y, y), 1.0 / order) + 1e-6);
    }

    // Adds the derivative of order q + 1, known from the last correction, to the array.
    private void Raise()
    {
        Span<double> l = stackalloc double[Bdf.MaximumOrder + 2];
        l.Clear();
        l[2] = 1;
        double leading = -1, inverses = 1, product = 1, distance = step, before = 1;
        for (int j = 1; j < order; j++)
        {
            distance += past[j];
            double ξ = distance / step;
            product *= ξ;
            leading -= 1.0 / (j + 1);
            inverses += 1 / ξ;
            for (int i = j + 2; i >= 2; i--) l[i] = (l[i] * before) + l[i - 1];
            before = ξ;
        }
        var top = z.AsSpan((order + 1) * n, n);
        double factor = (-leading - inverses) / product;
        for (int i = 0; i < n; i++) top[i] = factor * Correction[i];
        for (int j = 2; j <= order; j++) LinearCombination.Add(z.AsSpan(j * n, n), l.Slice(j, 1), 1, top, z.AsSpan(j * n, n));
    }

    // Takes the derivative of order q out of the array: the polynomial of one degree less through the same points.
    private void Lower()
    {
        if (order == 2) return;
        Span<double> l = stackalloc double[Bdf.MaximumOrder + 2];
        l.Clear();
        l[2] = 1;
        double distance = 0;
        for (int j = 1; j <= order - 2; j++)
        {
            distance += past[j - 1];
            double ξ = distance / step;
            for (int i = j + 2; i >= 2; i--) l[i] = (l[i] * ξ) + l[i - 1];
        }
        var top = z.AsSpan(order * n, n);
        for (int j = 2; j < order; j++) LinearCombination.Add(z.AsSpan(j * n, n), [-l[j]], 1, top, z.AsSpan(j * n, n));
    }
}
