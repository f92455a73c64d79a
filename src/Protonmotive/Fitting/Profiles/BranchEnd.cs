namespace Protonmotive.Fitting.Profiles;

/// <summary>How a branch of a profile ended.</summary>
public enum BranchEnd
{
    /// <summary>It goes on.</summary>
    Open,
    /// <summary>The objective rose to the threshold: the interval ends here.</summary>
    Crossed,
    /// <summary>The parameter met its bound before.</summary>
    Bound,
    /// <summary>So many points were computed before.</summary>
    Limit,
    /// <summary>The objective was infinite, however small the step.</summary>
    Infinite,
}
