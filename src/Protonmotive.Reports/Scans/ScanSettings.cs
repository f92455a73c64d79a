using System.Collections.Immutable;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Reports.Scans;

/// <summary>What is scanned, and how. Everything but <see cref="Threads"/> and <see cref="Command"/> determines the results.</summary>
public sealed record ScanSettings
{
    /// <summary>Which values the members take.</summary>
    public required Design Design { get; init; }

    /// <summary>Values set for all members, by name of a parameter, or of a store for its start.</summary>
    public ImmutableDictionary<string, double> Overrides { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>End time, in the model's unit of time; null for the scenario's.</summary>
    public double? End { get; init; }

    /// <summary>Times of the rows; empty for the end alone.</summary>
    public ImmutableArray<double> Times { get; init; } = [];

    /// <summary>Number of rows at equal distance from start to end; null for <see cref="Times"/>.</summary>
    public int? Points { get; init; }

    /// <summary>Names of states, observables and ledger numbers ("ledger:ATPSYN.efficiency"), with * for any text; empty for the model's own choice.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>Whether each member's steady state is sought; the ledger then counts one unit of time in it.</summary>
    public bool Steady { get; init; }

    /// <summary>Method; by default the one that suits the problem without what varies.</summary>
    public Method Method { get; init; } = new Automatic();

    /// <summary>Tolerance.</summary>
    public Tolerance Tolerance { get; init; } = new(1e-6, 1e-9);

    /// <summary>Steps after which a member is given up.</summary>
    public long MaximumSteps { get; init; } = SolveOptions.Default.MaximumSteps;

    /// <summary>Seed of the design and of random numbers in the model.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether statistics alone are kept, and no table of members.</summary>
    public bool Reduce { get; init; }

    /// <summary>Limit on threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The command that makes the scan again.</summary>
    public string Command { get; init; } = "";
}
