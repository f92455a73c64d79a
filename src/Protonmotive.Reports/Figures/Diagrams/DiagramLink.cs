using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>A link between a store and a process, in the direction of the mean flow.</summary>
/// <param name="From">Where the flow comes from.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Part">What flows; null for a tie to a shared energy.</param>
/// <param name="Size">What its width shows; 0 where nothing flows.</param>
public sealed record DiagramLink(DiagramNode From, DiagramNode To, DiagramPart? Part, double Size)
{
    /// <summary>Whether the store sets the process's rate and is neither taken nor given.</summary>
    public bool IsControl => Part is { Coefficient: 0 };

    /// <summary>Whether nothing flows on it, beside what flows elsewhere.</summary>
    public bool IsIdle { get; init; }

    /// <summary>Places that it passes through, from its beginning to its end.</summary>
    public List<DiagramNode> Bends { get; } = [];
}
