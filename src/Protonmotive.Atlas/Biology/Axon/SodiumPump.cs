using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// The Na⁺/K⁺-ATPase as a cycle of four steps, 3 Na⁺ out and 2 K⁺ in for each ATP: Smith and Crampin (2004) with the corrected parameters of Pan et al. (2020),
/// fitted to its dependence on Na⁺ within, K⁺ outside, potential and MgATP.
/// </summary>
/// <remarks>
/// Forward over backward turnover is exp(A/RT): the binding of K⁺ within is not measured, and follows from the other constants and the free energy of hydrolysis. So
/// the pump stands still where the work on the ions equals that of ATP, and runs backwards beyond.
/// </remarks>
internal sealed class SodiumPump
{
    private const string Pan = "Pan 2020, at 37 °C";
    private readonly Parameter k1, k2, k3, k4, r1, r2, r3, r4, Ni, Ne, ni, ne, Ke, T, Δ;
    private readonly AxonFuel fuel;

    /// <param name="fuel">What it burns.</param>
    /// <param name="parameter">Declares a parameter: name, value, unit, source, description.</param>
    public SodiumPump(AxonFuel fuel, Func<string, double, string, string, string, Parameter> parameter)
    {
        this.fuel = fuel;
        Parameter P(string name, double value, string unit, string what) => parameter("pump_" + name, value, unit, Pan, what);
        (k1, r1) = (P("k1_f", 1423.2, "1/s", "Na⁺ taken up within, enzyme phosphorylated"), P("k1_b", 225.9048, "1/(mM s)", "the way back, with ADP"));
        (k2, r2) = (P("k2_f", 11565, "1/s", "turn to the outside"), P("k2_b", 36355, "1/s", "the way back"));
        (k3, r3) = (P("k3_f", 194.4506, "1/s", "K⁺ taken up outside, phosphate let go"), P("k3_b", 281040, "1/(mM² s)", "the way back, with phosphate and H⁺"));
        (k4, r4) = (P("k4_f", 30630, "1/s", "turn to the inside with ATP"), P("k4_b", 1.574e6, "1/s", "the way back"));
        (Ni, Ne) = (P("K_Na_in_1", 579.7295, "mM", "first Na⁺ within, at 0 mV"), P("K_Na_out_1", 0.0349, "mM", "first Na⁺ outside, at 0 mV"));
        (ni, ne) = (P("K_Na_in", 5.6399, "mM", "further Na⁺ within"), P("K_Na_out", 10617, "mM", "further Na⁺ outside"));
        Ke = P("K_K_out", 1.0817, "mM", "K⁺ outside");
        T = P("K_ATP", 140.3709, "mM", "MgATP");
        Δ = P("Delta", -0.055, "1", "part of the field that Na⁺ within feels");
        PotassiumWithin = Sqrt(fuel.Equilibrium * r1 * r2 * r3 * r4 * Ni * (ni * ni) * (Ke * Ke) * T / (k1 * k2 * k3 * k4 * Ne * (ne * ne)));
    }

    /// <summary>Dissociation constant of K⁺ within, in mM: what detailed balance leaves it.</summary>
    public Expression PotassiumWithin { get; }

    /// <summary>Turnovers there and back, in 1/s.</summary>
    /// <param name="fφ">F V/RT, inside less outside.</param>
    /// <param name="sodium">Na⁺ within and outside, mM.</param>
    /// <param name="potassium">K⁺ within and outside, mM.</param>
    /// <param name="potassiumWithin"><see cref="PotassiumWithin"/>, or a name for it.</param>
    /// <param name="define">Gives a formula a name, in 1/s unless it says another unit; or leaves it as it is.</param>
    public (Expression Forward, Expression Backward) Turnover(Expression fφ, (Expression In, Expression Out) sodium, (Expression In, Expression Out) potassium, Expression potassiumWithin,
        Func<string, Expression, string, string, Expression> define)
    {
        var first = define("in_Na", sodium.In / (Ni * Exp(Δ * fφ)) * Power(sodium.In / ni, 2), "1", "3 Na⁺ bound within");
        var outside = define("out_Na", sodium.Out / (Ne * Exp((1 + Δ) * fφ)) * Power(sodium.Out / ne, 2), "1", "3 Na⁺ bound outside");
        var within = define("in", first + Power(1 + (sodium.In / ni), 2) + Power(1 + (potassium.In / potassiumWithin), 2) - 1, "1", "all that faces the inside");
        var without = define("out", outside + Power(1 + (sodium.Out / ne), 2) + Power(1 + (potassium.Out / Ke), 2) - 1, "1", "all that faces the outside");
        var (Ki, Ko, a) = (Power(potassium.In / potassiumWithin, 2), Power(potassium.Out / Ke, 2), fuel.ATP / T);
        Expression Rate(string name, Expression rate, string what) => define(name, rate, "1/s", what);
        Expression[] f = [Rate("f1", k1 * first / within, "Na⁺ taken up within"), Rate("f2", k2, "turn outwards"), Rate("f3", k3 * Ko / without, "K⁺ taken up outside"), Rate("f4", k4 * a / (1 + a), "turn inwards with ATP")];
        Expression[] r = [Rate("b1", r1 * fuel.ADP, "step 1 backwards"), Rate("b2", r2 * outside / without, "step 2 backwards"), Rate("b3", r3 * fuel.Phosphate * fuel.Protons / (1 + a), "step 3 backwards"), Rate("b4", r4 * Ki / within, "step 4 backwards")];
        // All ways to each state of the ring: cut it at one step, go back along those before the cut and forward along those after it (King and Altman 1956).
        var trees = define("ways", Sum(from state in Enumerable.Range(0, 4) from cut in Enumerable.Range(0, 4)
            select Product(Enumerable.Range(0, 4).Where(i => i != cut).Select(i => i < cut ? r[(state + i) % 4] : f[(state + i) % 4]))), "1/s³", "all ways to each of the four states");
        return (Product(f) / trees, Product(r) / trees);
    }
}
