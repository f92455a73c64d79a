namespace Protonmotive.Learning.Joules;

/// <summary>A module that computes something beside what its parts do, so that parts alone would undercount it.</summary>
public interface ICountsOperations
{
    /// <summary>Multiplications with their additions in one forward pass, without those of its parts.</summary>
    /// <param name="input">Shape of the input.</param>
    double OwnMultiplyAdds(ReadOnlySpan<long> input);
}
