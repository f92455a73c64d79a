using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Tests.Unit.Fitting.Oscillations;

/// <summary>
/// The Brusselator (Prigogine and Lefever 1968, J. Chem. Phys. 48, 1695) with a rate for all: x′ = k(a − (b + 1)x + x²y), y′ = k(bx − x²y). It rests
/// at x = a, y = b/a, with eigenvalues of sum k(b − 1 − a²) and product k²a².
/// </summary>
internal static class Brusselator
{
    public const double A = 1, B = 3, K = 2, X0 = 1.2, Y0 = 3.1, Offset = 0.5, Scale = 0.2, Sigma = 0.05;

    public static double[] Truth { get; } = [Math.Log10(A), Math.Log10(B), Math.Log10(K), X0, Y0, Math.Log10(Offset), Math.Log10(Scale)];

    /// <summary>Measured without noise over some four periods, at 81 times; χ² is 0 at the truth.</summary>
    public static double Least { get; } = 81 * Math.Log(Sigma * Math.Sqrt(2 * Math.PI));

    /// <summary>The problem within bounds of four decades for each rate.</summary>
    /// <param name="freeStart">Whether the initial state is estimated.</param>
    public static FitProblem Problem(bool freeStart = true)
    {
        Expression x = Expression.Symbol("x"), y = Expression.Symbol("y"), a = Expression.Symbol("a"), b = Expression.Symbol("b"), k = Expression.Symbol("k");
        var system = new EquationSystem
        {
            Name = "brusselator",
            States = [new StateVariable("x", "", Expression.Symbol("x0"), k * (a - ((b + 1) * x) + (x * x * y))), new StateVariable("y", "", Expression.Symbol("y0"), k * ((b * x) - (x * x * y)))],
            Parameters = [Number("a", A), Number("b", B), Number("k", K), Number("x0", X0), Number("y0", Y0), Number("offset", Offset), Number("scale", Scale)],
            Observables = [new Observable("seen", "", Expression.Symbol("offset") + (Expression.Symbol("scale") * x))],
        };
        double[] times = [.. Enumerable.Range(0, 81).Select(i => 14.0 * i / 80)];
        var truth = Ode.Solve(new InitialValueProblem(Kernel.Compile(system), 0, 14), new Rodas5P(), new Tolerance(1e-10, 1e-12), OutputTimes.At(times));
        double[] measured = truth.ObservableColumn("seen");
        EstimatedParameter[] rates = [Decades("a"), Decades("b"), Decades("k")], start = [new("x0", ParameterScale.Linear, 0, 10), new("y0", ParameterScale.Linear, 0, 10)], seen = [Decades("offset"), Decades("scale")];
        return new FitProblem
        {
            Name = "brusselator",
            System = system,
            Parameters = freeStart ? [.. rates, .. start, .. seen] : [.. rates, .. seen],
            Experiments = [new FitExperiment("course", null, new FitCondition("course", [], []), [.. times.Select((t, i) => new FitMeasurement("seen", "seen", "", Sigma, t, measured[i], new NoiseModel(NoiseDistribution.Normal)))])],
        };
    }

    private static EstimatedParameter Decades(string name) => new(name, ParameterScale.Log10, -2, 2);

    private static ParameterDefinition Number(string name, double value) => new(name, "", Expression.Constant(value));
}
