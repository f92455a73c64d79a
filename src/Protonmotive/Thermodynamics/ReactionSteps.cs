using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Thermodynamics;

/// <summary>
/// What the rate laws of a network tell of its affinities, where nothing else does: laws are split into J⁺ and J⁻, one-way
/// mass-action steps that are each other's reverse are joined, and RT ln(J⁺/J⁻) is taken for an affinity only where it is
/// an equilibrium constant over a quotient of species.
/// </summary>
public sealed class ReactionSteps
{
    private const int Trials = 12;

    private readonly Network network;
    private readonly StartValues start;
    private readonly FluxSplitting splitting;
    private readonly DefinitionResolver resolver;
    private readonly ImmutableArray<Membrane> membranes;
    private readonly Dictionary<string, Store> stores;

    private ReactionSteps(Network network, IReadOnlyDictionary<string, double>? overrides)
    {
        this.network = network;
        membranes = [.. network.Membranes];
        start = new StartValues(network, overrides);
        stores = network.Stores.DistinctBy(s => s.Name).ToDictionary(s => s.Name, StringComparer.Ordinal);
        var compartments = network.Compartments.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        splitting = new FluxSplitting(start.Constant, IsPositive, start.Start);
        resolver = new DefinitionResolver(network.Name, Definitions());

        bool IsPositive(string name) => stores.TryGetValue(name, out var store)
            ? store is Species or HeatStore or EnergyStore { Compartment: not null }
            : compartments.Contains(name) || (start.Start(name) is >= 0 && network.Parameters.Any(p => p.Name == name) && !network.Rates.Any(r => r.Target == name));
    }

    /// <summary>The steps of a network, one a process, in order.</summary>
    /// <param name="network">The model.</param>
    /// <param name="overrides">Parameters other than the model's own.</param>
    public static ImmutableArray<ReactionStep> Of(Network network, IReadOnlyDictionary<string, double>? overrides = null)
    {
        var steps = new ReactionSteps(network, overrides);
        var found = network.Processes.Select(steps.Step).ToArray();
        steps.JoinPairs(found);
        return [.. found];
    }

    /// <summary>Rules and fluxes that laws may use by name; species stay symbols, whatever gives their value.</summary>
    private Dictionary<string, Expression> Definitions()
    {
        var definitions = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var rule in network.Assignments) if (!stores.ContainsKey(rule.Target)) definitions[rule.Target] = rule.Value;
        foreach (var process in network.Processes) if (process.Law is FormulaLaw law) definitions.TryAdd(process.Name, law.Flux);
        return definitions;
    }

    private ReactionStep Step(Process process)
    {
        if (process.Law is not (FormulaLaw or OneWayLaw or MassActionLaw)) return new ReactionStep(process, StepStanding.Unknown, "its law is no formula of its species");
        if (membranes.Any(m => process.ChargeAcross(m) != 0)) return new ReactionStep(process, StepStanding.Unknown, "it moves charge across a membrane");
        var fluxes = process.Law.Fluxes(process, network.Constants, membranes);
        FluxSplit split;
        if (fluxes is { Forward: { } f, Backward: { } b })
        {
            (f, b) = (Resolve(f, process), Resolve(b, process));
            split = b.IsConstant && b.Value == 0 ? new FluxSplit(f, Expression.Zero, "") : splitting.Join(f, b) is { Forward: not null } joined ? joined : new FluxSplit(f, b, "");
        }
        else
        {
            split = splitting.Split(Resolve(fluxes.Net, process));
        }
        var step = Judge(process, split);
        return step.HasAffinity && !(HasValue(step.Forward!) && HasValue(step.Backward!))
            ? new ReactionStep(process, StepStanding.Unknown, "J⁺ or J⁻ has no value at the start")
            : step;
    }

    private bool HasValue(Expression part) => double.IsFinite(part.Evaluate(name => start.Start(name) ?? double.NaN));

    private Expression Resolve(Expression formula, Process process) => resolver.Resolve(formula, $"law of {process.Name}");

    private ReactionStep Judge(Process process, FluxSplit split)
    {
        if (split.Forward is null) return new ReactionStep(process, StepStanding.Unknown, split.Reason);
        if (split.IsNothing) return new ReactionStep(process, StepStanding.Nothing, "its law gives no flux at these parameters");
        var step = new ReactionStep(process, StepStanding.OneWay, "") { Forward = split.Forward, Backward = split.Backward };
        if (split.IsOneWay) return step with { Reason = split.Rests.IsEmpty ? "" : $"while {string.Join(" and ", split.Rests.Select(RestName))} {(split.Rests.Length > 1 ? "are" : "is")} not negative" };
        if (process.Stoichiometry.Any(p => !p.Coefficient.IsConstant)) return step with { Standing = StepStanding.Unknown, Reason = "its stoichiometry is no number" };
        return split.Quotient is { } quotient ? FromQuotient(step, quotient, split) : FromSamples(step);
    }

    /// <summary>J⁺/J⁻ is one product of powers: its species against those of the equation.</summary>
    private ReactionStep FromQuotient(ReactionStep step, ImmutableArray<QuotientFactor> quotient, FluxSplit split)
    {
        var own = new Dictionary<string, double>(StringComparer.Ordinal);
        var constants = new List<QuotientFactor>();
        double logK = 0;
        foreach (var (@base, exponent) in quotient)
        {
            var (symbol, power) = @base.Operation == Operation.Power && Value(@base.Operands[1]) is { } p ? (@base.Operands[0], p) : (@base, 1);
            if (Value(@base) is { } value)
            {
                logK += exponent * Math.Log(value);
                constants.Add(new QuotientFactor(@base, exponent));
            }
            else if (symbol.Operation == Operation.Symbol && stores.ContainsKey(symbol.Name)) Give(symbol.Name, -exponent * power);
            else if (split.Rests.Contains(symbol)) Give(RestName(symbol), -exponent * power);
            else return step with { Standing = StepStanding.Unknown, Reason = $"J⁺/J⁻ moves with {Infix.Print(@base, 60)}" };
        }
        foreach (var none in own.Where(o => o.Value == 0).Select(o => o.Key).ToList()) own.Remove(none);
        return Compare(step with { LogEquilibrium = logK, Constants = [.. constants] }, own);

        void Give(string name, double coefficient) => own[name] = own.GetValueOrDefault(name) + coefficient;
    }

    private ReactionStep Compare(ReactionStep step, Dictionary<string, double> own)
    {
        var declared = step.Process.Stoichiometry.ToDictionary(p => p.Store.Name, p => p.Coefficient.Value, StringComparer.Ordinal);
        double logK = step.LogEquilibrium!.Value;
        // A held species may be left out of the law: its level is in the constants.
        foreach (var (name, coefficient) in declared.Where(d => !own.ContainsKey(d.Key) && network.IsHeld(stores[d.Key]) && start.Constant(d.Key) is null).ToList())
        {
            if (own.Count == 0 || !(stores[name].IsReservoir && start.Start(name) is > 0 and var level) || !IsSteady(name)) continue;
            own[name] = coefficient;
            logK += coefficient * Math.Log(level);
        }
        if (own.Count == 0) return step with { Standing = StepStanding.Unknown, LogEquilibrium = null, Reason = "J⁺/J⁻ is the same whatever its species do" };
        double dot = own.Sum(o => o.Value * declared.GetValueOrDefault(o.Key));
        double order = dot / Math.Max(1e-300, declared.Where(d => own.ContainsKey(d.Key)).Sum(d => d.Value * d.Value));
        bool parallel = own.Count == declared.Count && own.All(o => declared.TryGetValue(o.Key, out double d) && Math.Abs(o.Value - (order * d)) < 1e-9);
        if (parallel && order < 0) return step with { Standing = StepStanding.Unknown, LogEquilibrium = null, Reason = "its law runs against its equation: it slows with its reactants and quickens with its products" };
        if (parallel) return step with
        {
            Standing = StepStanding.Reversible,
            Order = order,
            LogEquilibrium = logK / order,
            Stoichiometry = declared.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Constants = [.. step.Constants.Select(c => c with { Exponent = c.Exponent / order })],
            Reason = Math.Abs(order - 1) < 1e-9 ? "" : $"J⁺/J⁻ = (K/Q)^{order:0.###}",
        };
        var written = step with { Standing = StepStanding.OwnEquation, LogEquilibrium = logK, Stoichiometry = own.ToImmutableSortedDictionary(StringComparer.Ordinal) };
        return written with { Reason = $"its law balances {written.Equation}" };
    }

    /// <summary>Whether a reservoir stays at its level: neither rule nor event moves it.</summary>
    private bool IsSteady(string name) =>
        !network.Assignments.Any(a => a.Target == name) && !network.Rates.Any(r => r.Target == name) && !network.Events.Any(e => e.Assignments.Any(a => a.Target == name));

    /// <summary>J⁺/J⁻ is no single product: whether it still is K/Q of the equation, at sampled states.</summary>
    private ReactionStep FromSamples(ReactionStep step)
    {
        var names = step.Forward!.Symbols().Union(step.Backward!.Symbols()).Union(step.Process.Stoichiometry.Select(p => p.Store.Name)).Where(stores.ContainsKey).Order(StringComparer.Ordinal).ToArray();
        var random = new Philox(1);
        var found = new List<double>();
        for (uint trial = 0; trial < Trials; trial++)
        {
            uint member = trial;
            var levels = names.Select((name, i) => (name, Level: Level(name) * Math.Pow(10, (2 * random.Uniform(member, (uint)i)) - 1))).ToDictionary(l => l.name, l => l.Level, StringComparer.Ordinal);
            double At(string name) => levels.TryGetValue(name, out double level) ? level : start.Start(name) ?? double.NaN;
            double logK = Math.Log(step.Forward.Evaluate(At) / step.Backward.Evaluate(At))
                + step.Process.Stoichiometry.Sum(p => p.Coefficient.Value * Math.Log(At(p.Store.Name)));
            if (double.IsFinite(logK)) found.Add(logK);
        }
        if (found.Count < Trials / 2) return step with { Standing = StepStanding.Unknown, Reason = "J⁺/J⁻ has no value at the sampled states" };
        double spread = found.Max() - found.Min();
        return spread < 1e-9 * Math.Max(1, Math.Abs(found[0]))
            ? step with
            {
                Standing = StepStanding.Reversible,
                LogEquilibrium = found[0],
                Stoichiometry = step.Process.Stoichiometry.ToImmutableSortedDictionary(p => p.Store.Name, p => p.Coefficient.Value, StringComparer.Ordinal),
            }
            : step with { Standing = StepStanding.Unknown, Reason = $"J⁺/J⁻ over the quotient of its equation varies by a factor {Math.Exp(spread):g3} over sampled states: its terms are no one-way fluxes" };
    }

    private double Level(string name) => start.Start(name) is > 0 and var level ? level : 1;

    private double? Value(Expression constant)
    {
        if (constant.IsConstant) return constant.Value;
        if (constant.Symbols().Any(s => start.Constant(s) is null) || constant.DependsOn(Expression.Time)) return null;
        double value = constant.Evaluate(name => start.Constant(name)!.Value);
        return value > 0 && double.IsFinite(value) ? value : null;
    }

    private static string RestName(Expression rest) => $"({Infix.Print(rest, 40)})";

    /// <summary>Joins one-way steps of which each is the reverse of the other by mass action.</summary>
    private void JoinPairs(ReactionStep[] steps)
    {
        var waiting = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (int i = 0; i < steps.Length; i++)
        {
            var process = steps[i].Process;
            if (steps[i].Standing != StepStanding.OneWay || process.Reactants.IsEmpty || process.Products.IsEmpty || steps[i].Backward is not { IsConstant: true }) continue;
            string left = Side(process.Reactants), right = Side(process.Products);
            if (waiting.TryGetValue($"{right} -> {left}", out var partners) && partners.TryPeek(out int first) && Joined(steps[first], steps[i]) is { } pair)
            {
                partners.Dequeue();
                steps[first] = pair;
                steps[i] = new ReactionStep(process, StepStanding.JoinedReverse, $"the reverse of {steps[first].Process.Name}") { Partner = steps[first].Process };
                continue;
            }
            var key = $"{left} -> {right}";
            if (!waiting.TryGetValue(key, out var queue)) waiting[key] = queue = new Queue<int>();
            queue.Enqueue(i);
        }
    }

    private ReactionStep? Joined(ReactionStep forward, ReactionStep backward)
    {
        var split = splitting.Join(forward.Forward!, backward.Forward!);
        if (split.Quotient is null) return null;
        var joined = Judge(forward.Process, split);
        return joined is { Standing: StepStanding.Reversible, Order: 1 }
            ? joined with { Partner = backward.Process, Reason = $"with {backward.Process.Name} as its reverse" }
            : null;
    }

    private static string Side(ImmutableArray<Participant> side) =>
        side.Length == 1 ? $"{side[0].Coefficient} {side[0].Store.Name}" : string.Join(" + ", side.Select(p => $"{p.Coefficient} {p.Store.Name}").Order(StringComparer.Ordinal));
}
