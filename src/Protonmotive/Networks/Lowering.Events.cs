using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <remarks>Events are aimed at what holds their targets: a concentration is set through its amount.</remarks>
internal sealed partial class Lowering
{
    private readonly Dictionary<string, EventTarget> eventTargets = new(StringComparer.Ordinal);

    private EventDefinition Event(NetworkEvent e, DefinitionResolver resolver)
    {
        Expression Resolve(Expression formula, string what) => resolver.Resolve(formula, $"{what} of event {e.Name}");
        var assignments = e.Assignments.Select((a, i) => Aimed(e, a, i, Resolve)).ToImmutableArray();
        assignments = assignments.AddRange(FoldedExtents(assignments, Resolve));
        var delay = e.Delay is null ? null : Resolve(e.Delay, "delay");
        var priority = e.Priority is null ? null : Resolve(e.Priority, "priority");
        var used = assignments.Select(a => a.Value).Append(delay ?? Expression.Zero).SelectMany(f => f.Symbols()).ToHashSet(StringComparer.Ordinal);
        return new EventDefinition(e.Name, Resolve(e.Trigger, "trigger"), assignments, e.TrueBeforeStart)
        {
            Delay = delay,
            Priority = priority,
            IsPersistent = e.IsPersistent,
            UsesTriggerTimeValues = e.UsesTriggerTimeValues,
            Draws = [.. network.Draws.Where(d => used.Contains(d.Name)).Select(d => Resolved(d, resolver.Resolve))],
        };
    }

    private EventAssignment Aimed(NetworkEvent e, EventAssignment assignment, int index, Func<Expression, string, Expression> resolve)
    {
        if (!eventTargets.TryGetValue(assignment.Target, out var target)) throw new NetworkException(
            $"The event '{e.Name}' sets '{assignment.Target}', which is given by a rule.", $"event {e.Name}", "Set a quantity without an assignment rule.");
        var value = resolve(assignment.Value, $"value of {assignment.Target}");
        return target.Result is null || target.IsFixedFactor
            ? new EventAssignment(target.Name, value * resolve(target.Factor, "size"))
            : new EventAssignment(target.Name, value) { Result = resolve(target.Result(EventAssignment.Assigned(index)), $"result of {assignment.Target}") };
    }

    /// <summary>Where fast processes run, an event counts what they have moved to the slow parts, so that it may change coefficients too.</summary>
    private IEnumerable<EventAssignment> FoldedExtents(ImmutableArray<EventAssignment> assignments, Func<Expression, string, Expression> resolve) =>
        slowParts.Where(p => !assignments.Any(a => a.Target == p.State))
            .Select(p => new EventAssignment(p.State, resolve(p.Store.Content, "content")))
            .Concat(network.Processes.Where(p => p.IsFast).Select(ExtentName).Where(initialValues.ContainsKey).Select(x => new EventAssignment(x, Expression.Zero)))
            .Select(a => a with { Result = a.Value });

    private static Draw Resolved(Draw draw, Func<Expression, string, Expression> resolve) => draw with
    {
        Arguments = [.. draw.Arguments.Select(a => resolve(a, $"argument of {draw.Name}"))],
        Lowest = draw.Lowest is null ? null : resolve(draw.Lowest, $"lowest value of {draw.Name}"),
        Highest = draw.Highest is null ? null : resolve(draw.Highest, $"highest value of {draw.Name}"),
    };

    private static IEnumerable<Expression> Formulas(NetworkEvent e) =>
        e.Assignments.Select(a => a.Value).Append(e.Trigger).Concat(new[] { e.Delay, e.Priority }.OfType<Expression>());

    private static IEnumerable<Expression> Formulas(EventDefinition e) =>
        e.Assignments.Select(a => a.Value).Append(e.Trigger).Concat(new[] { e.Delay, e.Priority }.OfType<Expression>());

    private static EventDefinition Rewritten(EventDefinition e, Func<Expression, Expression> rewrite) => e with
    {
        Trigger = rewrite(e.Trigger),
        Delay = e.Delay is null ? null : rewrite(e.Delay),
        Priority = e.Priority is null ? null : rewrite(e.Priority),
        Assignments = [.. e.Assignments.Select(a => a with { Value = rewrite(a.Value) })],
    };

    /// <summary>What an event sets when it names a quantity.</summary>
    /// <param name="Name">The state or parameter.</param>
    /// <param name="Result">Its value from the quantity's; null where it is that value times <see cref="Factor"/>.</param>
    private sealed record EventTarget(string Name, Func<Expression, Expression>? Result)
    {
        /// <summary>Amount per concentration and the like.</summary>
        public Expression Factor { get; init; } = Expression.One;

        /// <summary>Whether nothing can change the factor during a run, so that the value can be computed with it.</summary>
        public bool IsFixedFactor { get; init; }
    }
}
