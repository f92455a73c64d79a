using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Fault.Solvers;

/// <summary>Numbers below 2.2e-308, where digits are lost and 1/x overflows: states that decay through them, tolerances and slopes among them.</summary>
public sealed class DenormalTests
{
    public static TheoryData<int, string> Forms => new()
    {
        { 0, "Rodas4" }, { 0, "Rodas5P" }, { 0, "BDF" }, { 0, "Tsit5" }, { 1, "Rodas4" }, { 4, "Rodas4" }, { 8, "Rodas4" }, { 8, "Rodas5P" }, { 8, "Tsit5" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_state_decays_through_the_denormal_numbers_to_nothing(int lanes, string method)
    {
        double[] end = End(Chain(1, 1000), 1, lanes, method, new Tolerance(1e-6, 1e-9));
        Assert.InRange(end[0], -1e-9, 1e-9); // exp(−1000) is 0 in double precision
        Assert.Equal(1, end[0] + end[1], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_tolerance_whose_reciprocal_overflows_still_bounds_the_error(int lanes, string method)
    {
        double start = 1e-290, absolute = 1e-312;
        double[] end = End(Chain(start, 1), 50, lanes, method, new Tolerance(1e-5, absolute));
        Assert.Equal(start * Math.Exp(-50), end[0], 1e-298); // itself denormal; errors below 1e-300 are not controlled
        Assert.Equal(1, (end[0] + end[1]) / start, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_denormal_slope_harms_nothing(int lanes, string method)
    {
        double k = 1e-310;
        double[] end = End(Chain(1, k), 1e5, lanes, method, new Tolerance(1e-6, 1e-9));
        Assert.Equal(1, end[0], 1e-15);
        Assert.InRange(end[1], 0.99 * k * 1e5, 1.01 * k * 1e5); // itself denormal
    }

    private static Kernel Chain(double start, double k)
    {
        var flow = Symbol("k") * Symbol("a");
        return Kernel.Compile(new EquationSystem
        {
            Name = "chain",
            Parameters = [new ParameterDefinition("k", "", k), new ParameterDefinition("a0", "", start)],
            States = [new StateVariable("a", "", Symbol("a0"), -flow), new StateVariable("b", "", 0, flow)],
        });
    }

    /// <summary>The end state alone (0 lanes), or the last of nine equal members, the bits of the first.</summary>
    private static double[] End(Kernel kernel, double end, int lanes, string name, Tolerance tolerance)
    {
        Method method = name switch { "Rodas4" => new Rodas4(), "Rodas5P" => new Rodas5P(), "BDF" => new Bdf(), _ => new Tsit5() };
        var problem = new InitialValueProblem(kernel, 0, end);
        if (lanes == 0) return Ode.Solve(problem, method, tolerance, OutputTimes.EndOnly).FinalState;
        double start = kernel.Parameters()[1];
        var members = EnsembleMembers.Computed(["a0"], 9, (_, v) => v[0] = start);
        var solution = Ensemble.Solve(new EnsembleProblem(problem, members), method, tolerance, options: new EnsembleOptions { Lanes = lanes });
        Assert.Empty(solution.Failures);
        Assert.Equal(solution.Member(0).ToArray(), solution.Member(8).ToArray());
        return solution.Member(8).ToArray();
    }
}
