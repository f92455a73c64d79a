using Protonmotive.Formats.Sbml;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Reference.Sensitivities;

/// <summary>Control coefficients of BioModels (CC0) against steady states found anew with each rate made larger and smaller.</summary>
public class ControlOfPublishedModels
{
    // 3: mitotic oscillator (Goldbeter 1991); 10: MAPK cascade (Kholodenko 2000); 12: repressilator (Elowitz 2000); 13: Calvin cycle
    // (Poolman 2004), with steps so fast that rounding reaches 1e-8; 40: Oregonator (Field and Noyes 1974); 64: glycolysis of yeast
    // (Teusink 2000); 206: glycolytic oscillations (Wolf 2000). Most oscillate: their steady states are unstable.
    [Theory]
    [InlineData("BIOMD0000000003.xml", 1e-10)]
    [InlineData("BIOMD0000000010.xml", 1e-10)]
    [InlineData("BIOMD0000000012.xml", 1e-10)]
    [InlineData("BIOMD0000000013.xml", 1e-6)]
    [InlineData("BIOMD0000000040.xml", 1e-10)]
    [InlineData("BIOMD0000000064.xml", 1e-10)]
    [InlineData("BIOMD0000000206.xml", 1e-10)]
    public void They_agree_with_steady_states_of_scaled_rates(string file, double rounding)
    {
        var network = SbmlReader.Load(SharedData.Path("biomodels", file));
        var control = ControlAnalysis.At(network);
        Assert.InRange(control.FluxSummationResidual, 0, rounding);
        Assert.InRange(control.ConcentrationSummationResidual, 0, rounding);
        Assert.InRange(control.ConnectivityResidual, 0, rounding);
        const double δ = 1e-4;
        double tolerance = rounding > 1e-8 ? 1e-3 : 1e-4; // of a second difference; the fluxes of 13's fast steps carry 1e-7 of rounding, over 2δ
        var membranes = network.Membranes.ToList();
        foreach (var process in network.Processes)
        {
            SteadyStateResult Scaled(double factor, out double[] fluxes)
            {
                var law = FluxLaw.Formula(factor * process.Law.Fluxes(process, network.Constants, membranes).Net);
                var changed = network with { Processes = [.. network.Processes.Select(p => p == process ? p with { Law = law } : p)] };
                var kernel = Kernel.Compile(changed.Lower(), KernelBackend.Interpreted);

                // From the known state, so that the same one of several is found; its totals are those of the start.
                var result = SteadyState.Find(new InitialValueProblem(kernel, 0, 1e-3) { InitialState = control.SteadyState.State }, new Tolerance(1e-11, 1e-14),
                    new SteadyStateOptions { Horizon = 1e-3, AcceptsUnstable = true });
                Assert.True(result.Found, result.Explanation);
                var values = new double[kernel.System.Observables.Length];
                kernel.Bind(result.Parameters.AsSpan()).Observables(0, result.State.AsSpan(), values);
                fluxes = [.. network.Processes.Select(p => values[kernel.System.Observables.Select((o, i) => (o.Name, i)).First(o => o.Name == p.Name).i])];
                return result;
            }

            var up = Scaled(1 + δ, out var fluxUp);
            var down = Scaled(1 - δ, out var fluxDown);
            for (int r = 0; r < network.Processes.Length; r++)
            {
                double exact = control.FluxControl.Scaled(r, network.Processes.IndexOf(process));
                if (!double.IsNaN(exact)) Near((fluxUp[r] - fluxDown[r]) / (2 * δ * control.Fluxes[r].Value), exact, $"J of {network.Processes[r].Name} by {process.Name}");
            }

            for (int i = 0; i < control.Quantities.Length; i++)
            {
                double exact = control.ConcentrationControl.Scaled(i, network.Processes.IndexOf(process));
                if (Math.Abs(control.SteadyState.State[i]) > 1e-9) Near((up.State[i] - down.State[i]) / (2 * δ * control.SteadyState.State[i]), exact, $"{control.Quantities[i].Name} by {process.Name}");
            }
        }

        void Near(double measured, double exact, string what) => Assert.True(Math.Abs(measured - exact) <= tolerance * (1 + Math.Abs(exact)), $"{what}: {exact} by derivatives, {measured} by differences");
    }
}
