using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Langevin;
using Protonmotive.Solvers.Stochastic;
using Protonmotive.Symbolics;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Unit.Solvers.Langevin;

/// <summary>Paths in a heat bath: moments against closed forms, orders, equipartition, books of each path, threads.</summary>
public sealed class PathEnsembleTests
{
    private const double kT = PathModels.ThermalEnergy, Rate = PathModels.Stiffness / PathModels.Friction;

    [Fact]
    public void Mean_variance_and_autocorrelation_of_a_trapped_particle_are_the_closed_forms()
    {
        // x(t) = x₀e^(−κt): mean; kT/k (1 − e^(−2κt)): variance; kT/k (e^(−κs) − e^(−κ(2t+s))): covariance of x(t) and x(t + s); κ = k/γ.
        const int paths = 5000;
        var kernel = LangevinKernel.Compile(PathModels.Trap(3), kT, "x");
        Assert.True(kernel.IsLinear && kernel.IsAdditive);
        var ensemble = PathEnsemble.Run(new LangevinProblem(kernel, 0, 1, 100), paths, 7, [0.25, 0.5, 1]);
        double atRest = kT / PathModels.Stiffness;
        for (int row = 0; row < 3; row++)
        {
            double t = ensemble.Times[row], variance = atRest * (1 - Math.Exp(-2 * Rate * t));
            Assert.Equal(3 * Math.Exp(-Rate * t), ensemble.Mean("x")[row], 4.5 * Math.Sqrt(variance / paths));
            Assert.Equal(variance, Math.Pow(ensemble.StandardDeviation("x")[row], 2), 4.5 * variance * Math.Sqrt(2.0 / paths));
        }
        var early = ensemble.Sample("x", 0);
        var late = ensemble.Sample("x", 1);
        double covariance = 0;
        for (int i = 0; i < paths; i++) covariance += (early[i] - ensemble.Mean("x")[0]) * (late[i] - ensemble.Mean("x")[1]) / (paths - 1);
        Assert.Equal(atRest * (Math.Exp(-Rate * 0.25) - Math.Exp(-Rate * 0.75)), covariance, 4.5 * atRest / Math.Sqrt(paths));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void The_variance_at_rest_is_exact_for_any_step(int steps)
    {
        // Steps of up to κh = 8: an explicit method would explode beyond 2.
        const int paths = 20_000;
        var kernel = LangevinKernel.Compile(PathModels.Trap(isAtRest: true), Expression.Symbol("kT"), "x");
        var ensemble = PathEnsemble.Run(new LangevinProblem(kernel, 0, 2, steps), paths, 3);
        double variance = kT / PathModels.Stiffness;
        Assert.Equal(variance, Math.Pow(ensemble.StandardDeviation("x")[1], 2), 4.5 * variance * Math.Sqrt(2.0 / paths));
    }

    [Fact]
    public void Position_and_momentum_share_the_thermal_energy_equally()
    {
        // ⟨½kx²⟩ = ⟨p²/2m⟩ = ½kT after many relaxation times, and ⟨xp⟩ = 0.
        const int paths = 4000;
        var ensemble = PathEnsemble.Run(new LangevinProblem(LangevinKernel.Compile(PathModels.Oscillator(), kT, "x", "p.content"), 0, 20, 200), paths, 11);
        double spread = 4.5 * Math.Sqrt(2.0 / paths);
        Assert.Equal(1, PathModels.Stiffness * Second("x", "x") / kT, spread);
        Assert.Equal(1, Second("p.content", "p.content") / PathModels.Mass / kT, spread);
        Assert.Equal(0, Second("x", "p.content") / Math.Sqrt(Second("x", "x") * Second("p.content", "p.content")), spread);

        double Second(string one, string other)
        {
            var a = ensemble.Sample(one, 1);
            var b = ensemble.Sample(other, 1);
            double sum = 0;
            for (int i = 0; i < paths; i++) sum += a[i] * b[i] / paths;
            return sum;
        }
    }

    [Fact]
    public void Without_friction_an_oscillator_keeps_its_energy_to_rounding()
    {
        var ensemble = PathEnsemble.Run(new LangevinProblem(LangevinKernel.Compile(PathModels.Oscillator(0), kT, "x"), 0, 100, 500), 1, 1);
        Assert.Equal(ensemble.StoredAtStart[0], ensemble.StoredAtEnd[0], 1e-12);
        Assert.Equal(0, ensemble.Heat("inertia")[0], 1e-12);
    }

    [Fact]
    public void Strong_order_is_one_on_the_same_noise()
    {
        // The same noise at h, h/2, …: errors at the end against a path at least 32 times finer, mean over paths. Nonlinear drift, additive noise; then multiplicative.
        foreach (var network in new[] { PathModels.Quartic(), PathModels.Quartic(x => 1 + (Expression.Power(Expression.Sin(x), 2) / 2)) })
        {
            var kernel = LangevinKernel.Compile(network, kT, "x");
            var fine = PathEnsemble.Run(new LangevinProblem(kernel, 0, 1, 512), 300, 5).Sample("x", 1).ToArray();
            double[] errors = [.. new[] { 4, 8, 16 }.Select(steps =>
            {
                var coarse = PathEnsemble.Run(new LangevinProblem(kernel, 0, 1, steps), 300, 5, null, new LangevinOptions { NoiseParts = 512 / steps }).Sample("x", 1);
                double sum = 0;
                for (int i = 0; i < fine.Length; i++) sum += Math.Abs(coarse[i] - fine[i]) / fine.Length;
                return sum;
            })];
            Assert.InRange(Math.Log2(errors[0] / errors[2]) / 2, 0.85, 1.35);
        }
    }

    [Fact]
    public void Weak_order_is_two_for_additive_noise()
    {
        // ⟨x²⟩ on common noise: the difference from a run of 32 steps, of which most of the Monte-Carlo error cancels (7 and 14 % are left).
        const int paths = 40_000, fine = 32;
        var kernel = LangevinKernel.Compile(PathModels.Quartic(start: 1), kT, "x");
        var expected = PathEnsemble.Run(new LangevinProblem(kernel, 0, 1, fine), paths, 9).Sample("x", 1).ToArray();
        double Bias(int steps) => PathEnsemble.Run(new LangevinProblem(kernel, 0, 1, steps), paths, 9, null, new LangevinOptions { NoiseParts = fine / steps }).Sample("x", 1).ToArray()
            .Zip(expected, (a, b) => (a * a) - (b * b)).Average();
        Assert.InRange(Math.Log2(Bias(2) / Bias(4)), 1.5, 2.5);
    }

    [Fact]
    public void A_mobility_that_depends_on_the_place_leaves_the_equilibrium_where_it_is()
    {
        // ⟨x²⟩ under exp(−x⁴/4kT): √(4kT) Γ(3/4)/Γ(1/4). Itô's reading of the noise alone would give another number.
        const int paths = 5000;
        var kernel = LangevinKernel.Compile(PathModels.Quartic(x => 0.2 + (2 * x * x)), kT, "x");
        Assert.False(kernel.IsAdditive);
        var ensemble = PathEnsemble.Run(new LangevinProblem(kernel, 0, 6, 300), paths, 21);
        double second = ensemble.Sample("x", 1).ToArray().Select(x => x * x).Average();
        double expected = Math.Sqrt(4 * kT) * 1.2254167024651776 / 3.625609908221908, fourth = kT; // ⟨x⁴⟩ = kT, by parts
        Assert.Equal(expected, second, (4.5 * Math.Sqrt((fourth - (expected * expected)) / paths)) + 0.005);
    }

    [Fact]
    public void Each_path_closes_its_first_law_to_rounding()
    {
        foreach (var network in new[] { PathModels.Dragged(1.5), PathModels.Quartic(), PathModels.Oscillator() })
        {
            var ensemble = PathEnsemble.Run(new LangevinProblem(LangevinKernel.Compile(network, kT), 0, 2, 50), 200, 3);
            Assert.InRange(PathLedger.Of(ensemble).WorstClosureResidual, 0, 1e-12);
        }
    }

    [Fact]
    public void For_energies_beyond_the_fourth_power_the_first_law_closes_with_the_step()
    {
        var b = new NetworkBuilder("cosine");
        b.Store("x", 0.3, x => -Expression.Cos(x), "rad", "N·m", face: x => x);
        b.Process("drag", ProcessKind.Leak, "x ->", FluxLaw.Ohm(1), unit: "rad/s");
        var kernel = LangevinKernel.Compile(b.Build(), kT);
        double Worst(int steps) => PathLedger.Of(PathEnsemble.Run(new LangevinProblem(kernel, 0, 4, steps), 300, 3)).WorstClosureResidual;
        double coarse = Worst(40), fine = Worst(640);
        Assert.InRange(coarse, 1e-9, 1e-3);
        Assert.True(fine < coarse / 100, $"{coarse:g3} to {fine:g3}"); // O(h^(5/2)) a step, of random sign: more than order 2 in all
    }

    [Fact]
    public void Work_on_a_dragged_trap_has_the_Gaussian_of_Mazonka_and_Jarzynski()
    {
        // ⟨W⟩ = γv²(t − τ(1 − e^(−t/τ))), τ = γ/k; variance 2kT⟨W⟩, since ΔF = 0. Phys. Rev. E preprint cond-mat/9912121, eq. 18.
        const int paths = 6000;
        const double v = 1.5, t = 2, τ = PathModels.Friction / PathModels.Stiffness;
        var ensemble = PathEnsemble.Run(new LangevinProblem(LangevinKernel.Compile(PathModels.Dragged(v), kT), 0, t, 200), paths, 17);
        double expected = PathModels.Friction * v * v * (t - (τ * (1 - Math.Exp(-t / τ))));
        var (mean, deviation) = PathEnsemble.Moments(ensemble.Work);
        double variance = 2 * kT * expected;
        Assert.Equal(expected, mean, 4.5 * Math.Sqrt(variance / paths));
        Assert.Equal(variance, deviation * deviation, 4.5 * variance * Math.Sqrt(2.0 / paths));
        var (difference, error) = WorkRelations.Jarzynski(ensemble.Work, kT);
        Assert.Equal(0, difference, 5 * error);
        // Dragging back is the same by symmetry: forward and reverse work have one distribution.
        var (both, bothError) = WorkRelations.Bennett(ensemble.Work[..(paths / 2)], ensemble.Work[(paths / 2)..], kT);
        Assert.Equal(0, both, 5 * bothError);
        Assert.Equal(PathLedger.Of(ensemble).Work.Mean, mean);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Paths_do_not_depend_on_threads_by_a_single_bit(int threads)
    {
        var problem = new LangevinProblem(LangevinKernel.Compile(PathModels.Dragged(1), kT, "x"), 0, 1, 30);
        var one = PathEnsemble.Run(problem, 133, 5, [0, 0.5, 1], new LangevinOptions { Threads = 1 });
        var many = PathEnsemble.Run(problem, 133, 5, [0, 0.5, 1], new LangevinOptions { Threads = threads });
        for (int row = 0; row < 3; row++) Assert.Equal(one.Sample("x", row), many.Sample("x", row));
        Assert.Equal(one.Work, many.Work);
        Assert.Equal(one.Heat("drag"), many.Heat("drag"));
        var first = PathEnsemble.Run(problem, 1, 5, [0, 0.5, 1]);
        Assert.Equal(first.Path("x", 0), one.Path("x", 0));
    }

    [Fact]
    public void An_event_posts_what_it_does_to_the_energy()
    {
        var b = new NetworkBuilder("switched trap");
        var k = b.Parameter("k", 1, "N/m");
        b.Store("x", b.Draw(new Draw("x_0", Distribution.Normal, [0, 1])), x => k * x * x / 2, "m", "N", face: x => x);
        b.Process("drag", ProcessKind.Leak, "x ->", FluxLaw.Ohm(1), unit: "m/s");
        b.At(0.5, "stiffen", (k, 4));
        var ensemble = PathEnsemble.Run(new LangevinProblem(LangevinKernel.Compile(b.Build(), 1, "x"), 0, 1, 10), 5000, 2, [0.5, 1]);
        var x = ensemble.Sample("x", 0);
        for (int i = 0; i < 100; i++) Assert.Equal(1.5 * x[i] * x[i], ensemble.JumpWork("stiffen")[i], 1e-12);
        var (difference, error) = WorkRelations.Jarzynski(ensemble.Work, 1);
        Assert.Equal(Math.Log(2), difference, 4.5 * error); // ½ kT ln 4
        Assert.InRange(PathLedger.Of(ensemble).WorstClosureResidual, 0, 1e-12);
    }

    [Fact]
    public void Parameters_may_be_drawn_for_each_path()
    {
        var kernel = LangevinKernel.Compile(PathModels.Trap(), kT, "x");
        var ensemble = PathEnsemble.Run(new LangevinProblem(kernel, 0, 1, 10) { Drawn = [new Draw("x_0", Distribution.Uniform, [2, 3])] }, 2000, 4);
        Assert.All(ensemble.Sample("x", 0).ToArray(), x => Assert.InRange(x, 2, 3));
        Assert.Equal(2.5, ensemble.Mean("x")[0], 4.5 / Math.Sqrt(12 * 2000));
        var failure = Assert.Throws<StochasticException>(() => PathEnsemble.Run(new LangevinProblem(kernel, 0, 1, 10) { Drawn = [new Draw("x_0", Distribution.Uniform, [2, Expression.Symbol("k")])] }, 1, 4));
        Assert.Contains("x_0", failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_held_store_supplies_what_it_pushes_through()
    {
        // A constant force f drags a free particle: ⟨W⟩ = f·⟨x⟩ = f²t/γ, all of it heat.
        var b = new NetworkBuilder("pulled");
        var hand = b.PotentialReservoir("hand", 2, "N");
        var x = b.Store("x", 0, x => 0 * x, "m", "N", face: x => x);
        b.Process("drag", ProcessKind.Leak, [new(hand, 1)], [new(x, 1)], FluxLaw.Ohm(1 / PathModels.Friction), unit: "m/s");
        var ensemble = PathEnsemble.Run(new LangevinProblem(LangevinKernel.Compile(b.Build(), kT, "x"), 0, 1, 10), 4000, 2);
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(2 * ensemble.Sample("x", 1)[i], ensemble.Supply("hand")[i], 1e-12);
            Assert.Equal(ensemble.Heat("drag")[i], ensemble.Work[i], 1e-12);
        }
        Assert.Equal(4 / PathModels.Friction, PathEnsemble.Moments(ensemble.Work).Mean, 4.5 * 2 * Math.Sqrt(2 * kT / PathModels.Friction / 4000));
        Assert.Contains("supplied by hand", PathLedger.Of(ensemble).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_noise_of_its_own_is_refused_by_name()
    {
        var b = new NetworkBuilder("reaction");
        b.Temperature = b.Parameter("T", 300, "K");
        var vessel = b.Compartment("vessel", 1);
        b.Species("A", vessel, 1, standardPotential: 0);
        b.Species("B", vessel, 1, standardPotential: 0);
        b.Process("conversion", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(1, 1));
        var refused = Assert.Throws<NetworkException>(() => LangevinKernel.Compile(b.Build(), 1));
        Assert.Contains("conversion", refused.What, StringComparison.Ordinal);
        Assert.Contains("FluxLaw.Ohm", refused.Mend, StringComparison.Ordinal);

        var dependent = Assert.Throws<NetworkException>(() => LangevinKernel.Compile(PathModels.Trap(), Expression.Symbol("x")));
        Assert.Contains("thermal energy", dependent.What, StringComparison.Ordinal);
        var kernel = LangevinKernel.Compile(PathModels.Trap(), 1);
        Assert.Contains("later, finite end", Assert.Throws<StochasticException>(() => PathEnsemble.Run(new LangevinProblem(kernel, 0, 0, 1), 1, 1)).Mend, StringComparison.Ordinal);
        Assert.Throws<StochasticException>(() => PathEnsemble.Run(new LangevinProblem(kernel, 0, 1, 1), 1, 1, [2]));
        Assert.Contains("drag", Assert.Throws<StochasticException>(() => PathEnsemble.Run(new LangevinProblem(kernel, 0, 1, 1), 1, 1).Heat("pull")).Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mobility_below_zero_is_named_with_time_and_path()
    {
        var kernel = LangevinKernel.Compile(PathModels.Quartic(x => x), kT);
        var failure = Assert.Throws<StochasticException>(() => PathEnsemble.Run(new LangevinProblem(kernel, 0, 10, 100), 20, 1));
        Assert.Contains("mobility", failure.What, StringComparison.Ordinal);
        Assert.Contains("path 0", failure.Where, StringComparison.Ordinal);
    }
}
