namespace Protonmotive.Formats.Antimony;

/// <summary>
/// Carries out the statements of the main model, and of the models in it, in order. What comes out is flat: elements with all that was
/// said about them.
/// </summary>
internal sealed class AntimonyFlattener
{
    private const int DeepestNesting = 64;
    private const int MostStatements = 500_000;
    private int statements;

    /// <summary>All elements, in the order in which they are met.</summary>
    public List<AntimonyElement> Elements { get; } = [];

    /// <summary>Events with their instances, in order.</summary>
    public List<(AntimonyElement Element, AntimonyEvent Event, AntimonyScope Scope)> Events { get; } = [];

    /// <summary>Algebraic rules with their instances, in order.</summary>
    public List<(AntimonyAlgebraicRule Rule, AntimonyScope Scope)> AlgebraicRules { get; } = [];

    /// <summary>Interactions, in order.</summary>
    public List<(AntimonyInteraction Interaction, AntimonyScope Scope)> Interactions { get; } = [];

    /// <summary>What is said about the main model itself.</summary>
    public List<AntimonyAnnotation> Annotations { get; } = [];

    /// <summary>Name of the main model for readers; empty where there is none.</summary>
    public string DisplayName { get; private set; } = "";

    /// <summary>What has no place in a network.</summary>
    public List<AntimonyRemark> Remarks { get; } = [];

    /// <summary>Carries out a model.</summary>
    public AntimonyScope Flatten(AntimonyModel main)
    {
        var scope = new AntimonyScope("", null) { Model = main };
        CarryOut(main, scope);
        return scope;
    }

    /// <summary>The element of a name; made where the instance does not know it yet.</summary>
    /// <exception cref="AntimonyException">It belongs to a submodel that is not there, or that does not have it.</exception>
    public AntimonyElement Find(AntimonyReference reference, AntimonyScope scope)
    {
        for (int i = 0; i < reference.Path.Length - 1; i++)
        {
            var name = reference.Path[i];
            scope = scope.Submodels.GetValueOrDefault(name) ?? throw reference.Source.Fault(reference.Token,
                scope.Elements.ContainsKey(name) ? $"'{name}' is no submodel, so '{reference}' means nothing." : $"There is no submodel '{name}'.", $"Write '{name}: MODEL();' before it is used, or mend the name.");
        }
        var last = reference.Path[^1];
        if (scope.Elements.TryGetValue(last, out var element)) return element;
        if (reference.Path.Length > 1 && !scope.Model.Mentioned.Contains(last)) throw reference.Source.Fault(reference.Token, $"The submodel '{string.Join('.', reference.Path[..^1])}' has no '{last}'.", "Mend the name, or declare it in the model.");
        if (scope.Submodels.ContainsKey(last)) throw reference.Source.Fault(reference.Token, $"'{last}' is a submodel, not a quantity.", $"Name something in it: '{last}.x'.");
        return Make(last, scope, reference.Source, reference.Token);
    }

    private AntimonyElement Make(string name, AntimonyScope scope, AntimonySource source, int token)
    {
        var element = new AntimonyElement(scope.Prefix + name, scope, source, token);
        scope.Elements.Add(name, element);
        Elements.Add(element);
        return element;
    }

    private void CarryOut(AntimonyModel model, AntimonyScope scope)
    {
        foreach (var shown in model.Interface)
        {
            var element = Find(shown, scope);
            if (shown.IsBoundary) element.IsConstant = true;
        }
        foreach (var statement in model.Statements)
        {
            if (++statements > MostStatements) throw statement.Source.Fault(statement.Token, $"With its submodels the model has more than {MostStatements} statements.", "Use fewer instances.");
            CarryOut(statement, scope);
        }
    }

    private void CarryOut(AntimonyStatement statement, AntimonyScope scope)
    {
        switch (statement)
        {
            case AntimonyDeclaration s: Declare(s, Find(s.Target, scope).Canonical); break;
            case AntimonyPlacement s: Place(s, scope); break;
            case AntimonyAssignment s: Assign(s, scope); break;
            case AntimonyReaction s: React(s, scope); break;
            case AntimonyInteraction s: Interact(s, scope); break;
            case AntimonyEvent s: AddEvent(s, scope); break;
            case AntimonyAlgebraicRule s: AlgebraicRules.Add((s, scope)); break;
            case AntimonySynchronization s: Synchronize(s, scope); break;
            case AntimonyDisplayName { Target: null } s: if (scope.Parent is null) DisplayName = s.Name; break;
            case AntimonyDisplayName s when !IsSubmodel(s.Target!, scope): Find(s.Target!, scope).Canonical.DisplayName = s.Name; break;
            case AntimonyHasUnit s: Find(s.Target, scope).Canonical.Unit = new AntimonyValue(scope, s.Unit); break;
            case AntimonyUnitDefinition s: scope.DefineUnit(s.Name, s.Unit); break;
            case AntimonySubmodel s: Instantiate(s, scope); break;
            case AntimonyDeletion s: Delete(s, scope); break;
            case AntimonyAnnotation { Target: null } s: if (scope.Parent is null) Annotations.Add(s); break;
            case AntimonyAnnotation s when !IsSubmodel(s.Target!, scope): Find(s.Target!, scope).Canonical.Annotations.Add(s); break;
            case AntimonyRemark s: Remarks.Add(s); break;
        }
    }

    private static void Declare(AntimonyDeclaration s, AntimonyElement element)
    {
        if (s.Target.IsBoundary) element.IsConstant = true;
        else if (s.IsConstant is not null) element.IsConstant = s.IsConstant;
        if (s.Type == "species") element.IsSubstanceOnly = s.IsSubstanceOnly;
        if (s.Type.Length > 0) Use(element, s.Type switch { "gene" => "reaction", "operator" or "DNA" => "formula", _ => s.Type }, s.Source, s.Token);
    }

    /// <summary>Notes what an element is used as; two uses that do not fit together are an error.</summary>
    public static void Use(AntimonyElement element, string type, AntimonySource source, int token)
    {
        if (element.Type.Length == 0 || element.Type == type)
        {
            element.Type = type;
            return;
        }
        throw source.Fault(token, $"'{element.Name}' is used as {type} here and as {element.Type} elsewhere.", "Give one of them another name.");
    }

    private void Place(AntimonyPlacement s, AntimonyScope scope)
    {
        var compartment = Find(s.Compartment, scope).Canonical;
        Use(compartment, "compartment", s.Compartment.Source, s.Compartment.Token);
        if (s.Target.Path.Length == 1 && scope.Submodels.TryGetValue(s.Target.Path[0], out var submodel))
        {
            submodel.Compartment = compartment;
            return;
        }
        var element = Find(s.Target, scope).Canonical;
        if (s.Target.IsBoundary) element.IsConstant = true;
        element.Compartment = compartment;
    }

    private void Assign(AntimonyAssignment s, AntimonyScope scope)
    {
        // "volume = metre^3" defines a unit of the model: no quantity has the name, and the formula is of units alone.
        if (s.Kind == AntimonyAssignmentKind.Initial && s.Target.Path.Length == 1 && !scope.Elements.ContainsKey(s.Target.Path[0]) && AntimonyUnits.Defines(s.Target.Path[0], s.Value))
        {
            scope.DefineUnit(s.Target.Path[0], s.Value);
            return;
        }
        var named = Find(s.Target, scope);
        var element = named.Canonical;
        if (s.Target.IsBoundary) element.IsConstant = true;
        var value = s.Value.IsBlank ? null : new AntimonyValue(scope, s.Value) { Factors = named.FactorsToCanonical };
        switch (s.Kind)
        {
            case AntimonyAssignmentKind.Initial:
                element.Initial = value;
                if (value is not null) element.Always = null;
                break;
            case AntimonyAssignmentKind.Always:
                element.Always = value;
                if (value is not null) element.Initial = element.Rate = null;
                break;
            default:
                element.Rate = value;
                if (value is not null) element.Always = null;
                break;
        }
    }

    private void React(AntimonyReaction s, AntimonyScope scope)
    {
        var element = s.Name is null ? Make(scope.FreeName("_J"), scope, s.Source, s.Token) : Find(s.Name, scope).Canonical;
        if (element.Reaction is not null) throw s.Source.Fault(s.Token, $"There are two reactions '{s.Name}'.", "Give one of them another name.");
        Use(element, "reaction", s.Source, s.Token);
        element.Reaction = s;
        element.ReactionScope = scope;
        if (!s.Rate.IsBlank) element.Initial = new AntimonyValue(scope, s.Rate);
        if (s.Compartment is { } place)
        {
            element.Compartment = Find(place, scope).Canonical;
            Use(element.Compartment, "compartment", place.Source, place.Token);
        }
        foreach (var participant in s.Reactants.Concat(s.Products))
        {
            var species = Find(participant.Species, scope).Canonical;
            Use(species, "species", participant.Species.Source, participant.Species.Token);
            if (participant.Species.IsBoundary) species.IsConstant = true;
            if (participant.Symbol is { } symbol) Find(symbol, scope);
        }
    }

    private void Interact(AntimonyInteraction s, AntimonyScope scope)
    {
        var element = s.Name is null ? Make(scope.FreeName("_I"), scope, s.Source, s.Token) : Find(s.Name, scope).Canonical;
        Use(element, "interaction", s.Source, s.Token);
        foreach (var actor in s.Actors) Use(Find(actor.Species, scope).Canonical, "species", actor.Species.Source, actor.Species.Token);
        foreach (var reaction in s.Reactions) Use(Find(reaction.Species, scope).Canonical, "reaction", reaction.Species.Source, reaction.Species.Token);
        Interactions.Add((s, scope));
    }

    private void AddEvent(AntimonyEvent s, AntimonyScope scope)
    {
        var element = s.Name is null ? Make(scope.FreeName("_E"), scope, s.Source, s.Token) : Find(s.Name, scope).Canonical;
        if (element.Type == "event") throw s.Source.Fault(s.Token, $"There are two events '{s.Name}'.", "Give one of them another name.");
        Use(element, "event", s.Source, s.Token);
        foreach (var assignment in s.Assignments) Find(assignment.Target, scope);
        Events.Add((element, s, scope));
    }

    private void Instantiate(AntimonySubmodel s, AntimonyScope scope)
    {
        if (scope.Depth >= DeepestNesting) throw s.Source.Fault(s.Token, $"Submodels are nested deeper than {DeepestNesting}.", "Flatten some of them.");
        if (s.Name is { Path.Length: > 1 }) throw s.Source.Fault(s.Token, $"'{s.Name}' names a submodel within a submodel.", "Write it in the model of the outer one.");
        var name = s.Name?.Path[0] ?? scope.FreeName("_sys");
        if (scope.Elements.TryGetValue(name, out var taken) && (taken.Type.Length > 0 || taken.HasValue)) throw s.Source.Fault(s.Token, $"'{name}' is a submodel here and a {(taken.Type.Length > 0 ? taken.Type : "quantity")} elsewhere.", "Give one of them another name.");
        if (scope.Submodels.ContainsKey(name)) throw s.Source.Fault(s.Token, $"There are two submodels '{name}'.", "Give one of them another name.");
        if (taken is not null && scope.Elements.Remove(name)) Elements.Remove(taken);
        var inner = new AntimonyScope($"{scope.Prefix}{name}__", scope) { Model = s.Model, TimeConversion = s.TimeConversion, ExtentConversion = s.ExtentConversion, Compartment = taken?.Compartment };
        if (s.Compartment is { } place)
        {
            inner.Compartment = Find(place, scope).Canonical;
            Use(inner.Compartment, "compartment", place.Source, place.Token);
        }
        scope.Submodels.Add(name, inner);
        CarryOut(s.Model, inner);
        for (int i = 0; i < s.Arguments.Length; i++)
        {
            var shown = Find(s.Model.Interface[i], inner);
            var argument = s.Arguments[i];
            if (argument.Name is null) SetNumber(shown, argument.Number, scope);
            else AntimonySynchronizer.Join(shown, Find(argument.Name, scope), null, s.Source, argument.Token);
        }
    }

    private static void SetNumber(AntimonyElement element, double number, AntimonyScope scope)
    {
        var canonical = element.Canonical;
        canonical.Initial = new AntimonyValue(scope, default, number) { Factors = element.FactorsToCanonical };
        canonical.Always = null;
    }

    private void Synchronize(AntimonySynchronization s, AntimonyScope scope) =>
        AntimonySynchronizer.Join(Find(s.Left, scope), Find(s.Right, scope), s.Factor is null ? null : Find(s.Factor, scope).Canonical, s.Source, s.Token);

    private void Delete(AntimonyDeletion s, AntimonyScope scope)
    {
        if (s.Target.Path.Length == 1 && !scope.Elements.ContainsKey(s.Target.Path[0])) throw s.Source.Fault(s.Token, $"There is no '{s.Target}' to delete.", "Mend the name: 'delete A.x' takes x out of the submodel A.");
        Find(s.Target, scope).Canonical.IsDeleted = true;
    }

    /// <summary>Whether a name is that of an instance: what is said about one has no place in a flat model.</summary>
    private static bool IsSubmodel(AntimonyReference reference, AntimonyScope scope)
    {
        foreach (var name in reference.Path)
        {
            if (!scope.Submodels.TryGetValue(name, out var inner)) return false;
            scope = inner;
        }
        return true;
    }
}
