using System.Collections.Immutable;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>What an ensemble came to: the outputs of every member at every time.</summary>
public sealed class EnsembleSolution
{
    private readonly double[] values;

    internal EnsembleSolution(EnsembleProblem problem, EnsembleRun run, double[] values, List<MemberFailure> failures)
    {
        (Problem, Times, Names, Form, Steps) = (problem, run.Times, run.Names, run.Form, run.Steps);
        (First, long beyond) = run.Range;
        Count = beyond - First;
        this.values = values;
        Failures = [.. failures];
    }

    /// <summary>What was solved.</summary>
    public EnsembleProblem Problem { get; }

    /// <summary>Number of the first member solved.</summary>
    public long First { get; }

    /// <summary>Number of members solved.</summary>
    public long Count { get; }

    /// <summary>Time of each row.</summary>
    public ImmutableArray<double> Times { get; }

    /// <summary>Name of each output.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>How members ran: side by side, or why not, and by which method.</summary>
    public string Form { get; }

    /// <summary>Steps of all members, accepted and rejected.</summary>
    public long Steps { get; }

    /// <summary>The members that failed, in order; their outputs are NaN from there on, the others' are complete.</summary>
    public ImmutableArray<MemberFailure> Failures { get; }

    /// <summary>A member's outputs, row after row, shape [times · outputs].</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such member.</exception>
    public ReadOnlySpan<double> Member(long member)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(member, First);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(member, First + Count);
        int width = Times.Length * Names.Length;
        return values.AsSpan(checked((int)((member - First) * width)), width);
    }

    /// <summary>One output of a member at one time.</summary>
    public double Value(long member, int time, int output) => Member(member)[(time * Names.Length) + output];

    /// <summary>Members, form and failures in one line.</summary>
    public override string ToString() => $"{Problem.Base.Kernel.System.Name}: {Count} members, {Form}, {Steps} steps, {Failures.Length} failed";
}
