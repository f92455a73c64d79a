using System.Collections.Immutable;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Symbolics;

/// <summary>Reads formulas such as <c>k * A^2 / (K_m + A)</c>; the language is that of <see cref="Infix"/>.</summary>
/// <remarks>
/// Operator precedence with two explicit stacks (Dijkstra's shunting yard), so nesting is bounded by memory alone. Names are
/// letters of any script, digits, <c>_</c> and <c>.</c>; <c>time</c>, <c>NaN</c> and <c>Infinity</c> are reserved; any other name
/// stands in backquotes. <c>log(x)</c> is natural, <c>log(b, x)</c> has base b. <c>piecewise(v₁, c₁, …, otherwise)</c> is NaN
/// where no condition holds and no otherwise is given.
/// </remarks>
public sealed class InfixParser
{
    private readonly string text;
    private readonly InfixLanguage language;
    private readonly Stack<Expression> operands = new();
    private readonly Stack<Pending> pending = new();

    private InfixParser(string text, InfixLanguage language)
    {
        this.text = text;
        this.language = language;
    }

    /// <summary>The expression that a formula means.</summary>
    /// <exception cref="ExpressionSyntaxException">The formula is not one expression; names the column and what was expected.</exception>
    public static Expression Parse(string text) => new InfixParser(text, InfixLanguage.Plain).Read(0);

    /// <summary>The expression that a formula of another language means.</summary>
    /// <param name="text">What the language reads its tokens from.</param>
    /// <param name="language">The language.</param>
    /// <param name="position">Where the formula begins, as the language counts.</param>
    /// <exception cref="ProtonmotiveException">As the language's <see cref="InfixLanguage.Fault"/> makes it.</exception>
    internal static Expression Parse(string text, InfixLanguage language, int position = 0) => new InfixParser(text, language).Read(position);

    /// <summary>An operator, parenthesis or call that waits for its last operand.</summary>
    /// <param name="Sign">The operator, or "(".</param>
    /// <param name="Binding">How tightly it holds; <see cref="Binding.Or"/> for what is open.</param>
    /// <param name="Count">Operands so far, without the last.</param>
    /// <param name="Function">What is called; null for anything else.</param>
    /// <param name="Start">Where it begins, from 0.</param>
    private readonly record struct Pending(string Sign, Binding Binding, int Count, InfixFunction? Function, int Start)
    {
        public bool IsOpen => Sign == "(";
    }

    private Expression Read(int position)
    {
        for (bool needsOperand = true; ;)
        {
            var token = language.TokenAt(text, position);
            position = token.End;
            if (needsOperand) needsOperand = ReadOperand(token, ref position);
            else if (token.Kind == InfixTokenKind.End) return Finish(token);
            else if (token.Is(")")) Close(token, operandEnded: true);
            else if (token.Is(",")) needsOperand = Separate(token);
            else needsOperand = ReadOperator(token);
        }
    }

    /// <summary>Reads a leaf, a prefix or what opens; answers whether an operand is still due.</summary>
    private bool ReadOperand(InfixToken token, ref int position)
    {
        switch (token.Kind)
        {
            case InfixTokenKind.Number:
                operands.Push(token.Value);
                return false;
            case InfixTokenKind.Quoted:
                operands.Push(Symbol(token.Text));
                return false;
            case InfixTokenKind.Word:
                var next = language.TokenAt(text, position);
                if (!next.Is("("))
                {
                    operands.Push(language.Named(token));
                    return false;
                }
                var function = language.Function(token)
                    ?? throw Unexpected(token, "a known function, or an operator after the name");
                position = next.End;
                pending.Push(new Pending("(", Binding.Or, 0, function, token.Start));
                return true;
            case InfixTokenKind.Sign when token.Text is "(":
                pending.Push(new Pending("(", Binding.Or, 0, null, token.Start));
                return true;
            case InfixTokenKind.Sign when token.Text is "-" or "!":
                pending.Push(new Pending(token.Text == "-" ? "negate" : "not", Binding.Unary, 0, null, token.Start));
                return true;
            case InfixTokenKind.Sign when token.Text is "+":
                return true;
            case InfixTokenKind.Sign when token.Text is ")" && pending.TryPeek(out var top) && top is { Function.Fewest: 0, Count: 0, IsOpen: true }:
                Close(token, operandEnded: false);
                return false;
            default:
                throw Unexpected(token, "a number, a name, a function or '('");
        }
    }

    private bool ReadOperator(InfixToken token)
    {
        var binding = token.Kind != InfixTokenKind.Sign ? Binding.Atom : token.Text switch
        {
            "||" => language.OrBinding,
            "&&" => Binding.And,
            "<" or "<=" or ">" or ">=" or "==" or "!=" => Binding.Relation,
            "+" or "-" => Binding.Sum,
            "*" or "/" or "%" => Binding.Product,
            "^" => Binding.Power,
            _ => Binding.Atom,
        };
        if (binding == Binding.Atom) throw Unexpected(token, "an operator, ',' , ')' or the end");
        int count = 1;
        while (pending.TryPeek(out var top) && !top.IsOpen && top.Binding >= binding && binding != Binding.Power)
        {
            if (top.Binding == Binding.Relation && binding == Binding.Relation)
            {
                if (!language.ChainsRelations) throw Unexpected(token, "'&&', '||' or parentheses: relations do not chain");
                return ChainRelation(token);
            }
            if (top.Sign == token.Text && binding is Binding.And or Binding.Or)
            {
                count = pending.Pop().Count + 1;
                break;
            }
            Reduce();
        }
        pending.Push(new Pending(token.Text, binding, count, null, token.Start));
        return true;
    }

    /// <summary>Closes a &lt; b before the next relation: both must hold, so b stays as the left side of the next.</summary>
    private bool ChainRelation(InfixToken token)
    {
        var middle = operands.Peek();
        Reduce();
        operands.Push(middle);
        pending.Push(new Pending(token.Text, Binding.Relation, 2, null, token.Start));
        return true;
    }

    private bool Separate(InfixToken token)
    {
        ReduceToOpen();
        if (!pending.TryPop(out var open) || open.Function is null) throw Unexpected(token, "an operator, ')' or the end: ',' belongs in a call");
        pending.Push(open with { Count = open.Count + 1 });
        return true;
    }

    private void Close(InfixToken token, bool operandEnded)
    {
        ReduceToOpen();
        if (!pending.TryPop(out var open)) throw Unexpected(token, "an operator or the end: no '(' is open");
        if (open.Function is not { } function) return;
        int count = open.Count + (operandEnded ? 1 : 0);
        if (count < function.Fewest || count > function.Most)
        {
            string range = function.Most == int.MaxValue ? $"at least {function.Fewest}"
                : function.Most == function.Fewest ? $"{function.Fewest}" : $"{function.Fewest} to {function.Most}";
            throw language.Fault(text, open.Start, $"{function.Names[0]} with {count} arguments", $"{range}");
        }
        operands.Push(function.Make(Take(count)));
    }

    private Expression Finish(InfixToken end)
    {
        ReduceToOpen();
        if (pending.TryPeek(out var open)) throw Unexpected(end, $"the ')' that closes {language.Place(open.Start)}");
        return operands.Pop();
    }

    private void ReduceToOpen()
    {
        while (pending.TryPeek(out var top) && !top.IsOpen) Reduce();
    }

    private void Reduce()
    {
        var top = pending.Pop();
        var taken = Take(top.Count + 1);
        if (top.Binding == Binding.Relation && top.Count == 2)
        {
            var before = taken[0].Operation == Operation.And ? taken[0].Operands : [taken[0]];
            operands.Push(And([.. before, Apply(top.Sign, taken.RemoveAt(0))]));
            return;
        }
        operands.Push(Apply(top.Sign, taken));
    }

    private static Expression Apply(string sign, ImmutableArray<Expression> taken) => sign switch
    {
        "negate" => Negate(taken[0]),
        "not" => Not(taken[0]),
        "+" => taken[0] + taken[1],
        "-" => taken[0] - taken[1],
        "*" => taken[0] * taken[1],
        "/" => taken[0] / taken[1],
        "%" => Remainder(taken[0], taken[1]),
        "^" => Power(taken[0], taken[1]),
        "<" => Less(taken[0], taken[1]),
        "<=" => LessOrEqual(taken[0], taken[1]),
        ">" => Greater(taken[0], taken[1]),
        ">=" => GreaterOrEqual(taken[0], taken[1]),
        "==" => AreEqual(taken[0], taken[1]),
        "!=" => AreNotEqual(taken[0], taken[1]),
        "&&" => And(taken),
        _ => Or(taken),
    };

    /// <summary>The last operands, in order.</summary>
    private ImmutableArray<Expression> Take(int count)
    {
        var taken = new Expression[count];
        for (int i = count - 1; i >= 0; i--) taken[i] = operands.Pop();
        return [.. taken];
    }

    private ProtonmotiveException Unexpected(InfixToken token, string expected) => language.Fault(text, token.Start, token.Shown, expected);
}
