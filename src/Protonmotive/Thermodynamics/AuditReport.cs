using System.Collections.Immutable;

namespace Protonmotive.Thermodynamics;

/// <summary>What an audit says of a process.</summary>
public enum Verdict
{
    /// <summary>Proved passive from the form of its law.</summary>
    Proved,
    /// <summary>Never ran against its affinity in the sampled states.</summary>
    NotViolated,
    /// <summary>Runs against its affinity at a named state.</summary>
    Violated,
    /// <summary>A load: it takes power by design.</summary>
    Load,
    /// <summary>One-way without potentials: there is nothing to check it against.</summary>
    Unbounded,
    /// <summary>Its affinity is unknown.</summary>
    Unknown,
}

/// <summary>The audit of a model before any run.</summary>
public sealed record AuditReport
{
    /// <summary>Name of the model.</summary>
    public required string System { get; init; }

    /// <summary>A verdict for each process.</summary>
    public required ImmutableArray<ProcessAudit> Processes { get; init; }

    /// <summary>Cycles of reversible steps; null where there are none to check.</summary>
    public WegscheiderReport? Wegscheider { get; init; }

    /// <summary>Processes that do not conserve charge, atoms, or both.</summary>
    public required ImmutableArray<BalanceFault> Balance { get; init; }

    /// <summary>How many processes have the charge or the composition of all their species declared.</summary>
    public int BalanceChecked { get; init; }

    /// <summary>Conserved totals of the network, in words.</summary>
    public required ImmutableArray<string> ConservedTotals { get; init; }

    /// <summary>Number of states sampled.</summary>
    public required int Samples { get; init; }

    /// <summary>Whether nothing was found.</summary>
    public bool Passed => Processes.All(p => p.Verdict != Verdict.Violated) && Balance.IsEmpty && (Wegscheider?.Consistent ?? true);
}

/// <summary>One process in the audit.</summary>
/// <param name="Name">The process.</param>
/// <param name="Equation">Its equation.</param>
/// <param name="Verdict">What was found.</param>
/// <param name="Reason">The proof, the number of samples, or the fault, in words.</param>
public sealed record ProcessAudit(string Name, string Equation, Verdict Verdict, string Reason)
{
    /// <summary>What its rate law alone tells of its affinity; null where its potentials are declared or it is a load.</summary>
    public StepStanding? Standing { get; init; }

    /// <summary>ln of the equilibrium constant that the rate law implies, in the model's units; null where there is none.</summary>
    public double? LogEquilibrium { get; init; }

    /// <summary>The state at which it runs uphill worst, by symbol; empty if none was found.</summary>
    public ImmutableSortedDictionary<string, double> WorstState { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Affinity there, J/mol or the model's unit.</summary>
    public double? WorstAffinity { get; init; }

    /// <summary>Flux there.</summary>
    public double? WorstFlux { get; init; }

    /// <summary>
    /// exp(|A|/RT) where the flux vanishes: 1 for a law that stops at its equilibrium, else the factor by which it is off. Null
    /// where no vanishing flux was found.
    /// </summary>
    public double? EquilibriumFactor { get; init; }

    /// <summary>Whether that factor is the same at every sampled state: a wrong constant, not a wrong form.</summary>
    public bool FactorIsConstant { get; init; }
}

/// <summary>Detailed balance of the reversible steps.</summary>
/// <param name="Steps">Number of steps.</param>
/// <param name="IndependentCycles">Number of independent cycles: steps less rank.</param>
/// <param name="Residuals">By step: what ln K is off the nearest consistent set (least squares), in units of RT.</param>
/// <param name="Cycle">The shortest violating cycle found, with its coefficients; empty if consistent.</param>
/// <param name="CycleAffinity">Σ c ln K of that cycle, in RT: free energy from nothing at each turn.</param>
/// <param name="CycleEnergy">The same in kJ/mol; null if consistent.</param>
public sealed record WegscheiderReport(
    int Steps, int IndependentCycles, ImmutableArray<(string Step, double Residual)> Residuals,
    ImmutableArray<(string Step, double Coefficient)> Cycle, double CycleAffinity, double? CycleEnergy)
{
    /// <summary>Violated cycles, the shortest found for each independent relation between rate constants; at most five.</summary>
    public ImmutableArray<CycleViolation> Violations { get; init; } = [];

    /// <summary>How many of the independent cycles are violated.</summary>
    public int ViolatedCycles { get; init; }

    /// <summary>Temperature in K that <see cref="CycleEnergy"/> is for, where the model declares none; null where it does.</summary>
    public double? AssumedTemperature { get; init; }

    /// <summary>Whether every cycle is consistent (to 1e-9 in ln K).</summary>
    public bool Consistent => Cycle.IsEmpty;
}

/// <summary>A cycle of steps that changes nothing and yet would yield free energy at each turn.</summary>
/// <param name="Steps">Steps with their coefficients, turned so that the affinity is positive.</param>
/// <param name="Affinity">Σ c ln K, in units of RT.</param>
/// <param name="Energy">The same in kJ/mol.</param>
/// <param name="Relation">The product of rate constants that should be 1 (statistical factors apart); empty where they are not known apart.</param>
public sealed record CycleViolation(ImmutableArray<(string Step, double Coefficient)> Steps, double Affinity, double Energy, string Relation);

/// <summary>A process that does not conserve something.</summary>
/// <param name="Process">The process.</param>
/// <param name="What">"charge" or an element.</param>
/// <param name="Imbalance">Products less reactants.</param>
public sealed record BalanceFault(string Process, string What, double Imbalance);
