using Protonmotive.Kernels;
using Protonmotive.Kernels.Derivatives;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>A gradient over states and parameters, with the slope in time.</summary>
/// <param name="States">Shape [states].</param>
/// <param name="Parameters">Shape [parameters].</param>
/// <param name="Time">Slope in time.</param>
internal sealed record SlopeRow(double[] States, double[] Parameters, double Time)
{
    /// <summary>Over what an event assigned; empty for none.</summary>
    public double[] Assigned { get; init; } = [];

    /// <summary>Row · (states, parameters), without time; parameters may be left out.</summary>
    public double Dot(ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        double sum = 0;
        for (int i = 0; i < States.Length; i++) sum += States[i] * states[i];
        for (int p = 0; p < parameters.Length; p++) sum += Parameters[p] * parameters[p];
        return sum;
    }

    /// <summary>states += factor · row, parameters likewise.</summary>
    public void AddTo(double factor, Span<double> states, Span<double> parameters)
    {
        for (int i = 0; i < States.Length; i++) states[i] += factor * States[i];
        for (int p = 0; p < Parameters.Length; p++) parameters[p] += factor * Parameters[p];
    }
}

/// <summary>Gradients of what matters at a stop: roots, new values, delays, rates.</summary>
internal sealed unsafe class StopSlopes(DerivativeLanes<OneLane, double> lanes)
{
    private readonly Kernel kernel = lanes.System.Kernel;

    /// <summary>f at a point, shape [count].</summary>
    public double[] Rates(double t, double[] state, double[] parameters)
    {
        Place(t, state, parameters);
        lanes.System.EvaluateRates();
        return new ReadOnlySpan<double>(lanes.System.Rates, kernel.Count).ToArray();
    }

    /// <summary>∂f/∂t at a point, shape [count].</summary>
    public double[] TimeDerivative(double t, double[] state, double[] parameters)
    {
        Place(t, state, parameters);
        lanes.System.EvaluateTimeDerivative();
        return new ReadOnlySpan<double>(lanes.System.TimeDerivative, kernel.Count).ToArray();
    }

    /// <summary>A mode's root.</summary>
    public double RootValue(int mode, double t, double[] state, double[] parameters)
    {
        Place(t, state, parameters);
        lanes.EvaluateRoots();
        return lanes.Roots[mode];
    }

    /// <summary>Of a mode's root.</summary>
    public SlopeRow Root(int mode, double t, double[] state, double[] parameters) => Row(t, state, parameters, [], () =>
    {
        lanes.RootShadows[mode] = 1;
        lanes.RootsAdjoint();
        lanes.RootShadows[mode] = 0;
    });

    /// <summary>Of an event's delay.</summary>
    public SlopeRow Delay(int index, double t, double[] state, double[] parameters) => Row(t, state, parameters, [], () => lanes.DelayAdjoint(index));

    /// <summary>Of what an event assigns.</summary>
    public SlopeRow Assignment(int index, int assignment, double t, double[] state, double[] parameters) => Row(t, state, parameters, [], () => lanes.AssignmentAdjoint(index, assignment));

    /// <summary>Of what a target with a result of its own becomes.</summary>
    public SlopeRow Result(int index, int result, double t, double[] state, double[] parameters, double[] assigned) => Row(t, state, parameters, assigned, () => lanes.ResultAdjoint(index, result));

    /// <summary>Of one rate; its slope in time is left at 0.</summary>
    public SlopeRow Rate(int row, double t, double[] state, double[] parameters) => Row(t, state, parameters, [], () =>
    {
        new Span<double>(lanes.RateShadows, kernel.Count).Clear();
        lanes.RateShadows[row] = 1;
        lanes.RatesAdjoint();
        lanes.RateShadows[row] = 0;
        *lanes.TimeShadow = 0;
    });

    private SlopeRow Row(double t, double[] state, double[] parameters, double[] assigned, Action run)
    {
        Place(t, state, parameters);
        assigned.CopyTo(new Span<double>(lanes.Assigned, assigned.Length));
        // A sweep back may be adding up parameters' adjoints in the same workspace.
        var own = new Span<double>(lanes.ParameterShadows, kernel.ParameterCount);
        double[] held = own.ToArray();
        lanes.ClearAccumulated();
        run();
        lanes.PrologueAdjoint();
        var row = new SlopeRow(new ReadOnlySpan<double>(lanes.StateShadows, kernel.StateCount).ToArray(), own.ToArray(), *lanes.TimeShadow)
        {
            Assigned = new ReadOnlySpan<double>(lanes.AssignedShadows, assigned.Length).ToArray(),
        };
        held.CopyTo(own);
        return row;
    }

    private void Place(double t, double[] state, double[] parameters)
    {
        lanes.System.SetParameters(0, parameters);
        lanes.System.EvaluatePrologue();
        *lanes.System.Time = t;
        state.AsSpan(0, kernel.StateCount).CopyTo(new Span<double>(lanes.System.States, kernel.StateCount));
    }
}
