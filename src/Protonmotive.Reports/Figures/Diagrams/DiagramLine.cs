namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>A line of text at a node.</summary>
/// <param name="Text">The text.</param>
/// <param name="Role">What it says.</param>
public readonly record struct DiagramLine(string Text, DiagramLineRole Role)
{
    /// <summary>Its width.</summary>
    public float Width => Pen.Measure(Text, Size, IsName);

    /// <summary>Size of its letters.</summary>
    public float Size => IsName ? DiagramLayout.NameSize : DiagramLayout.NumberSize;

    /// <summary>Whether it is the name.</summary>
    public bool IsName => Role == DiagramLineRole.Name;
}

/// <summary>What a line of text says.</summary>
public enum DiagramLineRole
{
    /// <summary>The name.</summary>
    Name,
    /// <summary>A potential.</summary>
    Potential,
    /// <summary>A flux.</summary>
    Flux,
    /// <summary>A power that becomes heat.</summary>
    Heat,
    /// <summary>A power that goes out as work.</summary>
    Work,
}
