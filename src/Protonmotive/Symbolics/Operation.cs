namespace Protonmotive.Symbolics;

/// <summary>What a node of an <see cref="Expression"/> computes. Truth values are 1 (true) and 0 (false).</summary>
public enum Operation
{
    /// <summary>A fixed number.</summary>
    Constant,
    /// <summary>A named quantity: a state, a parameter, a mode.</summary>
    Symbol,
    /// <summary>The independent variable t.</summary>
    Time,

    /// <summary>Sum of two or more operands.</summary>
    Add,
    /// <summary>Product of two or more operands.</summary>
    Multiply,
    /// <summary>First operand minus the second.</summary>
    Subtract,
    /// <summary>First operand over the second.</summary>
    Divide,
    /// <summary>First operand to the power of the second.</summary>
    Power,
    /// <summary>The smaller of two operands.</summary>
    Min,
    /// <summary>The larger of two operands.</summary>
    Max,

    /// <summary>−x.</summary>
    Negate,
    /// <summary>|x|.</summary>
    Abs,
    /// <summary>Largest integer not above x.</summary>
    Floor,
    /// <summary>Smallest integer not below x.</summary>
    Ceiling,
    /// <summary>√x.</summary>
    Sqrt,
    /// <summary>eˣ.</summary>
    Exp,
    /// <summary>eˣ − 1, accurate near x = 0.</summary>
    Expm1,
    /// <summary>Natural logarithm.</summary>
    Log,
    /// <summary>Logarithm to base 10.</summary>
    Log10,
    /// <summary>Sine of an angle in rad.</summary>
    Sin,
    /// <summary>Cosine of an angle in rad.</summary>
    Cos,
    /// <summary>Tangent of an angle in rad.</summary>
    Tan,
    /// <summary>Inverse sine, in rad.</summary>
    Asin,
    /// <summary>Inverse cosine, in rad.</summary>
    Acos,
    /// <summary>Inverse tangent, in rad.</summary>
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
    /// <summary>Γ(x + 1).</summary>
    Factorial,
    /// <summary>Γ′(x)/Γ(x); the slope of <see cref="Factorial"/> needs it.</summary>
    Digamma,

    /// <summary>First operand below the second.</summary>
    Less,
    /// <summary>First operand below or equal to the second.</summary>
    LessOrEqual,
    /// <summary>Operands are the same number.</summary>
    Equal,
    /// <summary>Operands differ.</summary>
    NotEqual,

    /// <summary>All operands are true.</summary>
    And,
    /// <summary>At least one operand is true.</summary>
    Or,
    /// <summary>An odd number of operands is true.</summary>
    Xor,
    /// <summary>The operand is false.</summary>
    Not,

    /// <summary>Second operand where the first is true, else the third: a piecewise function, which may jump.</summary>
    Select,
    /// <summary>
    /// As <see cref="Select"/>, but both forms belong to one function that does not jump (a removable singularity, the
    /// slope of |x|): integrators do not stop where the condition changes.
    /// </summary>
    Branch,

    /// <summary>
    /// The first operand as it was the second operand (≥ 0) earlier. Its value comes from the history of a solve, so lowering puts a
    /// symbol in its place; derivatives take it as fixed.
    /// </summary>
    Delay,
}
