using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>One step of a replacement.</summary>
/// <param name="By">What takes the place.</param>
/// <param name="ConversionFactor">Id of a parameter that turns the old values into the new: new = factor · old.</param>
/// <param name="Stated">The use of the model that states it; the factor is a parameter there.</param>
/// <param name="FromInside">Whether the one that takes the place is in a submodel of the other's model.</param>
internal sealed record Replacement(XElement By, string? ConversionFactor, ModelInstance Stated, bool FromInside);
