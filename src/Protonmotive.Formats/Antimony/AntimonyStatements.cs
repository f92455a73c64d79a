using System.Collections.Immutable;

namespace Protonmotive.Formats.Antimony;

/// <summary>A formula as a range of tokens; it is read once the names it may hold are known.</summary>
/// <param name="Source">The file.</param>
/// <param name="First">Its first token.</param>
/// <param name="End">The token after its last.</param>
internal readonly record struct AntimonyFormula(AntimonySource Source, int First, int End)
{
    /// <summary>Whether nothing was written.</summary>
    public bool IsBlank => First >= End;
}

/// <summary>A name as it is written, with the submodels before it.</summary>
/// <param name="Source">The file.</param>
/// <param name="Token">Its first token.</param>
/// <param name="Path">Submodels, then the name.</param>
/// <param name="IsBoundary">Whether a $ stands before it.</param>
internal sealed record AntimonyReference(AntimonySource Source, int Token, ImmutableArray<string> Path, bool IsBoundary = false)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join('.', Path);
}

/// <summary>One statement of a model.</summary>
/// <param name="Source">The file.</param>
/// <param name="Token">Its first token.</param>
internal abstract record AntimonyStatement(AntimonySource Source, int Token);

/// <summary>What '=' sets.</summary>
internal enum AntimonyAssignmentKind
{
    /// <summary>The value at the start, with '='; the rate, of a reaction.</summary>
    Initial,
    /// <summary>The value at all times, with ':='.</summary>
    Always,
    /// <summary>The rate of change, with '\'='.</summary>
    Rate,
}

/// <summary><c>var species $S in C = 3, …</c>, one for each name.</summary>
internal sealed record AntimonyDeclaration(AntimonySource Source, int Token, AntimonyReference Target, string Type, bool? IsConstant, bool IsSubstanceOnly) : AntimonyStatement(Source, Token);

/// <summary><c>x in C</c>.</summary>
internal sealed record AntimonyPlacement(AntimonySource Source, int Token, AntimonyReference Target, AntimonyReference Compartment) : AntimonyStatement(Source, Token);

/// <summary><c>x = 3</c>, <c>x := y</c>, <c>x' = z</c>; a blank formula takes it away.</summary>
internal sealed record AntimonyAssignment(AntimonySource Source, int Token, AntimonyReference Target, AntimonyAssignmentKind Kind, AntimonyFormula Value) : AntimonyStatement(Source, Token);

/// <summary>A species in a reaction.</summary>
/// <param name="Species">The species.</param>
/// <param name="Number">Its coefficient, as a number.</param>
/// <param name="Symbol">Its coefficient, as a name; null for a number.</param>
internal sealed record AntimonyParticipant(AntimonyReference Species, double Number, AntimonyReference? Symbol);

/// <summary><c>J: A + 2 B -> C; k*A*B in cell</c>.</summary>
internal sealed record AntimonyReaction(AntimonySource Source, int Token, AntimonyReference? Name, ImmutableArray<AntimonyParticipant> Reactants, ImmutableArray<AntimonyParticipant> Products,
    bool IsReversible, AntimonyFormula Rate, AntimonyReference? Compartment) : AntimonyStatement(Source, Token);

/// <summary><c>S -| J</c>: who acts on what.</summary>
internal sealed record AntimonyInteraction(AntimonySource Source, int Token, AntimonyReference? Name, ImmutableArray<AntimonyParticipant> Actors, ImmutableArray<AntimonyParticipant> Reactions) : AntimonyStatement(Source, Token);

/// <summary><c>E: at 2 after (x > 5), priority = 1: y = 3</c>.</summary>
internal sealed record AntimonyEvent(AntimonySource Source, int Token, AntimonyReference? Name, AntimonyFormula? Delay, AntimonyFormula Trigger, AntimonyFormula? Priority,
    bool IsTrueBeforeStart, bool UsesTriggerTimeValues, bool IsPersistent, ImmutableArray<AntimonyAssignment> Assignments) : AntimonyStatement(Source, Token);

/// <summary><c>0 = x + y - total</c>.</summary>
internal sealed record AntimonyAlgebraicRule(AntimonySource Source, int Token, AntimonyFormula Residual) : AntimonyStatement(Source, Token);

/// <summary><c>A.x is y</c>, <c>A.x * f is y</c>, <c>A.x is y / f</c>.</summary>
internal sealed record AntimonySynchronization(AntimonySource Source, int Token, AntimonyReference Left, AntimonyReference Right, AntimonyReference? Factor) : AntimonyStatement(Source, Token);

/// <summary><c>x is "name"</c>.</summary>
internal sealed record AntimonyDisplayName(AntimonySource Source, int Token, AntimonyReference? Target, string Name) : AntimonyStatement(Source, Token);

/// <summary><c>x has unit</c>.</summary>
internal sealed record AntimonyHasUnit(AntimonySource Source, int Token, AntimonyReference Target, AntimonyFormula Unit) : AntimonyStatement(Source, Token);

/// <summary><c>unit u = 1e-6 mole</c>.</summary>
internal sealed record AntimonyUnitDefinition(AntimonySource Source, int Token, string Name, AntimonyFormula Unit) : AntimonyStatement(Source, Token);

/// <summary>What a submodel is given: a name of the outer model, or a number.</summary>
internal readonly record struct AntimonyArgument(AntimonyReference? Name, double Number, int Token);

/// <summary><c>A: sub(x, 2), timeconv = 60 in C</c>.</summary>
internal sealed record AntimonySubmodel(AntimonySource Source, int Token, AntimonyReference? Name, AntimonyModel Model, ImmutableArray<AntimonyArgument> Arguments,
    AntimonyArgument? TimeConversion, AntimonyArgument? ExtentConversion, AntimonyReference? Compartment) : AntimonyStatement(Source, Token);

/// <summary><c>delete A.x</c>.</summary>
internal sealed record AntimonyDeletion(AntimonySource Source, int Token, AntimonyReference Target) : AntimonyStatement(Source, Token);

/// <summary><c>x identity "uri"</c>, <c>x notes "text"</c>, <c>x.sboTerm = 236</c>; of the model where no name stands.</summary>
internal sealed record AntimonyAnnotation(AntimonySource Source, int Token, AntimonyReference? Target, string Keyword, ImmutableArray<string> Values) : AntimonyStatement(Source, Token);

/// <summary>What is understood and has no place in a network: told as a note.</summary>
internal sealed record AntimonyRemark(AntimonySource Source, int Token, string Subject) : AntimonyStatement(Source, Token);
