namespace Protonmotive.FluxBalance.Programs;

/// <summary>How a linear program ended.</summary>
internal enum LinearStatus
{
    /// <summary>Solved to its tolerances.</summary>
    Optimal,

    /// <summary>No point keeps all bounds and rows.</summary>
    Infeasible,

    /// <summary>The objective has no bound.</summary>
    Unbounded,
}
