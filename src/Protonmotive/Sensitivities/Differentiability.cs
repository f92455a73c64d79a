using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities;

/// <summary>What a system must not have for its solution to have derivatives here.</summary>
public static class Differentiability
{
    /// <summary>Why a system has no derivatives here; null where it has.</summary>
    public static string? Obstacle(EquationSystem system)
    {
        if (!system.Delays.IsEmpty) return $"'{system.Name}' depends on its own past (a delay)";
        if (system.Parameters.FirstOrDefault(p => p.Draw is not null) is { } random) return $"parameter '{random.Name}' is a random number";
        if (system.Events.FirstOrDefault(e => !e.Draws.IsEmpty) is { } drawing) return $"event '{drawing.Name}' draws random numbers";
        return null;
    }

    /// <summary>Refuses a system without derivatives.</summary>
    /// <exception cref="SensitivityException">It has a delay or random numbers.</exception>
    public static void Check(EquationSystem system)
    {
        if (Obstacle(system) is not { } obstacle) return;
        throw new SensitivityException($"Sensitivities can't be computed: {obstacle}.", $"System '{system.Name}'.", "Use finite differences (pmf control, pmf scan), or a model without it.");
    }
    /// <summary>Refuses a method whose steps have no derivative.</summary>
    /// <exception cref="SensitivityException">It is none of one step: BDF keeps a history.</exception>
    public static void Check(Method method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (method is Automatic or RosenbrockMethod or ExplicitMethod) return;
        throw new SensitivityException($"Steps of {method.Name} have no derivative here.", "Method of the solve.", "Use auto, Rodas4, Rodas5P or Tsit5.");
    }
}
