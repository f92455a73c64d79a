using Protonmotive.Solvers;

namespace Protonmotive.Fitting.Optimisers;

/// <summary>
/// Basin hopping: a local method, then again and again from its best point so far with all parameters displaced at random. For objectives
/// with many narrow valleys, of which the good ones lie together: the likelihoods of oscillators.
/// </summary>
/// <param name="Local">The local method.</param>
/// <remarks>
/// Wales and Doye (1997), J. Phys. Chem. A 101, 5111-5116, in the form that never accepts a higher minimum (Leary 2000, J. Global Optim. 18,
/// 367-383). The half-width of a displacement is drawn anew for each hop, evenly in its logarithm, since the distance between valleys is
/// not known.
/// </remarks>
public sealed record Hopping(Optimiser Local) : Optimiser
{
    private const uint Domain = 0x40B;

    /// <inheritdoc/>
    public override string Name => $"hopping+{Local.Name}";

    /// <summary>Hops after the first minimum.</summary>
    public int Hops { get; init; } = 20;

    /// <summary>Least half-width of a displacement, in sizes: a factor of ten for logarithmic scales, the parameter itself for linear ones.</summary>
    public double LeastWidth { get; init; } = 0.03;

    /// <summary>Largest half-width.</summary>
    public double LargestWidth { get; init; } = 2;

    /// <summary>Most iterations of a hop; the first minimum has those of the local method.</summary>
    public int HopIterations { get; init; } = 200;

    /// <inheritdoc/>
    public override OptimiserState Begin(IObjective objective, ReadOnlySpan<double> start, ulong seed = 0, CancellationToken cancellation = default)
    {
        var inner = Local.Begin(objective, start, seed, cancellation);
        return new HoppingState
        {
            X = inner.X, Value = inner.Value, Evaluations = inner.Evaluations, Gradients = inner.Gradients, Hop = 0, Inner = inner, Seed = seed,
            Status = inner.Status == FitStatus.StartFailed ? FitStatus.StartFailed : FitStatus.Running, Message = inner.Message,
        };
    }

    /// <inheritdoc/>
    public override OptimiserState Advance(IObjective objective, OptimiserState state, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var old = Own<HoppingState>(state);
        if (old.IsFinished) return old;
        bool isOver = old.Inner.IsFinished || (old.Hop > 0 && old.Inner.Iterations >= HopIterations);
        if (isOver && old.Hop >= Hops) return old with { Status = FitStatus.Converged, Message = $"{Hops} hops" };
        var next = old;
        if (isOver)
        {
            var start = Displaced(objective, old);
            next = old with { Hop = old.Hop + 1, Before = [old.Evaluations, old.Gradients, old.Iterations], Inner = Local.Begin(objective, start, old.Seed, cancellation) };
        }
        else next = old with { Inner = Local.Advance(objective, old.Inner, cancellation) };
        var inner = next.Inner;
        bool isLower = inner.Value < old.Value;
        return next with
        {
            X = isLower ? inner.X : old.X, Value = isLower ? inner.Value : old.Value,
            Evaluations = next.Before[0] + inner.Evaluations, Gradients = next.Before[1] + inner.Gradients, Iterations = (int)next.Before[2] + inner.Iterations,
        };
    }

    private double[] Displaced(IObjective objective, HoppingState state)
    {
        var philox = new Philox(state.Seed);
        double Draw(int i)
        {
            var block = philox.Block((uint)state.Hop, (uint)i, 0, Domain);
            return ((((ulong)block.Word0 << 32) | block.Word1) >> 11) * (1.0 / (1UL << 53));
        }

        double width = LeastWidth * Math.Pow(LargestWidth / LeastWidth, Draw(state.X.Length));
        double[] sizes = ParameterSizes.At(objective, state.X);
        return Box.Of(objective.Parameters).Project([.. state.X.Select((v, i) => v + (width * sizes[i] * ((2 * Draw(i)) - 1)))]);
    }
}
