using System.Collections.Frozen;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>What MathML, and the package distrib, call the engine's operations and distributions.</summary>
internal static class MathMlNames
{
    private static readonly FrozenDictionary<Operation, string> operations = new Dictionary<Operation, string>
    {
        [Operation.Add] = "plus", [Operation.Multiply] = "times", [Operation.Subtract] = "minus", [Operation.Divide] = "divide", [Operation.Power] = "power",
        [Operation.Min] = "min", [Operation.Max] = "max", [Operation.Negate] = "minus", [Operation.Abs] = "abs", [Operation.Floor] = "floor",
        [Operation.Ceiling] = "ceiling", [Operation.Exp] = "exp", [Operation.Log] = "ln", [Operation.Factorial] = "factorial",
        [Operation.Sin] = "sin", [Operation.Cos] = "cos", [Operation.Tan] = "tan",
        [Operation.Asin] = "arcsin", [Operation.Acos] = "arccos", [Operation.Atan] = "arctan",
        [Operation.Sinh] = "sinh", [Operation.Cosh] = "cosh", [Operation.Tanh] = "tanh",
        [Operation.Asinh] = "arcsinh", [Operation.Acosh] = "arccosh", [Operation.Atanh] = "arctanh",
        [Operation.Less] = "lt", [Operation.LessOrEqual] = "leq", [Operation.Equal] = "eq", [Operation.NotEqual] = "neq",
        [Operation.And] = "and", [Operation.Or] = "or", [Operation.Xor] = "xor", [Operation.Not] = "not",
    }.ToFrozenDictionary();

    /// <summary>Name of the element that stands for an operation; null where there is none.</summary>
    public static string? Of(Operation operation) => operations.GetValueOrDefault(operation);

    /// <summary>Name of a distribution in the package distrib, version 1 (Smith et al. 2020, J Integr Bioinform 17:20200018).</summary>
    public static string Of(Distribution distribution) => distribution switch
    {
        Distribution.LogNormal => "lognormal",
        Distribution.ChiSquare => "chisquare",
        _ => distribution.ToString().ToLowerInvariant(),
    };
}
