namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>One way along a branch.</summary>
internal sealed class TracedBranch
{
    /// <summary>Each point with the special points met on the way to it.</summary>
    public List<(List<(SpecialPointKind Kind, CurvePoint Point, int Eigenvalue)> Met, CurvePoint Point)> Steps { get; } = [];

    /// <summary>Why it ends.</summary>
    public string End { get; private set; } = "";

    /// <summary>Whether it ran back to its start.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Says why it ends.</summary>
    public TracedBranch Ended(string why)
    {
        End = why;
        return this;
    }

    /// <summary>Says that it is back at its start.</summary>
    public TracedBranch Closed()
    {
        IsClosed = true;
        return Ended("it runs back to where it began");
    }
}
