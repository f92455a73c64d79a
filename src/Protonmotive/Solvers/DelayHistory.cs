using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Solvers;

/// <summary>
/// The past of a solve: dense output of every step with the parameters of its time, from which delayed values are computed. Before
/// the start nothing moves but the time: states and parameters are what their definitions at the start give at that time.
/// </summary>
/// <remarks>
/// Slopes come from forward differences over a small part of a step. Where the solution or one of its derivatives jumps, so do
/// delayed values later: these times are stops of the loop (Bellen and Zennaro 2003, Numerical Methods for Delay Differential
/// Equations, chapter 2), up to the fifth repetition, after which the solution is smoother than the methods see.
/// </remarks>
internal sealed class DelayHistory
{
    private const int Repetitions = 5;
    private const double SlopeSpan = 1e-7;
    private const double SmallestPart = 1e-6;

    private readonly KernelInstance present, past;
    private readonly EquationSystem system;
    private readonly DenseOutput dense = new();
    private readonly List<(double Time, double[] Parameters)> segments = [];
    private readonly List<(double Time, int Order)> breaks = [];
    private readonly int[][] inner;
    private readonly double[] initial, given, state, lags;
    private readonly IReadOnlyDictionary<string, double> overrides;
    private readonly bool startMoves;
    private readonly double start, span;
    private double stepStart, lastStep;
    private int current = -1;

    public DelayHistory(KernelInstance present, double start, double end, double[] initial, IReadOnlyDictionary<string, double> overrides)
    {
        this.overrides = overrides;
        given = present.Parameters.ToArray();
        startMoves = present.Kernel.System.Parameters.Select(p => p.Definition).Concat(present.Kernel.System.States.Select(s => s.Initial)).Any(f => f.DependsOn(Expression.Time));
        this.present = present;
        this.start = start;
        this.initial = [.. initial];
        span = end - start;
        system = present.Kernel.System;
        past = present.Kernel.Bind(present.Parameters);
        state = new double[initial.Length];
        lags = new double[system.Delays.Length];
        var index = system.Delays.Select((d, i) => (d.Name, i)).ToDictionary(d => d.Name, d => d.i, StringComparer.Ordinal);
        inner = [.. system.Delays.Select(d => d.Value.Symbols().Where(index.ContainsKey).Select(s => index[s]).ToArray())];
        lastStep = span;
    }

    /// <summary>The first time after <paramref name="t"/> where a delayed value has a corner.</summary>
    public double NextTime(double t)
    {
        double next = double.PositiveInfinity;
        foreach (var (time, _) in breaks) if (time > t) next = Math.Min(next, time);
        return next;
    }

    /// <summary>Whether a delayed value has a corner at this time; its repetitions are noted.</summary>
    public bool Passes(double t)
    {
        int order = int.MaxValue;
        foreach (var (time, o) in breaks) if (time == t) order = Math.Min(order, o);
        if (order == int.MaxValue) return false;
        breaks.RemoveAll(b => b.Time <= t);
        if (order < Repetitions) Repeat(t, order + 1);
        return true;
    }

    /// <summary>Notes a time at which something jumps, with the parameters from there on.</summary>
    public void Jump(double t, ReadOnlySpan<double> y, ReadOnlySpan<double> parameters)
    {
        segments.Add((t, parameters.ToArray()));
        present.Lags(t, y, lags);
        Repeat(t, 1);
        stepStart = t;
    }

    /// <summary>Keeps a step.</summary>
    public void Add(double t, double h, ReadOnlySpan<double> y, ReadOnlySpan<double> next, ReadOnlySpan<double> vectors)
    {
        dense.Add(t, h, y, next, vectors);
        stepStart = t + h;
        lastStep = h;
    }

    /// <summary>The longest step from here that needs no value of the future: the shortest lag.</summary>
    public double LongestStep(double t, ReadOnlySpan<double> y)
    {
        present.Lags(t, y, lags);
        double shortest = double.PositiveInfinity;
        foreach (double lag in lags) if (lag > SmallestPart * span) shortest = Math.Min(shortest, lag);
        return shortest;
    }

    /// <summary>The delayed values as an instance with parameters of its own sees them.</summary>
    public IDelaySource For(KernelInstance instance) => new Source(this, instance);

    private double Past(int k, double s, bool isBefore)
    {
        var values = new double[system.Delays.Length];
        if (inner[k].Length > 0)
        {
            At(s, isBefore);
            past.Lags(s, state, values);
            var own = values.ToArray();
            foreach (int i in inner[k]) values[i] = Past(i, s - own[i], isBefore);
        }

        At(s, isBefore);
        return past.DelayedValue(k, s, state, values, s < start);
    }

    // State and parameters at a past time.
    private void At(double s, bool isBefore)
    {
        if (s < start)
        {
            BeforeStart(s);
            return;
        }

        if (dense.IsEmpty) initial.CopyTo(state, 0);
        else dense.Evaluate(s, state, isBefore);
        int segment = segments.Count - 1;
        while (segment > 0 && (segments[segment].Time > s || (isBefore && segments[segment].Time == s))) segment--;
        if (segment < 0 || segment == current) return;
        segments[segment].Parameters.CopyTo(past.Parameters);
        current = segment;
    }

    // Before the start only the time moves: what is defined at the start is defined then.
    private void BeforeStart(double s)
    {
        current = -1;
        if (!startMoves)
        {
            initial.CopyTo(state, 0);
            given.CopyTo(past.Parameters);
            return;
        }

        var parameters = past.Kernel.Parameters(overrides, s, (_, _, _, _) => double.NaN);
        parameters.CopyTo(past.Parameters);
        past.Kernel.InitialState(parameters, s).CopyTo(state, 0);
    }

    private void Repeat(double t, int order)
    {
        foreach (double lag in lags)
        {
            if (lag > SmallestPart * span && double.IsFinite(lag) && breaks.Count < 10_000) breaks.Add((t + lag, order));
        }
    }

    /// <summary>The history seen from one instance, whose parameters set the lags.</summary>
    private sealed class Source(DelayHistory history, KernelInstance instance) : IDelaySource
    {
        private readonly double[] now = new double[history.lags.Length], ahead = new double[history.lags.Length];

        public void Evaluate(double t, ReadOnlySpan<double> y, Span<double> values)
        {
            int count = now.Length;
            double δ = SlopeSpan * Math.Min(history.lastStep, history.span);
            instance.Lags(t, y, now);
            instance.Lags(t + δ, y, ahead);
            // The end of a step belongs to what was before it.
            bool isBefore = t > history.stepStart;
            for (int k = 0; k < count; k++)
            {
                if (!(now[k] >= 0)) throw new NonFiniteException($"A delay is {now[k]}.", $"t = {t:g6}, delay of {history.system.Delays[k].Value}.", "Give a delay that is a number not below 0.");
                double s = t - now[k], later = t + δ - ahead[k];
                if (s >= t)
                {
                    values[k] = instance.DelayedValue(k, t, y, values[..count]);
                    values[count + k] = 0;
                    continue;
                }

                values[k] = history.Past(k, s, isBefore);
                double slope = δ > 0 && later < t ? (history.Past(k, later, isBefore) - values[k]) / δ : 0;
                values[count + k] = double.IsFinite(slope) ? slope : 0;
            }
        }
    }
}
