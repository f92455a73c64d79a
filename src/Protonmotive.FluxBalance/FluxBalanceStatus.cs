namespace Protonmotive.FluxBalance;

/// <summary>How a flux balance problem ended.</summary>
public enum FluxBalanceStatus
{
    /// <summary>The objective is at its optimum.</summary>
    Optimal,

    /// <summary>No fluxes keep all balances and bounds.</summary>
    Infeasible,

    /// <summary>The objective can be driven beyond any value.</summary>
    Unbounded,
}
