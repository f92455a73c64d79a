using System.Collections.Immutable;
using Protonmotive.Symbolics;
using static Protonmotive.Reports.Mathematics.Formula;

namespace Protonmotive.Reports.Mathematics;

/// <summary>Turns the nodes of an expression into mathematics.</summary>
internal sealed class FormulaComposer
{
    private const int DeepestNesting = 48;
    private const int LongestExponent = 14;
    private static readonly Formula omitted = new Identifier("…", false);
    private int remaining;

    /// <param name="largest">Parts after which the rest is left out.</param>
    public FormulaComposer(int largest) => remaining = largest;

    /// <summary>Whether an ellipsis stands for something.</summary>
    public bool HasLeftOut { get; private set; }

    /// <summary>An expression in a place that needs it to hold together at least so tightly.</summary>
    public Formula Bound(Expression node, FormulaLevel atLeast, int depth = 0)
    {
        var (formula, level) = Compose(node, depth);
        return level < atLeast ? Bracketed(formula) : formula;
    }

    /// <summary>What a formula is in brackets.</summary>
    internal static Formula Bracketed(Formula formula) => new Fenced("(", formula, ")");

    /// <summary>Whether it ends in cases, so that what follows would read as part of their last condition.</summary>
    internal static bool EndsInCases(Formula formula) => formula is Cases || (formula is Row row && EndsInCases(row.Items[^1]));

    internal (Formula Formula, FormulaLevel Level) Compose(Expression node, int depth)
    {
        if (--remaining < 0 || depth > DeepestNesting)
        {
            HasLeftOut = true;
            return (omitted, FormulaLevel.Atom);
        }
        var x = node.Operands;
        depth++;
        switch (node.Operation)
        {
            case Operation.Constant: return node.Value < 0 ? (Of(Minus, FormulaNumbers.Set(-node.Value).Formula), FormulaLevel.Sum) : FormulaNumbers.Set(node.Value);
            case Operation.Symbol: return (FormulaNames.Set(node.Name), FormulaLevel.Atom);
            case Operation.Time: return (new Identifier("t", true), FormulaLevel.Atom);
            case Operation.Add or Operation.Subtract: return (Sum(node, depth), FormulaLevel.Sum);
            case Operation.Multiply or Operation.Divide or Operation.Negate: return new FormulaProduct(this, node).Compose(depth);
            case Operation.Power: return Power(x[0], x[1], depth);
            case Operation.Sqrt: return (new Root(Whole(x[0])), FormulaLevel.Atom);
            case Operation.Exp: return Exponential(x[0], depth);
            case Operation.Expm1: return (Of(Exponential(x[0], depth).Formula, new Operator("−", SignRole.Binary), new Number("1")), FormulaLevel.Sum);
            case Operation.Abs: return (new Fenced("|", Whole(x[0]), "|"), FormulaLevel.Atom);
            case Operation.Floor: return (new Fenced("⌊", Whole(x[0]), "⌋"), FormulaLevel.Atom);
            case Operation.Ceiling: return (new Fenced("⌈", Whole(x[0]), "⌉"), FormulaLevel.Atom);
            case Operation.Factorial: return (Of(Bound(x[0], FormulaLevel.Atom, depth), new Operator("!", SignRole.Postfix)), FormulaLevel.Power);
            case Operation.Less: return (Joined(x, new Operator("<", SignRole.Relation), FormulaLevel.Sum, depth), FormulaLevel.Relation);
            case Operation.LessOrEqual: return (Joined(x, new Operator("≤", SignRole.Relation), FormulaLevel.Sum, depth), FormulaLevel.Relation);
            case Operation.Equal: return (Joined(x, new Operator("=", SignRole.Relation), FormulaLevel.Sum, depth), FormulaLevel.Relation);
            case Operation.NotEqual: return (Joined(x, new Operator("≠", SignRole.Relation), FormulaLevel.Sum, depth), FormulaLevel.Relation);
            case Operation.And when Chain(node) is { } chain: return (chain.Compose(this, depth), FormulaLevel.Relation);
            case Operation.And when x.Length > 1: return (Joined(x, new Words(" and "), FormulaLevel.Relation, depth), FormulaLevel.And);
            case Operation.Or when x.Length > 1: return (Joined(x, new Words(" or "), FormulaLevel.And, depth), FormulaLevel.Or);
            case Operation.Xor when x.Length > 1: return (Joined(x, new Words(" or else "), FormulaLevel.Relation, depth), FormulaLevel.And);
            case Operation.Not: return (Of(new Words("not "), Bound(x[0], FormulaLevel.Atom, depth)), FormulaLevel.And);
            case Operation.Select or Operation.Branch: return (Alternatives(node, depth), FormulaLevel.Atom);
            case Operation.Delay: return (Delayed(x[0], x[1], depth), FormulaLevel.Atom);
            default: return (new Call(Function(node.Operation), [.. Arguments(node).Select(Whole)]), FormulaLevel.Atom);
        }

        Formula Whole(Expression operand) => Bound(operand, FormulaLevel.Or, depth);
    }

    internal static Operator Minus { get; } = new("−", SignRole.Prefix);

    /// <summary>A chain of sums, however long, as one row: nested sums need no brackets unless they are taken away.</summary>
    private Row Sum(Expression node, int depth)
    {
        var terms = new List<(bool IsNegative, Expression Term)>();
        var stack = new Stack<(bool IsNegative, Expression Term)>([(false, node)]);
        while (stack.TryPop(out var item))
        {
            var (isNegative, term) = item;
            var x = term.Operands;
            if (term.Operation == Operation.Add && !isNegative) for (int i = x.Length - 1; i >= 0; i--) stack.Push((false, x[i]));
            else if (term.Operation == Operation.Subtract && !isNegative)
            {
                stack.Push((true, x[1]));
                stack.Push((false, x[0]));
            }
            else if (term.Operation == Operation.Negate && x[0].Operation is not (Operation.Add or Operation.Subtract)) stack.Push((!isNegative, x[0]));
            else if (term.IsConstant && term.Value < 0) terms.Add((!isNegative, -term.Value));
            else terms.Add(item);
        }
        // −a + b reads better as b − a.
        if (terms.Count == 2 && terms[0].IsNegative && !terms[1].IsNegative) terms.Reverse();
        var items = new List<Formula>();
        for (int i = 0; i < terms.Count; i++)
        {
            var (isNegative, term) = terms[i];
            if (remaining < 0) { items.AddRange([new Operator("+", SignRole.Binary), omitted]); break; }
            var (formula, level) = Compose(term, depth);
            bool flips = items.Count > 0 && formula is Row { Items: [Operator { Role: SignRole.Prefix, Sign: "−" }, ..] }; // a product that is itself negative
            if (flips && level == FormulaLevel.Sum && term.Operation is not (Operation.Add or Operation.Subtract)) formula = Of(((Row)formula).Items.Skip(1));
            else if (level < (isNegative || items.Count > 0 ? FormulaLevel.Product : FormulaLevel.Sum)) (formula, flips) = (Bracketed(formula), false);
            else flips = false;
            if (i + 1 < terms.Count && EndsInCases(formula)) formula = Bracketed(formula);
            bool minus = isNegative != flips;
            if (items.Count > 0) items.Add(new Operator(minus ? "−" : "+", SignRole.Binary));
            else if (minus) items.Add(Minus);
            items.Add(formula);
        }
        return new Row([.. items.SelectMany(f => f is Row row ? row.Items : (IEnumerable<Formula>)[f])]);
    }

    /// <summary>A power: roots for halves, a quotient below one for negative exponents.</summary>
    internal (Formula Formula, FormulaLevel Level) Power(Expression @base, Expression exponent, int depth)
    {
        if (exponent.IsConstant && exponent.Value < 0 && double.IsFinite(exponent.Value))
        {
            var inverse = @base.Operation == Operation.Divide ? @base.Operands[1] / @base.Operands[0] : null;
            if (inverse is not null) return Power(inverse, -exponent.Value, depth);
            return (new Fraction(new Number("1"), Power(@base, -exponent.Value, depth).Formula), FormulaLevel.Product);
        }
        if (exponent.IsConstant && exponent.Value == 1) return Compose(@base, depth);
        if (exponent.IsConstant && exponent.Value == 0.5) return (new Root(Bound(@base, FormulaLevel.Or, depth)), FormulaLevel.Atom);
        Formula raised = Raised(exponent, depth);
        var (formula, level) = Compose(@base, depth);
        // tanh²(x), not tanh(x)², which reads as tanh of x²; sin to the −1 would be arcsin, and is 1/sin(x) above.
        if (formula is Call named)
        {
            if (HasPowersOnItsName(@base.Operation) && exponent is { IsConstant: true } && double.IsInteger(exponent.Value))
                return (named with { Function = named.Function is Script below ? below with { Above = raised } : new Script(named.Function, null, raised) }, FormulaLevel.Power);
            return (new Script(Bracketed(formula), null, raised), FormulaLevel.Power);
        }
        if (level < FormulaLevel.Atom || formula is Script { Above: not null }) formula = Bracketed(formula);
        return (formula is Script script ? script with { Above = raised } : new Script(formula, null, raised), FormulaLevel.Power);
    }

    /// <summary>Whether the exponent of such a function stands on its name by custom: sin², tanh³, ln².</summary>
    private static bool HasPowersOnItsName(Operation operation) => operation is Operation.Sin or Operation.Cos or Operation.Tan or Operation.Sinh or Operation.Cosh or Operation.Tanh or Operation.Log or Operation.Log10;

    /// <summary>e raised to it where it is short, exp(…) where it is not.</summary>
    private (Formula Formula, FormulaLevel Level) Exponential(Expression exponent, int depth)
    {
        var raised = Raised(exponent, depth);
        return FormulaLength.Of(raised) <= LongestExponent && !FormulaLength.IsTall(raised)
            ? (new Script(new Identifier("e", false), null, raised), FormulaLevel.Power)
            : (new Call(new Identifier("exp", false), [Bound(exponent, FormulaLevel.Or, depth)]), FormulaLevel.Atom);
    }

    /// <summary>An exponent: its fractions stand in the line, a/b, while that stays short.</summary>
    private Formula Raised(Expression exponent, int depth)
    {
        var formula = Bound(exponent, FormulaLevel.Or, depth);
        var flat = FormulaLength.Flat(formula);
        return FormulaLength.Of(flat) <= LongestExponent + 4 ? flat : formula;
    }

    private Formula Joined(IReadOnlyList<Expression> operands, Formula sign, FormulaLevel atLeast, int depth) =>
        Of(operands.SelectMany((operand, i) => i == 0 ? (Formula[])[Bound(operand, atLeast, depth)] : [sign, Bound(operand, atLeast, depth)]));

    /// <summary>a &lt; x and x &lt; b, which is written a &lt; x &lt; b.</summary>
    private static RelationChain? Chain(Expression and) => and.Operands is [{ Operation: Operation.Less or Operation.LessOrEqual } first, { Operation: Operation.Less or Operation.LessOrEqual } second]
        && ReferenceEquals(first.Operands[1], second.Operands[0]) ? new(first, second) : null;

    private sealed record RelationChain(Expression First, Expression Second)
    {
        public Formula Compose(FormulaComposer composer, int depth) => Of(
            composer.Bound(First.Operands[0], FormulaLevel.Sum, depth), Sign(First), composer.Bound(First.Operands[1], FormulaLevel.Sum, depth),
            Sign(Second), composer.Bound(Second.Operands[1], FormulaLevel.Sum, depth));

        private static Operator Sign(Expression relation) => new(relation.Operation == Operation.Less ? "<" : "≤", SignRole.Relation);
    }

    private Cases Alternatives(Expression node, int depth)
    {
        var rows = new List<Case>();
        var operation = node.Operation;
        for (; node.Operation == operation; node = node.Operands[2])
        {
            if (remaining < 0) break;
            rows.Add(new Case(Bound(node.Operands[1], FormulaLevel.Or, depth), Bound(node.Operands[0], FormulaLevel.Or, depth)));
        }
        if (!node.IsConstant || !double.IsNaN(node.Value)) rows.Add(new Case(Bound(node, FormulaLevel.Or, depth), null));
        return new Cases([.. rows]);
    }

    private Call Delayed(Expression value, Expression lag, int depth)
    {
        var then = Of(new Identifier("t", true), new Operator("−", SignRole.Binary), Bound(lag, FormulaLevel.Product, depth));
        return new Call(Bound(value, FormulaLevel.Atom, depth), [then]);
    }

    private static Formula Function(Operation operation) => operation switch
    {
        Operation.Log => Name("ln"),
        Operation.Log10 => new Script(Name("log"), new Number("10"), null),
        Operation.Asin or Operation.Acos or Operation.Atan => Name("arc" + operation.ToString()[1..].ToLowerInvariant()),
        Operation.Asinh or Operation.Acosh or Operation.Atanh => Name("ar" + operation.ToString()[1..].ToLowerInvariant()),
        Operation.Digamma => new Identifier("ψ", true),
        _ => Name(operation.ToString().ToLowerInvariant()),
    };

    private static Identifier Name(string name) => new(name, false);

    /// <summary>The arguments of a call; a chain of min or max is one.</summary>
    private static List<Expression> Arguments(Expression node)
    {
        if (node.Operation is not (Operation.Min or Operation.Max)) return [.. node.Operands];
        var arguments = new List<Expression>();
        var operation = node.Operation;
        for (; node.Operation == operation; node = node.Operands[0]) arguments.Add(node.Operands[1]);
        arguments.Add(node);
        arguments.Reverse();
        return arguments;
    }
}
