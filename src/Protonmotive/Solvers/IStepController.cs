namespace Protonmotive.Solvers;

/// <summary>Chooses the steps of a solve.</summary>
internal interface IStepController
{
    /// <summary>Forgets the past: after a stop.</summary>
    void Reset();

    /// <summary>Factor on the step after an accepted one.</summary>
    /// <param name="step">Its length.</param>
    /// <param name="error">Its error, at most 1.</param>
    double Accept(double step, double error);

    /// <summary>Factor on the step after a rejected one; the error may be NaN.</summary>
    double Reject(double error);
}
