using System.Collections.Immutable;

namespace Protonmotive.Solvers.Stochastic;

/// <summary>One stochastic run at the times asked for: a value, the same for the same network, seed, member and method.</summary>
public sealed class StochasticSolution
{
    private readonly double[] values;

    internal StochasticSolution(StochasticKernel kernel, ImmutableArray<double> times, double[] values, ulong seed, ulong member, long firings)
    {
        Kernel = kernel;
        Times = times;
        this.values = values;
        (Seed, Member, Firings) = (seed, member, firings);
        Names = [.. kernel.Outputs.Select(o => o.Name)];
    }

    /// <summary>What was run.</summary>
    public StochasticKernel Kernel { get; }

    /// <summary>Time of each row.</summary>
    public ImmutableArray<double> Times { get; }

    /// <summary>Name of each column.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Seed of the ensemble.</summary>
    public ulong Seed { get; }

    /// <summary>Index of the run in it.</summary>
    public ulong Member { get; }

    /// <summary>How often channels fired; leaps count once.</summary>
    public long Firings { get; }

    /// <summary>The values of an output, at each time just after what happens there.</summary>
    /// <exception cref="StochasticException">Nothing of this name was tabulated.</exception>
    public ImmutableArray<double> this[string name]
    {
        get
        {
            int column = StochasticRun.Column(Names, name);
            var result = ImmutableArray.CreateBuilder<double>(Times.Length);
            for (int row = 0; row < Times.Length; row++) result.Add(values[(row * Names.Length) + column]);
            return result.MoveToImmutable();
        }
    }

    /// <summary>The value of a column at a row.</summary>
    public double this[int row, int column] => values[(row * Names.Length) + column];
}
