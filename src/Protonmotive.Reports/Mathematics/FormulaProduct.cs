using Protonmotive.Symbolics;
using static Protonmotive.Reports.Mathematics.Formula;

namespace Protonmotive.Reports.Mathematics;

/// <summary>A product or quotient taken apart: its sign, what stands above and what below.</summary>
/// <remarks>
/// What was written as a chain is one quotient (a·b/c/d is ab over cd); a quotient written in brackets stays one
/// (a·(b/c)), unless it is only an inverse. Numbers come first and cases last; equal factors that follow each other are a power.
/// </remarks>
internal sealed class FormulaProduct
{
    private readonly FormulaComposer composer;
    private readonly List<(Expression Factor, int Times)> above = [];
    private readonly List<(Expression Factor, int Times)> below = [];
    private bool isNegative;

    public FormulaProduct(FormulaComposer composer, Expression node)
    {
        this.composer = composer;
        Collect(node);
    }

    public (Formula Formula, FormulaLevel Level) Compose(int depth)
    {
        Formula formula;
        FormulaLevel level = FormulaLevel.Product;
        if (below.Count == 0 && above is [var (single, times)] && times == 1)
        {
            (formula, level) = composer.Compose(single, depth);
            if (level < FormulaLevel.Product) (formula, level) = (FormulaComposer.Bracketed(formula), FormulaLevel.Atom);
        }
        else if (below.Count == 0) formula = Side(above, depth);
        else formula = new Fraction(Side(above, depth), Side(below, depth));
        return isNegative ? (Of(FormulaComposer.Minus, formula), FormulaLevel.Sum) : (formula, level);
    }

    /// <summary>The chain as it was written, from the left; without recursion over its length.</summary>
    private void Collect(Expression node)
    {
        // What hangs on the left spine, outermost first.
        var chain = new List<(Expression Operand, bool IsBelow)>();
        bool closed = false; // whether something was multiplied to a quotient before: (a/b)·c stays two factors
        for (; ; )
        {
            if (node.Operation == Operation.Negate)
            {
                isNegative = !isNegative;
                node = node.Operands[0];
            }
            else if (node.Operation == Operation.Multiply)
            {
                for (int i = node.Operands.Length - 1; i >= 1; i--) chain.Add((node.Operands[i], false));
                if (node.Operands[0].Operation == Operation.Divide && !chain.Exists(c => c.IsBelow) && !IsInverse(node.Operands[0])) closed = true;
                node = node.Operands[0];
            }
            else if (node.Operation == Operation.Divide && !closed)
            {
                chain.Add((node.Operands[1], true));
                node = node.Operands[0];
            }
            else break;
        }
        chain.Add((node, false));
        chain.Reverse();
        foreach (var (operand, isBelow) in chain) Put(operand, isBelow);
        Sort(above);
        Sort(below);
    }

    private void Put(Expression factor, bool isBelow)
    {
        if (factor.Operation == Operation.Negate)
        {
            isNegative = !isNegative;
            factor = factor.Operands[0];
        }
        if (factor.IsConstant && factor.Value < 0)
        {
            isNegative = !isNegative;
            factor = -factor.Value;
        }
        if (factor.IsConstant && factor.Value == 1) return;
        if (factor.Operation == Operation.Multiply) // brackets of a product within a product mean nothing
        {
            foreach (var part in factor.Operands) Put(part, isBelow);
            return;
        }
        if (IsInverse(factor))
        {
            Put(factor.Operands[1], !isBelow);
            return;
        }
        if (factor is { Operation: Operation.Power } && factor.Operands[1] is { IsConstant: true, Value: < 0 } exponent && double.IsFinite(exponent.Value) && factor.Operands[0].Operation != Operation.Divide)
        {
            Put(Expression.Power(factor.Operands[0], -exponent.Value), !isBelow);
            return;
        }
        var side = isBelow ? below : above;
        if (!factor.IsConstant && side.Count > 0 && ReferenceEquals(side[^1].Factor, factor)) side[^1] = (factor, side[^1].Times + 1);
        else side.Add((factor, 1));
    }

    private static bool IsInverse(Expression factor) => factor.Operation == Operation.Divide && factor.Operands[0] is { IsConstant: true, Value: 1 };

    private static void Sort(List<(Expression Factor, int Times)> side)
    {
        var sorted = side.OrderBy(f => f.Factor.IsConstant ? 0 : f.Factor.Operation is Operation.Select or Operation.Branch ? 2 : 1).ToList(); // stable
        side.Clear();
        foreach (var (factor, times) in sorted)
        {
            // Small whole numbers are one, and what now follows its like is a power: 2F · 2F is 4F².
            if (side.Count > 0 && IsSmall(factor) && IsSmall(side[^1].Factor) && times == 1 && side[^1].Times == 1) side[^1] = (factor.Value * side[^1].Factor.Value, 1);
            else if (side.Count > 0 && !factor.IsConstant && ReferenceEquals(side[^1].Factor, factor)) side[^1] = (factor, side[^1].Times + times);
            else side.Add((factor, times));
        }

        static bool IsSmall(Expression factor) => factor.IsConstant && factor.Value is > 0 and < 100 && double.IsInteger(factor.Value);
    }

    private Formula Side(List<(Expression Factor, int Times)> side, int depth)
    {
        if (side.Count == 0) return new Number("1");
        if (side is [var (single, times)] && times == 1) return composer.Bound(single, FormulaLevel.Sum, depth);
        var items = new List<Formula>();
        for (int i = 0; i < side.Count; i++)
        {
            var (factor, count) = side[i];
            var (formula, level) = count > 1 ? composer.Power(factor, count, depth) : composer.Compose(factor, depth);
            if (level < FormulaLevel.Product || (i + 1 < side.Count && FormulaComposer.EndsInCases(formula))) formula = FormulaComposer.Bracketed(formula);
            if (items.Count > 0) items.Add(Sign(items[^1], formula));
            items.Add(formula);
        }
        return Of(items);
    }

    /// <summary>Nothing between factors that can't be misread; × between numbers, · between words.</summary>
    private static Operator Sign(Formula before, Formula after)
    {
        var (last, first) = (Last(before), First(after));
        if (first is Number || (first is Fraction { Numerator: Number } && last is Number)) return new("×", SignRole.Binary);
        if (IsCapital(last) && IsCapital(first)) return new("·", SignRole.Binary); // E·S, which is not the complex ES
        bool isWord = last is Identifier { IsItalic: false, Text.Length: > 1 };
        if (isWord && first is Identifier { IsItalic: false, Text.Length: > 1 } or Fenced) return new("·", SignRole.Binary);
        // 2πr, 2(a + b); but h (a + b), which would be a function, and 0.5 e, which would be an exponent.
        bool isBeside = last is Number ? (IsLetter(first) && first is not Identifier { Text: "e" or "E" }) || first is Fenced : IsLetter(last) && IsLetter(first);
        return new("", isBeside ? SignRole.Beside : SignRole.Product);
    }

    /// <summary>A capital that may name a substance; beside R, T and F of thermodynamics nothing is misread: RT, 2F.</summary>
    private static bool IsCapital(Formula formula) => formula is Identifier { IsItalic: true, Text: [>= 'A' and <= 'Z' and not ('R' or 'T' or 'F')] };

    private static bool IsLetter(Formula formula) => formula is Identifier { IsItalic: true } or Identifier { Text.Length: 1 };

    private static Formula Last(Formula formula) => formula switch
    {
        Row row => Last(row.Items[^1]),
        Script { Below: null, Above: null } script => Last(script.Base),
        _ => formula,
    };

    private static Formula First(Formula formula) => formula switch
    {
        Row row => First(row.Items[0]),
        Script script => First(script.Base),
        _ => formula,
    };
}
