using Protonmotive.Solvers;

namespace Protonmotive.Fitting.Sampling;

/// <summary>Advances one chain; an iteration's random numbers are a stream of its own, so a chain that is read back goes on with the same bits.</summary>
/// <remarks>Step size by dual averaging (Hoffman and Gelman 2014, section 3.2); masses in windows that double, as Stan does (Stan reference manual, section 15.2).</remarks>
internal sealed class Chain(UnboundedDensity density, SamplerOptions options)
{
    private const double Shrinkage = 0.05, Decay = 0.75, Offset = 10;
    private DensityPoint? current;

    /// <summary>A chain at a point.</summary>
    /// <exception cref="FitException">The density is 0 there.</exception>
    public ChainState Begin(int index, ReadOnlySpan<double> start, CancellationToken cancellation)
    {
        var z = density.Free(start);
        int n = z.Length;
        current = density.At(z, cancellation);
        if (!double.IsFinite(current.Energy)) throw new FitException("The objective is infinite where a chain begins.", $"chain {index + 1}", "Begin at the result of a fit.");
        var mass = new double[options.DenseMass ? n * n : n];
        for (int i = 0; i < n; i++) mass[options.DenseMass ? (i * n) + i : i] = 1;
        var state = new ChainState { Chain = index, Z = z, InverseMass = mass, Evaluations = 1 };
        state.StepSize = FirstStep(state, 1, uint.MaxValue, cancellation);
        Restart(state);
        return state;
    }

    /// <summary>One iteration; a cancelled one leaves the state as it was.</summary>
    public void Advance(ChainState state, CancellationToken cancellation)
    {
        if (current is null || !ReferenceEquals(current.Z, state.Z)) current = density.At(state.Z, cancellation);
        var trajectory = new Trajectory(density, new MassMatrix(state.InverseMass, state.Z.Length), state.StepSize, Stream(state, (uint)state.Iteration), cancellation);
        var next = trajectory.Move(current, options.DepthLimit);
        double acceptance = trajectory.Acceptance / Math.Max(1, trajectory.Evaluations);
        if (state.Iteration < options.Warmup) Adapt(state, next, acceptance, cancellation);
        else
        {
            if (trajectory.HasDiverged) state.Divergent.Add(state.Draws.Count);
            state.Draws.Add(density.Position(next.Z));
            state.Objectives.Add(next.Objective);
            state.Energies.Add(trajectory.Energy);
            state.Depths.Add(trajectory.Depth);
            state.AcceptanceSum += acceptance;
        }
        (state.Z, current) = (next.Z, next);
        state.Evaluations += trajectory.Evaluations;
        state.Iteration++;
    }

    /// <summary>Whether an iteration is the last of a window of warm-up.</summary>
    internal static bool EndsWindow(int iteration, int warmup)
    {
        if (warmup < 20) return false;
        var (first, last) = warmup < 150 ? ((int)(0.15 * warmup), (int)(0.1 * warmup)) : (75, 50);
        int stop = warmup - last, size = warmup < 150 ? stop - first : 25;
        for (int end = first + size; ; size *= 2, end += size)
        {
            if (end + (2 * size) > stop) end = stop; // the next window would not fit: this one takes the rest
            if (iteration + 1 == end) return true;
            if (end >= stop) return false;
        }
    }

    private static bool IsInWindows(int iteration, int warmup) => warmup >= 20 && iteration >= (warmup < 150 ? (int)(0.15 * warmup) : 75) && iteration < warmup - (warmup < 150 ? (int)(0.1 * warmup) : 50);

    private void Adapt(ChainState state, DensityPoint next, double acceptance, CancellationToken cancellation)
    {
        int n = next.Z.Length, iteration = state.Iteration;
        double[] averaging = (double[])state.Averaging.Clone(), moments = (double[])state.Moments.Clone(), mass = state.InverseMass;
        double count = ++averaging[1], weight = 1 / (count + Offset);
        averaging[2] = ((1 - weight) * averaging[2]) + (weight * (options.TargetAcceptance - acceptance));
        double log = averaging[0] - (Math.Sqrt(count) / Shrinkage * averaging[2]), eta = Math.Pow(count, -Decay);
        averaging[3] = (eta * log) + ((1 - eta) * averaging[3]);
        double size = Math.Exp(log);
        bool isWindowEnd = EndsWindow(iteration, options.Warmup);
        if (IsInWindows(iteration, options.Warmup)) moments = Count(moments, next.Z);
        if (isWindowEnd) mass = Masses(moments, n);
        if (iteration == options.Warmup - 1) size = Math.Exp(averaging[3]);
        if (isWindowEnd)
        {
            var trial = state with { Z = next.Z, InverseMass = mass };
            var before = current;
            current = next;
            try
            {
                size = FirstStep(trial, size, uint.MaxValue - (uint)iteration - 1, cancellation);
            }
            catch (OperationCanceledException)
            {
                current = before;
                throw;
            }
            state.Evaluations = trial.Evaluations;
        }
        (state.Averaging, state.Moments, state.InverseMass, state.StepSize) = (averaging, moments, mass, size);
        if (isWindowEnd) Restart(state);
    }

    private static void Restart(ChainState state)
    {
        state.Averaging = [Math.Log(10 * state.StepSize), 0, 0, 0];
        state.Moments = [];
    }

    // Welford's running moments.
    private double[] Count(double[] moments, double[] z)
    {
        int n = z.Length;
        if (moments.Length == 0) moments = new double[1 + n + (options.DenseMass ? n * n : n)];
        double count = ++moments[0];
        var before = new double[n];
        for (int i = 0; i < n; i++)
        {
            before[i] = z[i] - moments[1 + i];
            moments[1 + i] += before[i] / count;
        }
        for (int i = 0; i < n; i++)
        {
            if (!options.DenseMass) moments[1 + n + i] += before[i] * (z[i] - moments[1 + i]);
            else for (int j = 0; j < n; j++) moments[1 + n + (i * n) + j] += before[i] * (z[j] - moments[1 + j]);
        }
        return moments;
    }

    private double[] Masses(double[] moments, int n)
    {
        double count = moments[0], keep = count / (count + 5), add = 1e-3 * 5 / (count + 5);
        var mass = new double[options.DenseMass ? n * n : n];
        for (int k = 0; k < mass.Length; k++)
        {
            mass[k] = keep * moments[1 + n + k] / (count - 1);
            if (!options.DenseMass || k / n == k % n) mass[k] += add;
        }
        if (options.DenseMass) for (int i = 0; i < n; i++) for (int j = 0; j < i; j++) mass[(i * n) + j] = mass[(j * n) + i] = (mass[(i * n) + j] + mass[(j * n) + i]) / 2;
        return mass;
    }

    // Doubles or halves the step until the acceptance of one step passes 0.8 (algorithm 4, as in Stan).
    private double FirstStep(ChainState state, double step, uint stream, CancellationToken cancellation)
    {
        var mass = new MassMatrix(state.InverseMass, state.Z.Length);
        var random = Stream(state, stream);
        int direction = 0;
        for (int k = 0; k < 60; k++)
        {
            var trial = new Trajectory(density, mass, step, random, cancellation);
            trial.Move(current!, 1);
            state.Evaluations += trial.Evaluations;
            int now = trial.Acceptance / Math.Max(1, trial.Evaluations) > 0.8 ? 1 : -1;
            if (direction != 0 && now != direction) break;
            direction = now;
            step *= now > 0 ? 2 : 0.5;
        }
        return step;
    }

    private RandomStream Stream(ChainState state, uint iteration) => new(options.Seed, (((ulong)state.Chain + 1) << 32) | iteration);
}
