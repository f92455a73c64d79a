namespace Protonmotive.Reports.Runs;

/// <summary>A boundary between layers of a network, seen as a membrane: what stands behind it, how much passes, and what work was done there.</summary>
/// <param name="Name">Name.</param>
/// <param name="Kind">What it is, e.g. Linear.</param>
/// <param name="Gradient">Potential: norm of the loss's gradient by what leaves it forward, ‖δ‖, in units of the loss.</param>
/// <param name="Permeability">χ: squared norm of the gradient that passed over that which came; null where it was not measured.</param>
/// <param name="Flow">Length of the path of its parameters, Σ‖Δ‖; 0 without parameters.</param>
/// <param name="Supplied">Work of the batches' force there, in units of the loss.</param>
/// <param name="Gained">Work done: held-out loss removed.</param>
public sealed record LayerRecord(string Name, string Kind, double Gradient, double? Permeability, double Flow, double Supplied, double Gained)
{
    /// <summary>Noise and curvature.</summary>
    public double Dissipated => Supplied - Gained;
}
