using System.Runtime.CompilerServices;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Solvers.Ensembles;

/// <summary><see cref="StepController"/> over lanes: each member has its own past.</summary>
internal struct LaneController<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly TVector inverseOrder;
    private readonly bool isPredictive;
    private TVector previousLog, previousStep, justRejected;

    public LaneController(Method method)
    {
        inverseOrder = TLanes.Broadcast(1.0 / (method.EmbeddedOrder + 1));
        isPredictive = method.IsImplicit;
        Reset(TLanes.IsEqual(TLanes.Broadcast(0), TLanes.Broadcast(0)));
    }

    /// <summary>Forgets the past in some lanes.</summary>
    public void Reset(TVector mask)
    {
        var zero = TLanes.Broadcast(0);
        previousLog = TLanes.Choose(mask, zero, previousLog);
        previousStep = TLanes.Choose(mask, zero, previousStep);
        justRejected = TLanes.Choose(mask, zero, justRejected);
    }

    /// <summary>The next step of every lane.</summary>
    /// <param name="step">The trial's length.</param>
    /// <param name="error">Its error; NaN where it failed.</param>
    /// <param name="accepted">Mask: it was accepted.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TVector Next(TVector step, TVector error, TVector accepted)
    {
        TVector zero = TLanes.Broadcast(0), safety = TLanes.Broadcast(0.9);
        var isFinite = TLanes.IsLess(error, TLanes.Broadcast(double.PositiveInfinity));
        var log = LaneMath.Log<TLanes, TVector>(TLanes.Max(error, TLanes.Broadcast(1e-10)));
        var plain = TLanes.Multiply(safety, LaneMath.Exp<TLanes, TVector>(TLanes.Negate(TLanes.Multiply(log, inverseOrder))));

        var rejectedFactor = TLanes.Choose(isFinite, Clamp(plain, TLanes.Broadcast(0.1), safety), TLanes.Broadcast(0.1));
        var factor = isPredictive ? Predictive(step, log, plain) : Smoothed(log);
        factor = Clamp(factor, TLanes.Broadcast(0.2), TLanes.Choose(justRejected, TLanes.Broadcast(1), TLanes.Broadcast(6)));

        var floor = TLanes.Broadcast(isPredictive ? Math.Log(1e-2) : Math.Log(1e-4));
        previousLog = TLanes.Choose(accepted, TLanes.Max(log, floor), previousLog);
        previousStep = TLanes.Choose(accepted, step, previousStep);
        justRejected = TLanes.Choose(accepted, zero, TLanes.IsEqual(zero, zero));
        return TLanes.Multiply(step, TLanes.Choose(accepted, factor, rejectedFactor));
    }

    private readonly TVector Predictive(TVector step, TVector log, TVector plain)
    {
        var isFirst = TLanes.IsEqual(previousStep, TLanes.Broadcast(0));
        var ratio = TLanes.Divide(step, TLanes.Choose(isFirst, TLanes.Broadcast(1), previousStep));
        var exponent = TLanes.Multiply(TLanes.Subtract(previousLog, TLanes.Add(log, log)), inverseOrder);
        var predicted = TLanes.Multiply(TLanes.Multiply(TLanes.Broadcast(0.9), ratio), LaneMath.Exp<TLanes, TVector>(exponent));
        return TLanes.Choose(isFirst, plain, TLanes.Min(plain, predicted));
    }

    private readonly TVector Smoothed(TVector log)
    {
        var exponent = TLanes.Subtract(TLanes.Multiply(TLanes.Broadcast(0.4), previousLog), TLanes.Multiply(TLanes.Broadcast(0.7), log));
        return TLanes.Multiply(TLanes.Broadcast(0.9), LaneMath.Exp<TLanes, TVector>(TLanes.Multiply(exponent, inverseOrder)));
    }

    private static TVector Clamp(TVector value, TVector least, TVector most) => TLanes.Min(TLanes.Max(value, least), most);
}
