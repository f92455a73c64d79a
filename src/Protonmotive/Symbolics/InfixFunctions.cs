using System.Collections.Frozen;
using System.Collections.Immutable;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Symbolics;

/// <summary>The functions of the infix language: their names, numbers of arguments and what they make.</summary>
internal static class InfixFunctions
{
    private static readonly ImmutableArray<InfixFunction> all =
    [
        One(Abs, "abs"), One(Floor, "floor"), One(Ceiling, "ceil", "ceiling"), One(Sqrt, "sqrt"),
        One(Exp, "exp"), One(Expm1, "expm1"), One(Log10, "log10"),
        new(["ln"], 1, 1, a => Log(a[0])),
        new(["log"], 1, 2, a => a.Length == 1 ? Log(a[0]) : Log(a[0], a[1])),
        One(Sin, "sin"), One(Cos, "cos"), One(Tan, "tan"),
        One(Asin, "asin", "arcsin"), One(Acos, "acos", "arccos"), One(Atan, "atan", "arctan"),
        One(Sinh, "sinh"), One(Cosh, "cosh"), One(Tanh, "tanh"),
        One(Asinh, "asinh", "arcsinh"), One(Acosh, "acosh", "arccosh"), One(Atanh, "atanh", "arctanh"),
        One(Sec, "sec"), One(Csc, "csc"), One(Cot, "cot"),
        One(Asec, "asec", "arcsec"), One(Acsc, "acsc", "arccsc"), One(Acot, "acot", "arccot"),
        One(Sech, "sech"), One(Csch, "csch"), One(Coth, "coth"),
        One(Asech, "asech", "arcsech"), One(Acsch, "acsch", "arccsch"), One(Acoth, "acoth", "arccoth"),
        One(Factorial, "factorial"), One(Digamma, "digamma"),
        Two(Power, "pow", "power"), Two(Root, "root"), Two(Quotient, "quotient"), Two(Remainder, "rem"), Two(Implies, "implies"),
        new(["min"], 1, int.MaxValue, a => Min(a.AsEnumerable())), new(["max"], 1, int.MaxValue, a => Max(a.AsEnumerable())),
        new(["and"], 0, int.MaxValue, a => And(a)), new(["or"], 0, int.MaxValue, a => Or(a)), new(["xor"], 0, int.MaxValue, a => Xor(a)),
        One(Not, "not"), Two(Delay, "delay"),
        new(["if"], 3, 3, a => Select(a[0], a[1], a[2])),
        new(["piecewise"], 1, int.MaxValue, a => Pieces(a, Select)), new(["branch"], 3, int.MaxValue, a => Pieces(a, Branch)),
    ];

    private static readonly FrozenDictionary<string, InfixFunction> byName =
        all.SelectMany(f => f.Names.Select(n => KeyValuePair.Create(n, f))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The function of that name; null where there is none.</summary>
    public static InfixFunction? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The name that prints an operation without a sign of its own.</summary>
    public static string NameOf(Operation operation) => operation switch
    {
        Operation.Log => "ln",
        Operation.Ceiling => "ceil",
        Operation.Select => "piecewise",
        _ => operation.ToString().ToLowerInvariant(),
    };

    /// <summary>The arguments of the call that prints a node: chains of min, max, piecewise and branch are one call.</summary>
    public static IReadOnlyList<Expression> Arguments(Expression node)
    {
        var arguments = new List<Expression>();
        var operation = node.Operation;
        if (operation is Operation.Min or Operation.Max)
        {
            for (; node.Operation == operation; node = node.Operands[0]) arguments.Add(node.Operands[1]);
            arguments.Add(node);
            arguments.Reverse();
            return arguments;
        }
        if (operation is not (Operation.Select or Operation.Branch)) return node.Operands;
        for (; node.Operation == operation; node = node.Operands[2]) arguments.AddRange([node.Operands[1], node.Operands[0]]);
        arguments.Add(node);
        return arguments;
    }

    private static InfixFunction One(Func<Expression, Expression> make, params string[] names) => new([.. names], 1, 1, a => make(a[0]));

    private static InfixFunction Two(Func<Expression, Expression, Expression> make, params string[] names) => new([.. names], 2, 2, a => make(a[0], a[1]));

    /// <summary>v₁, c₁, v₂, c₂, …, otherwise; NaN where there is no otherwise.</summary>
    private static Expression Pieces(ImmutableArray<Expression> arguments, Func<Expression, Expression, Expression, Expression> choose)
    {
        bool hasOtherwise = arguments.Length % 2 == 1;
        Expression result = hasOtherwise ? arguments[^1] : double.NaN;
        for (int i = arguments.Length - (hasOtherwise ? 3 : 2); i >= 0; i -= 2) result = choose(arguments[i + 1], arguments[i], result);
        return result;
    }
}

/// <summary>A function of the infix language.</summary>
/// <param name="Names">Names it may be called by.</param>
/// <param name="Fewest">Smallest number of arguments.</param>
/// <param name="Most">Largest number of arguments.</param>
/// <param name="Make">Makes the expression.</param>
internal sealed record InfixFunction(ImmutableArray<string> Names, int Fewest, int Most, Func<ImmutableArray<Expression>, Expression> Make);
