using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Unit.Networks;

/// <summary>One network at many places, with exchange between neighbours: against closed forms and laws.</summary>
public class SpaceTests
{
    private const double R = PhysicalConstants.CodataGasConstant, T = 300, D = 0.7, Spacing = 0.5, Volume = 2;

    [Theory]
    [InlineData(0, 4)] // lines: 4 places, 3 bonds
    [InlineData(1, 5)] // rings
    [InlineData(2, 12)] // sheets of 4 by 3: 3·3 + 4·2 bonds
    [InlineData(3, 12)] // tori
    public void Each_bond_between_neighbours_is_there_once(int shape, int places)
    {
        var grid = shape switch { 0 => Grid.Line(4), 1 => Grid.Ring(5), 2 => Grid.Sheet(4, 3), _ => Grid.Torus(4, 3) };
        int[] bonds = [3, 5, (3 * 3) + (4 * 2), 2 * 12];
        Assert.Equal(places, grid.Places.Length);
        Assert.Equal(bonds[shape], grid.Bonds.Length);
        Assert.Equal(bonds[shape], grid.Bonds.Select(b => (Math.Min(b.From.Index, b.To.Index), Math.Max(b.From.Index, b.To.Index))).Distinct().Count());
        Assert.All(grid.Bonds, b => Assert.NotEqual(b.From, b.To));
    }

    [Fact]
    public void Two_places_of_a_ring_are_neighbours_once() => Assert.Single(Grid.Ring(2).Bonds);

    [Fact]
    public void A_place_has_a_name_a_position_and_noise_of_its_own()
    {
        var grid = Grid.Sheet(4, 3, Spacing);
        var place = grid.Places[6];
        Assert.Equal((2, 1, "[2,1]", 1.25, 0.75), (place.Column, place.Row, place.Suffix, place.X, place.Y));
        Assert.Equal("X[2,1]", grid.NameAt("X", 2, 1));
        Assert.Equal(place.Noise(7), Grid.Sheet(4, 3).Places[6].Noise(7));
        var noise = Grid.Line(1000).Places.Select(p => p.Noise(7)).ToArray();
        Assert.All(noise, x => Assert.InRange(x, -1, 1));
        Assert.Equal(0, noise.Average(), 4 / Math.Sqrt(3 * 1000)); // four standard errors
        Assert.Equal(1000, noise.Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_cosine_on_a_closed_line_decays_at_the_rate_of_its_wave_number(int mode)
    {
        const int places = 24;
        double k = Math.PI * mode / (places * Spacing), rate = D * (2 - (2 * Math.Cos(k * Spacing))) / (Spacing * Spacing), end = 1 / rate;
        double Start(Place p) => 1 + (0.5 * Math.Cos(k * p.X));
        var grid = Grid.Line(places, Spacing);
        var (solution, ledger) = Diffuse(grid, Start, end);
        double left = Math.Exp(-1), change = 0;
        foreach (var place in grid.Places)
        {
            double exact = 1 + ((Start(place) - 1) * left);
            Assert.Equal(exact, solution.ObservableColumn("c" + place.Suffix)[^1], 1e-8);
            change += Volume * R * T * ((exact * Math.Log(exact)) - (Start(place) * Math.Log(Start(place)))); // Σ c does not change
        }
        Assert.Equal(places * Volume, grid.Places.Sum(p => Volume * solution.ObservableColumn("c" + p.Suffix)[^1]), 1e-10);
        Assert.Equal(-change, ledger.Dissipated, 1e-7 * -change);
        Assert.Equal(-change, Assert.Single(ledger.Processes).Power, 1e-7 * -change);
        Assert.InRange(ledger.ClosureResidual, 0, 1e-8);
    }

    [Fact]
    public void A_wave_on_a_torus_decays_by_both_axes()
    {
        const int columns = 8, rows = 6;
        double kx = 2 * Math.PI / (columns * Spacing), ky = 2 * 2 * Math.PI / (rows * Spacing);
        double rate = D * (4 - (2 * Math.Cos(kx * Spacing)) - (2 * Math.Cos(ky * Spacing))) / (Spacing * Spacing);
        var grid = Grid.Torus(columns, rows, Spacing);
        var (solution, _) = Diffuse(grid, p => 1 + (0.3 * Math.Sin((kx * p.X) + (ky * p.Y))), 0.1);
        foreach (var place in grid.Places)
            Assert.Equal(1 + (0.3 * Math.Sin((kx * place.X) + (ky * place.Y)) * Math.Exp(-rate * 0.1)), solution.ObservableColumn("c" + place.Suffix)[^1], 1e-8);
    }

    [Fact]
    public void Places_that_are_alike_dissipate_as_one_does()
    {
        const int places = 7;
        var one = Reactor(null);
        var ring = Reactor(Grid.Ring(places));
        Assert.Equal(["inflow", "autocatalysis", "outflow", "diffusion_X"], ring.Ledger.Processes.Select(p => p.Name));
        Assert.Equal(0, ring.Ledger.Processes[^1].Power, 1e-12 * ring.Ledger.Activity);
        for (int i = 0; i < 3; i++)
        {
            var (single, sum) = (one.Ledger.Processes[i], ring.Ledger.Processes[i]);
            Assert.Equal(single.Power * places, sum.Power, 1e-7 * sum.Power);
            Assert.Equal(single.Extent * places, sum.Extent, 1e-7 * Math.Abs(sum.Extent));
            Assert.Equal(single.FinalFlux * places, sum.FinalFlux, 1e-7 * Math.Abs(sum.FinalFlux));
            Assert.Equal((single.Equation, places, 1), (sum.Equation, sum.Places, single.Places));
        }
        Assert.Equal(one.Ledger.Supplied * places, ring.Ledger.Supplied, 1e-7 * ring.Ledger.Supplied);
        Assert.Equal(one.Ledger.Supplies.Select(s => s.Name), ring.Ledger.Supplies.Select(s => s.Name));
        Assert.Contains("summed over places", ring.Ledger.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_a_ledger_are_those_of_its_lines()
    {
        var (solution, ledger, account) = Reactor(Grid.Ring(5));
        var values = solution.Kernel.System.Quadratures.Select((q, i) => (q.Name, solution.FinalState[solution.Kernel.StateCount + i])).ToDictionary(q => q.Name, q => q.Item2);
        double Number(string name)
        {
            var number = account.Numbers().Single(n => n.Name == name);
            return number.Formula([.. number.Inputs.Select(i => values[i])]);
        }
        Assert.Equal(ledger.Processes[1].Power, Number("autocatalysis.dissipated"), 1e-12 * ledger.Activity);
        Assert.Equal(ledger.Processes[^1].Power, Number("diffusion_X.dissipated"), 1e-12 * ledger.Activity);
    }

    [Fact]
    public void Charge_spreads_along_a_line_of_capacitors_by_Ohms_law()
    {
        const int places = 10;
        const double C = 2, g = 3;
        double k = Math.PI / places, rate = g / C * (2 - (2 * Math.Cos(k)));
        var grid = Grid.Line(places);
        var b = new NetworkBuilder("line") { AmountUnit = "C" };
        b.Replicate(grid, place => b.Store("V", C * Math.Cos(k * place.X), q => q * q / (2 * C), "C", "V"));
        b.Exchange(grid, "axial", "V", FluxLaw.Ohm(g), unit: "A");
        var (solution, ledger, _) = Solve(b.Build(), 1);
        double Energy(double t) => grid.Places.Sum(p => C * Math.Pow(Math.Cos(k * p.X) * Math.Exp(-rate * t), 2) / 2);
        foreach (var place in grid.Places) Assert.Equal(Math.Cos(k * place.X) * Math.Exp(-rate), solution.ObservableColumn("V" + place.Suffix)[^1], 1e-8);
        Assert.Equal(Energy(0) - Energy(1), ledger.Dissipated, 1e-7);
    }

    [Fact]
    public void Ions_that_move_inside_carry_charge_from_one_membrane_to_the_next()
    {
        var grid = Grid.Ring(4);
        var b = new NetworkBuilder("ring of membranes");
        b.Temperature = b.Parameter("T", T, "K");
        var outside = b.Compartment("outside", 1);
        b.Replicate(grid, place =>
        {
            var inside = b.Compartment("inside", 1);
            b.Membrane("potential", [outside], [inside], 1e5, 0.02 * place.Column);
            b.Species("K", inside, 0.1, charge: 1, standardPotential: 0);
        });
        b.Exchange(grid, "axial", "K", FluxLaw.GoldmanHodgkinKatz(0.5));
        var network = b.Build();
        Assert.Equal(4, network.Processes.Length);
        var (solution, ledger, _) = Solve(network, 5);
        double Charge(int row) => grid.Places.Sum(p => 1e5 * solution.ObservableColumn("potential" + p.Suffix)[row]);
        double Amount(int row) => grid.Places.Sum(p => solution.ObservableColumn("K" + p.Suffix)[row]);
        Assert.Equal(Charge(0), Charge(solution.RowCount - 1), 1e-6);
        Assert.Equal(Amount(0), Amount(solution.RowCount - 1), 1e-12);
        // A membrane gains, by what leaves its inside, F for each mole.
        double gained = 1e5 * (solution.ObservableColumn("potential[0]")[^1] - solution.ObservableColumn("potential[0]")[0]);
        double lost = solution.ObservableColumn("K[0]")[0] - solution.ObservableColumn("K[0]")[^1];
        Assert.Equal(PhysicalConstants.CodataFaraday * lost, gained, 1e-6);
        Assert.True(ledger.Dissipated > 0);
        Assert.Equal(-ledger.StoredChange, ledger.Dissipated, 1e-6 * ledger.Dissipated);
    }

    [Fact]
    public void Rules_and_events_of_a_place_mean_what_is_there()
    {
        var grid = Grid.Line(3);
        var b = new NetworkBuilder("rules");
        b.Parameter("speed", 2);
        b.Replicate(grid, place =>
        {
            b.Parameter("start", place.Column);
            b.Variable("x", Expression.Symbol("start" + place.Suffix));
            b.Rate("x", Expression.Symbol("speed"));
            b.When("reset", Expression.LessOrEqual(1, Expression.Time), [new EventAssignment("x", 10 * place.Column)], trueBeforeStart: false);
            b.Define("double", 2 * Expression.Symbol("x" + place.Suffix));
        });
        var solution = Ode.Solve(new InitialValueProblem(Protonmotive.Kernels.Kernel.Compile(b.Build().Lower()), 0, 2), new Tsit5(), new Tolerance(1e-8));
        for (int i = 0; i < 3; i++) Assert.Equal(2 * ((10 * i) + 2), solution.ObservableColumn($"double[{i}]")[^1], 1e-7);
    }

    [Fact]
    public void What_can_not_be_in_space_is_refused_by_name()
    {
        var b = new NetworkBuilder("wrong");
        var grid = Grid.Line(2);
        Assert.Contains("'X' is not at the place [0]", Assert.Throws<NetworkException>(() => b.Exchange(grid, "flow", "X", FluxLaw.Fick(1))).Message, StringComparison.Ordinal);
        Assert.Contains("within [0]", Assert.Throws<NetworkException>(() => b.Replicate(grid, _ => b.Replicate(grid, _ => { }))).Message, StringComparison.Ordinal);
        Assert.Throws<NetworkException>(() => Grid.Sheet(0, 4));
        Assert.Throws<NetworkException>(() => Grid.Sheet(100_000, 100_000));
        Assert.Throws<NetworkException>(() => Grid.Line(4, 0));
        Assert.Contains("shared", Assert.Throws<NetworkException>(() => b.Replicate(grid, _ => b.Perceptron("n", [], []))).Message, StringComparison.Ordinal);
    }

    private static (Solution Solution, Ledger Ledger) Diffuse(Grid grid, Func<Place, double> start, double end)
    {
        var b = new NetworkBuilder("diffusion");
        b.Temperature = b.Parameter("T", T, "K");
        var slice = b.Compartment("slice", Volume);
        b.Replicate(grid, place => b.Species("c", slice, start(place), standardPotential: 1000));
        b.Diffusion(grid, "c", b.Parameter("D", D));
        var (solution, ledger, _) = Solve(b.Build(), end);
        return (solution, ledger);
    }

    private static (Solution Solution, Ledger Ledger, Account Account) Reactor(Grid? grid)
    {
        var b = new NetworkBuilder("reactor");
        b.Temperature = b.Parameter("T", T, "K");
        var vessel = b.Compartment("vessel", 1);
        b.Reservoir("A", vessel, 2, standardPotential: 10_000);
        b.Reservoir("E", vessel, 0.1, standardPotential: -20_000);
        void Declare()
        {
            b.Species("X", vessel, 0.5, standardPotential: 0);
            b.Process("inflow", ProcessKind.Reaction, "A <-> X", FluxLaw.MarcelinDeDonder(1e-3));
            b.Process("autocatalysis", ProcessKind.Reaction, "A + X <-> 2 X", FluxLaw.MarcelinDeDonder(1e-2));
            b.Process("outflow", ProcessKind.Reaction, "X <-> E", FluxLaw.MarcelinDeDonder(0.1));
        }
        if (grid is null) Declare();
        else b.Replicate(grid, _ => Declare()).Diffusion(grid, "X", D);
        return Solve(b.Build(), 3);
    }

    private static (Solution Solution, Ledger Ledger, Account Account) Solve(Network network, double end)
    {
        var account = Account.Of(network);
        var solution = Ode.Solve(new InitialValueProblem(account.Compile(), 0, end), new Rodas5P(), new Tolerance(1e-10, 1e-13), SolveOptions.Default, OutputTimes.Uniform(3));
        return (solution, account.Read(solution), account);
    }
}
