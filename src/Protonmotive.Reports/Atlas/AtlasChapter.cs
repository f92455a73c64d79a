using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Atlas;

/// <summary>A scenario of a system that was run for the atlas.</summary>
/// <param name="Record">The run.</param>
/// <param name="Ledger">Its books.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Folder">Its folder, from the page.</param>
public sealed record AtlasRun(RunRecord Record, Ledger Ledger, ImmutableArray<Figure> Figures, string Folder);

/// <summary>A chapter of the atlas: a system, or a training, with its runs.</summary>
/// <param name="System">What the catalogue tells of it.</param>
/// <param name="Runs">Its runs, the first scenario first.</param>
public sealed record AtlasChapter(CatalogueEntry System, ImmutableArray<AtlasRun> Runs);
