using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Thermodynamics;

/// <summary>
/// Flux against affinity over sampled states: amounts vary over two decades around the start, potential differences between 0
/// and 1.3 times the start. Where a law runs uphill, one participant is moved until the flux vanishes: the affinity
/// there tells by which factor the law's equilibrium is off.
/// </summary>
internal sealed class LawSampling
{
    /// <summary>|A|/RT below which a sign is not judged: rounding of log ratios.</summary>
    private const double SmallestAffinity = 1e-6;

    private readonly Network network;
    private readonly Kernel kernel;
    private readonly KernelInstance instance;
    private readonly double[] parameters;
    private readonly double[] reference;
    private readonly Lazy<(double[][] States, double[][] Values)> sampled;
    private readonly Dictionary<string, int> observables;
    private readonly Dictionary<string, int> components;
    private readonly double thermalEnergy;

    public LawSampling(Network network, Kernel kernel, double[] parameters, int samples, ulong seed)
    {
        this.network = network;
        this.kernel = kernel;
        this.parameters = parameters;
        instance = kernel.Bind(parameters);
        observables = kernel.System.Observables.Select((o, i) => (o.Name, i)).ToDictionary(o => o.Name, o => o.i, StringComparer.Ordinal);
        components = kernel.System.States.Select((s, i) => (s.Name, i)).ToDictionary(s => s.Name, s => s.i, StringComparer.Ordinal);
        reference = Reference(kernel.InitialState(parameters));
        thermalEnergy = ThermalEnergy();
        // Only laws with declared potentials need the states.
        sampled = new(() =>
        {
            var random = new Philox(seed);
            double[][] drawn = [.. Enumerable.Range(0, samples).Select(member => Sample(random, (uint)member))];
            return (drawn, [.. drawn.Select(Evaluate)]);
        });
    }

    private double[][] states => sampled.Value.States;

    private double[][] values => sampled.Value.Values;

    public ProcessAudit Judge(Process process, ReactionStep step)
    {
        var audit = Examine(process, step);
        return process.Law.Remark is { Length: > 0 } remark && remark != audit.Reason ? audit with { Reason = $"{remark}: {audit.Reason}" } : audit;
    }

    private ProcessAudit Examine(Process process, ReactionStep step)
    {
        if (process.Kind == ProcessKind.Load) return new ProcessAudit(process.Name, process.Equation, Verdict.Load, "delivers power to the outside by design");
        bool known = observables.TryGetValue(Lowering.AffinityName(process.Name), out int affinity);
        if (!known) return WithoutPotentials(process, step);
        if (process.Law.Proof is { } proof) return new ProcessAudit(process.Name, process.Equation, Verdict.Proved, proof);
        int flux = observables[process.Name];
        double largest = values.Max(v => double.IsFinite(v[flux]) ? Math.Abs(v[flux]) : 0);
        int worst = -1;
        double worstPower = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double A = values[i][affinity], J = values[i][flux], power = A * J;
            if (!(Math.Abs(A) > SmallestAffinity * thermalEnergy) || !(Math.Abs(J) > 1e-9 * largest)) continue;
            if (power < worstPower) (worst, worstPower) = (i, power);
        }
        return worst < 0
            ? new ProcessAudit(process.Name, process.Equation, Verdict.NotViolated, $"runs down its affinity in {states.Length} sampled states")
            : Violation(process, worst, flux, affinity);
    }

    private ProcessAudit WithoutPotentials(Process process, ReactionStep step)
    {
        // Laws that are no formula of the species (Goldman-Hodgkin-Katz) still say what their one-way fluxes are.
        if (step.Standing == StepStanding.Unknown && process.Law.Fluxes(process, network.Constants, [.. network.Membranes]) is { Forward: not null, Backward: { } b } && !(b.IsConstant && b.Value == 0))
            return new ProcessAudit(process.Name, process.Equation, Verdict.Proved, "A = RT ln(J⁺/J⁻) has the sign of J⁺ − J⁻; whether such affinities fit together is Wegscheider's question");
        var K = step.LogEquilibrium is { } logK ? $", K = {Math.Exp(logK).ToString("g4", CultureInfo.InvariantCulture)}" : "";
        var (verdict, reason) = step.Standing switch
        {
            StepStanding.Reversible => (Verdict.Proved, $"A = RT ln(J⁺/J⁻){K}{(step.Reason.Length > 0 ? ": " + step.Reason : "")}"),
            StepStanding.OwnEquation => (Verdict.Proved, $"A = RT ln(J⁺/J⁻){K}, but {step.Reason}"),
            StepStanding.JoinedReverse => (Verdict.Proved, step.Reason),
            StepStanding.OneWay => (Verdict.Unbounded, $"one-way{(process.IsReversible ? ", though declared reversible" : "")}, and the potentials of its species are unknown: its affinity is unbounded{(step.Reason.Length > 0 ? " (" + step.Reason + ")" : "")}"),
            _ => (Verdict.Unknown, step.Reason),
        };
        return new ProcessAudit(process.Name, process.Equation, verdict, reason) { Standing = step.Standing, LogEquilibrium = step.LogEquilibrium };
    }

    private ProcessAudit Violation(Process process, int worst, int flux, int affinity)
    {
        var factors = new List<double>();
        for (int i = 0; i < states.Length && factors.Count < 50; i++)
        {
            if (AffinityAtRest(process, states[i], flux, affinity) is { } A) factors.Add(A / thermalEnergy);
        }
        factors.Sort();
        double? middle = factors.Count == 0 ? null : factors[factors.Count / 2];
        bool constant = middle is { } m && factors[^1] - factors[0] < 1e-3 * Math.Max(1, Math.Abs(m));
        var text = middle switch
        {
            null => "runs uphill",
            _ when constant => $"its equilibrium is off by a factor {Math.Exp(Math.Abs(middle.Value)):0.###} at every state: a constant of the law does not fit the potentials",
            _ => $"where its flux vanishes its affinity does not (factors from {Math.Exp(factors[0]):0.###} to {Math.Exp(factors[^1]):0.###}): the form of the law does not fit the potentials",
        };
        double A0 = values[worst][affinity], J0 = values[worst][flux];
        return new ProcessAudit(process.Name, process.Equation, Verdict.Violated, text)
        {
            WorstState = StateText(process, states[worst], values[worst]),
            WorstAffinity = A0,
            WorstFlux = J0,
            EquilibriumFactor = middle is { } f ? Math.Exp(Math.Abs(f)) : null,
            FactorIsConstant = constant,
        };
    }

    /// <summary>Moves one participant on a logarithmic scale until the flux changes sign; the affinity at that point.</summary>
    private double? AffinityAtRest(Process process, double[] state, int flux, int affinity)
    {
        foreach (var participant in process.Stoichiometry)
        {
            if (!components.TryGetValue(participant.Store.ContentName, out int index) || participant.Store is not Species || !(state[index] > 0)) continue;
            var moved = (double[])state.Clone();
            double Flux(double log) { moved[index] = state[index] * Math.Exp(log); return Evaluate(moved)[flux]; }
            double low = 0, high = 0, start = Flux(0);
            for (double reach = 0.5; reach <= 16; reach *= 2)
            {
                if (Flux(reach) * start < 0) { high = reach; break; }
                if (Flux(-reach) * start < 0) { high = -reach; break; }
            }
            if (high == 0) continue;
            for (int i = 0; i < 60; i++)
            {
                double middle = (low + high) / 2;
                if (Flux(middle) * start > 0) low = middle; else high = middle;
            }
            moved[index] = state[index] * Math.Exp((low + high) / 2);
            return Evaluate(moved)[affinity];
        }
        return null;
    }

    private double[] Evaluate(double[] state)
    {
        var result = new double[kernel.System.Observables.Length];
        instance.Observables(0, state, result);
        return result;
    }

    /// <summary>The start, with empty stores given a hundredth of the fullest of their group.</summary>
    private double[] Reference(double[] start)
    {
        var system = kernel.System;
        return [.. system.States.Select((s, i) =>
        {
            if (start[i] != 0 || s.ScaleGroup is null) return start[i];
            double fullest = system.States.Select((o, j) => o.ScaleGroup == s.ScaleGroup ? Math.Abs(start[j]) : 0).Max();
            return 0.01 * (fullest == 0 ? 1 : fullest);
        })];
    }

    private double[] Sample(Philox random, uint member)
    {
        var state = (double[])reference.Clone();
        var membranes = network.Membranes.Select(m => m.ContentName).ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < state.Length; i++)
        {
            double u = random.Uniform(member, (uint)i);
            state[i] *= membranes.Contains(kernel.System.States[i].Name) ? 1.3 * u : Math.Pow(10, (2 * u) - 1);
        }
        return state;
    }

    private ImmutableSortedDictionary<string, double> StateText(Process process, double[] state, double[] row) => process.Stoichiometry.Select(p => p.Store)
        .Concat(network.Membranes.Where(m => process.ChargeAcross(m) != 0))
        .Where(s => observables.ContainsKey(s.Name) || components.ContainsKey(s.ContentName))
        .DistinctBy(s => s.Name)
        .ToImmutableSortedDictionary(s => s.Name, s => observables.TryGetValue(s.Name, out int i) ? row[i] : state[components[s.ContentName]], StringComparer.Ordinal);

    private double ThermalEnergy()
    {
        if (network.Constants.Temperature is null) return 1;
        var byName = kernel.System.Parameters.Select((p, i) => (p.Name, Value: parameters[i])).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        return new Lowering(network).Resolve(network.Constants.ThermalEnergy).Evaluate(name => byName.GetValueOrDefault(name, double.NaN));
    }
}
