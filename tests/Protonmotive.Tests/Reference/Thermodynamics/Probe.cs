using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Tests.Reference.Thermodynamics;

/// <summary>Values of a network's definitions, fluxes and affinities at its start, and its ledger over a time.</summary>
internal static class Probe
{
    public static double At0(Network network, string observable)
    {
        var kernel = Kernel.Compile(network.Lower(), KernelBackend.Interpreted);
        var parameters = kernel.Parameters();
        var values = new double[kernel.System.Observables.Length];
        kernel.Bind(parameters).Observables(0, kernel.InitialState(parameters), values);
        return values[kernel.System.Observables.ToList().FindIndex(o => o.Name == observable)];
    }

    public static Ledger Ledger(Network network, double end, double relative = 1e-10)
    {
        var account = Account.Of(network);
        return account.Read(Ode.Solve(new InitialValueProblem(account.Compile(), 0, end), new Rodas5P(), new Tolerance(relative, 1e-12), OutputTimes.EndOnly));
    }

    /// <summary>A network in one litre at a temperature.</summary>
    public static (NetworkBuilder Builder, Compartment Cell) Vessel(double temperature = 298.15)
    {
        var b = new NetworkBuilder("vessel") { Temperature = temperature };
        return (b, b.Compartment("cell", 1));
    }
}
