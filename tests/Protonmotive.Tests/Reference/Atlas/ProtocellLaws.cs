using System.Collections.Immutable;
using Protonmotive.Atlas.Biology;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Atlas;

/// <summary>Laws that the protocell must obey whatever its constants are.</summary>
public sealed class ProtocellLaws
{
    private const double RT = PhysicalConstants.CodataGasConstant * 298.15, Faraday = PhysicalConstants.CodataFaraday;
    private static readonly Kernel kernel = Kernel.Compile(new Protocell().Build(new Protocell().Scenarios[0]).Lower());

    [Theory]
    [InlineData(0)]
    [InlineData(-0.06)]
    public void The_synthase_stops_where_its_ions_release_what_ATP_takes(double potential)
    {
        // 4 (RT ln(H_acid/H_in) − F V) = 50 kJ/mol, V inside less outside.
        double rest = 1e-7 * Math.Exp(-((50e3 / 4) + (Faraday * potential)) / RT);
        double At(double inside) => Observe(inside, potential)("synthase_H");
        double most = 5e-5 / 2; // 10¹⁰/cm² on 3·10⁴/cm, 100/s, half of it by H⁺
        Assert.Equal(0, At(rest), 1e-12 * most);
        Assert.True(At(rest * 1.01) < 0 && At(rest / 1.01) > 0);
        Assert.Equal(most, At(rest / 1e6), 0.01 * most);
    }

    [Fact]
    public void An_ion_at_its_Nernst_potential_does_not_leak()
    {
        const double potential = 0.08; // inside less outside
        var at = Observe(1e-7 * Math.Exp(-Faraday * potential / RT), potential);
        Assert.Equal(0, at("leak_H_acid"), 1e-15 * 3e4 * 1e-3);
        Assert.True(at("leak_H_alk") < 0);
    }

    [Fact]
    public void Ions_that_only_leak_rest_at_the_potential_of_the_membrane()
    {
        var found = SteadyState.Find(new InitialValueProblem(kernel, 0, 1) { Overrides = ImmutableDictionary<string, double>.Empty.Add("antiporters", 1e10) }, new Tolerance(1e-6, 1e-12), new SteadyStateOptions { Horizon = 1e12 });
        Assert.True(found.Found && found.IsStable == true, found.Explanation);
        var at = Observables(found.Parameters.AsSpan(), found.State.AsSpan());
        Assert.Equal(RT / Faraday * Math.Log(0.01 / at("K_in")), at("potential"), 1e-9);
        Assert.Equal(-RT / Faraday * Math.Log(0.46 / at("Cl_in")), at("potential"), 1e-9);
        // Electroneutral and one to one: sodium can have no more than protons have.
        Assert.InRange(at("dmu_Na"), 0, at("dmu_H"));
    }

    private static Func<string, double> Observe(double protonsInside, double potential)
    {
        double[] parameters = kernel.Parameters(), state = kernel.InitialState(parameters);
        string[] names = [.. kernel.System.States.Select(s => s.Name)];
        state[Array.IndexOf(names, "H_in.amount")] = protonsInside;
        state[Array.IndexOf(names, "V_out.charge")] = -60 * potential;
        return Observables(parameters, state);
    }

    private static Func<string, double> Observables(ReadOnlySpan<double> parameters, ReadOnlySpan<double> state)
    {
        var values = new double[kernel.System.Observables.Length];
        kernel.Bind(parameters).Observables(0, state, values);
        return name => values[kernel.System.Observables.ToList().FindIndex(o => o.Name == name)];
    }
}
