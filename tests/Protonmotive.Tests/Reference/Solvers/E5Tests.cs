using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Solvers;

/// <summary>
/// E5. The published end vector is itself wrong by 0.07 % (it breaks y₂ = y₃ + y₄ by 1.28e-25, within its tolerance); the
/// values here were recomputed in quadruple precision by two runs that agree. Components of 1e-22 matter, so the absolute
/// tolerance is the Test Set's 1.11e-24.
/// </summary>
/// <remarks>
/// In double precision the linear solves keep y₂ − y₃ − y₄ = 0 only to some 1e-12 to 1e-9 of the largest y₂ met, 1.4e-10. That
/// offset stays while all three decay, so from t = 1e9 on the four equations cannot be solved to the tolerance; with the
/// invariant put in, the tolerance is met over all eighteen decades.
/// </remarks>
public sealed class E5Tests
{
    private const double Absolute = 1.11e-24, Peak = 1.4e-10;

    private static readonly (double Time, double[] Y)[] Reference =
    [
        (0.1, [1.7599999923240994e-03, 1.3886395923578425e-13, 7.7222221344379228e-15, 1.3114173710134633e-13]),
        (1000, [1.6180769999072942e-03, 1.3822370304983735e-10, 8.2515735006838336e-12, 1.2997212954915352e-10]),
        (1e5, [7.4813208224292220e-06, 2.3734781561205975e-12, 2.2123586689581663e-12, 1.6111948716243113e-13]),
        (1e7, [4.7150333630401632e-10, 1.8188895860807021e-14, 1.8188812376786725e-14, 8.3484020296321690e-20]),
        (1e9, [3.1317148329356997e-14, 1.4840957952870064e-16, 1.4840957948345692e-16, 4.5243728279782622e-26]),
        (1e11, [0, 1.0192582568142704e-20, 1.0192582568142707e-20, 0]),
        (1e13, [0, 8.8612335212909350e-23, 8.8612335212912334e-23, 0]),
    ];

    public static TheoryData<Method, double> Methods => new()
    {
        { new Rodas4(), 1e-4 }, { new Rodas4(), 1e-6 }, { new Rodas5P(), 1e-5 }, { new Rodas5P(), 1e-8 },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_published_four_equations_are_solved_up_to_rounding_of_their_peak(Method method, double relative) =>
        Close(StiffProblems.E5(), method, relative, y => y, floor: 1e-10 * Peak, last: 1e9);

    [Theory]
    [MemberData(nameof(Methods))]
    public void With_the_invariant_put_in_the_tolerance_is_met_over_eighteen_decades(Method method, double relative) =>
        Close(StiffProblems.E5Reduced(), method, relative, y => [y[0], y[1], y[1] - y[2], y[2]], floor: 0, last: 1e13);

    private static void Close(EquationSystem system, Method method, double relative, Func<double[], double[]> components, double floor, double last)
    {
        var kernel = Kernel.Compile(system);
        foreach (var (time, expected) in Reference.Where(r => r.Time <= last))
        {
            var solution = Ode.Solve(new(kernel, 0, time), method, new(relative, Absolute), OutputTimes.EndOnly);
            var y = components(solution.FinalState);
            double worst = Enumerable.Range(0, 4).Max(i => Math.Abs(y[i] - expected[i]) / (floor + Absolute + relative * Math.Abs(expected[i])));
            TestContext.Current.TestOutputHelper?.WriteLine($"{method.Name} {relative:g1} t = {time:g1}: error {worst:g3} tolerances, y2 {y[1]:g8}, {solution.Work}");
            Assert.InRange(worst, 0, 10);
        }
    }
}
