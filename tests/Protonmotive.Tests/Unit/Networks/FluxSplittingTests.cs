using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Networks;

/// <summary>Rate laws as they stand in papers, split into forward and backward flux. Upper case single letters and names in brackets of a cell are species.</summary>
public class FluxSplittingTests
{
    private static readonly Dictionary<string, double> constants = new(StringComparer.Ordinal)
    {
        ["V"] = 3, ["Vf"] = 3, ["Vr"] = 2, ["Ka"] = 0.5, ["Kb"] = 0.7, ["Kp"] = 0.9, ["Kq"] = 1.1, ["Kia"] = 0.3, ["Keq"] = 12, ["kf"] = 2, ["kr"] = 5,
        ["cell"] = 2, ["h"] = 2, ["zero"] = 0, ["negative"] = -2, ["total"] = 4,
    };

    [Theory]
    // mass action, with a compartment
    [InlineData("cell*(kf*A*B - kr*P)", "cell*kf*A*B", "cell*kr*P")]
    [InlineData("kf*A*cell - kr*P^2*cell", "kf*A*cell", "kr*P^2*cell")]
    // reversible Michaelis-Menten, in Haldane's form and with both maximal rates
    [InlineData("V/Ka*(A - P/Keq)/(1 + A/Ka + P/Kp)", "V/Ka*A/(1 + A/Ka + P/Kp)", "V/Ka*P/Keq/(1 + A/Ka + P/Kp)")]
    [InlineData("(Vf*A/Ka - Vr*P/Kp)/(1 + A/Ka + P/Kp)", "Vf*A/Ka/(1 + A/Ka + P/Kp)", "Vr*P/Kp/(1 + A/Ka + P/Kp)")]
    [InlineData("V*A/Ka*(1 - P/(A*Keq))/(1 + A/Ka + P/Kp)", "V*A/Ka/(1 + A/Ka + P/Kp)", "V*P/(Keq*Ka)/(1 + A/Ka + P/Kp)")]
    // ping-pong of two substrates and two products
    [InlineData("V*(A*B - P*Q/Keq)/(A*B + Kb*A + Ka*B*(1 + Q/Kq) + P*Kq + Q*P)", "V*A*B/(A*B + Kb*A + Ka*B*(1 + Q/Kq) + P*Kq + Q*P)", "V*P*Q/Keq/(A*B + Kb*A + Ka*B*(1 + Q/Kq) + P*Kq + Q*P)")]
    // convenience kinetics
    [InlineData("(Vf*A/Ka*B/Kb - Vr*P/Kp)/((1 + A/Ka)*(1 + B/Kb) + 1 + P/Kp - 1)", "Vf*A/Ka*B/Kb/((1 + A/Ka)*(1 + B/Kb) + P/Kp)", "Vr*P/Kp/((1 + A/Ka)*(1 + B/Kb) + P/Kp)")]
    // two differences of the same kind, a minus sign in front, a constant that is negative or 0
    [InlineData("V*(A - P)/(1 + A) + Vf*(A - P)", "V*A/(1 + A) + Vf*A", "V*P/(1 + A) + Vf*P")]
    [InlineData("-V*(P - A)", "V*A", "V*P")]
    [InlineData("negative*(P - A)", "2*A", "2*P")]
    [InlineData("kf*A - zero*P", "kf*A", "0")]
    // Hill terms under an exponent that is a parameter; the factor of a rectifying branch
    [InlineData("V*((A/Ka)^h - (P/Kp)^h)/(1 + (A/Ka)^h + (P/Kp)^h)", "V*(A/Ka)^h/(1 + (A/Ka)^h + (P/Kp)^h)", "V*(P/Kp)^h/(1 + (A/Ka)^h + (P/Kp)^h)")]
    [InlineData("exp(-U)*(A - P)", "exp(-U)*A", "exp(-U)*P")]
    [InlineData("piecewise(kf*A - kr*P, A < 1, 0)", "piecewise(kf*A, A < 1, 0)", "piecewise(kr*P, A < 1, 0)")]
    // what is left of a conserved total
    [InlineData("kf*A*(total - B) - kr*P*B", "kf*A*(total - B)", "kr*P*B")]
    public void Splits(string law, string forward, string backward)
    {
        var split = Split(law);
        Assert.Equal("", split.Reason);
        foreach (var at in States(10))
        {
            Near(Value(forward, at), split.Forward!.Evaluate(at));
            Near(Value(backward, at), split.Backward!.Evaluate(at));
            Near(Value(law, at), split.Forward!.Evaluate(at) - split.Backward!.Evaluate(at));
        }
    }

    [Theory]
    [InlineData("kf*A*U", "'U' can have either sign")]
    [InlineData("V*sin(A)", "sin(A)")]
    [InlineData("(A - P)/(Ka - P + A - B)", "can have either sign")]
    [InlineData("ln(A/P)", "ln(A / P)")]
    [InlineData("kf*abs(A - P)*U", "'U' can have either sign")]
    public void Says_what_can_not_be_split(string law, string reason)
    {
        var split = Split(law);
        Assert.Null(split.Forward);
        Assert.Contains(reason, split.Reason);
    }

    [Fact]
    public void One_way_and_empty_laws_are_told_apart()
    {
        Assert.True(Split("V*A/(Ka + A)").IsOneWay);
        Assert.True(Split("-V*A/(Ka + A)").IsOneWay);
        Assert.True(Split("zero*(A - P)").IsNothing);
        Assert.True(Split("kf*A - kr*P").IsReversible);
        Assert.True(Split("A*P - P*A").IsNothing);
    }

    [Fact]
    public void Terms_hidden_in_sums_cancel_where_that_matters()
    {
        // (A + B)·kf − kf·B is kf·A: a law that runs one way.
        var split = Split("(A + B)*kf - kf*B - kr*P");
        Assert.NotNull(split.Quotient);
        Near(2 * 0.8, split.Forward!.Evaluate(name => name == "A" ? 0.8 : At(name)));
    }

    [Fact]
    public void Quotient_is_a_product_of_powers()
    {
        var quotient = Split("V/Ka*(A*B - P^2/Keq)/(1 + A)").Quotient!.Value.ToDictionary(f => f.Base.ToString(), f => f.Exponent);
        Assert.Equal(new Dictionary<string, double> { ["A"] = 1, ["B"] = 1, ["P"] = -2, ["Keq"] = 1 }, quotient);
    }

    [Fact]
    public void A_deep_and_wide_law_ends()
    {
        var deep = Expression.Symbol("A");
        for (int i = 0; i < 20_000; i++) deep = (deep * Expression.Symbol("kf")) + 1;
        Assert.NotNull(Split(deep - Expression.Symbol("P")));
        var wide = Expression.One;
        for (int i = 0; i < 40; i++) wide *= Expression.Symbol("A") - Expression.Symbol("P") - i;
        Assert.Null(Split(wide).Forward);
    }

    private static FluxSplit Split(string law) => Split(InfixParser.Parse(law));

    private static FluxSplit Split(Expression law) => new FluxSplitting(
        name => constants.TryGetValue(name, out double value) ? value : null,
        name => name != "U",
        name => constants.TryGetValue(name, out double value) ? value : 1).Split(law);

    private static double Value(string formula, Func<string, double> at) => InfixParser.Parse(formula).Evaluate(at);

    private static double At(string name) => constants.GetValueOrDefault(name, 0.6);

    private static IEnumerable<Func<string, double>> States(int count) => Enumerable.Range(1, count).Select(i =>
        new Func<string, double>(name => constants.TryGetValue(name, out double value) ? value : 0.1 + (((i * 37) + (name[0] * 17)) % 29 / 10.0)));

    // Products taken in another order: a few roundings.
    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-12 * Math.Max(1, Math.Abs(expected)));
}
