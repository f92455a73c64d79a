namespace Protonmotive.Solvers;

/// <summary>Why a solve ended.</summary>
public enum StopReason
{
    /// <summary>The end of the problem.</summary>
    ReachedEnd,

    /// <summary>The observer asked for it.</summary>
    StoppedByObserver,
}
