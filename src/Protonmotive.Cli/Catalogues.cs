using Protonmotive.Atlas;
using Protonmotive.Catalogue;
using Protonmotive.Trainings;

namespace Protonmotive.Cli;

/// <summary>All that can be run by name here: the atlas by the engine, trainings by the learning half.</summary>
internal static class Catalogues
{
    public static SystemCatalogue All { get; } = AtlasCatalogue.Systems with { Elsewhere = [.. BuiltInTrainings.All] };
}
