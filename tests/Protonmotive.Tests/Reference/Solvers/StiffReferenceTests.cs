using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Solvers;

/// <summary>
/// End values of the standard problems. Reference values: IVP Test Set and recomputations in quadruple precision, agreeing to 13
/// digits or more. A solve passes where its error is within a small multiple of what the tolerance allows:
/// max |y − y_ref| / (atol + rtol |y_ref|) ≤ 10 · the problem's own amplification, given with each case.
/// </summary>
public sealed class StiffReferenceTests
{
    public static TheoryData<Method, double> StiffMethods => new()
    {
        { new Rodas4(), 1e-4 }, { new Rodas4(), 1e-7 }, { new Rodas5P(), 1e-5 }, { new Rodas5P(), 1e-9 },
    };

    /// <summary>Multistep methods control the error of a step, not of a solve, and relaxation oscillations amplify it: here 1000 tolerances pass.</summary>
    public static TheoryData<double> MultistepTolerances => [1e-5, 1e-8];

    [Theory]
    [MemberData(nameof(MultistepTolerances))]
    public void Multistep(double tolerance)
    {
        var bdf = new Bdf();
        Close(Solve(StiffProblems.Rober(), 1e11, bdf, tolerance, 1e-8 * tolerance), 1000, [2.0833401497012942e-08, 8.3333607703347834e-14, 9.9999997916651516e-01]);
        Close(Solve(StiffProblems.Orego(), 360, bdf, tolerance, tolerance), 1000, [1.0008148703185227e+00, 1.2281785215498879e+03, 1.3205549428465082e+02]);
        Close(Solve(StiffProblems.VanDerPol(), 2000, bdf, tolerance, 1e-3 * tolerance), 1000, [1.7061677321704650e+00, -8.928097010248165e-04]);
        Close(Solve(StiffProblems.Brusselator(), 20, bdf, tolerance, tolerance), 1000, [4.9863707126834784e-01, 4.5967803494520111e+00]);
        Close(Solve(StiffProblems.Transistor(), 0.2, bdf, tolerance, tolerance), 1000,
        [
            -0.5562145012262709e-2, 0.3006522471903042e1, 0.2849958788608128e1, 0.2926422536206241e1,
            0.2704617865010554e1, 0.2761837778393145e1, 0.4770927631616772e1, 0.1236995868091548e1,
        ]);
    }

    [Theory]
    [MemberData(nameof(StiffMethods))]
    public void Rober(Method method, double tolerance) =>
        Close(Solve(StiffProblems.Rober(), 1e11, method, tolerance, 1e-8 * tolerance), 10,
            [2.0833401497012942e-08, 8.3333607703347834e-14, 9.9999997916651516e-01]);

    [Theory]
    [MemberData(nameof(StiffMethods))]
    public void Orego(Method method, double tolerance) =>
        Close(Solve(StiffProblems.Orego(), 360, method, tolerance, tolerance), 10,
            [1.0008148703185227e+00, 1.2281785215498879e+03, 1.3205549428465082e+02]);

    [Theory]
    [MemberData(nameof(StiffMethods))]
    public void Hires(Method method, double tolerance) =>
        Close(Solve(StiffProblems.Hires(), 321.8122, method, tolerance, 1e-4 * tolerance), 10,
        [
            7.3713125733256678e-04, 1.4424857263161846e-04, 5.8887297409675750e-05, 1.1756513432831491e-03,
            2.3863561988313304e-03, 6.2389682527427957e-03, 2.8499983951857686e-03, 2.8500016048142313e-03,
        ]);

    [Theory]
    [MemberData(nameof(StiffMethods))]
    public void Pollu(Method method, double tolerance) =>
        Close(Solve(StiffProblems.Pollu(), 60, method, tolerance, 1e-4 * tolerance), 10,
        [
            5.6462554800227692e-02, 1.3424841304223385e-01, 4.1397343310994269e-09, 5.5231402074843599e-03,
            2.0189772623021960e-07, 1.4645418634939657e-07, 7.7842491189979641e-02, 3.2450753533960182e-01,
            7.4940133838804055e-03, 1.6222931573015603e-08, 1.1358638332570748e-08, 2.2305059757213598e-03,
            2.0871628827986300e-04, 1.3969210168401577e-05, 8.9648848568982941e-03, 4.3528463693301036e-18,
            6.8992196962634054e-03, 1.0078030373659459e-04, 1.7721465139699845e-06, 5.6829432923163934e-05,
        ]);

    [Theory]
    [MemberData(nameof(StiffMethods))]
    public void Van_der_Pol(Method method, double tolerance) =>
        Close(Solve(StiffProblems.VanDerPol(), 2000, method, tolerance, 1e-3 * tolerance), 10,
            [1.7061677321704650e+00, -8.928097010248165e-04]);

    [Theory]
    [MemberData(nameof(StiffMethods))]
    public void Van_der_Pol_scaled(Method method, double tolerance) =>
        Close(Solve(StiffProblems.VanDerPolScaled(), 11, method, tolerance, tolerance), 10,
            [-1.590150201536e+00, 1.0402799076380e+00]);

    [Theory]
    [MemberData(nameof(StiffMethods))]
    public void Brusselator(Method method, double tolerance) =>
        Close(Solve(StiffProblems.Brusselator(), 20, method, tolerance, tolerance), 10,
            [4.9863707126834784e-01, 4.5967803494520111e+00]);

    [Theory]
    [MemberData(nameof(StiffMethods))]
    public void Transistor_amplifier(Method method, double tolerance) =>
        Close(Solve(StiffProblems.Transistor(), 0.2, method, tolerance, tolerance), 10,
        [
            -0.5562145012262709e-2, 0.3006522471903042e1, 0.2849958788608128e1, 0.2926422536206241e1,
            0.2704617865010554e1, 0.2761837778393145e1, 0.4770927631616772e1, 0.1236995868091548e1,
        ]);

    private static Solution Solve(EquationSystem system, double end, Method method, double relative, double absolute) =>
        Ode.Solve(new InitialValueProblem(Kernel.Compile(system), 0, end), method, new Tolerance(relative, absolute), OutputTimes.EndOnly);

    private static void Close(Solution solution, double multiple, double[] reference)
    {
        var tolerance = solution.Tolerance;
        var y = solution.FinalState;
        double worst = 0;
        for (int i = 0; i < y.Length; i++)
            worst = Math.Max(worst, Math.Abs(y[i] - reference[i]) / (tolerance.Absolute + tolerance.Relative * Math.Abs(reference[i])));
        TestContext.Current.TestOutputHelper?.WriteLine($"{solution.Method.Name} {tolerance.Relative:g1}: error {worst:g3} tolerances, {solution.Work}");
        Assert.InRange(worst, 0, multiple);
    }
}
