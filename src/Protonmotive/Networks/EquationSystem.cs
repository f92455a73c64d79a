using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>
/// The flat form every model is lowered to: M dy/dt = f(t, y, p, m), with parameters p and modes m. Everything after lowering
/// (kernels, solvers, ledger) sees only this.
/// </summary>
/// <remarks>
/// Every expression is written in the symbols of <see cref="States"/>, <see cref="Parameters"/> and <see cref="Modes"/> and in
/// <see cref="Expression.Time"/>; rules and definitions are already substituted. Between two stops of the integration loop
/// the modes are fixed, so f is smooth.
/// </remarks>
public sealed record EquationSystem
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The states y, in order; index = position in every state vector.</summary>
    public required ImmutableArray<StateVariable> States { get; init; }

    /// <summary>The parameters p, in order; index = position in every parameter vector.</summary>
    public required ImmutableArray<ParameterDefinition> Parameters { get; init; }

    /// <summary>Truth values that change only at stops; they follow the parameters in the parameter vector.</summary>
    public ImmutableArray<Mode> Modes { get; init; } = [];

    /// <summary>Jumps of states and parameters.</summary>
    public ImmutableArray<EventDefinition> Events { get; init; } = [];

    /// <summary>Values of the past, which the integration loop supplies from its history.</summary>
    public ImmutableArray<DelayedValue> Delays { get; init; } = [];

    /// <summary>Name of the symbol that is 0 where a delayed value reaches back before the start, and 1 everywhere else.</summary>
    public const string StartedName = "has.started";

    /// <summary>Integrals taken along the solution under the solver's error control; they follow the states in the state vector.</summary>
    public ImmutableArray<Quadrature> Quadratures { get; init; } = [];

    /// <summary>Named functions of the solution, for output.</summary>
    public ImmutableArray<Observable> Observables { get; init; } = [];

    /// <summary>
    /// The entries of the constant mass matrix M over the states; empty means the identity. A row of zeros is an
    /// algebraic equation 0 = f.
    /// </summary>
    public ImmutableArray<MassEntry> Mass { get; init; } = [];

    /// <summary>Unit of the independent variable; "s" unless the model says otherwise.</summary>
    public string TimeUnit { get; init; } = "s";
}

/// <summary>A state y with its rate dy/dt (its row of f).</summary>
/// <param name="Name">Its symbol in every expression.</param>
/// <param name="Unit">Unit as text; "" where unknown, "1" where dimensionless.</param>
/// <param name="Initial">Value at the start, in parameters and time only.</param>
/// <param name="Rate">Its row of f.</param>
/// <param name="ScaleGroup">
/// States of one group share the scale of their absolute tolerance: the largest |initial value| among them. Null: scale 1, so
/// the absolute tolerance is taken literally.
/// </param>
public sealed record StateVariable(string Name, string Unit, Expression Initial, Expression Rate, string? ScaleGroup = null)
{
    /// <summary>Whether it is known to be of either sign, so that it may turn negative from a start at 0: the charge of a membrane.</summary>
    public bool IsSigned { get; init; }
}

/// <summary>A parameter; its definition is a number or a formula of other parameters, evaluated once at the start.</summary>
/// <param name="Name">Its symbol.</param>
/// <param name="Unit">Unit as text.</param>
/// <param name="Definition">Constant, or in other parameters and time (the start time).</param>
public sealed record ParameterDefinition(string Name, string Unit, Expression Definition)
{
    /// <summary>Where its value is drawn from; null for a parameter that is given by its definition.</summary>
    public Draw? Draw { get; init; }
}

/// <summary>A formula as it was some time ago.</summary>
/// <param name="Name">Its symbol.</param>
/// <param name="Value">The formula, in states, parameters, time and other delayed values; relations in it are evaluated, not modes.</param>
/// <param name="Lag">How long ago, ≥ 0, in the unit of time.</param>
public sealed record DelayedValue(string Name, Expression Value, Expression Lag)
{
    /// <summary>The symbol of its slope in time.</summary>
    public string SlopeName => Name + ".slope";
}

/// <summary>A truth value of the system: 1 where the relation holds, else 0.</summary>
/// <param name="Name">Its symbol.</param>
/// <param name="Relation">A relation (Less or LessOrEqual) in states, parameters and time.</param>
public sealed record Mode(string Name, Expression Relation)
{
    /// <summary>The function whose sign change flips the relation: left − right.</summary>
    public Expression Root => Relation.Operands[0] - Relation.Operands[1];
}

/// <summary>A jump: due when the trigger turns from false to true, after the delay; see <see cref="NetworkEvent"/> for the order of several.</summary>
/// <param name="Name">Shown in the solution.</param>
/// <param name="Trigger">A truth value, in modes, parameters, states and time; relations in it are modes.</param>
/// <param name="Assignments">Target (a state or a parameter) and new value.</param>
/// <param name="TrueBeforeStart">Whether the trigger counts as true before the start; if not, a trigger true at the start fires there.</param>
public sealed record EventDefinition(string Name, Expression Trigger, ImmutableArray<EventAssignment> Assignments, bool TrueBeforeStart = true)
{
    /// <summary>Time between trigger and jump; null for none.</summary>
    public Expression? Delay { get; init; }

    /// <summary>Rank among events due at one time; null for last.</summary>
    public Expression? Priority { get; init; }

    /// <summary>Whether it stays due if its trigger turns false before.</summary>
    public bool IsPersistent { get; init; } = true;

    /// <summary>Whether new values are computed when the trigger turns true.</summary>
    public bool UsesTriggerTimeValues { get; init; } = true;

    /// <summary>The random numbers in its values and delay, drawn anew before these are computed; each is a parameter.</summary>
    public ImmutableArray<Draw> Draws { get; init; } = [];
}

/// <summary>One assignment of an event.</summary>
/// <param name="Target">Name of a state or of a parameter.</param>
/// <param name="Value">The new value, from values before the jump.</param>
public sealed record EventAssignment(string Target, Expression Value)
{
    /// <summary>
    /// What the target becomes, where that is not the value itself: in <see cref="Assigned"/> of this assignment's index, and in states
    /// and parameters as they are when the event is carried out, before it sets anything. An amount set through its concentration
    /// in a volume that changes is such a target.
    /// </summary>
    public Expression? Result { get; init; }

    /// <summary>The symbol of the value of the assignment with that index within its event.</summary>
    public static Expression Assigned(int index) => Expression.Symbol(AssignedName(index));

    internal static string AssignedName(int index) => FormattableString.Invariant($"assigned.{index}");
}

/// <summary>∫ integrand dt along the solution.</summary>
/// <param name="Name">Shown in the solution.</param>
/// <param name="Unit">Unit of the integral.</param>
/// <param name="Integrand">In states, parameters, modes and time.</param>
/// <param name="ScaleWith">
/// Name of the quadrature whose size sets this one's relative tolerance (a ledger's total activity); null for its own.
/// </param>
/// <param name="AbsoluteScale">Absolute tolerance is the run's relative tolerance times this, in the unit of the integral; in parameters and initial states.</param>
public sealed record Quadrature(string Name, string Unit, Expression Integrand, string? ScaleWith, Expression AbsoluteScale);

/// <summary>A named function of the solution.</summary>
/// <param name="Name">Its identifier.</param>
/// <param name="Unit">Unit as text.</param>
/// <param name="Value">In states, parameters, modes and time.</param>
public sealed record Observable(string Name, string Unit, Expression Value);

/// <summary>One entry of the mass matrix.</summary>
/// <param name="Row">Row, a state's index.</param>
/// <param name="Column">Column, a state's index.</param>
/// <param name="Value">The entry.</param>
public readonly record struct MassEntry(int Row, int Column, double Value);
