namespace Protonmotive.Fitting.Optimisers;

/// <summary>A global search, finished by a local method from the best point it found.</summary>
/// <param name="Global">The search.</param>
/// <param name="Local">The method that finishes it.</param>
public sealed record TwoPhase(Optimiser Global, Optimiser Local) : Optimiser
{
    /// <inheritdoc/>
    public override string Name => $"{Global.Name}+{Local.Name}";

    /// <inheritdoc/>
    public override OptimiserState Begin(IObjective objective, ReadOnlySpan<double> start, ulong seed = 0, CancellationToken cancellation = default)
    {
        var inner = Global.Begin(objective, start, seed, cancellation);
        return Wrap(new TwoPhaseState { X = inner.X, Value = inner.Value, IsLocal = false, Inner = inner });
    }

    /// <inheritdoc/>
    public override OptimiserState Advance(IObjective objective, OptimiserState state, CancellationToken cancellation = default)
    {
        var old = Own<TwoPhaseState>(state);
        if (old.IsFinished) return old;
        if (old.IsLocal) return Wrap(old with { Inner = Local.Advance(objective, old.Inner, cancellation) });
        if (!old.Inner.IsFinished) return Wrap(old with { Inner = Global.Advance(objective, old.Inner, cancellation) });
        if (old.Inner.Status == FitStatus.StartFailed) return old with { Status = FitStatus.StartFailed, Message = old.Inner.Message };
        var local = Local.Begin(objective, old.Inner.X, 0, cancellation);
        return Wrap(old with { IsLocal = true, Inner = local, Before = [old.Inner.Evaluations, old.Inner.Gradients, old.Inner.Iterations] });
    }

    private static TwoPhaseState Wrap(TwoPhaseState state)
    {
        var inner = state.Inner;
        bool isBetter = inner.Value <= state.Value || double.IsInfinity(state.Value);
        return state with
        {
            X = isBetter ? inner.X : state.X, Value = isBetter ? inner.Value : state.Value,
            Evaluations = state.Before[0] + inner.Evaluations, Gradients = state.Before[1] + inner.Gradients, Iterations = (int)state.Before[2] + inner.Iterations,
            Status = state.IsLocal ? inner.Status : FitStatus.Running, Message = state.IsLocal ? inner.Message : "",
        };
    }
}
