using Protonmotive.Fitting.Profiles;

namespace Protonmotive.Fitting.Alternatives;

/// <summary>What one explanation comes to.</summary>
/// <param name="Explanation">The explanation.</param>
/// <param name="Value">Its least objective.</param>
/// <param name="X">Where, all parameters, shape [n].</param>
/// <param name="Profile">The profile of its parameter, over all parameters that every explanation shares; points hold the free parameters only.</param>
/// <param name="Gain">By how much it lowers the objective below that of the reference; not negative.</param>
/// <param name="Rise">By how much its objective is above that of the best explanation.</param>
/// <param name="Status">What the comparison says of it.</param>
public sealed record ExplanationFit(Explanation Explanation, double Value, double[] X, ParameterProfile Profile, double Gain, double Rise, ExplanationStatus Status)
{
    /// <summary>Its estimate on the scale of estimation.</summary>
    public double Estimate => X[Explanation.Index];

    /// <summary>Whether the data say nothing of its parameter within its bounds: no value there is excluded.</summary>
    public bool IsUnseen => Profile.Verdict is ProfileVerdict.Flat or ProfileVerdict.NoEnd;

    /// <summary>Whether a value is in its interval.</summary>
    /// <param name="value">The value, on the scale of estimation.</param>
    public bool Holds(double value) => value >= Profile.Low && value <= Profile.High;
}

/// <summary>What a comparison says of an explanation.</summary>
public enum ExplanationStatus
{
    /// <summary>The reference explains the data, and this does not do better.</summary>
    NotNeeded,
    /// <summary>It alone explains the data.</summary>
    Found,
    /// <summary>It explains the data, but others do so as well.</summary>
    Possible,
    /// <summary>It does not explain the data.</summary>
    Excluded,
}
