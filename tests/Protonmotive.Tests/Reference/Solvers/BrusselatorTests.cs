using Protonmotive.Kernels;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Solvers;

/// <summary>The Brusselator in one and two dimensions, in the form of the SciML problem library.</summary>
public sealed class BrusselatorTests
{
    public static TheoryData<Method, double> Methods => new() { { new Rodas4(), 1e-6 }, { new Rodas5P(), 1e-8 } };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Ring_of_40_points(Method method, double tolerance)
    {
        // y(10) recomputed in quadruple precision (rtol 1e-14); component, value.
        (int Index, double Value)[] reference =
        [
            (1, 3.707417216067569e-01), (2, 3.707424198155862e-01), (10, 3.707458542100097e-01), (20, 3.707417140551378e-01),
            (30, 3.707368683867699e-01), (40, 3.707410144540552e-01), (41, 3.482592869464034e+00), (42, 3.482482970859659e+00),
            (50, 3.481941677564154e+00), (60, 3.482593045899204e+00), (70, 3.483355524762021e+00), (80, 3.482704140560882e+00),
        ];
        var solution = Ode.Solve(new(Kernel.Compile(StiffProblems.BrusselatorRing()), 0, 10), method, new(tolerance, tolerance), OutputTimes.EndOnly);
        var y = solution.FinalState;
        double worst = reference.Max(r => Math.Abs(y[r.Index - 1] - r.Value) / (tolerance + tolerance * Math.Abs(r.Value)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{method.Name} {tolerance:g1}: error {worst:g3} tolerances, {solution.Work}");
        Assert.InRange(worst, 0, 10);
    }

    [Fact]
    public void Torus_of_8_by_8_points() => AssertMethodsAgree(8);

    [Fact]
    public void Torus_of_32_by_32_points()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1", "2048 equations take long; set PROTONMOTIVE_LONG=1 to run it.");
        AssertMethodsAgree(32);
    }

    // No end vector is published: two methods that share no coefficient must agree at tight tolerance, and a usual solve with both.
    private static void AssertMethodsAgree(int points)
    {
        var problem = new InitialValueProblem(Kernel.Compile(StiffProblems.BrusselatorTorus(points)), 0, 11.5);
        var tight = Ode.Solve(problem, new Rodas5P(), new(1e-9, 1e-9), OutputTimes.EndOnly);
        var other = Ode.Solve(problem, new Rodas4(), new(1e-8, 1e-8), OutputTimes.EndOnly);
        var usual = Ode.Solve(problem, new Rodas4(), new(1e-5, 1e-5), OutputTimes.EndOnly);
        double closest = Distance(other, tight, 1e-8), coarse = Distance(usual, tight, 1e-5);
        TestContext.Current.TestOutputHelper?.WriteLine($"{points}²: {closest:g3} and {coarse:g3} tolerances; {usual.Work}, {tight.Work}");

        // A limit cycle carries its phase error along: 20 tolerances at N = 32, the same at 1e-5 and at 1e-8.
        Assert.InRange(closest, 0, 40);
        Assert.InRange(coarse, 0, 40);
        Assert.Equal(2, usual.ParameterSegments.Length); // one stop, at t = 1.1
    }

    private static double Distance(Solution a, Solution b, double tolerance) =>
        a.FinalState.Zip(b.FinalState, (x, y) => Math.Abs(x - y) / (tolerance + tolerance * Math.Abs(y))).Max();
}
