namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>A tangent or an adjoint at a stop: of the state, of the parameters, of the stop's time, and of events that are due later.</summary>
internal sealed class StopShadow(int count, int parameterCount)
{
    private readonly Dictionary<int, PendingShadow> pending = [];

    /// <summary>Shape [count].</summary>
    public double[] State { get; } = new double[count];

    /// <summary>Shape [parameters].</summary>
    public double[] Parameters { get; } = new double[parameterCount];

    /// <summary>Of the stop's time.</summary>
    public double Time { get; set; }

    /// <summary>Of an event that has triggered; zero until it is set.</summary>
    public PendingShadow Pending(int id, int values)
    {
        if (!pending.TryGetValue(id, out var shadow)) pending.Add(id, shadow = new PendingShadow());
        if (shadow.Values.Length < values) shadow.Values = new double[values];
        return shadow;
    }

    /// <summary>An event that has not triggered yet, going back.</summary>
    public void Forget(int id) => pending.Remove(id);
}

/// <summary>Of an event that has triggered: of when it is due, and of what it will assign.</summary>
internal sealed class PendingShadow
{
    /// <summary>Of when it is due.</summary>
    public double Time { get; set; }

    /// <summary>Of its values.</summary>
    public double[] Values { get; set; } = [];
}
