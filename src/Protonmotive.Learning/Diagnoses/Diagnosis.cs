namespace Protonmotive.Learning.Diagnoses;

/// <summary>How grave a finding is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; healthy trainings may have it.</summary>
    Notice,
    /// <summary>Something is wrong.</summary>
    Alarm,
}

/// <summary>What is found wrong with a training.</summary>
/// <param name="Name">Its name, e.g. vanishing.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Layer">Where; "" for the whole network.</param>
/// <param name="FirstStep">The first of the steps in a row in which it was seen.</param>
/// <param name="Evidence">The numbers.</param>
/// <param name="Threshold">The rule, with its number.</param>
/// <param name="Source">Where the number comes from.</param>
/// <param name="Remedy">What to do first.</param>
public sealed record Diagnosis(string Name, Severity Severity, string Layer, long FirstStep, string Evidence, string Threshold, string Source, string Remedy);
