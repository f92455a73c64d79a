using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Kernels;

/// <summary>Random equation systems over every operation, with shared subterms, a mass matrix and quadratures.</summary>
internal static class RandomSystems
{
    /// <summary>The kinds of <see cref="Node"/> without kinks, jumps and poles near the sample.</summary>
    private static readonly int[] smooth = [0, 1, 2, 3, 4, 6, 7, 10, 14, 18, 19, 20, 21, 22, 23, 24, 28, 29, 30, 31, 32, 34, 42, 45];

    /// <summary>The system of a seed; <paramref name="isSmooth"/> leaves out what finite differences can't follow.</summary>
    public static EquationSystem Make(int seed, bool isSmooth = false)
    {
        var random = new Random(seed);
        int n = 1 + random.Next(8), p = 1 + random.Next(4), q = random.Next(4);
        var pool = new List<Expression> { Time, random.NextDouble() * 4, -1.5, 2, 3 };
        for (int i = 0; i < n; i++) pool.Add(Symbol($"y{i}"));
        for (int i = 0; i < p; i++) pool.Add(Symbol($"p{i}"));
        pool.Add(Symbol("m0"));
        int leaves = pool.Count;
        for (int k = 0; k < 5 + (6 * n); k++)
        {
            // Smooth systems are kept tame: without the tanh a sine of a large power turns faster than any difference can follow.
            pool.Add(isSmooth ? 2 * Tanh(Node(random, pool, smooth[random.Next(smooth.Length)]) / 2) : Node(random, pool, random.Next(46)));
        }
        Expression Pick() => pool[leaves + random.Next(pool.Count - leaves)];
        return new EquationSystem
        {
            Name = $"random {seed}",
            States = [.. Enumerable.Range(0, n).Select(i => new StateVariable($"y{i}", "", 0.1 + (2 * random.NextDouble()), Pick() - Symbol($"y{i}") + Pick()))],
            Parameters = [.. Enumerable.Range(0, p).Select(i => new ParameterDefinition($"p{i}", "", 0.1 + (2 * random.NextDouble())))],
            Modes = [new Mode("m0", LessOrEqual(Symbol("y0"), Symbol("p0")))],
            Quadratures = [.. Enumerable.Range(0, q).Select(i => new Quadrature($"q{i}", "", Pick() * Pick(), null, 1))],
            Observables = [new Observable("o", "", Pick()), new Observable("o2", "", Pick())],
            Events = [new EventDefinition("e", Or(Symbol("m0"), Less(Pick(), Pick())), [new EventAssignment("y0", Pick()), new EventAssignment("p0", Pick())])],
            Mass = random.Next(3) == 0 ? [.. Enumerable.Range(0, n).Where(_ => random.Next(4) > 0).Select(i => new MassEntry(i, i, 1 + random.NextDouble()))] : [],
        };
    }

    private static Expression Node(Random random, List<Expression> pool, int kind)
    {
        Expression P() => pool[random.Next(pool.Count)];
        Expression Positive() => 0.5 + Sqrt(1 + (P() * P()));
        return kind switch
        {
            0 => P() + P(),
            1 => P() - P(),
            2 => P() * P(),
            3 => P() / Positive(),
            4 => Sum([P(), -P(), P(), P()]),
            5 => Power(Positive(), P()),
            6 => Power(P(), 2),
            7 => Power(P(), 3),
            8 => Power(P(), -1),
            9 => Power(P(), -2),
            10 => Power(P(), 4),
            11 => Power(Positive(), 2.5),
            12 => Min(P(), P()),
            13 => Max(P(), P()),
            14 => -P(),
            15 => Abs(P()),
            16 => Floor(P()),
            17 => Ceiling(P()),
            18 => Sqrt(Positive()),
            19 => Exp(Sin(P())),
            20 => Expm1(Cos(P())),
            21 => Log(Positive()),
            22 => Log10(Positive()),
            23 => Sin(P()),
            24 => Cos(P()),
            25 => Tan(P()),
            26 => Asin(Sin(P())),
            27 => Acos(Sin(P())),
            28 => Atan(P()),
            29 => Sinh(Sin(P())),
            30 => Cosh(Sin(P())),
            31 => Tanh(P()),
            32 => Asinh(P()),
            33 => Acosh(1 + Positive()),
            34 => Atanh(0.9 * Sin(P())),
            35 => Select(Less(P(), P()), P(), P()),
            36 => Select(And(LessOrEqual(P(), P()), Not(AreEqual(P(), P()))), P(), P()),
            37 => Branch(Or(AreNotEqual(P(), P()), Less(P(), P())), P(), P()),
            38 => Select(Xor(Less(P(), P()), Symbol("m0"), Less(P(), P())), P(), P()),
            39 => And(P(), P(), P()),
            40 => Not(P()),
            41 => P() * P() * P(),
            42 => Factorial(Abs(Sin(P()))),
            43 => (P() - P()) / P(),
            44 => Less(P(), P()) * P(),
            _ => Sum([P() * P(), P() * P(), -(P() * P())]),
        };
    }
}
