namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>What an operator of MathML takes and gives.</summary>
/// <param name="Least">Fewest operands.</param>
/// <param name="Most">Most operands.</param>
/// <param name="Operand">Kind of each operand; unknown where they need only agree.</param>
/// <param name="Result">Kind of the result.</param>
internal readonly record struct MathOperator(int Least, int Most, MathKind Operand, MathKind Result);
