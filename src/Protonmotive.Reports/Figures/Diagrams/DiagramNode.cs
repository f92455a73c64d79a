using System.Collections.Immutable;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>What a node of a drawing stands for.</summary>
public enum DiagramNodeKind
{
    /// <summary>A store.</summary>
    Store,
    /// <summary>A process.</summary>
    Process,
    /// <summary>An energy that several stores share.</summary>
    Energy,
    /// <summary>A place that a long link passes through.</summary>
    Bend,
}

/// <summary>A node of a drawing with its place.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">What it stands for.</param>
public sealed class DiagramNode(string name, DiagramNodeKind kind)
{
    /// <summary>Least radius of a process.</summary>
    public const float LeastRadius = 8;

    /// <summary>Name.</summary>
    public string Name => name;

    /// <summary>What it stands for.</summary>
    public DiagramNodeKind Kind => kind;

    /// <summary>The store; null for others.</summary>
    public DiagramStore? Store { get; init; }

    /// <summary>The process; null for others.</summary>
    public DiagramProcess? Process { get; init; }

    /// <summary>Whether its store is drawn once for each process.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Lines of text, the name first.</summary>
    public ImmutableArray<DiagramLine> Lines { get; init; } = [];

    /// <summary>Radius of a process: what it takes, or what it gives, has room side by side.</summary>
    public float Radius { get; set; } = LeastRadius;

    /// <summary>The compartment inside the one that its column belongs to; "" for none.</summary>
    public string Inner { get; set; } = "";

    /// <summary>Column, or row in a drawing that runs downwards.</summary>
    public int Layer { get; set; }

    /// <summary>Centre of its symbol.</summary>
    public float X { get; set; }

    /// <summary>Centre of its symbol.</summary>
    public float Y { get; set; }

    /// <summary>How far it reaches from its centre, text included.</summary>
    public float Left { get; set; }

    /// <summary>How far it reaches from its centre, text included.</summary>
    public float Right { get; set; }

    /// <summary>How far it reaches from its centre, text included.</summary>
    public float Above { get; set; }

    /// <summary>How far it reaches from its centre, text included.</summary>
    public float Below { get; set; }
}
