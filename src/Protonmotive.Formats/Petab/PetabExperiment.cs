using System.Collections.Immutable;

namespace Protonmotive.Formats.Petab;

/// <summary>What is done in an experiment, in order.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Rest">What it comes to rest in first; null for nothing.</param>
/// <param name="First">What is measured in first, with its start.</param>
/// <param name="Later">What follows, ascending in time.</param>
internal sealed record PetabExperiment(string Name, PetabPeriod? Rest, PetabPeriod First, ImmutableArray<PetabPeriod> Later);

/// <summary>Conditions that are applied together.</summary>
/// <param name="Time">When.</param>
/// <param name="Conditions">Their identifiers; none for the system as it is.</param>
/// <param name="Where">Where it was read, for messages.</param>
internal sealed record PetabPeriod(double Time, ImmutableArray<string> Conditions, string Where)
{
    /// <summary>The conditions as one name.</summary>
    public string Name => string.Join(" + ", Conditions);
}
