namespace Protonmotive.Fitting.Optimisers;

/// <summary>Adam: each parameter steps by about its rate, whatever the size of its gradient. For many weights far from a minimum.</summary>
/// <remarks>
/// Kingma and Ba (2015), Adam: a method for stochastic optimization, ICLR, algorithm 1. The rate falls from first to last as a half cosine, and weights may
/// shrink by themselves, apart from the gradient (Loshchilov and Hutter 2019, Decoupled weight decay regularization, ICLR). Where the objective is
/// infinite at the end of a step, the step is halved.
/// </remarks>
public sealed record Adam : Optimiser
{
    private const double Memory1 = 0.9, Memory2 = 0.999, Floor = 1e-12;
    private const int MostHalvings = 12;

    /// <inheritdoc/>
    public override string Name => "adam";

    /// <summary>Step of a parameter at the first iteration, on its scale of estimation.</summary>
    public double Rate { get; init; } = 0.02;

    /// <summary>That at the last.</summary>
    public double FinalRate { get; init; } = 0.002;

    /// <summary>Part of a parameter that is taken away in an iteration, times the rate.</summary>
    public double Decay { get; init; }

    /// <summary>Number of iterations.</summary>
    public int IterationLimit { get; init; } = 500;

    /// <inheritdoc/>
    public override OptimiserState Begin(IObjective objective, ReadOnlySpan<double> start, ulong seed = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var x = Inside(objective, start);
        var at = objective.Evaluate(x, ObjectiveParts.Gradient, cancellation);
        bool isUsable = IsUsable(at);
        return new AdamState
        {
            X = x, Value = isUsable ? at.Value : double.PositiveInfinity, Gradient = at.Gradient ?? [], Mean = new double[x.Length], Square = new double[x.Length], Evaluations = 1, Gradients = 1,
            Status = isUsable ? FitStatus.Running : FitStatus.StartFailed, Message = isUsable ? "" : at.Failure ?? "the objective or its gradient is not finite",
        };
    }

    /// <inheritdoc/>
    public override OptimiserState Advance(IObjective objective, OptimiserState state, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var old = Own<AdamState>(state);
        if (old.IsFinished) return old;
        if (old.Iterations >= IterationLimit) return old with { Status = FitStatus.LimitReached, Message = $"{IterationLimit} iterations" };
        int n = old.X.Length, count = old.Iterations + 1;
        double rate = FinalRate + ((Rate - FinalRate) * (1 + Math.Cos(Math.PI * old.Iterations / Math.Max(1, IterationLimit))) / 2);
        double[] mean = new double[n], square = new double[n], step = new double[n];
        double free1 = 1 - Math.Pow(Memory1, count), free2 = 1 - Math.Pow(Memory2, count);
        for (int i = 0; i < n; i++)
        {
            double g = old.Gradient[i];
            mean[i] = (Memory1 * old.Mean[i]) + ((1 - Memory1) * g);
            square[i] = (Memory2 * old.Square[i]) + ((1 - Memory2) * g * g);
            step[i] = -rate * ((mean[i] / free1 / (Math.Sqrt(square[i] / free2) + Floor)) + (Decay * old.X[i]));
        }
        var box = Box.Of(objective.Parameters);
        double part = 1;
        string reason = "";
        for (int halving = 0; halving <= MostHalvings; halving++, part /= 2)
        {
            double[] to = [.. old.X.Select((v, i) => v + (part * step[i]))];
            to = box.Project(to);
            var at = objective.Evaluate(to, ObjectiveParts.Gradient, cancellation);
            var counted = old with { Evaluations = old.Evaluations + halving + 1, Gradients = old.Gradients + halving + 1, Iterations = count, Mean = mean, Square = square, Shortened = old.Shortened + (halving > 0 ? 1 : 0) };
            if (IsUsable(at)) return counted with { X = to, Value = at.Value, Gradient = at.Gradient!, Message = reason };
            reason = at.Failure ?? "the objective or its gradient is not finite";
            if (halving == MostHalvings) return counted with { Status = FitStatus.StepTooSmall, Message = reason };
        }
        throw new System.Diagnostics.UnreachableException();
    }

    private static bool IsUsable(ObjectiveValue at) => double.IsFinite(at.Value) && at.Gradient is { } g && Array.TrueForAll(g, double.IsFinite);
}
