using System.Globalization;
using System.Text;

namespace Protonmotive.Symbolics;

/// <summary>Prints expressions as LaTeX for a mathematical environment; it needs amsmath for <c>cases</c>.</summary>
public static class Latex
{
    /// <summary>The expression as LaTeX: quotients as fractions, names such as <c>Delta_psi</c> and <c>K_eq</c> set as mathematics.</summary>
    /// <param name="expression">Any expression; what it shares is written out at each use.</param>
    /// <param name="symbolNames">LaTeX of symbols by name; others are set by their parts.</param>
    /// <param name="maximumLength">Where the text grows longer, it is cut and ends in \ldots.</param>
    public static string Print(Expression expression, IReadOnlyDictionary<string, string>? symbolNames = null, int maximumLength = int.MaxValue)
    {
        var text = new StringBuilder();
        var stack = new Stack<Piece>();
        stack.Push(new Piece("", expression, Binding.Or));
        while (stack.TryPop(out var piece))
        {
            if (text.Length > maximumLength) return text.ToString(0, maximumLength) + @"\ldots";
            if (piece.Node is null) text.Append(piece.Text);
            else Expand(piece.Node, piece.AtLeast, symbolNames, stack);
        }
        return text.ToString();
    }

    private readonly record struct Piece(string Text, Expression? Node, Binding AtLeast);

    private static void Expand(Expression node, Binding atLeast, IReadOnlyDictionary<string, string>? names, Stack<Piece> stack)
    {
        var (form, binding) = Form(node, names);
        bool enclosed = binding < atLeast;
        if (enclosed) stack.Push(new Piece(@"\right)", null, default));
        for (int i = form.Length - 1; i >= 0; i--) stack.Push(form[i]);
        if (enclosed) stack.Push(new Piece(@"\left(", null, default));
    }

    private static (Piece[] Form, Binding Binding) Form(Expression node, IReadOnlyDictionary<string, string>? names)
    {
        var x = node.Operands;
        return node.Operation switch
        {
            Operation.Constant => Number(node.Value),
            Operation.Symbol => ([Text(names is not null && names.TryGetValue(node.Name, out string? name) ? name : LatexNames.Set(node.Name))], Binding.Atom),
            Operation.Time => ([Text("t")], Binding.Atom),
            Operation.Add => (Joined(node, " + ", Binding.Sum, Binding.Product), Binding.Sum),
            Operation.Subtract => (Joined(node, " - ", Binding.Sum, Binding.Product), Binding.Sum),
            Operation.Multiply => (Joined(node, x[1].IsConstant ? @" \cdot " : @" \, ", Binding.Product, Binding.Power), Binding.Product),
            Operation.Divide => ([Text(@"\frac{"), Whole(x[0]), Text("}{"), Whole(x[1]), Text("}")], Binding.Power),
            Operation.Power when x[0].Operation == Operation.Divide =>
                ([Text(@"\left("), Whole(x[0]), Text(@"\right)^{"), Whole(x[1]), Text("}")], Binding.Power),
            Operation.Power => ([Text("{"), Bound(x[0], Binding.Atom), Text("}^{"), Whole(x[1]), Text("}")], Binding.Power),
            Operation.Negate => ([Text("-"), Bound(x[0], Binding.Product)], Binding.Sum),
            Operation.Sqrt => ([Text(@"\sqrt{"), Whole(x[0]), Text("}")], Binding.Atom),
            Operation.Exp => ([Text(@"e^{"), Whole(x[0]), Text("}")], Binding.Power),
            Operation.Expm1 => ([Text(@"e^{"), Whole(x[0]), Text("} - 1")], Binding.Sum),
            Operation.Abs => ([Text(@"\left|"), Whole(x[0]), Text(@"\right|")], Binding.Atom),
            Operation.Floor => ([Text(@"\left\lfloor "), Whole(x[0]), Text(@"\right\rfloor")], Binding.Atom),
            Operation.Ceiling => ([Text(@"\left\lceil "), Whole(x[0]), Text(@"\right\rceil")], Binding.Atom),
            Operation.Factorial => ([Bound(x[0], Binding.Atom), Text("!")], Binding.Power),
            Operation.Less => (Joined(node, " < ", Binding.Sum, Binding.Sum), Binding.Relation),
            Operation.LessOrEqual => (Joined(node, @" \le ", Binding.Sum, Binding.Sum), Binding.Relation),
            Operation.Equal => (Joined(node, " = ", Binding.Sum, Binding.Sum), Binding.Relation),
            Operation.NotEqual => (Joined(node, @" \ne ", Binding.Sum, Binding.Sum), Binding.Relation),
            Operation.And => (Joined(node, @" \land ", Binding.Relation, Binding.Relation), Binding.And),
            Operation.Or => (Joined(node, @" \lor ", Binding.And, Binding.And), Binding.Or),
            Operation.Xor => (Joined(node, @" \oplus ", Binding.Relation, Binding.Relation), Binding.And),
            Operation.Not => ([Text(@"\lnot "), Bound(x[0], Binding.Atom)], Binding.Unary),
            Operation.Select or Operation.Branch => (Cases(InfixFunctions.Arguments(node)), Binding.Atom),
            _ => (Call(node), Binding.Atom),
        };
    }

    private static Piece Text(string text) => new(text, null, default);

    private static Piece Whole(Expression node) => new("", node, Binding.Or);

    private static Piece Bound(Expression node, Binding atLeast) => new("", node, atLeast);

    private static Piece[] Joined(Expression node, string sign, Binding first, Binding others) =>
        [.. node.Operands.SelectMany((operand, i) => i == 0 ? (Piece[])[Bound(operand, first)] : [Text(sign), Bound(operand, others)])];

    private static Piece[] Call(Expression node)
    {
        string name = node.Operation switch
        {
            Operation.Log => @"\ln",
            Operation.Log10 => @"\log_{10}",
            Operation.Asin or Operation.Acos or Operation.Atan => @"\arc" + node.Operation.ToString()[1..].ToLowerInvariant(),
            Operation.Asinh or Operation.Acosh or Operation.Atanh => $@"\operatorname{{ar{node.Operation.ToString()[1..].ToLowerInvariant()}}}",
            Operation.Digamma => @"\psi",
            _ => @"\" + node.Operation.ToString().ToLowerInvariant(),
        };
        var arguments = InfixFunctions.Arguments(node).SelectMany((a, i) => i == 0 ? (Piece[])[Whole(a)] : [Text(", "), Whole(a)]);
        return [Text(name + @"\left("), .. arguments, Text(@"\right)")];
    }

    private static Piece[] Cases(IReadOnlyList<Expression> arguments)
    {
        var pieces = new List<Piece> { Text(@"\begin{cases} ") };
        for (int i = 0; i + 1 < arguments.Count; i += 2)
            pieces.AddRange([Whole(arguments[i]), Text(@" & \text{if } "), Whole(arguments[i + 1]), Text(@" \\ ")]);
        pieces.AddRange([Whole(arguments[^1]), Text(@" & \text{otherwise} \end{cases}")]);
        return [.. pieces];
    }

    private static (Piece[] Form, Binding Binding) Number(double value)
    {
        var binding = double.IsNegative(value) && !double.IsNaN(value) ? Binding.Sum : Binding.Atom;
        if (double.IsNaN(value)) return ([Text(@"\mathrm{NaN}")], binding);
        if (double.IsInfinity(value)) return ([Text(value > 0 ? @"\infty" : @"-\infty")], binding);
        string[] parts = Infix.Digits(value).Split('E');
        if (parts.Length == 1) return ([Text(parts[0])], binding);
        string power = $"10^{{{int.Parse(parts[1], CultureInfo.InvariantCulture)}}}";
        string text = parts[0] switch { "1" => power, "-1" => "-" + power, _ => $@"{parts[0]} \cdot {power}" };
        return ([Text(text)], binding == Binding.Sum ? binding : Binding.Product);
    }
}
