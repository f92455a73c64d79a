namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>What happens at a special point of a branch of steady states.</summary>
public enum SpecialPointKind
{
    /// <summary>The branch turns back in the parameter; a stable and an unstable state meet (saddle-node, limit point).</summary>
    Fold,

    /// <summary>A pair of eigenvalues crosses the imaginary axis: an oscillation is born or dies.</summary>
    Hopf,

    /// <summary>Another branch crosses (transcritical or pitchfork).</summary>
    Branch,

    /// <summary>Stability changes where a condition of the model switches, without an eigenvalue through 0.</summary>
    Switch,
}
