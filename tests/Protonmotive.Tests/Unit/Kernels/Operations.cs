using Protonmotive.Kernels;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Symbolics.Expression;
using static Protonmotive.Tests.Unit.Kernels.Systems;

namespace Protonmotive.Tests.Unit.Kernels;

/// <summary>Every operation, alone, in both back ends, against plain arithmetic.</summary>
public sealed class Operations
{
    private static readonly double[] samples = [0, 1, -1, 0.5, 2, -3.25, 7, double.NaN, double.PositiveInfinity];

    private static readonly (string Name, Func<Expression, Expression, Expression, Expression> Build, Func<double, double, double, double> Expected)[] operations =
    [
        ("a + b", (a, b, c) => a + b, (a, b, c) => a + b),
        ("a + b - c", (a, b, c) => Sum([a, b, -c]), (a, b, c) => a + b - c),
        ("a - b", (a, b, c) => a - b, (a, b, c) => a - b),
        ("a b c", (a, b, c) => a * b * c, (a, b, c) => a * b * c),
        ("a / b", (a, b, c) => a / b, (a, b, c) => a / b),
        ("-a", (a, b, c) => -(a * b), (a, b, c) => -(a * b)),
        ("a^b", (a, b, c) => Power(a, b), (a, b, c) => Math.Pow(a, b)),
        ("a^2", (a, b, c) => Power(a, 2), (a, b, c) => a * a),
        ("a^3", (a, b, c) => Power(a, 3), (a, b, c) => a * a * a),
        ("a^4", (a, b, c) => Power(a, 4), (a, b, c) => a * a * (a * a)),
        ("a^-1", (a, b, c) => Power(a, -1), (a, b, c) => 1 / a),
        ("a^-2", (a, b, c) => Power(a, -2), (a, b, c) => 1 / (a * a)),
        ("a^2.5", (a, b, c) => Power(a, 2.5), (a, b, c) => Math.Pow(a, 2.5)),
        ("min", (a, b, c) => Min(a, b), (a, b, c) => Math.Min(a, b)),
        ("max", (a, b, c) => Max(a, b), (a, b, c) => Math.Max(a, b)),
        ("abs", (a, b, c) => Abs(a), (a, b, c) => Math.Abs(a)),
        ("floor", (a, b, c) => Floor(a), (a, b, c) => Math.Floor(a)),
        ("ceiling", (a, b, c) => Ceiling(a), (a, b, c) => Math.Ceiling(a)),
        ("sqrt", (a, b, c) => Sqrt(a), (a, b, c) => Math.Sqrt(a)),
        ("exp", (a, b, c) => Exp(a), (a, b, c) => Math.Exp(a)),
        ("expm1", (a, b, c) => Expm1(a), (a, b, c) => SpecialFunctions.Expm1(a)),
        ("log", (a, b, c) => Log(a), (a, b, c) => Math.Log(a)),
        ("log10", (a, b, c) => Log10(a), (a, b, c) => Math.Log10(a)),
        ("sin", (a, b, c) => Sin(a), (a, b, c) => Math.Sin(a)),
        ("cos", (a, b, c) => Cos(a), (a, b, c) => Math.Cos(a)),
        ("tan", (a, b, c) => Tan(a), (a, b, c) => Math.Tan(a)),
        ("asin", (a, b, c) => Asin(a), (a, b, c) => Math.Asin(a)),
        ("acos", (a, b, c) => Acos(a), (a, b, c) => Math.Acos(a)),
        ("atan", (a, b, c) => Atan(a), (a, b, c) => Math.Atan(a)),
        ("sinh", (a, b, c) => Sinh(a), (a, b, c) => Math.Sinh(a)),
        ("cosh", (a, b, c) => Cosh(a), (a, b, c) => Math.Cosh(a)),
        ("tanh", (a, b, c) => Tanh(a), (a, b, c) => Math.Tanh(a)),
        ("asinh", (a, b, c) => Asinh(a), (a, b, c) => Math.Asinh(a)),
        ("acosh", (a, b, c) => Acosh(a), (a, b, c) => Math.Acosh(a)),
        ("atanh", (a, b, c) => Atanh(a), (a, b, c) => Math.Atanh(a)),
        ("factorial", (a, b, c) => Factorial(Abs(a)), (a, b, c) => SpecialFunctions.Factorial(Math.Abs(a))),
        ("digamma", (a, b, c) => Digamma(a + 5), (a, b, c) => SpecialFunctions.Digamma(a + 5)),
        ("<", (a, b, c) => Less(a, b), (a, b, c) => a < b ? 1 : 0),
        ("<=", (a, b, c) => LessOrEqual(a, b), (a, b, c) => a <= b ? 1 : 0),
        ("=", (a, b, c) => AreEqual(a, b), (a, b, c) => a == b ? 1 : 0),
        ("!=", (a, b, c) => AreNotEqual(a, b), (a, b, c) => a != b ? 1 : 0),
        ("and", (a, b, c) => And(a, b, c), (a, b, c) => a != 0 && b != 0 && c != 0 ? 1 : 0),
        ("or", (a, b, c) => Or(a, b, c), (a, b, c) => a != 0 || b != 0 || c != 0 ? 1 : 0),
        ("xor", (a, b, c) => Xor(a, b, c), (a, b, c) => (a != 0) ^ (b != 0) ^ (c != 0) ? 1 : 0),
        ("and of one", (a, b, c) => And(a), (a, b, c) => a != 0 ? 1 : 0),
        ("not", (a, b, c) => Not(a), (a, b, c) => a == 0 ? 1 : 0),
        ("select", (a, b, c) => Select(a, b, c), (a, b, c) => a != 0 ? b : c),
        ("branch", (a, b, c) => Branch(Less(a, b), b * c, c - a), (a, b, c) => a < b ? b * c : c - a),
    ];

    [Theory]
    [InlineData(KernelBackend.Interpreted)]
    [InlineData(KernelBackend.Compiled)]
    public void Each_operation_is_plain_arithmetic(KernelBackend backend)
    {
        var covered = operations.SelectMany(o => ExpressionGraph.PostOrder(o.Build(S("a"), S("b"), S("c")))).Select(n => n.Operation).ToHashSet();
        Assert.Equal([Operation.Time, Operation.Delay], Enum.GetValues<Operation>().Except(covered));

        // As observables nothing is differentiated; of parameters the same formulas run in the prologue.
        var moving = operations.Select((o, i) => new Protonmotive.Networks.Observable($"o{i}", "", o.Build(S("a"), S("b"), S("c"))));
        var isFixed = operations.Select((o, i) => new Protonmotive.Networks.Observable($"f{i}", "", o.Build(S("p"), S("q"), S("r"))));
        var kernel = Kernel.Compile(Of([State("a", 0, 0), State("b", 0, 0), State("c", 0, 0)],
            Parameter("p", 0), Parameter("q", 0), Parameter("r", 0)) with { Observables = [.. moving, .. isFixed] }, backend);
        // Rates are what the compiled back end translates; digamma has no derivative, so it is a rate of no state.
        var rates = Kernel.Compile(Of([.. operations.Select((o, i) => State($"s{i}", 0, o.Name == "digamma" ? 0 : o.Build(S("a"), S("b"), S("c")))), State("a", 0, 0), State("b", 0, 0), State("c", 0, 0)]), backend);
        var (instance, rateInstance) = (kernel.Bind(kernel.Parameters()), rates.Bind([]));
        double[] values = new double[kernel.System.Observables.Length], f = new double[rates.Count], state = new double[rates.Count];
        foreach (double a in samples)
        {
            foreach (double b in samples)
            {
                double c = a - (2 * b);
                (instance.Parameters[0], instance.Parameters[1], instance.Parameters[2]) = (a, b, c);
                instance.Observables(0, [a, b, c], values);
                (state[^3], state[^2], state[^1]) = (a, b, c);
                rateInstance.Rates(0, state, f);
                for (int i = 0; i < operations.Length; i++)
                {
                    double expected = operations[i].Expected(a, b, c);
                    Assert.True(expected.Equals(values[i]) && expected.Equals(values[operations.Length + i]) && (expected.Equals(f[i]) || operations[i].Name == "digamma"),
                        $"{operations[i].Name} of {a}, {b}, {c}: {expected:r} expected; {values[i]:r}, {values[operations.Length + i]:r}, {f[i]:r}");
                }
            }
        }
    }
}
