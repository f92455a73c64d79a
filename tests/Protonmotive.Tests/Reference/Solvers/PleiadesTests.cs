using Protonmotive.Kernels;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Solvers;

/// <summary>Seven stars: not stiff, with close encounters that amplify errors. End values: IVP Test Set (PSIDE at 1e-16, Cray C90).</summary>
public sealed class PleiadesTests
{
    private static readonly double[] Reference =
    [
        0.3706139143970502, 0.3237284092057233e1, -0.3222559032418324e1, 0.6597091455775310, 0.3425581707156584, 0.1562172101400631e1, -0.7003092922212495,
        -0.3943437585517392e1, -0.3271380973972550e1, 0.5225081843456543e1, -0.2590612434977470e1, 0.1198213693392275e1, -0.2429682344935824, 0.1091449240428980e1,
        0.3417003806314313e1, 0.1354584501625501e1, -0.2590065597810775e1, 0.2025053734714242e1, -0.1155815100160448e1, -0.8072988170223021, 0.5952396354208710,
        -0.3741244961234010e1, 0.3773459685750630, 0.9386858869551073, 0.3667922227200571, -0.3474046353808490, 0.2344915448180937e1, -0.1947020434263292e1,
    ];

    // Close encounters amplify the error of a step some thousandfold (from 1e-9 on, error and tolerance keep that ratio).
    public static TheoryData<Method, double> Methods => new()
    {
        { new Tsit5(), 1e-6 }, { new Tsit5(), 1e-9 }, { new Rodas4(), 1e-6 }, { new Rodas5P(), 1e-8 },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Pleiades(Method method, double tolerance)
    {
        var solution = Ode.Solve(new(Kernel.Compile(StiffProblems.Pleiades()), 0, 3), method, new(tolerance, tolerance), OutputTimes.EndOnly);
        var y = solution.FinalState;
        double worst = Enumerable.Range(0, 28).Max(i => Math.Abs(y[i] - Reference[i]) / (tolerance + tolerance * Math.Abs(Reference[i])));
        TestContext.Current.TestOutputHelper?.WriteLine($"{method.Name} {tolerance:g1}: error {worst:g3} tolerances, {solution.Work}");
        Assert.InRange(worst, 0, 2000);
    }
}
