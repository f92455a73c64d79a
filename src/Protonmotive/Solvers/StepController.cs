namespace Protonmotive.Solvers;

/// <summary>Chooses the next step from the errors of the last two: a PI controller, in the form that suits the method.</summary>
/// <remarks>
/// Explicit methods, with k the order of the error estimate: h·0.9·err^(−0.7/k)·err_old^(0.4/k), which damps the step where
/// stability limits it (Gustafsson 1991, ACM Transactions on Mathematical Software 17:533; Hairer and Wanner 1996, Solving
/// ODEs II, IV.2). Implicit methods: the smaller of h·0.9·err^(−1/k) and the predictive h·0.9·(h/h_old)·(err_old/err²)^(1/k)
/// (Gustafsson 1994, TOMS 20:496; Solving ODEs II, IV.8, (8.25)); limits 1/5 and 6 and floor 0.01 on err_old as in the
/// authors' code RODAS, as is the rule not to grow right after a rejection.
/// </remarks>
internal sealed class StepController : IStepController
{
    private const double Safety = 0.9, Smallest = 0.2, Largest = 6;
    private readonly double order;
    private readonly bool isPredictive;
    private double previousError, previousStep;
    private bool justRejected;

    public StepController(Method method)
    {
        order = method.EmbeddedOrder + 1;
        isPredictive = method.IsImplicit;
        Reset();
    }

    /// <summary>Forgets the past: after a stop.</summary>
    public void Reset()
    {
        previousStep = 0;
        previousError = 1;
        justRejected = false;
    }

    /// <summary>Factor on the step after an accepted one.</summary>
    public double Accept(double step, double error)
    {
        error = Math.Max(error, 1e-10); // an error this small lets the step grow by the limit anyway
        double factor = isPredictive ? Predictive(step, error) : Safety * Math.Pow(error, -0.7 / order) * Math.Pow(previousError, 0.4 / order);
        previousError = Math.Max(error, isPredictive ? 1e-2 : 1e-4);
        previousStep = step;
        factor = Math.Clamp(factor, Smallest, justRejected ? 1 : Largest);
        justRejected = false;
        return factor;
    }

    /// <summary>Factor on the step after a rejected one; the error may be NaN.</summary>
    public double Reject(double error)
    {
        justRejected = true;
        return double.IsFinite(error) ? Math.Clamp(Safety * Math.Pow(error, -1 / order), 0.1, Safety) : 0.1;
    }

    private double Predictive(double step, double error)
    {
        double plain = Safety * Math.Pow(error, -1 / order);
        if (previousStep == 0) return plain;
        return Math.Min(plain, Safety * (step / previousStep) * Math.Pow(previousError / (error * error), 1 / order));
    }
}
