using System.Collections.Immutable;
using Protonmotive.Fitting;

namespace Protonmotive.Tests.Unit.Fitting;

/// <summary>An objective that stops the work after so many evaluations, as ctrl-C would.</summary>
internal sealed class StoppingObjective(IObjective inner, CancellationTokenSource stop, int after) : IObjective
{
    private int calls;

    public ImmutableArray<EstimatedParameter> Parameters => inner.Parameters;

    public ObjectiveValue Evaluate(ReadOnlySpan<double> x, ObjectiveParts parts, CancellationToken cancellation = default)
    {
        if (Interlocked.Increment(ref calls) > after) stop.Cancel();
        return inner.Evaluate(x, parts, cancellation);
    }
}
