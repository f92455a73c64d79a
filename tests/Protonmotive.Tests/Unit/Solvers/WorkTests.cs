using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Tests.Reference.Solvers;
using Xunit;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>
/// Work counts, pinned: they have no noise, so a change here is a change of a method, of step control or of a kernel's rounding.
/// Say why in the commit.
/// </summary>
public sealed class WorkTests
{
    public static TheoryData<string, Method, long, long> Cases => new()
    {
        { "ROBER", new Rodas4(), 156, 1 },
        { "ROBER", new Rodas5P(), 130, 0 },
        { "HIRES", new Rodas4(), 366, 1 },
        { "HIRES", new Rodas5P(), 210, 1 },
        { "POLLU", new Rodas4(), 76, 0 },
        { "POLLU", new Rodas5P(), 49, 0 },
        { "van der Pol", new Rodas4(), 1062, 8 },
        { "van der Pol", new Rodas5P(), 626, 15 },
        { "Brusselator", new Rodas4(), 291, 12 },
        { "Brusselator", new Rodas5P(), 180, 15 },
        { "Pleiades", new Tsit5(), 200, 36 },
        { "Brusselator", new Tsit5(), 138, 14 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_and_rejections(string name, Method method, long steps, long rejected)
    {
        var (system, end, tolerance) = Problem(name);
        var work = Ode.Solve(new(Kernel.Compile(system), 0, end), method, tolerance, OutputTimes.EndOnly).Work;
        Assert.Equal((steps, rejected), (work.Steps, work.Rejected));

        // Every trial factorises once and solves once a stage; f and the Jacobian at a point are shared by its trials; the
        // first step costs one evaluation of f.
        long trials = steps + rejected;
        int stages = method.StageCount;
        Assert.Equal(
            method.IsImplicit
                ? new WorkCounts(steps, rejected, (stages - 1) * trials + steps + 1, steps, trials, stages * trials)
                : new WorkCounts(steps, rejected, (stages - 1) * trials + 2, 0, 0, 0),
            work);
    }

    private static (EquationSystem System, double End, Tolerance Tolerance) Problem(string name) => name switch
    {
        "ROBER" => (StiffProblems.Rober(), 1e11, new(1e-4, 1e-12)),
        "HIRES" => (StiffProblems.Hires(), 321.8122, new(1e-6, 1e-10)),
        "POLLU" => (StiffProblems.Pollu(), 60, new(1e-6, 1e-10)),
        "van der Pol" => (StiffProblems.VanDerPol(), 2000, new(1e-6, 1e-9)),
        "Pleiades" => (StiffProblems.Pleiades(), 3, new(1e-6, 1e-6)),
        "Brusselator" => (StiffProblems.Brusselator(), 20, new(1e-6, 1e-6)),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
