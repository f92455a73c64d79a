using System.Collections.Immutable;

namespace Protonmotive.Thermodynamics;

/// <summary>One number of a ledger as a formula of the account's integrals, so that it may be read at any time of a run.</summary>
/// <param name="Name">Its name: "efficiency", or "ATPSYN.work" of a process, boundary or supply.</param>
/// <param name="Unit">Its unit; "1" where it has none.</param>
/// <param name="Description">What it is, in a line.</param>
/// <param name="Inputs">Names of the quadratures and observables it is computed from, besides <see cref="StoredAtStart"/> and <see cref="Jumped"/>.</param>
/// <param name="Formula">The formula.</param>
/// <param name="Slopes">Its derivatives by the inputs.</param>
public sealed record LedgerNumber(string Name, string Unit, string Description, ImmutableArray<string> Inputs, LedgerFormula Formula, LedgerSlopes Slopes)
{
    /// <summary>Input: the free energy stored at the start of the account, which is the observable <see cref="Stored"/> there.</summary>
    public const string StoredAtStart = "energy.stored at the start";

    /// <summary>Input: what jumps of the state supplied since the start, which no integral holds.</summary>
    public const string Jumped = "supplied by jumps";

    /// <summary>Name of the observable that holds the free energy stored.</summary>
    public const string Stored = Networks.Lowering.StoredEnergyName;
}

/// <summary>A number of a ledger.</summary>
/// <param name="inputs">Its inputs, in order, in the units of the integrals.</param>
/// <returns>The number, NaN where it has no meaning (an efficiency where nothing was spent).</returns>
public delegate double LedgerFormula(ReadOnlySpan<double> inputs);

/// <summary>The derivatives of a number of a ledger by its inputs.</summary>
/// <param name="inputs">Its inputs, in order, in the units of the integrals.</param>
/// <param name="slopes">Receives ∂number/∂input, shape [inputs]; NaN where the number has no meaning.</param>
public delegate void LedgerSlopes(ReadOnlySpan<double> inputs, Span<double> slopes);
