namespace Protonmotive.Networks;

/// <summary>What makes a mobility positive, whatever the weights.</summary>
public enum Positivity
{
    /// <summary>ln(1 + eᵘ): positive, linear where large.</summary>
    Softplus,
    /// <summary>u²: may reach 0 at finite weights.</summary>
    Square,
    /// <summary>eᵘ: for mobilities that vary over decades; overflows above u = 709.</summary>
    Exponential,
}
