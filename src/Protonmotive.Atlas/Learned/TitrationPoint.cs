namespace Protonmotive.Atlas.Learned;

/// <summary>One quantity at one demand of a titration.</summary>
/// <param name="Phosphate">Phosphate of the medium, in M.</param>
/// <param name="Demand">ATP hydrolysed, in mol/s per litre of suspension.</param>
/// <param name="Observable">The quantity.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Truth">Its value by the law that the learner does not know.</param>
/// <param name="Sigma">Standard deviation of a measurement of it.</param>
/// <param name="Measured">Such a measurement, simulated.</param>
/// <param name="Predicted">Its value by the learned law; NaN where the simulation fails.</param>
public sealed record TitrationPoint(double Phosphate, double Demand, string Observable, string Unit, double Truth, double Sigma, double Measured, double Predicted)
{
    /// <summary>(predicted − truth)/σ: what the learned law adds to the noise of a measurement.</summary>
    public double Deviation => (Predicted - Truth) / Sigma;

    /// <summary>(measured − predicted)/σ.</summary>
    public double Residual => (Measured - Predicted) / Sigma;
}
