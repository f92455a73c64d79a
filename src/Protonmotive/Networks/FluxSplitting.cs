using System.Collections.Immutable;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Networks;

/// <summary>
/// Tells a formula for a net flux apart into forward and backward parts: it is multiplied out into signed products, of which
/// the positive ones run forward and the negative ones backward. Sums that have one sign, and every denominator, stay whole.
/// </summary>
/// <remarks>
/// v = V/D·(S − P/K) gives J⁺ = V·S/D and J⁻ = V·P/(K·D). A split says only which terms push which way; whether RT ln(J⁺/J⁻) is the
/// affinity of the reaction is judged where the split is used (a law's two terms need not be one-way fluxes: Beard and Qian 2007,
/// PLoS ONE 2, e144).
/// </remarks>
public sealed class FluxSplitting
{
    private const int MostTerms = 400;

    /// <summary>Terms made before a law is given up: laws of real models make a few hundred.</summary>
    private const int MostWork = 50_000;

    private readonly Func<string, double?> constant;
    private readonly Func<string, bool> isPositive;
    private readonly Func<string, double?> start;
    private readonly Dictionary<Expression, int> numbers = [];
    private readonly List<(Expression Atom, bool IsPositive)> atoms = [];
    private readonly HashSet<Expression> rests = [];
    private readonly Dictionary<Expression, double?> values = [];
    private int work;

    /// <summary>A splitting for the symbols of one model.</summary>
    /// <param name="constant">Value of a symbol that does not change in a run; null for any other.</param>
    /// <param name="isPositive">Whether a symbol that changes is never negative: a concentration, an amount, a volume.</param>
    /// <param name="start">Value of a symbol at the start; null where unknown.</param>
    public FluxSplitting(Func<string, double?> constant, Func<string, bool> isPositive, Func<string, double?> start)
    {
        this.constant = constant;
        this.isPositive = isPositive;
        this.start = start;
    }

    /// <summary>Splits a net flux.</summary>
    /// <param name="net">The formula, with rules and functions already written out.</param>
    public FluxSplit Split(Expression net)
    {
        var gentle = Split(net, expandAll: false);
        if (gentle.Quotient is not null || gentle.IsOneWay || gentle.IsNothing) return gentle;
        // Sums of one sign kept whole may hide terms that cancel: try again with everything multiplied out.
        var full = Split(net, expandAll: true);
        return full.Quotient is not null || full.IsOneWay || gentle.Forward is null ? full : gentle;
    }

    /// <summary>Joins two one-way fluxes that are each other's reverse.</summary>
    public FluxSplit Join(Expression forward, Expression backward)
    {
        var plus = Terms(forward, expandAll: false);
        var minus = Terms(backward, expandAll: false);
        var fault = Fault(plus) ?? Fault(minus);
        if (fault is not null) return FluxSplit.Unknown(fault);
        if (plus.Terms.Values.Any(c => c < 0) || minus.Terms.Values.Any(c => c < 0)) return FluxSplit.Unknown("a one-way law has a term of the other direction");
        return new FluxSplit(forward, backward, "") { Quotient = Quotient(plus, minus), Rests = Rests(forward, backward) };
    }

    private FluxSplit Split(Expression net, bool expandAll)
    {
        var sum = Terms(net, expandAll);
        if (Fault(sum) is { } fault) return FluxSplit.Unknown(fault);
        SignedSum forward = new(), backward = new();
        foreach (var (m, c) in sum.Terms) (c > 0 ? forward : backward).Add(m, Math.Abs(c));
        var common = Common(sum);
        Expression plus = Build(forward, common), minus = Build(backward, common);
        return new FluxSplit(plus, minus, "") { Quotient = Quotient(forward, backward), Rests = Rests(plus, minus) };
    }

    private ImmutableArray<Expression> Rests(params Expression[] parts)
    {
        if (rests.Count == 0) return [];
        var nodes = ExpressionGraph.PostOrder(parts).ToHashSet();
        return [.. rests.Where(nodes.Contains)];
    }

    private ImmutableArray<QuotientFactor>? Quotient(SignedSum forward, SignedSum backward)
    {
        if (forward.Terms.Count != 1 || backward.Terms.Count != 1) return null;
        var (f, b) = (forward.Terms.First(), backward.Terms.First());
        var factors = ImmutableArray.CreateBuilder<QuotientFactor>();
        if (f.Value != b.Value) factors.Add(new QuotientFactor(f.Value / b.Value, 1));
        foreach (var (atom, exponent) in f.Key.Times(b.Key, -1).Factors) factors.Add(new QuotientFactor(atoms[atom].Atom, exponent));
        return factors.ToImmutable();
    }

    /// <summary>A word on a term of unknown sign; null where there is none.</summary>
    private string? Fault(SignedSum sum)
    {
        foreach (var (m, c) in sum.Terms)
        {
            if (double.IsNaN(c)) return "it has no value";
            foreach (var (atom, exponent) in m.Factors)
                if (!atoms[atom].IsPositive && exponent % 2 != 0) return $"'{Infix.Print(atoms[atom].Atom, 60)}' can have either sign";
        }
        return null;
    }

    private SignedSum Terms(Expression formula, bool expandAll)
    {
        var sums = new Dictionary<Expression, SignedSum>();
        work = 0;
        foreach (var node in ExpressionGraph.PostOrder(formula))
        {
            if (!values.TryGetValue(node, out var value)) values[node] = value = Value(node);
            sums[node] = value == 0 ? new SignedSum() : work > MostWork ? Atom(node, false) : Rewrite(node, value, sums, expandAll);
            work += sums[node].Terms.Count;
        }
        return sums[formula];
    }

    /// <summary>Value of a node that does not change in a run, from the values of its operands.</summary>
    private double? Value(Expression node)
    {
        if (node.Operation == Operation.Constant) return node.Value;
        if (node.Operation == Operation.Symbol) return constant(node.Name);
        if (node.Operands.IsEmpty) return null;
        var operands = new double[node.Operands.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            if (values[node.Operands[i]] is not { } operand) return null;
            operands[i] = operand;
        }
        return Arithmetic.Apply(node.Operation, operands);
    }

    private SignedSum Rewrite(Expression node, double? value, Dictionary<Expression, SignedSum> sums, bool expandAll)
    {
        SignedSum Of(int operand) => sums[node.Operands[operand]];
        switch (node.Operation)
        {
            case Operation.Constant:
                return SignedSum.Of(Monomial.One, node.Value);
            case Operation.Symbol:
                return value is { } v ? OfSign(node, v) : Atom(node, isPositive(node.Name));
            case Operation.Time:
                return Atom(node, true);
            case Operation.Negate:
                return new SignedSum().Plus(Of(0), -1);
            case Operation.Add or Operation.Subtract:
                if (value is { } constantSum) return OfSign(node, constantSum);
                var sum = node.Operands.Skip(1).Aggregate(Of(0), (s, o) => s.Plus(sums[o], node.Operation == Operation.Subtract ? -1 : 1));
                if (sum.Terms.Count > MostTerms) return Atom(node, false);
                return IsRest(sum) ? Rest(node) : sum;
            case Operation.Multiply:
                return node.Operands.Select(o => Whole(o, sums[o], expandAll)).Aggregate((a, b) =>
                    a.Terms.Count * b.Terms.Count > MostTerms ? Atom(node, false) : Product(a, b));
            case Operation.Divide:
                return Whole(node.Operands[0], Of(0), expandAll).Times(Inverse(node.Operands[1], Of(1)));
            case Operation.Power:
                return PowerOf(node, Of(0), Of(1), value, expandAll);
            case Operation.Sqrt when Of(0).Terms.Count == 1 && Of(0).Terms.First() is { Value: > 0 } root && IsPositive(root.Key):
                return SignedSum.Of(Monomial.One.Times(root.Key, 0.5), Math.Sqrt(root.Value));
            case Operation.Select or Operation.Branch:
                return Choice(node, Of(1), Of(2));
            default:
                return value is { } known ? OfSign(node, known) : Atom(node, NeverNegative(node, sums));
        }
    }

    private static readonly Operation[] truths =
    [
        Operation.Less, Operation.LessOrEqual, Operation.Equal, Operation.NotEqual, Operation.And, Operation.Or, Operation.Xor, Operation.Not,
    ];

    private bool NeverNegative(Expression node, Dictionary<Expression, SignedSum> sums) => node.Operation switch
    {
        Operation.Exp or Operation.Abs or Operation.Cosh or Operation.Sqrt => true,
        Operation.Expm1 or Operation.Sinh or Operation.Tanh or Operation.Delay or Operation.Floor or Operation.Ceiling => Sign(sums[node.Operands[0]]) > 0,
        Operation.Min => node.Operands.All(o => Sign(sums[o]) > 0),
        Operation.Max => node.Operands.Any(o => Sign(sums[o]) > 0 || sums[o].Terms.Count == 0),
        var operation => truths.Contains(operation),
    };

    private SignedSum Product(SignedSum a, SignedSum b)
    {
        work += a.Terms.Count * b.Terms.Count;
        return a.Times(b);
    }

    /// <summary>A sum of one sign as one atom, so that products stay short.</summary>
    private SignedSum Whole(Expression node, SignedSum sum, bool expandAll)
    {
        if (expandAll || sum.Terms.Count < 2) return sum;
        return Sign(sum) switch
        {
            > 0 => Atom(node, true),
            < 0 => SignedSum.Of(Monomial.Of(Number(-node, true)), -1),
            _ => sum,
        };
    }

    private SignedSum Inverse(Expression node, SignedSum sum)
    {
        if (sum.Terms.Count == 1)
        {
            var (m, c) = sum.Terms.First();
            return SignedSum.Of(Monomial.One.Times(m, -1), 1 / c);
        }
        int sign = Sign(sum);
        var atom = Number(sign < 0 ? -node : node, sign != 0);
        return SignedSum.Of(Monomial.One.Times(Monomial.Of(atom), -1), sign < 0 ? -1 : 1);
    }

    private SignedSum PowerOf(Expression node, SignedSum @base, SignedSum exponent, double? value, bool expandAll)
    {
        double? e = node.Operands[1].IsConstant ? node.Operands[1].Value : null;
        if (@base.Terms.Count == 1)
        {
            var (m, c) = @base.Terms.First();
            if (e is { } power && (c > 0 || power == Math.Floor(power)) && (IsPositive(m) || power == Math.Floor(power)))
                return SignedSum.Of(Monomial.One.Times(m, power), Math.Pow(c, power));
            if (c > 0 && IsPositive(m) && exponent.Terms.Count > 0)
            {
                // (c Π aᵉ)^h = c^h Π (a^h)ᵉ, so that equal bases under an exponent that is a symbol cancel.
                var product = c == 1 ? Monomial.One : Monomial.Of(Number(Power(c, node.Operands[1]), true));
                foreach (var (atom, times) in m.Factors) product = product.Times(Monomial.Of(Number(Power(atoms[atom].Atom, node.Operands[1]), true)), times);
                return SignedSum.Of(product, 1);
            }
        }
        if (e is { } whole && whole == Math.Floor(whole))
        {
            if (whole < 0) return Inverse(Power(node.Operands[0], -whole), PowerOf(Power(node.Operands[0], -whole), @base, exponent, null, expandAll));
            if (Sign(@base) == 0 && whole <= 4 && Math.Pow(@base.Terms.Count, whole) <= MostTerms)
                return Enumerable.Repeat(@base, (int)whole).Aggregate((a, b) => a.Times(b));
        }
        if (value is { } known) return OfSign(node, known);
        return Atom(node, Sign(@base) > 0 || (e is { } even && even % 2 == 0));
    }

    /// <summary>A piecewise law: each part of one sign is chosen on its own.</summary>
    private SignedSum Choice(Expression node, SignedSum then, SignedSum otherwise)
    {
        if (Sign(then) >= 0 && Sign(otherwise) >= 0 && IsOneSigned(then) && IsOneSigned(otherwise)) return Atom(node, true);
        if (Fault(then) is not null || Fault(otherwise) is not null) return Atom(node, false);
        var result = new SignedSum();
        foreach (int sign in (ReadOnlySpan<int>)[1, -1])
        {
            var part = Of(node.Operation, [node.Operands[0], Part(then, sign), Part(otherwise, sign)]);
            if (!part.IsConstant || part.Value != 0) result.Add(Monomial.Of(Number(part, true)), sign);
        }
        return result;
    }

    private Expression Part(SignedSum sum, int sign)
    {
        var part = new SignedSum();
        foreach (var (m, c) in sum.Terms) if (Math.Sign(c) == sign) part.Add(m, Math.Abs(c));
        return Build(part, Monomial.One);
    }

    private bool IsOneSigned(SignedSum sum) => sum.Terms.Count == 0 || Sign(sum) != 0;

    /// <summary>1 or −1 where all terms have that sign, else 0; an empty sum gives 0.</summary>
    private int Sign(SignedSum sum)
    {
        int sign = 0;
        foreach (var (m, c) in sum.Terms)
        {
            if (!IsPositive(m) || (sign != 0 && Math.Sign(c) != sign)) return 0;
            sign = Math.Sign(c);
        }
        return sign;
    }

    private bool IsPositive(Monomial m)
    {
        foreach (var (atom, exponent) in m.Factors) if (!atoms[atom].IsPositive && exponent % 2 != 0) return false;
        return true;
    }

    /// <summary>
    /// Whether a sum is what is left of a conserved total: a positive constant less positive multiples of species, positive at the start.
    /// </summary>
    private bool IsRest(SignedSum sum)
    {
        bool hasTotal = false, hasTaken = false;
        double value = 0;
        foreach (var (m, c) in sum.Terms)
        {
            double term = c;
            int variables = 0;
            foreach (var (atom, exponent) in m.Factors)
            {
                var symbol = atoms[atom].Atom;
                double? known = symbol.Operation == Operation.Symbol ? constant(symbol.Name) : ConstantValue(symbol);
                if (known is null)
                {
                    if (exponent != 1 || symbol.Operation != Operation.Symbol || start(symbol.Name) is not { } now) return false;
                    variables++;
                    known = now;
                }
                term *= Math.Pow(known.Value, exponent);
            }
            if (variables > 1 || (variables == 1 && c > 0) || (variables == 0 && c < 0)) return false;
            hasTotal |= variables == 0;
            hasTaken |= variables == 1;
            value += term;
        }
        return hasTotal && hasTaken && value > 0;
    }

    private double? ConstantValue(Expression atom)
    {
        if (values.TryGetValue(atom, out var known)) return known;
        foreach (var node in ExpressionGraph.PostOrder(atom)) if (!values.ContainsKey(node)) values[node] = Value(node);
        return values[atom];
    }

    private SignedSum Rest(Expression node)
    {
        rests.Add(node);
        return Atom(node, true);
    }

    private SignedSum OfSign(Expression node, double value) =>
        value == 0 ? new SignedSum()
        : value > 0 ? Atom(node, true)
        : value < 0 ? SignedSum.Of(Monomial.Of(Number(-node, true)), -1)
        : SignedSum.Of(Monomial.One, double.NaN);

    private SignedSum Atom(Expression node, bool positive) => SignedSum.Of(Monomial.Of(Number(node, positive)), 1);

    private int Number(Expression atom, bool positive)
    {
        if (numbers.TryGetValue(atom, out int number)) return number;
        atoms.Add((atom, positive));
        return numbers[atom] = atoms.Count - 1;
    }

    /// <summary>What every term shares.</summary>
    private static Monomial Common(SignedSum sum)
    {
        Dictionary<int, double>? shared = null;
        foreach (var m in sum.Terms.Keys)
        {
            var own = m.Factors.ToArray().ToDictionary(f => f.Atom, f => f.Exponent);
            shared = shared is null ? own : shared.Keys.Union(own.Keys)
                .Select(a => (a, Least: Math.Sign(shared.GetValueOrDefault(a)) == Math.Sign(own.GetValueOrDefault(a)) ? MinBy(shared[a], own[a]) : 0))
                .Where(s => s.Least != 0).ToDictionary(s => s.a, s => s.Least);
        }
        return (shared ?? []).OrderBy(s => s.Key).Aggregate(Monomial.One, (m, s) => m.Times(Monomial.Of(s.Key), s.Value));

        static double MinBy(double a, double b) => Math.Abs(a) <= Math.Abs(b) ? a : b;
    }

    private Expression Build(SignedSum sum, Monomial common)
    {
        if (sum.Terms.Count == 0) return Zero;
        return Product(common, Sum(sum.Terms.Select(t => Product(t.Key.Times(common, -1), t.Value))));
    }

    private Expression Product(Monomial m, Expression first)
    {
        Expression over = first, under = One;
        foreach (var (atom, exponent) in m.Factors)
        {
            if (exponent > 0) over *= Power(atoms[atom].Atom, exponent);
            else under *= Power(atoms[atom].Atom, -exponent);
        }
        return over / under;
    }
}
