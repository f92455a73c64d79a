using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>A parameter on its way into the file.</summary>
/// <param name="Name">Its name in the network.</param>
/// <param name="Unit">Unit as text.</param>
/// <param name="Value">Number at the start; null where a rule or initial assignment gives it.</param>
/// <param name="Description">For readers.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record SbmlParameter(string Name, string Unit, double? Value = null, string Description = "", string Source = "");
