using Protonmotive.Bench.Peers;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;

namespace Protonmotive.Bench.Gradients;

/// <summary>What a gradient costs over the solve alone, in turns with it.</summary>
/// <param name="Problem">Its name.</param>
/// <param name="States">How many.</param>
/// <param name="Parameters">How many.</param>
/// <param name="Method">The method of both.</param>
/// <param name="Form">One trajectory, or how many members in how many lanes.</param>
/// <param name="IsEnsemble">Whether it is one of members.</param>
/// <param name="Forward">Median microseconds of the solve, or of that of a member.</param>
/// <param name="Gradient">Median microseconds of solve and gradient.</param>
/// <param name="Ratio">Median over the rounds of gradient over forward.</param>
/// <param name="Agreement">How far the gradient lies from that of forward sensitivities, of members from their own adjoints, in the measure of the errors.</param>
internal sealed record GradientCost(string Problem, int States, int Parameters, string Method, string Form, bool IsEnsemble, double Forward, double Gradient, double Ratio, double Agreement)
{
    /// <summary>Relative tolerance at which costs are taken.</summary>
    public const double Tolerance = 1e-6;

    private const double Tight = 1e-10, LargestDifference = 1e-6;

    /// <summary>Of one trajectory.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="method">The method.</param>
    /// <param name="rounds">How many turns.</param>
    public static GradientCost OfTrajectory(GradientProblem problem, Method method, int rounds)
    {
        double agreement = Difference(ByForward(problem, method), problem.Gradient(method, Tolerance));
        var start = new InitialValueProblem(problem.Kernel, 0, problem.Problem.End);
        Clock forward = new(), gradient = new();
        return InTurns(problem, method, "one trajectory", false, agreement, rounds,
            () => forward.Microseconds(() => Ode.Solve(start, method, problem.Tolerance(Tolerance), OutputTimes.EndOnly)),
            () => gradient.Microseconds(() => problem.Gradient(method, Tolerance)));
    }

    /// <summary>Of members in lanes, or one by one where lanes do not take the system.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="method">The method.</param>
    /// <param name="members">The members.</param>
    /// <param name="rounds">How many turns.</param>
    public static GradientCost OfMembers(GradientProblem problem, Method method, MemberFile members, int rounds)
    {
        int lanes = LaneWidth.For(problem.Kernel.Programs.Plan), compared = Math.Min(members.Count, 2 * lanes);
        var contender = new LaneGradient(method, lanes, members, problem);
        double[][] inLanes = contender.First(Tight, compared);
        double agreement = Enumerable.Range(0, compared).Max(m =>
        {
            var start = new TangentStart(problem.Kernel, 0, members.Parameters(m));
            var options = new SensitivityOptions { Method = method, Tolerance = problem.Tolerance(Tight) };
            return Difference(problem.Scaled(start.Parameters, AdjointSensitivities.Solve(start, 0, problem.Problem.End, [], options).Gradient([], byEnd: problem.Seeds).Parameters), inLanes[m]);
        });
        double Member(Action action)
        {
            double before = ProcessorTime.Milliseconds;
            action();
            return 1e3 * (ProcessorTime.Milliseconds - before) / members.Count;
        }
        for (double begin = ProcessorTime.Milliseconds; ProcessorTime.Milliseconds - begin < 800;)
        {
            contender.Forward(Tolerance);
            contender.Gradients(Tolerance);
        }
        string form = contender.Gradients(Tolerance, 1).Form;
        return InTurns(problem, method, $"{members.Count} members, {form}", true, agreement, rounds, () => Member(() => contender.Forward(Tolerance)), () => Member(() => contender.Gradients(Tolerance)));
    }

    private static GradientCost InTurns(GradientProblem problem, Method method, string form, bool isEnsemble, double agreement, int rounds, Func<double> forward, Func<double> gradient)
    {
        if (!(agreement < LargestDifference)) throw new InvalidOperationException($"{problem.Problem.Name}, {method.Name}, {form}: gradients differ by {agreement:g2}, more than {LargestDifference:g2}.");
        var times = Enumerable.Range(0, rounds).Select(_ => (Forward: forward(), Gradient: gradient())).ToArray();
        double Median(IEnumerable<double> values) => values.Order().ElementAt(rounds / 2);
        return new GradientCost(problem.Problem.Name, problem.Kernel.StateCount, problem.Kernel.ParameterCount, method.Name, form, isEnsemble,
            Median(times.Select(t => t.Forward)), Median(times.Select(t => t.Gradient)), Median(times.Select(t => t.Gradient / t.Forward)), agreement);
    }

    // The same gradient by a direction a parameter, carried forward over the same steps.
    private static double[] ByForward(GradientProblem problem, Method method)
    {
        int count = problem.Kernel.ParameterCount;
        var start = new TangentStart(problem.Kernel, count);
        for (int p = 0; p < count; p++) start.ParameterTangents[(p * count) + p] = 1;
        var options = new SensitivityOptions { Method = method, Tolerance = problem.Tolerance(Tolerance) };
        var found = ForwardSensitivities.Solve(start, 0, problem.Problem.End, [problem.Problem.End], options);
        var gradient = new double[count];
        for (int p = 0; p < count; p++)
        {
            var tangent = found.StateTangent(0, p);
            for (int i = 0; i < tangent.Length; i++) gradient[p] += problem.Seeds[i] * tangent[i];
        }
        return problem.Scaled(start.Parameters, gradient);
    }

    private static double Difference(double[] expected, double[] found) => new PeerResult(0, [found], "").Error([expected]);
}
