using Protonmotive.Kernels;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Biology;

/// <summary>The rate of the pump at any potential, all else as at the start of a run.</summary>
internal sealed class PumpAgainstPotential
{
    private readonly KernelInstance kernel;
    private readonly double[] state, values;
    private readonly int charge, rate, work;

    public PumpAgainstPotential(Solution solution)
    {
        var system = solution.Kernel.System;
        kernel = solution.Kernel.Bind(solution.ParameterSegments[solution.Segment(0)].AsSpan());
        state = solution.State(0);
        values = new double[system.Observables.Length];
        int Observable(string name) => system.Observables.Select((o, i) => (o.Name, i)).First(o => o.Name == name).i;
        (rate, work) = (Observable("ATP_rate"), Observable("ion_work"));
        charge = system.States.Select((s, i) => (s.Name, i)).First(s => s.Name == "membrane.charge").i;
        int free = Observable("DeltaG_ATP");
        // The work falls by F for each mV, as one charge leaves in a turn.
        _ = Rate(0);
        Closed = (values[work] - values[free]) / (Networks.PhysicalConstants.CodataFaraday / 1000);
    }

    /// <summary>Where the work on the ions is the free energy of ATP, mV.</summary>
    public double Closed { get; }

    /// <summary>Rate at a potential in mV.</summary>
    public double Rate(double potential)
    {
        state[charge] = -2 * potential;
        kernel.Observables(0, state, values);
        return values[rate];
    }

    /// <summary>The potential at which the rate is 0, mV.</summary>
    public double StandsStill()
    {
        double low = -400, high = 0;
        while (high - low > 1e-9)
        {
            double middle = (low + high) / 2;
            if (Rate(middle) < 0) low = middle;
            else high = middle;
        }
        return high;
    }
}
