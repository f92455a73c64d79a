using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Sensitivities;

/// <summary>How well forward sensitivities, the adjoint and differences of solutions agree on one system: each the check of the others.</summary>
/// <remarks>
/// The loss is a sum of all states at three times, each in units of its own largest value, with fixed weights that differ; slopes are
/// by the logarithm of each parameter. Differences are central, of fourth order, from solutions of a tighter tolerance.
/// </remarks>
public sealed record SensitivityAgreement
{
    // Times no event is likely to have chosen.
    private static readonly double[] rowParts = [0.137, 0.519, 0.983];

    private const double DifferenceStep = 2e-4;

    // Slopes below this part of the loss and of the largest slope are compared absolutely.
    private const double Noticeable = 1e-3;

    /// <summary>Parameters compared.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>Largest difference between forward and adjoint, relative to the slope.</summary>
    public double ForwardToAdjoint { get; init; }

    /// <summary>Largest difference between forward and finite differences, relative to the slope.</summary>
    public double ForwardToDifferences { get; init; }

    /// <summary>The parameter of the latter.</summary>
    public string Worst { get; init; } = "";

    /// <summary>Why nothing was compared; null where something was.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="system">The system.</param>
    /// <param name="from">First time.</param>
    /// <param name="to">Last time.</param>
    /// <param name="mostParameters">Most parameters to compare by: the first that are constants other than 0.</param>
    /// <param name="options">How; null for a relative tolerance of 1e-10.</param>
    /// <param name="cancellation">Ends the solves.</param>
    /// <exception cref="SolverException">A solve fails.</exception>
    /// <exception cref="SensitivityException">The solution has no derivative.</exception>
    public static SensitivityAgreement Of(EquationSystem system, double from, double to, int mostParameters = 12, SensitivityOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(system);
        if (Differentiability.Obstacle(system) is { } obstacle) return new SensitivityAgreement { Obstacle = obstacle };
        if (system.States.Select(s => s.Rate).Concat(system.Quadratures.Select(q => q.Integrand)).Any(HasSteps)) return new SensitivityAgreement { Obstacle = "a rate jumps (floor or ceiling)" };
        if (system.States.IsEmpty) return new SensitivityAgreement { Obstacle = "there are no states" };
        if (!(to > from)) return new SensitivityAgreement { Obstacle = "there is no time to integrate" };
        options ??= new SensitivityOptions { Tolerance = new Tolerance(1e-10, 1e-13), ControlsTangents = true };
        var kernel = Kernel.Compile(system);
        double[] own = kernel.Parameters(startTime: from);
        ImmutableArray<string> names = [.. system.Parameters.Where((p, i) => p.Draw is null && p.Definition.IsConstant && own[i] != 0).Select(p => p.Name).Take(mostParameters)];
        if (names.IsEmpty) return new SensitivityAgreement { Obstacle = "there are no parameters other than 0" };
        var values = names.ToDictionary(name => name, name => own[kernel.ParameterIndex(name)], StringComparer.Ordinal);
        double[] times = [.. rowParts.Select(part => from + (part * (to - from)))];

        var start = TangentStart.Along(kernel, names, values, from);
        var forward = ForwardSensitivities.Solve(start, from, to, times, options, cancellation);
        var weights = Weights(forward, times.Length, kernel.Count);
        var adjoint = AdjointSensitivities.Solve(new TangentStart(kernel, 0, [.. start.Parameters], [.. start.State], from), from, to, times, options with { StepLimits = forward.StepLimits }, cancellation).Gradient(weights);
        var pulled = TangentStart.PullBack(kernel, start.Parameters, names, adjoint.Parameters, adjoint.InitialState, from);
        double loss = Loss(weights, row => forward.State(row).ToArray());

        double Solved(string name, double value)
        {
            var problem = new InitialValueProblem(kernel, from, to) { Overrides = values.ToImmutableDictionary().SetItem(name, value) };
            var tight = new Tolerance(Math.Max(options.Tolerance.Relative / 100, 1e-13), options.Tolerance.Absolute / 100);
            var solution = Ode.Solve(problem, options.Method, tight, OutputTimes.At(times) with { IncludesJumps = false }, cancellation: cancellation);
            return Loss(weights, solution.State);
        }

        var slopes = names.Select((name, d) => values[name] * Loss(weights, row => forward.StateTangent(row, d).ToArray())).ToArray();
        double size = Noticeable * Math.Max(Math.Abs(loss), slopes.Max(Math.Abs));
        double worstAdjoint = 0, worstDifference = 0;
        string worst = "";
        for (int d = 0; d < names.Length; d++)
        {
            double p = values[names[d]], allowed = Math.Max(Math.Abs(slopes[d]), size);
            worstAdjoint = Larger(worstAdjoint, Math.Abs(slopes[d] - (p * pulled[kernel.ParameterIndex(names[d])])) / allowed);
            double near = Solved(names[d], p * (1 + DifferenceStep)) - Solved(names[d], p * (1 - DifferenceStep));
            double far = Solved(names[d], p * (1 + (2 * DifferenceStep))) - Solved(names[d], p * (1 - (2 * DifferenceStep)));
            double error = Math.Abs(slopes[d] - (((8 * near) - far) / (12 * DifferenceStep))) / allowed;
            if (!(error <= worstDifference)) (worstDifference, worst) = (error, names[d]);
        }
        return new SensitivityAgreement { Parameters = names, ForwardToAdjoint = worstAdjoint, ForwardToDifferences = worstDifference, Worst = worst };
    }

    private static bool HasSteps(Expression rate)
    {
        var open = new Stack<Expression>([rate]);
        var seen = new HashSet<Expression>();
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node)) continue;
            if (node.Operation is Operation.Floor or Operation.Ceiling) return true;
            foreach (var operand in node.Operands) open.Push(operand);
        }
        return false;
    }

    // NaN counts as largest.
    private static double Larger(double a, double b) => b <= a ? a : b;

    private static double[] Weights(TangentSolution solution, int rows, int count)
    {
        var weights = new double[rows * count];
        for (int i = 0; i < count; i++)
        {
            double largest = 0;
            for (int row = 0; row < rows; row++) largest = Math.Max(largest, Math.Abs(solution.State(row)[i]));
            for (int row = 0; row < rows; row++) weights[(row * count) + i] = largest > 0 ? (1 + (0.37 * ((i + (2 * row)) % 5))) / largest : 0;
        }
        return weights;
    }

    private static double Loss(double[] weights, Func<int, double[]> rows)
    {
        double sum = 0;
        for (int row = 0, at = 0; at < weights.Length; row++)
        {
            foreach (double value in rows(row)) sum += weights[at++] * value;
        }
        return sum;
    }
}
