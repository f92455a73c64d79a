using System.Text;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Symbolics;

/// <summary>Nothing recurses: expressions 100,000 deep are walked, rewritten, printed and read on a small stack.</summary>
public class DeepExpressionTests
{
    private const int Depth = 100_000;
    private static readonly Expression x = Expression.Symbol("x"), y = Expression.Symbol("y");

    public static TheoryData<string> Shapes => ["sine", "choice", "product"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Deep_expressions_pass_through_everything(string shape) => OnSmallStack(() =>
    {
        var deep = Build(shape);
        Assert.True(ExpressionGraph.PostOrder(deep).Count > Depth);
        Assert.Same(deep, InfixParser.Parse(Infix.Print(deep)));
        Assert.Same(deep, deep.Substitute(new Dictionary<Expression, Expression> { [x] = y }).Substitute(new Dictionary<Expression, Expression> { [y] = x }));
        double value = deep.Evaluate(_ => 0.5);
        Assert.False(double.IsNaN(value));
        Assert.Equal(value, deep.Simplify().Evaluate(_ => 0.5), 1e-9 * Math.Abs(value));
        Assert.False(double.IsNaN(deep.Derivative(x).Evaluate(_ => 0.5)));
        Assert.True(deep.DependsOn(x));
    });

    [Fact]
    public void Nested_parentheses_and_signs_are_read() => OnSmallStack(() =>
    {
        var text = new StringBuilder();
        for (int i = 0; i < Depth; i++) text.Append("-(");
        text.Append('x').Append(')', Depth);
        Assert.Same(x, InfixParser.Parse(text.ToString()));
        Assert.Throws<ExpressionSyntaxException>(() => InfixParser.Parse(new string('(', Depth)));
    });

    private static Expression Build(string shape)
    {
        var deep = x;
        for (int i = 0; i < Depth; i++)
        {
            deep = shape switch
            {
                "sine" => Expression.Sin(deep),
                "choice" => Expression.Select(Expression.Less(x, -i), i, deep),
                _ => deep * (x + (1 - 0.5 + (1e-3 / (i + 1)))),
            };
        }
        return deep;
    }

    private static void OnSmallStack(Action test)
    {
        Exception? error = null;
        var thread = new Thread(() =>
        {
            try { test(); }
            catch (Exception e) { error = e; }
        }, 256 * 1024);
        thread.Start();
        thread.Join();
        if (error is not null) throw new InvalidOperationException(error.Message, error);
    }
}
