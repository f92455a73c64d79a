using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Reference.Solvers;

/// <summary>
/// The standard test problems for stiff solvers, as equation systems. Equations, constants and end values from the IVP Test
/// Set (Mazzia and Magherini, Bari; earlier CWI) and Hairer and Wanner (1996), Solving ODEs II, IV.10, where not said otherwise.
/// </summary>
internal static class StiffProblems
{
    /// <summary>Chemical kinetics of Robertson (1966); y₁ + y₂ + y₃ = 1.</summary>
    public static EquationSystem Rober()
    {
        var y = States(3);
        var slow = 0.04 * y[0];
        var back = 1e4 * y[1] * y[2];
        var fast = 3e7 * y[1] * y[1];
        return System("ROBER", [1, 0, 0], [-slow + back, slow - back - fast, fast]);
    }

    /// <summary>The Oregonator, a model of the Belousov–Zhabotinskii reaction.</summary>
    public static EquationSystem Orego()
    {
        var y = States(3);
        return System("OREGO", [1, 2, 3],
        [
            77.27 * (y[1] + y[0] * (1 - 8.375e-6 * y[0] - y[1])),
            (y[2] - (1 + y[0]) * y[1]) / 77.27,
            0.161 * (y[0] - y[2]),
        ]);
    }

    /// <summary>High irradiance responses of photomorphogenesis (Schäfer 1975); y₇ + y₈ = 0.0057.</summary>
    public static EquationSystem Hires()
    {
        var y = States(8);
        var binding = 280 * y[5] * y[7];
        var seventh = binding - 1.81 * y[6];
        return System("HIRES", [1, 0, 0, 0, 0, 0, 0, 0.0057],
        [
            -1.71 * y[0] + 0.43 * y[1] + 8.32 * y[2] + 0.0007,
            1.71 * y[0] - 8.75 * y[1],
            -10.03 * y[2] + 0.43 * y[3] + 0.035 * y[4],
            8.32 * y[1] + 1.71 * y[2] - 1.12 * y[3],
            -1.745 * y[4] + 0.43 * (y[5] + y[6]),
            -binding + 0.69 * y[3] + 1.71 * y[4] - 0.43 * y[5] + 0.69 * y[6],
            seventh,
            -seventh,
        ]);
    }

    /// <summary>Chemical pyrolysis E5: constants over fifteen decades, and components of 1e-22 that matter.</summary>
    public static EquationSystem E5()
    {
        const double A = 7.89e-10, B = 1.1e7, C = 1.13e3, M = 1e6;
        var y = States(4);
        var first = A * y[0];
        var second = B * y[0] * y[2];
        var third = M * C * y[1] * y[2];
        return System("E5", [1.76e-3, 0, 0, 0],
        [
            -first - second,
            first - third,
            first - third - (second - C * y[3]),
            second - C * y[3],
        ]);
    }

    /// <summary>E5 with y₃ = y₂ − y₄ put in, so that the invariant holds exactly: y1, y2 and y4 only.</summary>
    public static EquationSystem E5Reduced()
    {
        const double A = 7.89e-10, B = 1.1e7, C = 1.13e3, M = 1e6;
        var y = States(3);
        var y3 = y[1] - y[2];
        return System("E5, reduced", [1.76e-3, 0, 0],
        [
            -A * y[0] - B * y[0] * y3,
            A * y[0] - M * C * y[1] * y3,
            B * y[0] * y3 - C * y[2],
        ]);
    }

    /// <summary>Air pollution (Verwer 1994): 20 species, 25 reactions.</summary>
    public static EquationSystem Pollu()
    {
        double[] k =
        [
            .35, 26.6, 1.23e4, 8.6e-4, 8.2e-4, 1.5e4, 1.3e-4, 2.4e4, 1.65e4, 9e3, .022, 1.2e4, 1.88,
            1.63e4, 4.8e6, 3.5e-4, .0175, 1e8, 4.44e11, 1240, 2.1, 5.78, .0474, 1780, 3.12,
        ];
        var y = States(20);
        Expression Y(int i) => y[i - 1];
        Expression[] r =
        [
            0,
            k[0] * Y(1), k[1] * Y(2) * Y(4), k[2] * Y(5) * Y(2), k[3] * Y(7), k[4] * Y(7), k[5] * Y(7) * Y(6), k[6] * Y(9),
            k[7] * Y(9) * Y(6), k[8] * Y(11) * Y(2), k[9] * Y(11) * Y(1), k[10] * Y(13), k[11] * Y(10) * Y(2), k[12] * Y(14),
            k[13] * Y(1) * Y(6), k[14] * Y(3), k[15] * Y(4), k[16] * Y(4), k[17] * Y(16), k[18] * Y(16), k[19] * Y(17) * Y(6),
            k[20] * Y(19), k[21] * Y(19), k[22] * Y(1) * Y(4), k[23] * Y(19) * Y(1), k[24] * Y(20),
        ];
        var initial = new double[20];
        (initial[1], initial[3], initial[6], initial[7], initial[8], initial[16]) = (.2, .04, .1, .3, .01, .007);
        return System("POLLU", initial,
        [
            -r[1] - r[10] - r[14] - r[23] - r[24] + r[2] + r[3] + r[9] + r[11] + r[12] + r[22] + r[25],
            -r[2] - r[3] - r[9] - r[12] + r[1] + r[21],
            -r[15] + r[1] + r[17] + r[19] + r[22],
            -r[2] - r[16] - r[17] - r[23] + r[15],
            -r[3] + 2 * r[4] + r[6] + r[7] + r[13] + r[20],
            -r[6] - r[8] - r[14] - r[20] + r[3] + 2 * r[18],
            -r[4] - r[5] - r[6] + r[13],
            r[4] + r[5] + r[6] + r[7],
            -r[7] - r[8],
            -r[12] + r[7] + r[9],
            -r[9] - r[10] + r[8] + r[11],
            r[9],
            -r[11] + r[10],
            -r[13] + r[12],
            r[14],
            -r[18] - r[19] + r[16],
            -r[20],
            r[20],
            -r[21] - r[22] - r[24] + r[23] + r[25],
            -r[25] + r[24],
        ]);
    }

    /// <summary>y₁' = y₂, y₂' = μ (1 − y₁²) y₂ − y₁, from (2, 0).</summary>
    public static EquationSystem VanDerPol(double μ = 1000)
    {
        var y = States(2);
        return System("van der Pol", [2, 0], [y[1], μ * (1 - y[0] * y[0]) * y[1] - y[0]]);
    }

    /// <summary>Hairer's scaled form y₂' = ((1 − y₁²) y₂ − y₁)/ε, from (2, −0.66).</summary>
    public static EquationSystem VanDerPolScaled(double ε = 1e-6)
    {
        var y = States(2);
        return System("van der Pol, scaled", [2, -0.66], [y[1], ((1 - y[0] * y[0]) * y[1] - y[0]) / ε]);
    }

    /// <summary>Seven stars in the plane with masses 1 to 7; not stiff. Order x₁…₇, y₁…₇, x'₁…₇, y'₁…₇.</summary>
    public static EquationSystem Pleiades()
    {
        double[] initial =
        [
            3, 3, -1, -3, 2, -2, 2, 3, -3, 2, 0, 0, -4, 4,
            0, 0, 0, 0, 0, 1.75, -1.5, 0, 0, 0, -1.25, 1, 0, 0,
        ];
        var z = States(28);
        var rates = new Expression[28];
        for (int i = 0; i < 14; i++) rates[i] = z[14 + i];
        for (int i = 0; i < 7; i++)
        {
            Expression ax = 0, ay = 0;
            for (int j = 0; j < 7; j++)
            {
                if (j == i) continue;
                var dx = z[j] - z[i];
                var dy = z[7 + j] - z[7 + i];
                var r2 = dx * dx + dy * dy;
                var r3 = r2 * Sqrt(r2);
                ax += (j + 1) * dx / r3;
                ay += (j + 1) * dy / r3;
            }

            (rates[14 + i], rates[21 + i]) = (ax, ay);
        }

        return System("Pleiades", initial, rates);
    }

    /// <summary>u' = 1 + u²v − 4u, v' = 3u − u²v, from (1.5, 3).</summary>
    public static EquationSystem Brusselator()
    {
        var y = States(2);
        var u2v = y[0] * y[0] * y[1];
        return System("Brusselator", [1.5, 3], [1 + u2v - 4 * y[0], 3 * y[0] - u2v]);
    }

    /// <summary>
    /// The Brusselator on a ring of N points as the SciML problem library has it (brusselator_prob.jl): its grid spacing in the
    /// diffusion is 1/N while its points lie 1/(N − 1) apart, copied as it is. Order u₁…, v₁….
    /// </summary>
    public static EquationSystem BrusselatorRing(int points = 40)
    {
        const double α = 0.02;
        double d = α * points * points;
        var y = States(2 * points);
        var rates = new Expression[2 * points];
        var initial = new double[2 * points];
        for (int i = 0; i < points; i++)
        {
            int left = (i + points - 1) % points, right = (i + 1) % points;
            initial[i] = 1 + Math.Sin(2 * Math.PI * i / (points - 1));
            initial[points + i] = 3;
            var u2v = y[i] * y[i] * y[points + i];
            rates[i] = 1 + u2v - 4 * y[i] + d * (y[left] + y[right] - 2 * y[i]);
            rates[points + i] = 3 * y[i] - u2v + d * (y[points + left] + y[points + right] - 2 * y[points + i]);
        }

        return System($"Brusselator, ring of {points}", initial, rates);
    }

    /// <summary>
    /// The Brusselator on a torus of N × N points as the SciML problem library has it: A = 3.4, B = 1, α = 10 over the squared
    /// spacing 1/(N − 1); a source switched on at t = 1.1 inside a disc. Order u by rows, then v.
    /// </summary>
    public static EquationSystem BrusselatorTorus(int points = 32)
    {
        int cells = points * points;
        double d = 10.0 * (points - 1) * (points - 1);
        var y = States(2 * cells);
        var rates = new Expression[2 * cells];
        var initial = new double[2 * cells];
        var on = Symbol("on");
        for (int i = 0; i < points; i++)
        {
            for (int j = 0; j < points; j++)
            {
                double x1 = i / (points - 1.0), x2 = j / (points - 1.0);
                int c = i * points + j;
                int north = (i + points - 1) % points * points + j, south = (i + 1) % points * points + j;
                int west = i * points + (j + points - 1) % points, east = i * points + (j + 1) % points;
                initial[c] = 22 * Math.Pow(x2 * (1 - x2), 1.5);
                initial[cells + c] = 27 * Math.Pow(x1 * (1 - x1), 1.5);
                var (u, v) = (y[c], y[cells + c]);
                var u2v = u * u * v;
                rates[c] = 1 + u2v - 4.4 * u + d * (y[north] + y[south] + y[west] + y[east] - 4 * u);
                if (Math.Pow(x1 - 0.3, 2) + Math.Pow(x2 - 0.6, 2) <= 0.01) rates[c] += 5 * (1 - on);
                rates[cells + c] = 3.4 * u - u2v + d * (y[cells + north] + y[cells + south] + y[cells + west] + y[cells + east] - 4 * v);
            }
        }

        return System($"Brusselator, torus of {points}", initial, rates) with { Modes = [new Mode("on", Less(Time, 1.1))] };
    }

    /// <summary>
    /// Transistor amplifier: a differential-algebraic system of index 1 with a constant mass matrix that is not diagonal.
    /// </summary>
    public static EquationSystem Transistor()
    {
        const double ub = 6, uf = 0.026, α = 0.99, β = 1e-6, r0 = 1000, r = 9000;
        var y = States(8);
        var signal = 0.1 * Sin(200 * Math.PI * Time);
        var first = β * (Exp((y[1] - y[2]) / uf) - 1);
        var second = β * (Exp((y[4] - y[5]) / uf) - 1);
        double[] c = [1e-6, 2e-6, 3e-6, 4e-6, 5e-6];
        return System("transistor amplifier", [0, 3, 3, 6, 3, 3, 6, 0],
        [
            (y[0] - signal) / r0,
            y[1] / r + (y[1] - ub) / r + (1 - α) * first,
            y[2] / r - first,
            (y[3] - ub) / r + α * first,
            y[4] / r + (y[4] - ub) / r + (1 - α) * second,
            y[5] / r - second,
            (y[6] - ub) / r + α * second,
            y[7] / r,
        ]) with
        {
            Mass =
            [
                new(0, 0, -c[0]), new(0, 1, c[0]), new(1, 0, c[0]), new(1, 1, -c[0]), new(2, 2, -c[1]),
                new(3, 3, -c[2]), new(3, 4, c[2]), new(4, 3, c[2]), new(4, 4, -c[2]), new(5, 5, -c[3]),
                new(6, 6, -c[4]), new(6, 7, c[4]), new(7, 6, c[4]), new(7, 7, -c[4]),
            ],
        };
    }

    /// <summary>A system of the states y1, y2, … with these initial values and rates.</summary>
    public static EquationSystem System(string name, double[] initial, Expression[] rates) => new()
    {
        Name = name,
        States = [.. initial.Select((value, i) => new StateVariable($"y{i + 1}", "", value, rates[i]))],
        Parameters = ImmutableArray<ParameterDefinition>.Empty,
    };

    /// <summary>The symbols y1, y2, ….</summary>
    public static Expression[] States(int count) => [.. Enumerable.Range(1, count).Select(i => Symbol($"y{i}"))];
}
