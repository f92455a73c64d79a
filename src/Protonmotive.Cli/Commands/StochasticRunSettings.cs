using System.Collections.Immutable;

namespace Protonmotive.Cli.Commands;

/// <summary>What a stochastic run is asked for.</summary>
internal sealed record StochasticRunSettings
{
    public int Runs { get; init; }

    public ulong Seed { get; init; }

    public double? Epsilon { get; init; }

    public double? End { get; init; }

    public int Points { get; init; }

    public ImmutableDictionary<string, double> Overrides { get; init; } = ImmutableDictionary<string, double>.Empty;

    public string Folder { get; init; } = "";

    public bool Overwrite { get; init; }

    public bool Json { get; init; }

    public string Command { get; init; } = "";
}
