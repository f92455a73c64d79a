using System.Numerics;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Tests.Unit.Fitting;
using Xunit;

namespace Protonmotive.Tests.Reference.Fitting;

/// <summary>
/// Nonlinear regressions with values certified to 11 digits: NIST/ITL Statistical Reference Datasets (public domain),
/// https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml. Misra1a: lower, Thurber and MGH09: higher level of difficulty.
/// </summary>
public class NistLeastSquaresTests
{
    private static readonly double[] misraX = [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0];
    private static readonly double[] misraY = [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78];
    private static readonly double[] thurberX = [-3.067, -2.981, -2.921, -2.912, -2.840, -2.797, -2.702, -2.699, -2.633, -2.481, -2.363, -2.322, -1.501, -1.460, -1.274, -1.212, -1.100, -1.046, -0.915, -0.714, -0.566, -0.545, -0.400, -0.309, -0.109, -0.103, 0.010, 0.119, 0.377, 0.790, 0.963, 1.006, 1.115, 1.572, 1.841, 2.047, 2.200];
    private static readonly double[] thurberY = [80.574, 84.248, 87.264, 87.195, 89.076, 89.608, 89.868, 90.101, 92.405, 95.854, 100.696, 101.060, 401.672, 390.724, 567.534, 635.316, 733.054, 759.087, 894.206, 990.785, 1090.109, 1080.914, 1122.643, 1178.351, 1260.531, 1273.514, 1288.339, 1327.543, 1353.863, 1414.509, 1425.208, 1421.384, 1442.962, 1464.350, 1468.705, 1447.894, 1457.628];
    private static readonly double[] mghX = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625];
    private static readonly double[] mghY = [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246];

    private static readonly FormulaObjective misra = Regression(misraX, misraY, 2, (b, x) => b[0] * (1 - Complex.Exp(-b[1] * x)));
    private static readonly FormulaObjective thurber = Regression(thurberX, thurberY, 7, (b, x) => (b[0] + (x * (b[1] + (x * (b[2] + (x * b[3])))))) / (1 + (x * (b[4] + (x * (b[5] + (x * b[6])))))));
    private static readonly FormulaObjective mgh = Regression(mghX, mghY, 4, (b, x) => b[0] * ((x * x) + (x * b[1])) / ((x * x) + (x * b[2]) + b[3]));

    private static readonly double[] misraCertified = [2.3894212918E+02, 5.5015643181E-04], misraErrors = [2.7070075241E+00, 7.2668688436E-06];
    private static readonly double[] thurberCertified = [1.2881396800E+03, 1.4910792535E+03, 5.8323836877E+02, 7.5416644291E+01, 9.6629502864E-01, 3.9797285797E-01, 4.9727297349E-02];
    private static readonly double[] thurberErrors = [4.6647963344E+00, 3.9571156086E+01, 2.8698696102E+01, 5.5675370270E+00, 3.1333340687E-02, 1.4984928198E-02, 6.5842344623E-03];
    private static readonly double[] mghCertified = [1.9280693458E-01, 1.9128232873E-01, 1.2305650693E-01, 1.3606233068E-01], mghErrors = [1.1435312227E-02, 1.9633220911E-01, 8.0842031232E-02, 9.0025542308E-02];

    public static TheoryData<string, double[]> Starts => new()
    {
        { "Misra1a", [500, 0.0001] }, { "Misra1a", [250, 0.0005] },
        { "Thurber", [1000, 1000, 400, 40, 0.7, 0.3, 0.03] }, { "Thurber", [1300, 1500, 500, 75, 1, 0.4, 0.05] },
        { "MGH09", [25, 39, 41.5, 39] }, { "MGH09", [0.25, 0.39, 0.415, 0.39] },
    };

    [Theory, MemberData(nameof(Starts))]
    public void The_trust_region_reaches_the_certified_parameters(string name, double[] start)
    {
        var (objective, certified, _, squares) = Problem(name);
        var found = new TrustRegion { ValueTolerance = 1e-22, RelativeValueTolerance = 1e-16 }.Minimise(objective, start, cancellation: TestContext.Current.CancellationToken);

        // Half the digits of a double are lost in the sum of squares; Gauss-Newton steps recover them.
        Assert.Equal(squares, 2 * found.Value, 1e-9 * squares);
        for (int i = 0; i < certified.Length; i++) Assert.Equal(certified[i], found.X[i], 1e-6 * Math.Abs(certified[i]));
    }

    [Theory]
    [InlineData("Misra1a", new[] { 250, 0.0005 })]
    [InlineData("Thurber", new[] { 1300, 1500, 500, 75, 1, 0.4, 0.05 })]
    [InlineData("MGH09", new[] { 0.25, 0.39, 0.415, 0.39 })]
    public void The_limited_memory_method_reaches_the_certified_sum_of_squares(string name, double[] start)
    {
        var (objective, _, _, squares) = Problem(name);
        var found = new LimitedMemory { GradientTolerance = 1e-12, ValueTolerance = 1e-18 }.Minimise(objective, start, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(squares, 2 * found.Value, 1e-5 * squares);
    }

    internal static (FormulaObjective Objective, double[] Certified, double[] Errors, double Squares) Problem(string name) => name switch
    {
        "Misra1a" => (misra, misraCertified, misraErrors, 1.2455138894E-01),
        "Thurber" => (thurber, thurberCertified, thurberErrors, 5.6427082397E+03),
        _ => (mgh, mghCertified, mghErrors, 3.0750560385E-04),
    };

    /// <summary>Number of observations of a data set.</summary>
    internal static int Observations(string name) => name switch { "Misra1a" => 14, "Thurber" => 37, _ => 11 };

    private static FormulaObjective Regression(double[] x, double[] y, int n, Func<Complex[], double, Complex> model) =>
        new(FormulaObjective.Free([.. Enumerable.Range(1, n).Select(i => $"b{i}")]), b => [.. x.Zip(y, (a, v) => model(b, a) - v)]);
}
