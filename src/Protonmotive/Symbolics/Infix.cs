using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Protonmotive.Symbolics;

/// <summary>Prints expressions as text that <see cref="InfixParser"/> reads back as the same object.</summary>
/// <remarks>
/// Binding, from loose to tight: <c>||</c>, <c>&amp;&amp;</c>, relations, <c>+ -</c>, <c>* /</c>, unary <c>- !</c>, <c>^</c> (to the right).
/// A name that is no plain identifier, or a reserved word, stands in backquotes.
/// </remarks>
public static class Infix
{
    /// <summary>Words that are values and never plain names.</summary>
    internal static readonly FrozenSet<string> Reserved = new[] { "time", "NaN", "Infinity" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The expression as text.</summary>
    /// <param name="expression">Any expression; what it shares is written out at each use, so the text can be far longer than the graph.</param>
    /// <param name="maximumLength">Where the text grows longer, it is cut and ends in "…"; such a text can't be read back.</param>
    public static string Print(Expression expression, int maximumLength = int.MaxValue) => Print(expression, InfixNotation.Plain, maximumLength);

    /// <summary>The expression as text of another language.</summary>
    internal static string Print(Expression expression, InfixNotation notation, int maximumLength)
    {
        var text = new StringBuilder();
        var stack = new Stack<Piece>();
        stack.Push(new Piece(null, expression, Binding.Or));
        while (stack.TryPop(out var piece))
        {
            if (text.Length > maximumLength) return text.ToString(0, maximumLength) + "…";
            if (piece.Node is null) text.Append(piece.Text);
            else Expand(piece.Node, piece.AtLeast, notation, stack);
        }
        return text.ToString();
    }

    /// <summary>Whether a name can stand without backquotes.</summary>
    internal static bool IsPlain(string name) =>
        !Reserved.Contains(name) && IdentifierCharacters.LengthAt(name, 0) == name.Length;

    /// <summary>The shortest text that reads back as the same number.</summary>
    /// <remarks>"R" of .NET 10 misses the last bit of some powers of two (2⁻²⁵ prints as 2.980232238769531E-08), so it is read back.</remarks>
    internal static string Digits(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture).Equals(value) ? text : value.ToString("G17", CultureInfo.InvariantCulture);
    }

    private readonly record struct Piece(string? Text, Expression? Node, Binding AtLeast);

    /// <summary>Pushes the pieces of one node, last first.</summary>
    private static void Expand(Expression node, Binding atLeast, InfixNotation notation, Stack<Piece> stack)
    {
        var (pieces, binding) = Pieces(node, notation);
        bool enclosed = binding < atLeast;
        if (enclosed) stack.Push(new Piece(")", null, default));
        for (int i = pieces.Count - 1; i >= 0; i--) stack.Push(pieces[i]);
        if (enclosed) stack.Push(new Piece("(", null, default));
    }

    private static (List<Piece> Pieces, Binding Binding) Pieces(Expression node, InfixNotation notation)
    {
        var pieces = new List<Piece>();
        var binding = Binding.Atom;
        switch (node.Operation)
        {
            case Operation.Constant:
                if (double.IsNegative(node.Value) && !double.IsNaN(node.Value)) binding = Binding.Unary;
                Write(notation.Number(node.Value));
                break;
            case Operation.Symbol:
                Write(notation.Name(node.Name));
                break;
            case Operation.Time:
                Write("time");
                break;
            case Operation.Add: Join(" + ", Binding.Sum, Binding.Sum, Binding.Product); break;
            case Operation.Subtract: Join(" - ", Binding.Sum, Binding.Sum, Binding.Product); break;
            case Operation.Multiply: Join(" * ", Binding.Product, Binding.Product, Binding.Unary); break;
            case Operation.Divide: Join(" / ", Binding.Product, Binding.Product, Binding.Unary); break;
            case Operation.Power: Join("^", Binding.Power, Binding.Atom, Binding.Unary); break;
            case Operation.Less: Join(" < ", Binding.Relation, Binding.Sum, Binding.Sum); break;
            case Operation.LessOrEqual: Join(" <= ", Binding.Relation, Binding.Sum, Binding.Sum); break;
            case Operation.Equal: Join(" == ", Binding.Relation, Binding.Sum, Binding.Sum); break;
            case Operation.NotEqual: Join(" != ", Binding.Relation, Binding.Sum, Binding.Sum); break;
            case Operation.And when node.Operands.Length > 1: Join(" && ", Binding.And, Binding.Relation, Binding.Relation); break;
            case Operation.Or when node.Operands.Length > 1: Join(" || ", Binding.Or, notation.EnclosesAnd ? Binding.Relation : Binding.And, notation.EnclosesAnd ? Binding.Relation : Binding.And); break;
            case Operation.Negate: binding = Binding.Unary; Write("-"); Put(node.Operands[0], Binding.Unary); break;
            case Operation.Not: binding = Binding.Unary; Write("!"); Put(node.Operands[0], Binding.Unary); break;
            default: Call(notation.Function(node.Operation), InfixFunctions.Arguments(node)); break;
        }
        return (pieces, binding);

        void Write(string text) => pieces.Add(new Piece(text, null, default));
        void Put(Expression operand, Binding atLeast) => pieces.Add(new Piece(null, operand, atLeast));

        void Join(string sign, Binding own, Binding first, Binding others)
        {
            binding = own;
            Put(node.Operands[0], first);
            foreach (var operand in node.Operands.AsSpan()[1..])
            {
                Write(sign);
                Put(operand, others);
            }
        }

        void Call(string name, IEnumerable<Expression> arguments)
        {
            Write(name + "(");
            foreach (var argument in arguments)
            {
                if (pieces.Count > 1) Write(", ");
                Put(argument, Binding.Or);
            }
            Write(")");
        }
    }
}
