using System.Globalization;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>Writes expressions as the MathML of SBML Level 3 Version 2, without recursion.</summary>
/// <remarks>
/// Sums and products are written with as many operands as stand in a row, so that reading adds them in the same order. e^x − 1 has no
/// operator of its own and is written in two parts. <see cref="Operation.Branch"/> becomes a piecewise like any other.
/// </remarks>
internal sealed class MathMlWriter(XmlText xml, Func<string, string> identifier, IReadOnlyDictionary<string, Draw> draws)
{
    /// <summary>Most nodes of one formula written out as a tree.</summary>
    public const int LargestFormula = 200_000;

    /// <summary>Avogadro's constant as SBML Level 3 defines it (CODATA 2006).</summary>
    private const double Avogadro = 6.02214179e23;

    private const string Namespace = "http://www.w3.org/1998/Math/MathML", SymbolAddress = "http://www.sbml.org/sbml/symbols/";

    private readonly Stack<Step> steps = new();

    /// <summary>Writes a math element.</summary>
    /// <param name="formula">The formula, in names of the network.</param>
    /// <param name="where">What it belongs to, for errors.</param>
    /// <param name="isTruth">Whether a truth value is asked for: then 1 and 0 are written as true and false.</param>
    /// <exception cref="SbmlException">MathML has no such function, or the formula is too large.</exception>
    public void Write(Expression formula, string where, bool isTruth = false)
    {
        CheckSize(formula, where);
        xml.Start("math", ("xmlns", Namespace));
        steps.Push(new Step(formula, isTruth));
        while (steps.TryPop(out var step))
        {
            if (step.Node is null) step.Act!(xml);
            else Node(step.Node, step.IsTruth, where);
        }
        xml.End();
    }

    private static void CheckSize(Expression formula, string where)
    {
        var sizes = new Dictionary<Expression, double>();
        foreach (var node in ExpressionGraph.PostOrder(formula)) sizes[node] = 1 + node.Operands.Sum(o => sizes[o]);
        if (sizes[formula] > LargestFormula) throw new SbmlException($"The formula has {sizes[formula]:g3} parts when written out; at most {LargestFormula} are written.",
            where, "Give parts that occur often a name of their own (NetworkBuilder.Define), so that they are written once.");
    }

    private void Node(Expression node, bool isTruth, string where)
    {
        if (xml.Depth > SafeXml.DeepestNesting - 3) throw new SbmlException($"The formula is nested deeper than the {SafeXml.DeepestNesting} levels that are read back.",
            where, "Give its inner parts names of their own (NetworkBuilder.Define).");
        switch (node.Operation)
        {
            case Operation.Constant: Constant(node.Value, isTruth); break;
            case Operation.Symbol: Name(node.Name); break;
            case Operation.Time: xml.Leaf("csymbol", "time", ("encoding", "text"), ("definitionURL", SymbolAddress + "time")); break;
            case Operation.Add or Operation.Multiply or Operation.Min or Operation.Max: Apply(MathMlNames.Of(node.Operation)!, Row(node)); break;
            case Operation.And or Operation.Or or Operation.Xor or Operation.Not: Apply(MathMlNames.Of(node.Operation)!, node.Operands, isTruth: true); break;
            case Operation.Sqrt: Root(node.Operands[0]); break;
            case Operation.Log10: Logarithm(node.Operands[0]); break;
            case Operation.Expm1: Apply("minus", [Expression.Exp(node.Operands[0]), Expression.One]); break;
            case Operation.Select or Operation.Branch: Choice(node); break;
            case Operation.Subtract when MathMlPatterns.Remainder(node) is { } remainder: Apply("rem", remainder); break;
            case Operation.Delay: Function("delay", SymbolAddress + "delay", node.Operands); break;
            default:
                Apply(MathMlNames.Of(node.Operation) ?? throw new SbmlException($"The function {node.Operation} has no form in SBML.", where,
                    "Write the model with functions that SBML has; the slope of a factorial needs digamma, for instance."), node.Operands);
                break;
        }
    }

    private void Name(string name)
    {
        const string rate = "rate.";
        if (draws.TryGetValue(name, out var draw))
        {
            var kind = MathMlNames.Of(draw.Distribution);
            Expression[] limits = draw.Lowest is null && draw.Highest is null ? [] : [draw.Lowest ?? double.NegativeInfinity, draw.Highest ?? double.PositiveInfinity];
            Function(kind, $"{SymbolAddress}distrib/{kind}", [.. draw.Arguments, .. limits]);
        }
        else if (name.StartsWith(rate, StringComparison.Ordinal))
        {
            Function("rateOf", SymbolAddress + "rateOf", [Expression.Symbol(name[rate.Length..])]);
        }
        else
        {
            xml.Leaf("ci", XmlText.Escape(identifier(name)));
        }
    }

    private void Constant(double value, bool isTruth)
    {
        if (isTruth && (value == 1 || BitConverter.DoubleToInt64Bits(value) == 0)) xml.Empty(value == 1 ? "true" : "false");
        else if (double.IsNaN(value)) xml.Empty("notanumber");
        else if (double.IsPositiveInfinity(value)) xml.Empty("infinity");
        else if (double.IsNegativeInfinity(value)) Apply("minus", [Expression.Constant(double.PositiveInfinity)]);
        else if (value == Math.PI) xml.Empty("pi");
        else if (value == Math.E) xml.Empty("exponentiale");
        else if (value == Avogadro) xml.Leaf("csymbol", "avogadro", ("encoding", "text"), ("definitionURL", SymbolAddress + "avogadro"));
        else Number(value.ToString("R", CultureInfo.InvariantCulture));
    }

    private void Number(string text)
    {
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        if (exponent >= 0) xml.Leaf("cn", $"{text[..exponent]}<sep/>{text[(exponent + 1)..].TrimStart('+')}", ("type", "e-notation"));
        else xml.Leaf("cn", text, ("type", text.Contains('.', StringComparison.Ordinal) || text.Length > 9 ? null : "integer"));
    }

    /// <summary>The operands of a row such as a + b + c, in order.</summary>
    private static List<Expression> Row(Expression node)
    {
        var row = new List<Expression>();
        var first = node;
        for (; first.Operation == node.Operation; first = first.Operands[0])
            for (int i = first.Operands.Length - 1; i > 0; i--) row.Add(first.Operands[i]);
        row.Add(first);
        row.Reverse();
        return row;
    }

    private void Choice(Expression node)
    {
        if (MathMlPatterns.Quotient(node) is { } quotient)
        {
            Apply("quotient", quotient);
            return;
        }
        xml.Start("piecewise");
        var todo = new List<Step>();
        for (; node.Operation is Operation.Select or Operation.Branch && MathMlPatterns.Quotient(node) is null; node = node.Operands[2])
            todo.AddRange([new(x => x.Start("piece")), new(node.Operands[1]), new(node.Operands[0], IsTruth: true), new(x => x.End())]);
        if (!(node.IsConstant && double.IsNaN(node.Value))) todo.AddRange([new(x => x.Start("otherwise")), new(node), new(x => x.End())]);
        todo.Add(new(x => x.End()));
        Later(todo);
    }

    private void Apply(string name, IReadOnlyList<Expression> operands, bool isTruth = false)
    {
        xml.Start("apply");
        xml.Empty(name);
        Later([.. operands.Select(o => new Step(o, isTruth)), new(x => x.End())]);
    }

    private void Root(Expression operand)
    {
        xml.Start("apply");
        xml.Empty("root");
        Later([new(operand), new(x => x.End())]);
    }

    private void Logarithm(Expression operand)
    {
        xml.Start("apply");
        xml.Empty("log");
        xml.Start("logbase");
        xml.Leaf("cn", "10", ("type", "integer"));
        xml.End();
        Later([new(operand), new(x => x.End())]);
    }

    private void Function(string name, string address, IReadOnlyList<Expression> operands)
    {
        xml.Start("apply");
        xml.Leaf("csymbol", name, ("encoding", "text"), ("definitionURL", address));
        Later([.. operands.Select(o => new Step(o)), new(x => x.End())]);
    }

    private void Later(IReadOnlyList<Step> todo)
    {
        for (int i = todo.Count - 1; i >= 0; i--) steps.Push(todo[i]);
    }

    /// <summary>What remains to be written: a formula, or a tag.</summary>
    private readonly record struct Step(Expression? Node, bool IsTruth, Action<XmlText>? Act)
    {
        public Step(Expression node, bool IsTruth = false)
            : this(node, IsTruth, null)
        {
        }

        public Step(Action<XmlText> act)
            : this(null, false, act)
        {
        }
    }
}
