using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Tests.Unit.Solvers.Langevin;

/// <summary>Small systems in a heat bath.</summary>
internal static class PathModels
{
    public const double Stiffness = 2, Friction = 0.5, ThermalEnergy = 0.7, Mass = 1.5;

    /// <summary>G = ½kx², ẋ = −kx/γ + noise: Ornstein and Uhlenbeck's process.</summary>
    public static Network Trap(double start = 0, bool isAtRest = false)
    {
        var b = new NetworkBuilder("trap");
        var k = b.Parameter("k", Stiffness, "N/m");
        var from = isAtRest ? b.Draw(new Draw("x_0", Distribution.Normal, [0, Expression.Sqrt(b.Parameter("kT", ThermalEnergy, "J") / k)])) : b.Parameter("x_0", start, "m").Symbol;
        b.Store("x", from, x => k * x * x / 2, "m", "N", face: x => x);
        b.Process("drag", ProcessKind.Leak, "x ->", FluxLaw.Ohm(1 / b.Parameter("friction", Friction, "N·s/m")), unit: "m/s");
        return b.Build();
    }

    /// <summary>A mass on a spring in a fluid: underdamped.</summary>
    public static Network Oscillator(double friction = Friction)
    {
        var b = new NetworkBuilder("oscillator");
        var x = b.Store("x", 1, x => Stiffness * x * x / 2, "m", "N", face: x => x);
        var p = b.Store("p", 0, p => p * p / (2 * Mass), "N·s", "m/s");
        b.Gyrator("inertia", p, x, 1);
        b.Process("drag", ProcessKind.Leak, "p ->", FluxLaw.Ohm(b.Parameter("friction", friction, "N·s/m")), unit: "N");
        return b.Build();
    }

    /// <summary>G = ½k(x − vt)²: a trap dragged at constant speed, from equilibrium.</summary>
    public static Network Dragged(double speed)
    {
        var b = new NetworkBuilder("dragged trap");
        var x0 = b.Draw(new Draw("x_0", Distribution.Normal, [0, Math.Sqrt(ThermalEnergy / Stiffness)]));
        var v = b.Parameter("v", speed, "m/s");
        b.Store("x", x0, x => Stiffness * Expression.Power(x - (v * Expression.Time), 2) / 2, "m", "N", face: x => x);
        b.Process("drag", ProcessKind.Leak, "x ->", FluxLaw.Ohm(1 / Friction), unit: "m/s");
        return b.Build();
    }

    /// <summary>G = x⁴/4 with a mobility that depends on the place, or not.</summary>
    public static Network Quartic(Func<Expression, Expression>? mobility = null, double start = 0.5)
    {
        var b = new NetworkBuilder("quartic");
        var x = b.Store("x", start, x => Expression.Power(x, 4) / 4, "m", "N", face: x => x);
        b.Process("drag", ProcessKind.Leak, "x ->", FluxLaw.Ohm(mobility?.Invoke(x.Symbol) ?? 1), unit: "m/s");
        return b.Build();
    }
}
