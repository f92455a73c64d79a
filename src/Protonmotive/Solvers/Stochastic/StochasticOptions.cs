using System.Collections.Immutable;
using Protonmotive.Networks;

namespace Protonmotive.Solvers.Stochastic;

/// <summary>What a stochastic simulation is asked for beside network, seed and times.</summary>
public sealed record StochasticOptions
{
    /// <summary>Exact, with the method chosen by the number of channels.</summary>
    public static StochasticOptions Default { get; } = new();

    /// <summary>How firings are drawn.</summary>
    public StochasticMethod Method { get; init; } = StochasticMethod.Exact;

    /// <summary>Names to tabulate: stores, variables, parameters, amounts ("A.amount"). Empty: every store and every variable.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>Formulas to tabulate, in the network's symbols; after <see cref="Outputs"/>.</summary>
    public ImmutableArray<Observable> Observables { get; init; } = [];

    /// <summary>Values in place of the model's parameters, by name.</summary>
    public ImmutableDictionary<string, double> Parameters { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Firings of one run after which it is given up; a leap counts as one.</summary>
    public long MaximumFirings { get; init; } = 1_000_000_000;

    /// <summary>Amount of one species above which a run is given up; 2⁵³ is the last that can be counted.</summary>
    public double MaximumAmount { get; init; } = 9007199254740992;

    /// <summary>Most runs at once; 0 for one on each core. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Whether every value of every run is kept, for quantiles and histograms: 8 bytes for each output, time and run.</summary>
    public bool KeepsSamples { get; init; }

    /// <summary>Whether busy programs become machine code; results are the same, bit for bit.</summary>
    public bool Compiles { get; init; } = true;

    /// <summary>Told of runs done, of how many.</summary>
    public IProgress<EnsembleProgress>? Progress { get; init; }

    /// <summary>Ends the simulation early, by <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>How far an ensemble has come.</summary>
/// <param name="Done">Runs done.</param>
/// <param name="Runs">Runs asked for.</param>
public readonly record struct EnsembleProgress(int Done, int Runs);
