using System.Collections.Immutable;

namespace Protonmotive.Solvers;

/// <summary>Which times stand in a solution's rows.</summary>
public sealed record OutputTimes
{
    private readonly Kind kind;
    private readonly ImmutableArray<double> asked = [];
    private readonly int count;

    private OutputTimes(Kind kind) => this.kind = kind;

    private OutputTimes(IEnumerable<double> times)
    {
        kind = Kind.Asked;
        asked = [.. times];
    }

    private OutputTimes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        kind = Kind.Uniform;
        this.count = count;
    }

    private enum Kind
    {
        EveryStep,
        EndOnly,
        Asked,
        Uniform,
    }

    /// <summary>The start and the end of every step.</summary>
    public static OutputTimes EveryStep { get; } = new(Kind.EveryStep);

    /// <summary>The end alone: one row, and no memory that grows with the steps.</summary>
    public static OutputTimes EndOnly { get; } = new(Kind.EndOnly) { IncludesJumps = false };

    /// <summary>
    /// Whether every jump adds two rows at its time, the state before and the state after. If not, a row asked for at a jump
    /// shows the state after it.
    /// </summary>
    public bool IncludesJumps { get; init; } = true;

    /// <summary>Rows beside these that show how curves bend; null for none. Members of an ensemble share their rows and have none of these.</summary>
    public RowDetail? Detail { get; init; }

    internal bool IsEveryStep => kind == Kind.EveryStep;

    /// <summary>The given times, by dense output; in any order, sorted and without repeats in the solution.</summary>
    public static OutputTimes At(IEnumerable<double> times) => new(times);

    /// <summary>That many times from start to end at equal distance, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public static OutputTimes Uniform(int count) => new(count);

    /// <summary>The asked times of a solve, sorted; empty for every step.</summary>
    /// <exception cref="SolverException">A time is outside the span.</exception>
    internal double[] Times(double start, double end)
    {
        switch (kind)
        {
            case Kind.EveryStep: return [];
            case Kind.EndOnly: return [end];
            case Kind.Uniform when start == end: return [start];
            case Kind.Uniform:
                var uniform = new double[count];
                for (int i = 0; i < count; i++) uniform[i] = i == count - 1 ? end : start + (end - start) * i / (count - 1);
                return uniform;
            default:
                double[] sorted = [.. asked.Distinct().Order()];
                foreach (double time in sorted)
                {
                    if (time >= start && time <= end) continue;
                    throw new SolverException(
                        $"Output is asked for at t = {time:g6}, which is outside the solve.",
                        $"The problem runs from {start:g6} to {end:g6}.",
                        "Ask for times inside, or move the start or the end of the problem.");
                }

                return sorted;
        }
    }
}
