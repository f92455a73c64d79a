namespace Protonmotive.Kernels;

/// <summary>The instruction set all back ends share. Operands a, b, c are slots of the workspace; truth is 1, falsehood 0.</summary>
internal enum Opcode : byte
{
    /// <summary>a.</summary>
    Copy,
    /// <summary>a + b.</summary>
    Add,
    /// <summary>a − b.</summary>
    Subtract,
    /// <summary>a · b.</summary>
    Multiply,
    /// <summary>a / b.</summary>
    Divide,
    /// <summary>c + a · b, rounded once.</summary>
    MultiplyAdd,
    /// <summary>c − a · b, rounded once.</summary>
    NegatedMultiplyAdd,
    /// <summary>−a.</summary>
    Negate,

    /// <summary>a &lt; b.</summary>
    Less,
    /// <summary>a ≤ b.</summary>
    LessOrEqual,
    /// <summary>a = b.</summary>
    Equal,
    /// <summary>a ≠ b.</summary>
    NotEqual,
    /// <summary>a and b.</summary>
    And,
    /// <summary>a or b.</summary>
    Or,
    /// <summary>Exactly one of a and b.</summary>
    Xor,
    /// <summary>a is false.</summary>
    Not,
    /// <summary>b where a is true, else c; both were computed.</summary>
    Select,

    /// <summary>a to the power b.</summary>
    Power,
    /// <summary>The smaller.</summary>
    Min,
    /// <summary>The larger.</summary>
    Max,

    /// <summary>|a|.</summary>
    Abs,
    /// <summary>Largest integer not above a.</summary>
    Floor,
    /// <summary>Smallest integer not below a.</summary>
    Ceiling,
    /// <summary>√a.</summary>
    Sqrt,
    /// <summary>eᵃ.</summary>
    Exp,
    /// <summary>eᵃ − 1.</summary>
    Expm1,
    /// <summary>ln a.</summary>
    Log,
    /// <summary>log₁₀ a.</summary>
    Log10,
    /// <summary>Sine.</summary>
    Sin,
    /// <summary>Cosine.</summary>
    Cos,
    /// <summary>Tangent.</summary>
    Tan,
    /// <summary>Inverse sine.</summary>
    Asin,
    /// <summary>Inverse cosine.</summary>
    Acos,
    /// <summary>Inverse tangent.</summary>
    Atan,
    /// <summary>Hyperbolic sine.</summary>
    Sinh,
    /// <summary>Hyperbolic cosine.</summary>
    Cosh,
    /// <summary>Hyperbolic tangent.</summary>
    Tanh,
    /// <summary>Inverse hyperbolic sine.</summary>
    Asinh,
    /// <summary>Inverse hyperbolic cosine.</summary>
    Acosh,
    /// <summary>Inverse hyperbolic tangent.</summary>
    Atanh,
    /// <summary>Γ(a + 1).</summary>
    Factorial,
    /// <summary>ψ(a), the slope of ln Γ.</summary>
    Digamma,
    /// <summary>ψ′(a), the slope of ψ.</summary>
    Trigamma,
}
