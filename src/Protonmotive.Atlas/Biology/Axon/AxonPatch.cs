using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Biology;

/// <summary>What a patch of axon membrane is made of.</summary>
/// <param name="V">Potential, inside less outside, in the network's unit.</param>
/// <param name="Na">Na⁺ within.</param>
/// <param name="K">K⁺ within.</param>
/// <param name="Cl">Cl⁻ within.</param>
/// <param name="Sodium">Na⁺ channel, inward.</param>
/// <param name="Delayed">Delayed current of Na⁺, inward.</param>
/// <param name="Background">Background of Na⁺, inward.</param>
/// <param name="Potassium">K⁺ channel, outward.</param>
/// <param name="Chloride">Leak of Cl⁻, inward.</param>
/// <param name="Pump">Na⁺/K⁺-ATPase.</param>
internal sealed record AxonPatch(Expression V, Species Na, Species K, Species Cl, Process Sodium, Process Delayed, Process Background, Process Potassium, Process Chloride, Process Pump);
