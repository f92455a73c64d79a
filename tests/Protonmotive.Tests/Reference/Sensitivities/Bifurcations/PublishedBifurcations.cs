using Protonmotive.Formats.Sbml;
using Protonmotive.Networks;
using Protonmotive.Sensitivities.Bifurcations;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Reference.Sensitivities.Bifurcations;

/// <summary>Folds and Hopf points of well-known systems.</summary>
public class PublishedBifurcations
{
    /// <summary>
    /// Hopf at B = 1 + A² with frequency A (Prigogine and Lefever 1968, J. Chem. Phys. 48, 1695), supercritical. The first
    /// Lyapunov coefficient was computed apart from this code, from the symbolic derivatives of the two rates: sympy 1.11 through
    /// Kuznetsov's equation 5.39 (his Elements of Applied Bifurcation Theory, 3rd ed.), for A = 1 and 2.
    /// </summary>
    [Theory]
    [InlineData(1, -1.0 / 2)]
    [InlineData(2, -1.0 / 6)]
    public void The_brusselator_oscillates_beyond_its_hopf_point(double a, double lyapunov)
    {
        var b = new NetworkBuilder("brusselator");
        var v = b.Compartment("V", 1);
        b.Species("X", v, 1);
        b.Species("Y", v, 1);
        var (x, y) = (Expression.Symbol("X"), Expression.Symbol("Y"));
        b.Process("in", ProcessKind.Reaction, "-> X", FluxLaw.Formula(b.Parameter("A", a)));
        b.Process("turn", ProcessKind.Reaction, "X -> Y", FluxLaw.Formula(b.Parameter("B", 1) * x));
        b.Process("auto", ProcessKind.Reaction, "2 X + Y -> 3 X", FluxLaw.Formula(x * x * y));
        b.Process("out", ProcessKind.Reaction, "X ->", FluxLaw.Formula(x));
        var diagram = Continuation.Trace(b.Build(), new ContinuationOptions("B", 0.5, 8));
        var hopf = Assert.Single(diagram.SpecialPoints);
        Assert.Equal(SpecialPointKind.Hopf, hopf.Kind);
        Assert.Equal(1 + (a * a), hopf.ParameterValue, 1e-10);
        Assert.Equal(a, hopf.Frequency!.Value, 1e-10);
        Assert.Equal(lyapunov, hopf.LyapunovCoefficient!.Value, 1e-7);
        Assert.All(diagram.Branches[0].Points.Where(p => p.IsStable is not null), p => Assert.Equal(p.ParameterValue < 1 + (a * a), p.IsStable));
        Assert.All(diagram.Branches[0].Points, p => Assert.Equal(p.ParameterValue / a, p.State[1], 1e-9));
    }

    /// <summary>
    /// Schlögl's second model, x' = k₁a x² − k₂x³ − k₃x + k₄b (Schlögl 1972, Z. Phys. 253, 147): folds where the cubic has a double root.
    /// With k₁a = 6, k₂ = 1, k₃ = 11 the source is p = x³ − 6x² + 11x, whose extrema stand at x = 2 ∓ 1/√3.
    /// </summary>
    [Fact]
    public void Schloegl_has_the_two_folds_of_its_cubic()
    {
        var b = new NetworkBuilder("schlögl");
        var v = b.Compartment("V", 1);
        b.Species("X", v, 0.5);
        var x = Expression.Symbol("X");
        b.Process("auto", ProcessKind.Reaction, "2 X <-> 3 X", FluxLaw.Formula((6 * x * x) - (x * x * x)));
        b.Process("decay", ProcessKind.Reaction, "X <->", FluxLaw.Formula((11 * x) - b.Parameter("p", 3)));
        var diagram = Continuation.Trace(b.Build(), new ContinuationOptions("p", 0, 12));
        double[] roots = [2 + (1 / Math.Sqrt(3)), 2 - (1 / Math.Sqrt(3))];
        Assert.Equal(2, diagram.SpecialPoints.Length);
        for (int i = 0; i < 2; i++)
        {
            double at = roots[i], source = (at * at * at) - (6 * at * at) + (11 * at);
            Assert.Equal(SpecialPointKind.Fold, diagram.SpecialPoints[i].Kind);
            Assert.Equal(source, diagram.SpecialPoints[i].ParameterValue, 1e-10);
            Assert.Equal(at, diagram.SpecialPoints[i].State[0], 1e-6);
        }

        // Between the folds there are three states, the middle one unstable.
        Assert.All(diagram.Branches[0].Points.Where(p => p.IsStable is not null), p => Assert.Equal(!(p.State[0] > roots[1] && p.State[0] < roots[0]), p.IsStable));
    }

    /// <summary>
    /// The toggle switch of Gardner, Cantor and Collins (2000), Nature 403, 339, made symmetric: u' = a/(1 + v²) − u and the same with
    /// u and v exchanged. Steady states have u = v with u(1 + u²) = a, or u v = 1 with u + v = a (subtract the two equations), so two more
    /// branches leave at a = 2.
    /// </summary>
    [Fact]
    public void The_toggle_switch_has_two_more_branches_beyond_its_branch_point()
    {
        var b = new NetworkBuilder("toggle");
        var (u, v, a) = (Expression.Symbol("u"), Expression.Symbol("v"), b.Parameter("a", 1));
        b.Variable("u", 1);
        b.Variable("v", 1);
        b.Rate("u", (a / (1 + (v * v))) - u);
        b.Rate("v", (a / (1 + (u * u))) - v);
        var diagram = Continuation.Trace(b.Build(), new ContinuationOptions("a", 0.5, 4));
        var point = Assert.Single(diagram.SpecialPoints);
        Assert.Equal(SpecialPointKind.Branch, point.Kind);
        Assert.Equal(2, point.ParameterValue, 1e-7);
        Assert.Equal(3, diagram.Branches.Length);
        Assert.All(diagram.Branches[0].Points, p => Assert.Equal(p.ParameterValue, p.State[0] * (1 + (p.State[0] * p.State[0])), 1e-8));
        Assert.All(diagram.Branches[1..].SelectMany(x => x.Points).Skip(1), p => Assert.Equal((p.ParameterValue, 1.0), (p.State[0] + p.State[1], p.State[0] * p.State[1]), (x, y) => Math.Abs(x.Item1 - y.Item1) < 1e-6 && Math.Abs(x.Item2 - y.Item2) < 1e-6));
        Assert.Equal([2 - Math.Sqrt(3), 2 + Math.Sqrt(3)], diagram.Branches[1..].Select(x => x.Points[^1].State[0]).Order(), (x, y) => Math.Abs(x - y) < 1e-8);
    }

    /// <summary>
    /// FitzHugh-Nagumo, v' = v − v³/3 − w + I, w' = 0.08 (v + 0.7 − 0.8 w) (FitzHugh 1961, Biophys. J. 1, 445): the trace is
    /// 1 − v² − 0.064, so Hopf points stand at v = ∓√0.936 with I = v³/3 − v + (v + 0.7)/0.8 and ω² = 0.08 − 0.064².
    /// </summary>
    [Fact]
    public void FitzHugh_Nagumo_has_two_hopf_points()
    {
        var b = new NetworkBuilder("nerve");
        var (v, w) = (Expression.Symbol("v"), Expression.Symbol("w"));
        b.Parameter("I", 0);
        b.Variable("v", -1);
        b.Variable("w", -0.5);
        b.Rate("v", v - (v * v * v / 3) - w + Expression.Symbol("I"));
        b.Rate("w", 0.08 * (v + 0.7 - (0.8 * w)));
        var diagram = Continuation.Trace(b.Build(), new ContinuationOptions("I", -1, 3));
        Assert.Equal(2, diagram.SpecialPoints.Length);
        double[] at = [-Math.Sqrt(0.936), Math.Sqrt(0.936)];
        for (int i = 0; i < 2; i++)
        {
            var hopf = diagram.SpecialPoints[i];
            Assert.Equal(SpecialPointKind.Hopf, hopf.Kind);
            Assert.Equal((at[i] * at[i] * at[i] / 3) - at[i] + ((at[i] + 0.7) / 0.8), hopf.ParameterValue, 1e-9);
            Assert.Equal(Math.Sqrt(0.08 - (0.064 * 0.064)), hopf.Frequency!.Value, 1e-9);
            Assert.Equal(0.97197108198899900511, hopf.LyapunovCoefficient!.Value, 1e-6); // subcritical; sympy as above
        }
    }

    /// <summary>
    /// The Oregonator scaled by Tyson (1977), ε x' = x(1 − x) − f z (x − q)/(x + q), z' = x − z, with ε = 0.04 and q = 8e-4: Hopf points in f
    /// where trace 0 = (1 − 2x − 2 q f z/(x + q)²)/ε − 1, found with scipy 1.10 (brentq of the trace along the steady state).
    /// </summary>
    [Fact]
    public void The_oregonator_has_two_hopf_points()
    {
        var b = new NetworkBuilder("oregonator");
        var (x, z) = (Expression.Symbol("x"), Expression.Symbol("z"));
        b.Parameter("f", 3);
        b.Variable("x", 0.01);
        b.Variable("z", 0.01);
        b.Rate("x", ((x * (1 - x)) - (Expression.Symbol("f") * z * (x - 8e-4) / (x + 8e-4))) / 0.04);
        b.Rate("z", x - z);
        var hopf = Continuation.Trace(b.Build(), new ContinuationOptions("f", 0.2, 4)).SpecialPoints;
        Assert.Equal(2, hopf.Length);
        Assert.All(hopf, h => Assert.Equal(SpecialPointKind.Hopf, h.Kind));
        Assert.Equal(OregonatorLow, hopf[0].ParameterValue, 1e-9);
        Assert.Equal(OregonatorHigh, hopf[1].ParameterValue, 1e-9);
    }

    /// <summary>
    /// The minimal mitotic oscillator of Goldbeter (1991), Proc. Natl. Acad. Sci. USA 88, 9107 (BIOMD0000000003, CC0): the synthesis rate of
    /// cyclin at which it begins to oscillate, found apart from this code with scipy 1.10 (brentq of the real part of the eigenvalues
    /// of the Jacobian by complex steps).
    /// </summary>
    [Fact]
    public void The_mitotic_oscillator_begins_at_its_hopf_point()
    {
        var network = SbmlReader.Load(SharedData.Path("biomodels", "BIOMD0000000003.xml"));
        var hopf = Assert.Single(Continuation.Trace(network, new ContinuationOptions("reaction1.vi", 0.001, 0.1)).SpecialPoints);
        Assert.Equal(SpecialPointKind.Hopf, hopf.Kind);
        Assert.Equal(0.011916878816387194, hopf.ParameterValue, 1e-9);
        Assert.Equal(0.39941096, hopf.Frequency!.Value, 1e-7);
    }

    private const double OregonatorLow = 0.5226119872771535, OregonatorHigh = 2.3380401795209127;
}
