using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Learning.Data;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>
/// A solve of an engine's model as a function of TorchSharp: parameters in, courses out, and gradients through it. So a network may set the
/// parameters of a model, or a loss on a model's courses may train one.
/// </summary>
/// <remarks>
/// Forward it is one ensemble, a member for each row; backward the engine's batched vector-Jacobian product (<see cref="EnsembleGradients"/>), which
/// solves again and sweeps back: exact derivatives of the discrete solution, not of an adjoint equation solved apart. The engine works in 64-bit numbers; 32-bit tensors
/// are converted. Second derivatives are not served.
/// </remarks>
public sealed class DifferentiableSolve
{
    private readonly InitialValueProblem problem;
    private readonly OutputTimes times;
    private readonly Method method;
    private readonly Tolerance tolerance;

    /// <summary>Makes the function.</summary>
    /// <param name="problem">The model, its span of time and what is set in it.</param>
    /// <param name="parameters">Names of the parameters that are given; what depends on them, initial values too, follows.</param>
    /// <param name="outputs">Names of the states and observables that come out.</param>
    /// <param name="times">Times of the rows that come out, in the model's unit.</param>
    /// <param name="method">By which method.</param>
    /// <param name="tolerance">The error allowed in a step.</param>
    /// <exception cref="UnknownParameterException">The model has no such parameter.</exception>
    public DifferentiableSolve(InitialValueProblem problem, ImmutableArray<string> parameters, ImmutableArray<string> outputs, IEnumerable<double> times, Method method, Tolerance tolerance)
    {
        foreach (var name in parameters) problem.Kernel.ParameterIndex(name);
        (this.problem, Parameters, Outputs, Times, this.method, this.tolerance) = (problem, parameters, outputs, [.. times], method, tolerance);
        this.times = OutputTimes.At(Times) with { IncludesJumps = false };
    }

    /// <summary>Names of the parameters.</summary>
    public ImmutableArray<string> Parameters { get; }

    /// <summary>Names of the outputs.</summary>
    public ImmutableArray<string> Outputs { get; }

    /// <summary>Times of the rows.</summary>
    public ImmutableArray<double> Times { get; }

    /// <summary>Solves the model for each row of parameters.</summary>
    /// <param name="parameters">Shape [n, parameters].</param>
    /// <returns>Shape [n, times, outputs], of the parameters' type.</returns>
    /// <exception cref="DataException">The shape is another, or a member could not be solved.</exception>
    public Tensor Solve(Tensor parameters)
    {
        if (parameters.dim() != 2 || parameters.shape[1] != Parameters.Length)
            throw new DataException($"The parameters have shape [{string.Join(", ", parameters.shape)}].", $"solve of '{problem.Kernel.System.Name}'", $"Give a row for each solve, with {string.Join(", ", Parameters)}: shape [n, {Parameters.Length}].");
        var type = parameters.dtype;
        var courses = Function.apply(parameters.to(float64), this);
        return type == ScalarType.Float64 ? courses : courses.to(type);
    }

    private Tensor Forward(Tensor parameters)
    {
        var solution = Ensemble.Solve(Problem(parameters, out long count), method, tolerance, times);
        Check(solution.Failures);
        var all = new double[count * Times.Length * Outputs.Length];
        for (long m = 0; m < count; m++) solution.Member(m).CopyTo(all.AsSpan((int)m * Times.Length * Outputs.Length));
        return tensor(all, [count, Times.Length, Outputs.Length]);
    }

    private Tensor Backward(Tensor parameters, Tensor adjoint)
    {
        var members = Problem(parameters, out long count);
        int width = Times.Length * Outputs.Length;
        double[] above = [.. adjoint.to(float64).contiguous().data<double>()], values = [.. parameters.contiguous().data<double>()];
        var found = EnsembleGradients.Solve(members, method, tolerance, times, (member, rows, gradient) =>
        {
            above.AsSpan((int)member * width, width).CopyTo(gradient);
            double loss = 0;
            for (int i = 0; i < rows.Length; i++) loss += gradient[i] * rows[i];
            return loss;
        });
        Check(found.Failures);
        var result = new double[values.Length];
        int[] places = [.. Parameters.Select(problem.Kernel.ParameterIndex)];
        for (int m = 0; m < count; m++)
        {
            var given = problem.Overrides;
            for (int k = 0; k < places.Length; k++) given = given.SetItem(Parameters[k], values[(m * places.Length) + k]);
            var pulled = TangentStart.PullBack(problem.Kernel, problem.Kernel.Parameters(given, problem.Start), given.Keys, found.ByParameters(m), found.ByInitialState(m), problem.Start);
            for (int k = 0; k < places.Length; k++) result[(m * places.Length) + k] = pulled[places[k]];
        }
        return tensor(result, [count, places.Length]);
    }

    private EnsembleProblem Problem(Tensor parameters, out long count)
    {
        count = parameters.shape[0];
        return new EnsembleProblem(problem, EnsembleMembers.Table(Parameters, [.. parameters.detach().contiguous().data<double>()])) { Outputs = Outputs };
    }

    private void Check(ImmutableArray<MemberFailure> failures)
    {
        if (!failures.IsEmpty) throw new DataException($"Row {failures[0].Member} could not be solved: {failures[0].Error.What}", $"solve of '{problem.Kernel.System.Name}', {failures.Length} rows in all", "Keep parameters where the model can be solved, e.g. by learning their logarithms.");
    }

    /// <summary>What TorchSharp calls forward and back.</summary>
    private sealed class Function : autograd.SingleTensorFunction<Function>
    {
        public override string Name => nameof(DifferentiableSolve);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var parameters = (Tensor)vars[0];
            ctx.save_for_backward([parameters]);
            ctx.save_data("solve", vars[1]);
            return ((DifferentiableSolve)vars[1]).Forward(parameters);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [((DifferentiableSolve)ctx.get_data("solve")).Backward(ctx.get_saved_variables()[0], grad_output), null!];
    }
}
