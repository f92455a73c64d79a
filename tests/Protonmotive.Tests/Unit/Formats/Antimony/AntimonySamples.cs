namespace Protonmotive.Tests.Unit.Formats.Antimony;

/// <summary>Small models that together use every construct that is read.</summary>
internal static class AntimonySamples
{
    public static readonly string[] All =
    [
        "S1 -> S2; k1*S1\nS1 = 10; S2 = 0\nk1 = 0.1",
        "model conversion()\n  J0: $A + 2 B => C; k*A*B^2\n  A = 1; B = 2; C = 0; k = 3\nend",
        "compartment cell = 2, medium = 5\nspecies S in cell = 3, substanceOnly_ in medium\nsubstanceOnly species N in cell; N = 4 / cell\nS -> ; S*cell; S has unit_c\nunit unit_c = 1e-3 mole / litre\nsubstanceOnly_ = 1",
        "x := sin(time) + y; y = 1; y' = -y/2 + x; z = y^2; 0 = w - x - z; var w",
        "E1: at 2 after (x > 5), t0=false, priority=1, persistent=false, fromTrigger=false: x = 1, y = x + r;\nat time >= 3:\n  r = 4\nx = 0; x' = 1; y = 0; r = 2",
        "function quadratic(x, a, b, c)\n  a*x^2 + b*x + c\nend\nfunction half(x) x/2 end\ny := half(quadratic(s, 1, p, 3)); s = 2; p = 0.5",
        "model side(S, k)\n  J: S -> T; k*S\n  T = 0; k = 1; S = 5\nend\nmodel whole\n  A: side(S1, 2)\n  B: side(S1, q)\n  S1 = 3; q = 0.5\n  B.T is total\n  total -> ; 0.1*total\nend",
        "model inner\n  a -> b; k*a; a = 1; b = 0; k = 2; c = 3; d := c*2\nend\nmodel *outer\n  X: inner(), timeconv=60, extentconv=f\n  f = 1000; delete X.d\n  X.b * g is B; g = 4\n  X.k = 7\nend",
        "n = 2; m := 1 + time\nn A + m B -> 1.5 C; 1\nA = 1; B = 1; C = 1",
        "J: S -> P; v*S/(K + S)\ni: I -| J; a: T -o J; T -( J\nS = 1; P = 0; I = 2; T = 3; v = 1; K = 2",
        "x = piecewise(1, y > 2, 2, y < 1 && !(y == 0), 3); y = 1.5; z = log(x) + ln(2) + log10(100) + sqrt(4) + exponentiale + pi + avogadro*0",
        "a = normal(0, 1); b = uniform(a, 2); c = poisson(3, 1, 5)\nat time > 1: a = exponential(2)",
        "unit substance = 1e-6 mole; unit time_unit = 60 second\nunit flow = 1 mole / second\nk = 3 flow; c = 2 litre; k -> ; c",
        "A -> B; A*k; A = 1; B = 0; k = 1\nA is \"Glucose\"; A identity \"http://identifiers.org/chebi/CHEBI:17234\", \"x:y\"\nA.sboTerm = SBO:0000247\nB notes ```two\nlines```\n",
        "volume = metre^3; time_unit = 60 second\nmodel m\n  A -> ; k*A; A = 1\nend\nM: m(); M.k = 2",
        "-inf < J0 < 10\nJ0: A -> ; A; A = 1\nmaximize J0; constraint: A > 0; A.mean = 3",
        "/* a\ncomment */ x = 1 + \\\n  2 # more\ny = 3 // end",
        "x = 1; x' = -x; y := delay(x, 2) + rateOf(x); z = 7 % 3 + 2^3^2 - -2",
        "compartment c1, c2 = 3; c1 = c2/2\nJ in c1: a -> b; k\nb -> ; k*b in c2\na = 1; b = 2; k = 1\nat a < 0.5: c2 = 4",
        "gene g; operator o1 = 3; formula f = 2; const k = 1; var species s = 3\ng: -> s; f*o1*k",
        "model a\n  x = 1\nend\nmodel b\n  A: a(); y := A.x*2\nend\nmodel c\n  B: b(); z := B.A.x + B.y\nend",
    ];
}
