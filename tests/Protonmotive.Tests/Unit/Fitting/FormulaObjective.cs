using System.Collections.Immutable;
using System.Numerics;
using Protonmotive.Fitting;

namespace Protonmotive.Tests.Unit.Fitting;

/// <summary>Half the sum of squares of residuals given as a formula; derivatives by complex steps, exact to rounding. Infinite where a residual is not finite.</summary>
internal sealed class FormulaObjective(ImmutableArray<EstimatedParameter> parameters, Func<Complex[], Complex[]> residuals) : IObjective
{
    private const double Tiny = 1e-150;
    private int calls;

    public ImmutableArray<EstimatedParameter> Parameters => parameters;

    public int Calls => calls;

    public static ImmutableArray<EstimatedParameter> Free(params string[] names) => Within(double.NegativeInfinity, double.PositiveInfinity, names);

    public static ImmutableArray<EstimatedParameter> Within(double lower, double upper, params string[] names) => [.. names.Select(n => new EstimatedParameter(n, ParameterScale.Linear, lower, upper))];

    public static FormulaObjective Rosenbrock(double lower = double.NegativeInfinity, double upper = double.PositiveInfinity) =>
        new(Within(lower, upper, "x", "y"), x => [Math.Sqrt(2) * (1 - x[0]), Math.Sqrt(200) * (x[1] - (x[0] * x[0]))]);

    public ObjectiveValue Evaluate(ReadOnlySpan<double> x, ObjectiveParts parts, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        Interlocked.Increment(ref calls);
        int n = x.Length;
        var at = new Complex[n];
        for (int i = 0; i < n; i++) at[i] = x[i];
        var r = residuals(at);
        double value = r.Sum(v => v.Real * v.Real) / 2;
        if (!double.IsFinite(value)) return ObjectiveValue.Infinite("a residual is not finite");
        if (parts == ObjectiveParts.Value) return new ObjectiveValue(value);
        var gradient = new double[n];
        var jacobian = new double[r.Length, n];
        for (int i = 0; i < n; i++)
        {
            at[i] = new Complex(x[i], Tiny);
            var moved = residuals(at);
            at[i] = x[i];
            for (int k = 0; k < r.Length; k++)
            {
                jacobian[k, i] = moved[k].Imaginary / Tiny;
                gradient[i] += jacobian[k, i] * r[k].Real;
            }
        }
        if (parts == ObjectiveParts.Gradient) return new ObjectiveValue(value, gradient);
        var square = new double[n, n];
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) for (int k = 0; k < r.Length; k++) square[i, j] += jacobian[k, i] * jacobian[k, j];
        return new ObjectiveValue(value, gradient, square);
    }
}
