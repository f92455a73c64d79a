namespace Protonmotive.Solvers;

/// <summary>Sees every accepted step of a solve, with its stages: what an adjoint or a stopping rule needs.</summary>
public interface IStepObserver
{
    /// <summary>Called after each accepted step, in order, before the events at its end.</summary>
    /// <param name="step">The step; its spans are valid during the call only.</param>
    /// <returns>False to stop the solve at the end of this step.</returns>
    bool Observe(in StepRecord step);
}
