namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>What happened at one stop of a solve.</summary>
/// <param name="Time">When.</param>
/// <param name="State">State before it, shape [n].</param>
/// <param name="Parameters">Parameters before it, modes last.</param>
/// <param name="Forced">The modes whose roots were met; null for none.</param>
/// <param name="IsStart">Whether the solve starts here.</param>
internal sealed record StopRecord(double Time, double[] State, double[] Parameters, bool[]? Forced, bool IsStart)
{
    /// <summary>What was done, in order.</summary>
    public List<StopAct> Acts { get; } = [];

    /// <summary>State after it.</summary>
    public double[] StateAfter { get; set; } = [];

    /// <summary>Parameters after it.</summary>
    public double[] ParametersAfter { get; set; } = [];
}

/// <summary>One act at a stop; state and parameters are those before it.</summary>
internal abstract record StopAct(double[] State, double[] Parameters)
{
    /// <summary>Algebraic variables were solved for; the state is the one after it.</summary>
    internal sealed record Restored(double[] State, double[] Parameters, int[] Solved) : StopAct(State, Parameters);

    /// <summary>An event triggered.</summary>
    internal sealed record Triggered(double[] State, double[] Parameters, int Id, int Index, bool ComputesValues) : StopAct(State, Parameters);

    /// <summary>An event was carried out.</summary>
    internal sealed record Assigned(double[] State, double[] Parameters, int Id, int Index, double[] Values, bool ComputesValues) : StopAct(State, Parameters);
}
