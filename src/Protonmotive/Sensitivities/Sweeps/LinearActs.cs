namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>One linear act on tangents, with its transpose on adjoints.</summary>
internal interface ILinearAct
{
    /// <summary>On a tangent.</summary>
    void Forward(StopShadow shadow);

    /// <summary>The transpose, on an adjoint.</summary>
    void Back(StopShadow shadow);
}

/// <summary>The stop's time does not move.</summary>
internal sealed class Forget : ILinearAct
{
    public void Forward(StopShadow shadow) => shadow.Time = 0;

    public void Back(StopShadow shadow) => shadow.Time = 0;
}

/// <summary>The stop's time is that of a root.</summary>
internal sealed class RootTime(SlopeRow root, double factor) : ILinearAct
{
    public void Forward(StopShadow shadow) => shadow.Time = factor * root.Dot(shadow.State, shadow.Parameters);

    public void Back(StopShadow shadow)
    {
        root.AddTo(factor * shadow.Time, shadow.State, shadow.Parameters);
        shadow.Time = 0;
    }
}

/// <summary>The stop's time is that at which an event was due.</summary>
internal sealed class PendingTime(int id) : ILinearAct
{
    public void Forward(StopShadow shadow) => shadow.Time = shadow.Pending(id, 0).Time;

    public void Back(StopShadow shadow)
    {
        shadow.Pending(id, 0).Time += shadow.Time;
        shadow.Time = 0;
    }
}

/// <summary>δy += sign · y′ δτ.</summary>
internal sealed class Travel(double[] velocity, double sign) : ILinearAct
{
    public void Forward(StopShadow shadow)
    {
        for (int i = 0; i < velocity.Length; i++) shadow.State[i] += sign * velocity[i] * shadow.Time;
    }

    public void Back(StopShadow shadow)
    {
        for (int i = 0; i < velocity.Length; i++) shadow.Time += sign * velocity[i] * shadow.State[i];
    }
}

/// <summary>An event triggers: when it is due moves, and so do the values it computes now.</summary>
internal sealed class Trigger(int id, SlopeRow delay, SlopeRow[]? values) : ILinearAct
{
    public void Forward(StopShadow shadow)
    {
        var pending = shadow.Pending(id, values?.Length ?? 0);
        pending.Time = shadow.Time + delay.Dot(shadow.State, shadow.Parameters) + (delay.Time * shadow.Time);
        for (int k = 0; k < (values?.Length ?? 0); k++) pending.Values[k] = values![k].Dot(shadow.State, shadow.Parameters) + (values[k].Time * shadow.Time);
    }

    public void Back(StopShadow shadow)
    {
        var pending = shadow.Pending(id, values?.Length ?? 0);
        shadow.Time += pending.Time * (1 + delay.Time);
        delay.AddTo(pending.Time, shadow.State, shadow.Parameters);
        for (int k = 0; k < (values?.Length ?? 0); k++)
        {
            values![k].AddTo(pending.Values[k], shadow.State, shadow.Parameters);
            shadow.Time += values[k].Time * pending.Values[k];
        }
        shadow.Forget(id);
    }
}

/// <summary>An event is carried out.</summary>
internal sealed class Assign(int id, int[] targets, SlopeRow?[] results, SlopeRow[]? values) : ILinearAct
{
    public void Forward(StopShadow shadow)
    {
        var assigned = values is null ? shadow.Pending(id, targets.Length).Values : [.. values.Select(v => v.Dot(shadow.State, shadow.Parameters) + (v.Time * shadow.Time))];
        var becomes = new double[targets.Length];
        for (int k = 0; k < targets.Length; k++)
        {
            becomes[k] = assigned[k];
            if (results[k] is not { } result) continue;
            becomes[k] = result.Dot(shadow.State, shadow.Parameters) + (result.Time * shadow.Time);
            for (int j = 0; j < targets.Length; j++) becomes[k] += result.Assigned[j] * assigned[j];
        }
        for (int k = 0; k < targets.Length; k++) Place(shadow, targets[k]) = becomes[k];
    }

    public void Back(StopShadow shadow)
    {
        var becomes = new double[targets.Length];
        // An event that sets a target twice leaves it the last value.
        for (int k = targets.Length - 1; k >= 0; k--)
        {
            becomes[k] = Place(shadow, targets[k]);
            Place(shadow, targets[k]) = 0;
        }
        var assigned = new double[targets.Length];
        for (int k = 0; k < targets.Length; k++)
        {
            if (results[k] is not { } result)
            {
                assigned[k] += becomes[k];
                continue;
            }
            result.AddTo(becomes[k], shadow.State, shadow.Parameters);
            shadow.Time += result.Time * becomes[k];
            for (int j = 0; j < targets.Length; j++) assigned[j] += result.Assigned[j] * becomes[k];
        }
        if (values is null)
        {
            var pending = shadow.Pending(id, targets.Length);
            for (int k = 0; k < targets.Length; k++) pending.Values[k] += assigned[k];
            return;
        }
        for (int k = 0; k < targets.Length; k++)
        {
            values[k].AddTo(assigned[k], shadow.State, shadow.Parameters);
            shadow.Time += values[k].Time * assigned[k];
        }
    }

    private static ref double Place(StopShadow shadow, int target) => ref target >= 0 ? ref shadow.State[target] : ref shadow.Parameters[~target];
}

