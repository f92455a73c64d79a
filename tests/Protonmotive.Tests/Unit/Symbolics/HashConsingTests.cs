using System.Runtime.CompilerServices;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Symbolics;

/// <summary>Equal expressions are one object, from any thread, and go when nobody holds them.</summary>
public class HashConsingTests
{
    [Fact]
    public void Threads_that_build_the_same_formula_get_the_same_object()
    {
        var built = new Expression[8];
        Parallel.For(0, built.Length, i =>
        {
            var sum = Expression.Zero;
            for (int k = 0; k < 2000; k++) sum += Expression.Sin(Expression.Symbol("shared" + k) * k) / (k + 0.5);
            built[i] = sum;
        });
        Assert.All(built, b => Assert.Same(built[0], b));
    }

    [Fact]
    public void What_nobody_holds_is_collected()
    {
        var references = Build(2000);
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.True(references.Count(r => r.TryGetTarget(out _)) < 20);
    }

    [Fact]
    public void There_is_one_NaN_and_two_zeros()
    {
        Assert.Same(Expression.Constant(double.NaN), Expression.Constant(-double.NaN));
        Assert.NotSame(Expression.Constant(0.0), Expression.Constant(-0.0));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<Expression>[] Build(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new WeakReference<Expression>(Expression.Exp(Expression.Symbol("dropped" + i))))];
}
