using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>Follows steady states over one parameter, round folds and through the points where their stability changes.</summary>
/// <remarks>Pseudo-arclength continuation (Keller 1977) with exact derivatives; conserved totals are held at what the start gives.</remarks>
public static class Continuation
{
    /// <summary>Traces the steady states that hang together with the one found first.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">Parameter and range.</param>
    /// <param name="progress">Told the time reached while the first steady state is sought.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="SensitivityException">A bad range, no steady state, or none that depends on the parameter.</exception>
    /// <exception cref="UnknownParameterException">No such parameter.</exception>
    public static BifurcationDiagram Trace(Network network, ContinuationOptions options, IProgress<SolveProgress>? progress = null, CancellationToken cancellation = default)
    {
        Check(options);
        var system = network.Lower();
        var kernel = Kernel.Compile(system);
        if (system.States.IsEmpty) throw new SensitivityException("There is nothing to follow: the system has no states.", $"network {network.Name}", "Give a model with at least one quantity that changes.");
        int place = system.Parameters.Select(p => p.Name).ToList().IndexOf(options.Parameter);
        if (place < 0) throw new UnknownParameterException(system.Name, options.Parameter, NearNames.Of(options.Parameter, system.Parameters.Select(p => p.Name)));
        double own = kernel.Parameters(options.Overrides)[place];
        double[] begins = options.Begin is { } given ? [given] : own >= options.Low && own <= options.High ? [own, options.Low, options.High] : own > options.High ? [options.High, options.Low] : [options.Low, options.High];
        var (begin, at) = Begin(network, system, kernel, options, [.. begins.Distinct()], progress, cancellation);
        var outputs = options.Outputs.IsDefault ? Recorded(network, system) : options.Outputs;
        var units = system.Observables.Select(o => (o.Name, o.Unit)).Concat(system.States.Select(s => (s.Name, s.Unit))).DistinctBy(o => o.Name).ToDictionary(o => o.Name, o => o.Unit, StringComparer.Ordinal);
        foreach (var name in outputs.Where(name => !units.ContainsKey(name)))
            throw new SensitivityException($"There is no output '{name}'.", $"network {network.Name}", $"Near are: {string.Join(", ", NearNames.Of(name, units.Keys))}. An output is a species, a variable or a flux.");

        var equations = new EquilibriumEquations(system, begin, options, at, outputs);
        if (!equations.DependsOnParameter)
            throw new SensitivityException($"The steady state does not depend on '{options.Parameter}'.", $"network {network.Name}, {options.Parameter} = {at:g6}", "Name a parameter of a rate law; the start of a species matters only where a total is conserved.");
        var species = network.Stores.OfType<Species>().Select(s => s.ContentName).ToHashSet(StringComparer.Ordinal);
        var curve = new EquilibriumCurve(equations, options, [.. system.States.Select(s => species.Contains(s.Name))]);
        ImmutableArray<string> states = [.. system.States.Select(s => s.Name)];
        var builder = new DiagramBuilder(equations, curve, options, states, cancellation);
        if (!builder.Build([.. begin.State], curve.Theta(at)))
            throw new SensitivityException("No branch of steady states goes through the one found first.", begin.Explanation, "Begin at another value of the parameter.");
        return new BifurcationDiagram
        {
            Options = options,
            ParameterUnit = system.Parameters[place].Unit,
            Branches = builder.Branches,
            SpecialPoints = builder.Special,
            States = states,
            Outputs = [.. outputs.Select(name => (name, units[name]))],
            Begin = begin,
            Notes = [.. Notes(network, system)],
        };
    }

    private static (SteadyStateResult Found, double At) Begin(Network network, EquationSystem system, Kernel kernel, ContinuationOptions options, double[] begins, IProgress<SolveProgress>? progress, CancellationToken cancellation)
    {
        SteadyStateResult? last = null;
        SolverException? failure = null;
        foreach (double λ in begins)
        {
            var overrides = options.Overrides.SetItem(options.Parameter, λ);
            var parameters = kernel.Parameters(overrides);
            var known = system.Parameters.Select((p, i) => (p.Name, parameters[i])).ToDictionary(p => p.Name, p => p.Item2, StringComparer.Ordinal);
            var search = new SteadyStateOptions { FollowsDynamics = options.FollowsDynamics, AcceptsUnstable = true, Horizon = options.Horizon, ConservationLaws = StructuralLaws.Of(network, system, known) };
            try
            {
                last = SteadyState.Find(new InitialValueProblem(kernel, 0, options.Horizon) { Overrides = overrides }, new Tolerance(1e-9, 1e-12), search, progress, cancellation);
                if (last.Found) return (last, λ);
            }
            catch (SolverException e) when (e is TooManyStepsException or StepTooSmallException or NonFiniteException)
            {
                failure = e;
            }
        }

        throw new SensitivityException("There is no steady state to begin at.", $"{options.Parameter} = {string.Join(" or ", begins.Select(b => b.ToString("g6", System.Globalization.CultureInfo.InvariantCulture)))}: {last?.Explanation ?? failure?.What}",
            "Begin at a value where the system settles (--begin), or widen the range to reach one.", failure);
    }

    private static ImmutableArray<string> Recorded(Network network, EquationSystem system)
    {
        var observables = system.Observables.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var faces = network.Stores.ToDictionary(s => s.ContentName, s => s.Name, StringComparer.Ordinal);
        return [.. system.States.Select(s => faces.TryGetValue(s.Name, out var face) && observables.Contains(face) ? face : s.Name).Concat(network.Processes.Select(p => p.Name)).Distinct()];
    }

    private static IEnumerable<string> Notes(Network network, EquationSystem system)
    {
        if (!system.Delays.IsEmpty) yield return "The model has delays: the steady states are right, their stability is that of the model without delays.";
        if (!network.AlgebraicRules.IsEmpty) yield return "The model has algebraic rules: stability and Hopf points are not judged.";
        if (!network.Events.IsEmpty) yield return "The model has events: the steady states are those between them.";
    }

    private static void Check(ContinuationOptions options)
    {
        if (!(double.IsFinite(options.Low) && double.IsFinite(options.High) && options.Low < options.High))
            throw new SensitivityException($"From {options.Low:g6} to {options.High:g6} there is no range.", $"range of '{options.Parameter}'", "Give two finite numbers, the lower one first.");
        if (options.IsLogarithmic && options.Low <= 0)
            throw new SensitivityException($"From {options.Low:g6} to {options.High:g6} there is no logarithmic range.", $"range of '{options.Parameter}'", "Give two positive numbers.");
        if (options.Begin is { } begin && !(begin >= options.Low && begin <= options.High))
            throw new SensitivityException($"The value {begin:g6} to begin at is outside the range.", $"range of '{options.Parameter}' from {options.Low:g6} to {options.High:g6}", "Begin at a value within it.");
        if (!(options.MaximumStep is > 0 and <= 1) || options.MaximumPoints < 2)
            throw new SensitivityException("A limit on steps is not usable.", $"MaximumStep {options.MaximumStep}, MaximumPoints {options.MaximumPoints}", "Give a step above 0 and at most 1, and at least 2 points.");
    }
}
