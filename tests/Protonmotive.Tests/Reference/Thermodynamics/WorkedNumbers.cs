using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Reference.Thermodynamics;

/// <summary>The worked numbers of reference/thermodynamics.md, section 9, computed there in double precision from the closed forms.</summary>
public class WorkedNumbers
{
    private const double R = 8.31446261815324, F = 96485.33212331;

    [Theory]
    [InlineData(298.15, 2478.95703, 5708.00950, 25.6925791, 59.1593497)]
    [InlineData(310.15, 2578.73058, 5937.74659, 26.7266591, 61.5404069)]
    public void Thermal_energies(double T, double RT, double RTln10, double RTF, double decade)
    {
        var constants = new PhysicalConstants(PhysicalConstants.CodataGasConstant, T, PhysicalConstants.CodataFaraday);
        double value = constants.ThermalEnergy.Value;
        Assert.Equal(RT, value, 1e-5);
        Assert.Equal(RTln10, value * Math.Log(10), 1e-5);
        Assert.Equal(RTF, 1000 * value / PhysicalConstants.CodataFaraday, 1e-7);
        Assert.Equal(decade, 1000 * value * Math.Log(10) / PhysicalConstants.CodataFaraday, 1e-7);
    }

    [Theory]
    [InlineData(310.15, 5, 0.5, 1, -54250.99)]
    [InlineData(298.15, 5, 0.5, 1, -53332.04)]
    [InlineData(298.15, 2.25, 0.25, 1.65, -51829.45)]
    public void ATP_hydrolysis(double T, double ATP, double ADP, double Pi, double ΔG) =>
        Assert.Equal(-ΔG, Probe.At0(Hydrolysis(T, ATP, ADP, Pi), "affinity.hydrolysis"), 0.01);

    [Fact]
    public void ATP_equilibrium_constant() => Assert.Equal(2.2048e5, Math.Exp(30500 / (R * 298.15)), 1e1);

    [Theory]
    [InlineData(310.15, 0.150, -0.75, 18926.11, 196.15531)]
    [InlineData(298.15, 0.140, -1.4, 21499.16, 222.82309)]
    public void Proton_motive_force(double T, double Δψ, double ΔpH, double joules, double millivolts)
    {
        var network = ProtonMembrane(T, Δψ, ΔpH);
        double A = Probe.At0(network, "affinity.leak");
        Assert.Equal(joules, A, 0.01);
        Assert.Equal(millivolts, 1000 * A / F, 1e-5);
    }

    [Theory]
    [InlineData(8.0 / 3, 46312.96, 1.1714)]
    [InlineData(10.0 / 3, 57891.20, 0.93712)]
    [InlineData(11.0 / 3, 63680.32, 0.85193)]
    [InlineData(4, 69469.44, 0.78093)]
    public void ATP_synthase_against_54_kilojoules(double n, double input, double efficiency)
    {
        // n H⁺ at 180 mV against the first hydrolysis energy.
        double A = Probe.At0(ProtonMembrane(310.15, 0.180, 0), "affinity.leak"), load = Probe.At0(Hydrolysis(310.15, 5, 0.5, 1), "affinity.hydrolysis");
        Assert.Equal(input, n * A, 0.01);
        Assert.Equal(efficiency, load / (n * A), 5e-5);
    }

    [Fact]
    public void NADH_to_half_oxygen()
    {
        double fall = 2 * F * (0.816 + 0.320), pumped = 10 * Probe.At0(ProtonMembrane(310.15, 0.190, 0), "affinity.leak");
        Assert.Equal(219214.67, fall, 0.01);
        Assert.Equal(183322.13, pumped, 0.01);
        Assert.Equal(0.836268, pumped / fall, 1e-6);
    }

    [Fact]
    public void Sodium_potassium_ATPase()
    {
        var network = CellMembrane();
        double sodium = -3 * Probe.At0(network, "affinity.sodium"), potassium = 2 * Probe.At0(network, "affinity.potassium");
        Assert.Equal(39539.17, sodium, 0.01);
        Assert.Equal(3677.77, potassium, 0.01);
        Assert.Equal(0.758192, (sodium + potassium) / 57000, 1e-6);
    }

    [Fact]
    public void Nernst_potentials()
    {
        // The affinity of K out is −F(V − E): with V = −70 mV it names E.
        var network = CellMembrane();
        Assert.Equal(-89.058694, -70 - (1000 * Probe.At0(network, "affinity.potassium") / F), 1e-6);
        Assert.Equal(66.598213, -70 - (1000 * Probe.At0(network, "affinity.sodium") / F), 1e-6);
    }

    [Fact]
    public void Goldman_flux_of_potassium()
    {
        var network = CellMembrane();
        double J = Probe.At0(network, "potassium"), A = Probe.At0(network, "affinity.potassium");
        const double T = 310.15;
        // Per unit permeability: one-way fluxes 28.8187883 out and 14.1247812 in; entropy production 87.1210086 J/K.
        Assert.Equal(28.8187883 - 14.1247812, 1000 * J, 1e-7);
        Assert.Equal(2.04029981, Math.Exp(A / (R * T)), 1e-8);
        Assert.Equal(87.1210086, 1000 * J * A / T, 1e-6);
    }

    [Fact]
    public void Relaxation_from_an_empty_store_produces_3_ln_3()
    {
        var (b, cell) = Probe.Vessel();
        b.Species("A", cell, 3, standardPotential: 0);
        b.Species("B", cell, 0, standardPotential: -R * 298.15 * Math.Log(2));
        b.Process("step", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(2, 1));
        var ledger = Probe.Ledger(b.Build(), 30);
        // Log-singular at the start; the trace concentration of 1e-12 leaves an error of that order.
        Assert.Equal(3.295836866, ledger.Dissipated / (R * 298.15), 1e-8);
        Assert.True(ledger.ClosureResidual < 1e-9);
    }

    [Theory]
    [InlineData(0.1, 10.0416893890)]
    [InlineData(1, 0.0436111231)]
    public void Relaxation_power(double t, double entropyProduction)
    {
        double decay = Math.Exp(-3 * t), A = 1 + (2 * decay), B = 2 - (2 * decay);
        Assert.Equal(entropyProduction, Power(FluxLaw.MassAction(2, 1), A, B), 1e-9);
    }

    [Theory]
    [InlineData(2, 0.057762265046662)]
    [InlineData(1, 0)]
    public void Three_cycle(double closing, double entropyProduction)
    {
        var b = new NetworkBuilder("cycle");
        var cell = b.Compartment("cell", 1);
        b.Species("A", cell, closing == 2 ? 5.0 / 12 : 1.0 / 3);
        b.Species("B", cell, 1.0 / 3);
        b.Species("C", cell, closing == 2 ? 0.25 : 1.0 / 3);
        b.Process("one", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(1, 1));
        b.Process("two", ProcessKind.Reaction, "B <-> C", FluxLaw.MassAction(1, 1));
        b.Process("three", ProcessKind.Reaction, "C <-> A", FluxLaw.MassAction(closing, 1));
        Assert.Equal(entropyProduction, Probe.Ledger(b.Build(), 1).Dissipated_from_fluxes(), 1e-9);
    }

    [Theory]
    [InlineData(1, 11.989476363991852)]
    [InlineData(2, 38.36632436477393)]
    [InlineData(3, 64.743172365556)]
    public void Schlögl(double x, double entropyProduction)
    {
        // dx/dt = 6x² − x³ + 6 − 11x: A + 2X ⇌ 3X and B ⇌ X.
        double first = (6 * x * x) - (x * x * x), second = 6 - (11 * x);
        var b = new NetworkBuilder("Schlögl");
        var cell = b.Compartment("cell", 1);
        b.Species("X", cell, x);
        b.Reservoir("A", cell, 1);
        b.Reservoir("B", cell, 1);
        b.Process("autocatalysis", ProcessKind.Reaction, "A + 2 X <-> 3 X", FluxLaw.MassAction(6, 1));
        b.Process("exchange", ProcessKind.Reaction, "B <-> X", FluxLaw.MassAction(6, 11));
        var ledger = Probe.Ledger(b.Build(), 1e-9);
        Assert.Equal(0, first + second, 1e-12);
        Assert.Equal(entropyProduction, ledger.Dissipated_from_fluxes() / 1e-9, 1e-6);
    }

    [Theory]
    [InlineData(1.5, 1.4995004995005, 35.11183418640031)]
    [InlineData(3, 2.998001998001998, 58.49935101721083)]
    public void Reversible_Brusselator(double feed, double y, double entropyProduction)
    {
        var b = new NetworkBuilder("Brusselator");
        var cell = b.Compartment("cell", 1);
        b.Species("X", cell, 1);
        b.Species("Y", cell, y);
        foreach (var (name, level) in (ValueTuple<string, double>[])[("A", 1), ("B", feed), ("D", 1), ("E", 1)]) b.Reservoir(name, cell, level);
        b.Process("one", ProcessKind.Reaction, "A <-> X", FluxLaw.MassAction(1, 1e-3));
        b.Process("two", ProcessKind.Reaction, "B + X <-> Y + D", FluxLaw.MassAction(1, 1e-3));
        b.Process("three", ProcessKind.Reaction, "2 X + Y <-> 3 X", FluxLaw.MassAction(1, 1e-3));
        b.Process("four", ProcessKind.Reaction, "X <-> E", FluxLaw.MassAction(1, 1e-3));
        Assert.Equal(entropyProduction, Probe.Ledger(b.Build(), 1e-9).Dissipated_from_fluxes() / 1e-9, 1e-5);
    }

    [Fact]
    public void Brusselator_on_its_limit_cycle()
    {
        var b = new NetworkBuilder("Brusselator");
        var cell = b.Compartment("cell", 1);
        b.Species("X", cell, 1.5);
        b.Species("Y", cell, 2.5);
        foreach (var (name, level) in (ValueTuple<string, double>[])[("A", 1), ("B", 3), ("D", 1), ("E", 1)]) b.Reservoir(name, cell, level);
        b.Process("one", ProcessKind.Reaction, "A <-> X", FluxLaw.MassAction(1, 1e-3));
        b.Process("two", ProcessKind.Reaction, "B + X <-> Y + D", FluxLaw.MassAction(1, 1e-3));
        b.Process("three", ProcessKind.Reaction, "2 X + Y <-> 3 X", FluxLaw.MassAction(1, 1e-3));
        b.Process("four", ProcessKind.Reaction, "X <-> E", FluxLaw.MassAction(1, 1e-3));
        var account = Account.Of(b.Build());
        var kernel = account.Compile();
        var settled = Ode.Solve(new InitialValueProblem(kernel, 0, 300), new Rodas5P(), new Tolerance(1e-10, 1e-12), OutputTimes.EndOnly);
        const double tenPeriods = 71.2802736;
        var cycle = Ode.Solve(new InitialValueProblem(kernel, 0, tenPeriods) { InitialState = [.. settled.FinalState.Take(2)] }, new Rodas5P(), new Tolerance(1e-10, 1e-12), OutputTimes.EndOnly);
        Assert.Equal(settled.FinalState[0], cycle.FinalState[0], 1e-5);    // back after ten periods
        Assert.Equal(58.496874, account.Read(cycle).Dissipated_from_fluxes() / tenPeriods, 1e-5);
    }

    [Theory]
    [InlineData(0.5, 0.0717967697)]
    [InlineData(0.9, 0.3928644584)]
    [InlineData(0.95, 0.5240999448)]
    [InlineData(0.97, 0.6088746612)]
    public void Kedem_Caplan_best_efficiency(double coupling, double efficiency)
    {
        // Two linear ports in the engine: J₁ = X₁ + q X₂ (load), J₂ = q X₁ + X₂ (drive), with Z = 1; the load is scanned.
        double best = 0;
        for (double load = -0.999; load < 0; load += 1e-3)
        {
            var b = new NetworkBuilder("two ports");
            var X1 = b.PotentialReservoir("load", load, "J/mol");
            var X2 = b.PotentialReservoir("drive", 1, "J/mol");
            b.PotentialReservoir("sink", 0, "J/mol");
            b.Process("out", ProcessKind.Pump, "load <-> sink", FluxLaw.Formula(X1 + (coupling * X2)));
            b.Process("in", ProcessKind.Conductor, "drive <-> sink", FluxLaw.Formula((coupling * X1) + X2));
            var network = b.Build();
            double output = -Probe.At0(network, "out") * Probe.At0(network, "affinity.out"), input = Probe.At0(network, "in") * Probe.At0(network, "affinity.in");
            best = Math.Max(best, output / input);
        }
        Assert.Equal(efficiency, best, 1e-6); // the scan of 1e-3 meets the flat top to its square
    }

    [Fact]
    public void EGFR_loop_makes_free_energy_from_nothing()
    {
        // The rate constants as shipped: two ways from one complex to another, by steps 15 and 17 or by 21 and 18.
        var k = File.ReadLines(SharedData.Path("bionetgen", "egfr_net.net")).Select(l => l.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(w => w.Length >= 3 && w[1].StartsWith('k')).GroupBy(w => w[1]).ToDictionary(g => g.Key, g => double.Parse(g.First()[2], System.Globalization.CultureInfo.InvariantCulture));
        var b = new NetworkBuilder("EGFR loop 2") { Temperature = 298.15 };
        var cell = b.Compartment("cell", 1);
        foreach (var name in (string[])["A", "B", "C", "D"]) b.Species(name, cell, 1);
        foreach (var (step, equation) in (ValueTuple<int, string>[])[(15, "A <-> B"), (17, "B <-> C"), (21, "A <-> D"), (18, "D <-> C")])
            b.Process($"r{step}", ProcessKind.Reaction, equation, FluxLaw.MassAction(k[$"kp{step}"], k[$"km{step}"]));
        var w = Audit.Check(b.Build()).Wegscheider!;
        Assert.Equal(4, w.Cycle.Length);
        Assert.Equal(Math.Log(10), w.CycleAffinity, 1e-6);
        Assert.Equal(5.70801, w.CycleEnergy!.Value, 1e-4);
    }

    [Fact]
    public void Reversible_Michaelis_Menten()
    {
        var b = new NetworkBuilder("MM");
        var cell = b.Compartment("cell", 1);
        double s = 3, p = 1, k1 = 10, k1r = 5, k2 = 2, k2r = 0.5, E = (k1r + k2) / (k1r + k2 + (k1 * s) + (k2r * p));
        b.Reservoir("S", cell, s);
        b.Reservoir("P", cell, p);
        b.Species("E", cell, E);
        b.Species("ES", cell, 1 - E);
        b.Process("bind", ProcessKind.Reaction, "E + S <-> ES", FluxLaw.MassAction(k1, k1r));
        b.Process("turn", ProcessKind.Reaction, "ES <-> E + P", FluxLaw.MassAction(k2, k2r));
        var network = b.Build();
        Assert.Equal(1.5333333333, Probe.At0(network, "bind"), 1e-9);
        Assert.Equal(4.873015873200184, Probe.Ledger(network, 1).Dissipated_from_fluxes(), 1e-8);
    }

    [Fact]
    public void Two_bodies()
    {
        var b = new NetworkBuilder("bodies") { AmbientTemperature = 300 };
        b.HeatStore("hot", 1, 400);
        b.HeatStore("cold", 1, 300);
        b.Process("contact", ProcessKind.Conductor, "hot <-> cold", FluxLaw.Fourier(1), unit: "W");
        var network = b.Build();
        Assert.Equal(0.0833333333, Probe.At0(network, "contact") * Probe.At0(network, "affinity.contact") / 300, 1e-9);
        Assert.Equal(0.0206192872, Probe.Ledger(network, 50).Dissipated / 300, 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public void Two_capacitors_lose_a_quarter_joule_through_any_resistor(double resistance)
    {
        var b = new NetworkBuilder("capacitors");
        b.Store("left", 1, q => q * q / 2, "C", "V");
        b.Store("right", 0, q => q * q / 2, "C", "V");
        b.Process("wire", ProcessKind.Conductor, "left <-> right", FluxLaw.Ohm(1 / resistance), unit: "A");
        var ledger = Probe.Ledger(b.Build(), 40 * resistance);
        Assert.Equal(0.25, ledger.Dissipated, 1e-9);
        Assert.True(ledger.ClosureResidual < 1e-9);
    }

    [Fact]
    public void Diffusion_into_an_empty_litre()
    {
        var b = new NetworkBuilder("diffusion") { Temperature = 298.15 };
        b.Species("left", b.Compartment("L", 1), 1, standardPotential: 0);
        b.Species("right", b.Compartment("R", 1), 0, standardPotential: 0);
        b.Process("flow", ProcessKind.Conductor, "left <-> right", FluxLaw.Fick(1));
        Assert.Equal(1718.2820758, Probe.Ledger(b.Build(), 30).Dissipated, 1e-6);
    }

    /// <summary>A·J/(RT) of A ⇌ B with potentials that fit 2 and 1, at given amounts.</summary>
    private static double Power(FluxLaw law, double A, double B)
    {
        var (b, cell) = Probe.Vessel();
        b.Species("A", cell, A, standardPotential: 0);
        b.Species("B", cell, B, standardPotential: -R * 298.15 * Math.Log(2));
        b.Process("step", ProcessKind.Reaction, "A <-> B", law);
        var network = b.Build();
        return Probe.At0(network, "step") * Probe.At0(network, "affinity.step") / (R * 298.15);
    }

    private static Network Hydrolysis(double T, double ATP, double ADP, double Pi)
    {
        var (b, cell) = Probe.Vessel(T);
        b.Species("ATP", cell, ATP * 1e-3, standardPotential: 30500);
        b.Species("ADP", cell, ADP * 1e-3, standardPotential: 0);
        b.Species("Pi", cell, Pi * 1e-3, standardPotential: 0);
        b.Process("hydrolysis", ProcessKind.Reaction, "ATP <-> ADP + Pi", FluxLaw.MassAction(1, 1));
        return b.Build();
    }

    private static Network ProtonMembrane(double T, double Δψ, double ΔpH)
    {
        var b = new NetworkBuilder("protons") { Temperature = T };
        var (P, N) = (b.Compartment("P", 1), b.Compartment("N", 1));
        b.Membrane("DeltaPsi", [P], [N], 1, Δψ, clamped: true);
        b.Reservoir("H_P", P, Math.Pow(10, -7 - ΔpH), 1, 0.0);
        b.Reservoir("H_N", N, 1e-7, 1, 0.0);
        b.Process("leak", ProcessKind.Leak, "H_P <-> H_N", FluxLaw.Ohm(1));
        return b.Build();
    }

    /// <summary>A cell at −70 mV: Na 12 in, 145 out; K 140 in, 5 out (mM). The inside is the P side here, so ΔΨ is V.</summary>
    private static Network CellMembrane()
    {
        var b = new NetworkBuilder("cell") { Temperature = 310.15 };
        var (inside, outside) = (b.Compartment("inside", 1), b.Compartment("outside", 1));
        b.Membrane("V", [inside], [outside], 1, -0.070, clamped: true);
        foreach (var (name, i, o) in (ValueTuple<string, double, double>[])[("Na", 0.012, 0.145), ("K", 0.140, 0.005)])
        {
            b.Reservoir(name + "_in", inside, i, 1, 0.0);
            b.Reservoir(name + "_out", outside, o, 1, 0.0);
        }
        b.Process("sodium", ProcessKind.Channel, "Na_in <-> Na_out", FluxLaw.GoldmanHodgkinKatz(1));
        b.Process("potassium", ProcessKind.Channel, "K_in <-> K_out", FluxLaw.GoldmanHodgkinKatz(1));
        return b.Build();
    }
}
