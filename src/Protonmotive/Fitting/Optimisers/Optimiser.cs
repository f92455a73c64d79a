namespace Protonmotive.Fitting.Optimisers;

/// <summary>A method that lowers an objective within its bounds, an iteration at a time.</summary>
public abstract record Optimiser
{
    /// <summary>Its name on command lines and in files.</summary>
    public abstract string Name { get; }

    /// <summary>What it does from a point.</summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="start">Where, shape [n]; moved into the bounds.</param>
    /// <param name="seed">Seed of its random numbers, if it draws any.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="FitException">The objective has no usable bounds, or the start another length.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public abstract OptimiserState Begin(IObjective objective, ReadOnlySpan<double> start, ulong seed = 0, CancellationToken cancellation = default);

    /// <summary>One iteration; depends on the state alone. A cancelled one leaves the old state as it was.</summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="state">From <see cref="Begin"/> or an earlier call, perhaps of another run.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="FitException">The state is another method's.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public abstract OptimiserState Advance(IObjective objective, OptimiserState state, CancellationToken cancellation = default);

    /// <summary>Iterates until it stops.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public OptimiserState Minimise(IObjective objective, ReadOnlySpan<double> start, ulong seed = 0, CancellationToken cancellation = default)
    {
        var state = Begin(objective, start, seed, cancellation);
        while (!state.IsFinished)
        {
            cancellation.ThrowIfCancellationRequested();
            state = Advance(objective, state, cancellation);
        }
        return state;
    }

    private protected static double[] Inside(IObjective objective, ReadOnlySpan<double> start)
    {
        if (start.Length != objective.Parameters.Length)
            throw new FitException($"A start of {start.Length} numbers is given for {objective.Parameters.Length} parameters.", "start of a fit", "Give one number a parameter, in the objective's order.");
        for (int i = 0; i < start.Length; i++)
            if (double.IsNaN(start[i])) throw new FitException("A start is not a number.", $"parameter '{objective.Parameters[i].Name}'", "Give a number within its bounds.");
        return Box.Of(objective.Parameters).Project(start);
    }

    private protected T Own<T>(OptimiserState state) where T : OptimiserState => state as T
        ?? throw new FitException($"The state is of another method ({state.GetType().Name}).", $"method {Name}", "Go on with the method that the fit was begun with.");
}
