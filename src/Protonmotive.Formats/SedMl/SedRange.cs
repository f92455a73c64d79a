using System.Collections.Immutable;

namespace Protonmotive.Formats.SedMl;

/// <summary>Values that a repeated task goes through.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Where">File, line and column.</param>
public abstract record SedRange(string Id, string Where) : SedElement(Id, Id, Where);

/// <summary>Values at equal distances, or at equal ratios.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Start">First value.</param>
/// <param name="End">Last value.</param>
/// <param name="Steps">Number of intervals; there is one value more.</param>
/// <param name="IsLogarithmic">Whether ratios are equal.</param>
public sealed record SedUniformRange(string Id, string Where, double Start, double End, int Steps, bool IsLogarithmic) : SedRange(Id, Where)
{
    /// <summary>The value at an index, 0 to <see cref="Steps"/>.</summary>
    public double Value(int index) => index == 0 || Steps == 0 ? Start : index == Steps ? End
        : IsLogarithmic ? Start * Math.Pow(End / Start, (double)index / Steps) : Start + ((End - Start) * index / Steps);
}

/// <summary>Given values.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Values">The values.</param>
public sealed record SedVectorRange(string Id, string Where, ImmutableArray<double> Values) : SedRange(Id, Where);

/// <summary>Values computed in each repeat, from other ranges and from models.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Range">Id of the range whose length it has; empty for the task's.</param>
/// <param name="Formula">The value.</param>
public sealed record SedFunctionalRange(string Id, string Where, string Range, SedFormula Formula) : SedRange(Id, Where);
