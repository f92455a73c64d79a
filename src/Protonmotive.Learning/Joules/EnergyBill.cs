namespace Protonmotive.Learning.Joules;

/// <summary>What a training took, and what it learned for it. Joules and nats are never added: bits per joule is all that joins them.</summary>
/// <param name="Energy">What it took.</param>
/// <param name="Bits">What it learned; null where its outcomes are not counted, as in regression.</param>
public sealed record EnergyBill(EnergyReading Energy, LearnedBits? Bits)
{
    /// <summary>Label bits per joule; null where one is not known.</summary>
    public double? LabelBitsPerJoule => Per(Bits?.Label);

    /// <summary>Bits of code saved per joule; null where one is not known.</summary>
    public double? CodeBitsPerJoule => Per(Bits?.CodeSaved);

    private double? Per(double? bits) => bits is { } b && double.IsFinite(Energy.Joules) && Energy.Joules > 0 ? b / Energy.Joules : null;
}
