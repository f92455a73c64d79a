using CsCheck;
using Protonmotive.Formats.Antimony;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Protonmotive.Tests.Property.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Property.Formats;

public class AntimonyFormulas
{
    /// <summary>Only the digamma function can't be written, and what does not jump comes back as what may.</summary>
    [Fact]
    public void Every_formula_is_read_back_as_the_same_object() => RandomExpressions.Any.Sample(
        e =>
        {
            if (ExpressionGraph.PostOrder(e).Any(n => n.Operation == Operation.Digamma) || Infix.Print(e, 20_000).EndsWith('…')) return true;
            var b = new NetworkBuilder("m");
            foreach (var name in new[] { "a", "b", "c" }) b.Parameter(name, 1);
            b.Define("formula_", e);
            var back = AntimonyReader.Parse(AntimonyWriter.Print(b.Build())).Assignments.Single().Value;
            return ReferenceEquals(back, MayJump(e));
        },
        iter: 2000, print: e => Infix.Print(e, 1000));

    private static Expression MayJump(Expression expression)
    {
        var memo = new Dictionary<Expression, Expression>();
        ExpressionGraph.Rewrite([expression], memo, (node, operands) => node.Operands.IsEmpty ? node
            : Expression.Of(node.Operation == Operation.Branch ? Operation.Select : node.Operation, [.. operands]));
        return memo[expression];
    }
}
