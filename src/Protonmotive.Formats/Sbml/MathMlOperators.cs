using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Formats.Sbml;

/// <summary>The operators of SBML's MathML, lowered to the engine's operations.</summary>
internal static class MathMlOperators
{
    /// <summary>The expression; null for an operator that does not exist.</summary>
    public static Expression? Apply(string name, Expression[] x, Expression? qualifier) => name switch
    {
        "plus" => x.Length == 0 ? Zero : x.Skip(1).Aggregate(x[0], Add),
        "minus" => x.Length == 1 ? -x[0] : x[0] - x[1],
        "times" => x.Length == 0 ? One : x.Skip(1).Aggregate(x[0], Multiply),
        "divide" => x[0] / x[1],
        "power" => Power(x[0], x[1]),
        "root" => Root(qualifier ?? 2, x[0]),
        "exp" => Exp(x[0]),
        "ln" => Log(x[0]),
        "log" => Log(qualifier ?? 10, x[0]),
        "abs" => Abs(x[0]),
        "floor" => Floor(x[0]),
        "ceiling" => Ceiling(x[0]),
        "factorial" => Factorial(x[0]),
        "quotient" => Quotient(x[0], x[1]),
        "rem" => Remainder(x[0], x[1]),
        "max" => x.Skip(1).Aggregate(x[0], Max),
        "min" => x.Skip(1).Aggregate(x[0], Min),
        "eq" => Chain(x, AreEqual),
        "neq" => AreNotEqual(x[0], x[1]),
        "lt" => Chain(x, Less),
        "leq" => Chain(x, LessOrEqual),
        "gt" => Chain(x, Greater),
        "geq" => Chain(x, GreaterOrEqual),
        "and" => And([.. x]),
        "or" => Or([.. x]),
        "xor" => Xor([.. x]),
        "not" => Not(x[0]),
        "implies" => Implies(x[0], x[1]),
        _ => Trigonometric(name, x),
    };

    private static Expression? Trigonometric(string name, Expression[] x) => name switch
    {
        "sin" => Sin(x[0]),
        "cos" => Cos(x[0]),
        "tan" => Tan(x[0]),
        "sec" => Sec(x[0]),
        "csc" => Csc(x[0]),
        "cot" => Cot(x[0]),
        "arcsin" => Asin(x[0]),
        "arccos" => Acos(x[0]),
        "arctan" => Atan(x[0]),
        "arcsec" => Asec(x[0]),
        "arccsc" => Acsc(x[0]),
        "arccot" => Acot(x[0]),
        "sinh" => Sinh(x[0]),
        "cosh" => Cosh(x[0]),
        "tanh" => Tanh(x[0]),
        "sech" => Sech(x[0]),
        "csch" => Csch(x[0]),
        "coth" => Coth(x[0]),
        "arcsinh" => Asinh(x[0]),
        "arccosh" => Acosh(x[0]),
        "arctanh" => Atanh(x[0]),
        "arcsech" => Asech(x[0]),
        "arccsch" => Acsch(x[0]),
        "arccoth" => Acoth(x[0]),
        _ => null,
    };

    /// <summary>a &lt; b &lt; c holds if every neighbour pair does.</summary>
    private static Expression Chain(Expression[] x, Func<Expression, Expression, Expression> relation) =>
        x.Length <= 2 ? relation(x[0], x[1]) : And([.. Enumerable.Range(0, x.Length - 1).Select(i => relation(x[i], x[i + 1]))]);
}
