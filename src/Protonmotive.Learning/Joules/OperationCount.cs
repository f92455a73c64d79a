namespace Protonmotive.Learning.Joules;

/// <summary>What a step of training computes and moves.</summary>
/// <param name="MultiplyAdds">Multiplications with their additions.</param>
/// <param name="Words">32-bit numbers read from or written to memory.</param>
public readonly record struct OperationCount(double MultiplyAdds, double Words)
{
    /// <summary>Both together.</summary>
    public static OperationCount operator +(OperationCount a, OperationCount b) => new(a.MultiplyAdds + b.MultiplyAdds, a.Words + b.Words);
}
