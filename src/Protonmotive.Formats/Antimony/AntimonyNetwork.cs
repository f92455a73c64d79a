using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Antimony;

/// <summary>Makes a network of a flat model.</summary>
internal sealed class AntimonyNetwork
{
    private const string DefaultCompartment = "default_compartment";
    private readonly AntimonyFlattener flat;
    private readonly AntimonyScope scope;
    private readonly AntimonySource source;
    private readonly AntimonyFormulas formulas;
    private readonly NetworkBuilder builder;
    private readonly string substance, volume;
    private readonly Dictionary<string, Compartment> compartments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Species> species = new(StringComparer.Ordinal);
    private readonly Dictionary<AntimonyElement, AntimonyElement> reactionPlaces = [];
    private readonly Dictionary<string, Expression> always = new(StringComparer.Ordinal);

    public AntimonyNetwork(AntimonyLibrary library, AntimonyFlattener flat, AntimonyScope scope, AntimonySource source, string name)
    {
        this.flat = flat;
        this.scope = scope;
        this.source = source;
        formulas = new AntimonyFormulas(library, flat);
        substance = AntimonyUnits.Named("substance", scope);
        volume = AntimonyUnits.Named("volume", scope);
        var time = AntimonyUnits.Named("time_unit", scope);
        builder = new NetworkBuilder(name)
        {
            TimeUnit = time.Length > 0 ? time : "time unit",
            AmountUnit = substance,
            EnergyUnit = "RT",
        };
    }

    public Network Build()
    {
        DropDeleted();
        foreach (var (_, e, at) in flat.Events)
            foreach (var assignment in e.Assignments) flat.Find(assignment.Target, at).Canonical.IsSetByEvent = true;
        foreach (var reaction in Reactions())
        {
            foreach (var participant in reaction.Reaction!.Reactants.Concat(reaction.Reaction.Products))
            {
                flat.Find(participant.Species, reaction.ReactionScope!).Canonical.TakesPart = true;
                if (participant.Symbol is { } symbol) flat.Find(symbol, reaction.ReactionScope!).Canonical.IsUsed = true;
                // A reaction with a place takes its species there; of several the last counts.
                if (reaction.Compartment is { } place) reactionPlaces[flat.Find(participant.Species, reaction.ReactionScope!).Canonical] = place;
            }
        }
        foreach (var (rule, at) in flat.AlgebraicRules) AntimonyAlgebraicTargets.MarkUnknowns(rule.Residual, at, flat);
        var elements = flat.Elements.Where(e => e.Same is null && !e.IsDeleted).ToList();
        // Rules are read first: which quantity an algebraic rule determines follows from them.
        foreach (var e in elements)
            if (e.Always is not null && Read(e.Always) is { } rule) always[e.Name] = rule;
        var residuals = flat.AlgebraicRules.Select(r => (r.Rule, Residual: formulas.Read(r.Rule.Residual, r.Scope))).Where(r => r.Residual is not null).Select(r => (r.Rule, r.Residual!)).ToList();
        var targets = AntimonyAlgebraicTargets.Of(residuals, always, elements);

        foreach (var e in elements.Where(e => e.Type == "compartment")) AddCompartment(e);
        foreach (var e in elements.Where(e => e.Type == "species")) AddSpecies(e);
        foreach (var e in elements.Where(e => e.Type == "reaction")) AddReaction(e);
        foreach (var (element, e, at) in flat.Events.Where(e => !e.Element.IsDeleted)) AddEvent(element.Canonical, e, at);
        foreach (var (target, residual) in targets.Zip(residuals)) builder.Require(target, residual.Item2);
        var values = elements.Where(e => e.Type is "" or "formula" && e.HasValue).Select(e => (Element: e, Formula: Read(e.Initial), Rate: Read(e.Rate))).ToList();
        foreach (var (e, formula, rate) in values) AddParameter(e, formula, rate);
        foreach (var e in elements.Where(e => e.Type is "" or "formula" && !e.HasValue)) Valueless(e);
        foreach (var draw in formulas.Draws) builder.Draw(draw);
        foreach (var e in elements) Document(e.Name, e.Annotations, e.Type is "event" ? e.DisplayName : "");
        Document("", flat.Annotations, flat.DisplayName);
        foreach (var remarks in flat.Remarks.GroupBy(r => r.Subject))
            builder.Note($"The model states {remarks.Key} ({remarks.First().Source.Place(remarks.First().Token)}{(remarks.Count() > 1 ? $", and {remarks.Count() - 1} more" : "")}), which is not kept.");
        return Finish();
    }

    private Network Finish()
    {
        try
        {
            return builder.Build();
        }
        catch (NetworkException e)
        {
            throw new AntimonyException(e.What, $"{source.Name}, {e.Where}", e.Mend, e);
        }
    }

    private IEnumerable<AntimonyElement> Reactions() => flat.Elements.Where(e => e.Same is null && !e.IsDeleted && e.Reaction is not null);

    /// <summary>What takes part in a deleted species' reactions goes with it.</summary>
    private void DropDeleted()
    {
        foreach (var reaction in Reactions().ToList())
        {
            if (reaction.Reaction!.Reactants.Concat(reaction.Reaction.Products).Any(p => flat.Find(p.Species, reaction.ReactionScope!).Canonical.IsDeleted)) reaction.IsDeleted = true;
        }
    }

    private Expression? Read(AntimonyValue? value) => value is null ? null : formulas.Read(value);

    private static string UnitOf(AntimonyElement e) => e.Unit is { } unit ? AntimonyUnits.Text(unit.Formula, unit.Scope)
        : e.Initial is { Number: null, Formula: { } f } && f.End - f.First == 2 && f.Source.Tokens[f.First].Kind == AntimonyTokenKind.Number && f.Source.Tokens[f.First + 1].Kind == AntimonyTokenKind.Word
            ? AntimonyUnits.Text(f with { First = f.First + 1 }, e.Initial.Scope) : "";

    private void AddCompartment(AntimonyElement e)
    {
        var size = Read(e.Initial);
        if (size is { IsConstant: true, Value: < 0 }) throw e.Initial!.Formula.Source.Fault(e.Initial.Formula.First, $"The compartment '{e.Name}' has the negative size {size.Value:g6}.", "Give it a size above 0.");
        var unit = UnitOf(e);
        compartments[e.Name] = builder.Compartment(e.Name, size is { IsConstant: true } ? size : 1, unit.Length > 0 ? unit : volume, e.DisplayName);
        Rules(e, size);
    }

    /// <summary>A start that is no number, and what holds at all times.</summary>
    private void Rules(AntimonyElement e, Expression? initial)
    {
        if (initial is { IsConstant: false }) builder.InitialAssignment(e.Name, initial);
        if (always.TryGetValue(e.Name, out var rule)) builder.Assign(e.Name, rule);
        if (Read(e.Rate) is { } rate) builder.Rate(e.Name, PerTime(rate, e.Rate!.Scope));
    }

    private Compartment CompartmentOf(AntimonyElement e)
    {
        var place = e.Compartment ?? reactionPlaces.GetValueOrDefault(e);
        for (var around = e.Scope; place is null && around is not null; around = around.Parent) place = around.Compartment;
        if (place is { Canonical: { IsDeleted: false, Type: "compartment" } canonical }) return compartments[canonical.Name];
        if (!compartments.TryGetValue(DefaultCompartment, out var found)) compartments[DefaultCompartment] = found = builder.Compartment(DefaultCompartment, 1, volume);
        return found;
    }

    private void AddSpecies(AntimonyElement e)
    {
        var place = CompartmentOf(e);
        var initial = Read(e.Initial);
        if (initial is null && !e.HasValue) builder.Note($"The species '{e.Name}' has no value at the start; it starts at 0.");
        // A number is a concentration, a number over the compartment an amount; any other formula is a value of the symbol.
        bool isAmount = initial is { Operation: Operation.Divide } && initial.Operands[0].IsConstant && ReferenceEquals(initial.Operands[1], place.Symbol);
        var start = initial switch
        {
            null => Expression.Zero,
            _ when isAmount => e.IsSubstanceOnly ? initial.Operands[0] : initial,
            { IsConstant: true } => e.IsSubstanceOnly ? initial * place.Symbol : initial,
            _ => Expression.Zero,
        };
        var declared = UnitOf(e);
        var unit = declared.Length > 0 ? declared : e.IsSubstanceOnly ? substance : substance.Length > 0 && place.Unit.Length > 0 ? $"{substance}/{place.Unit}" : "";
        species[e.Name] = e.IsConstant == true && e.Rate is null
            ? builder.Reservoir(e.Name, place, start, inAmounts: e.IsSubstanceOnly, unit: unit, description: e.DisplayName)
            : builder.Species(e.Name, place, start, inAmounts: e.IsSubstanceOnly, unit: unit, description: e.DisplayName);
        Rules(e, isAmount ? null : initial);
    }

    private Expression PerTime(Expression rate, AntimonyScope at) => Conversions(at).TimeFactor(at) is { } factor ? rate / factor : rate;

    private AntimonyLanguage Conversions(AntimonyScope at) => new(formulas, flat, default, at);

    private void AddReaction(AntimonyElement e)
    {
        if (e.Reaction is not { } reaction || e.ReactionScope is not { } at) throw e.Fault($"'{e.Name}' is used as a reaction and has no equation.", $"Write it: '{e.Name}: A -> B; k*A'.");
        var rate = Read(e.Initial);
        if (rate is null) builder.Note($"The reaction '{e.Name}' has no rate law; it is taken not to run.");
        else
        {
            rate = PerTime(rate, e.Initial!.Scope);
            if (Conversions(e.Initial.Scope).ExtentFactor(e.Initial.Scope) is { } extent) rate *= extent;
        }
        if (e.Always is not null || e.Rate is not null) throw e.Fault($"'{e.Name}' is a reaction and has a rule.", "Give a reaction its rate with '='.");
        builder.Process(new Process(e.Name, UnitOfRate(e), ProcessKind.Reaction, Side(reaction.Reactants, at), Side(reaction.Products, at), FluxLaw.Formula(rate ?? Expression.Zero))
        {
            IsReversible = reaction.IsReversible,
            Description = e.DisplayName,
        });
    }

    private string UnitOfRate(AntimonyElement e)
    {
        var unit = e.Unit is null ? "" : UnitOf(e);
        return unit.Length > 0 || substance.Length == 0 || builder.TimeUnit == "time unit" ? unit : $"{substance}/{builder.TimeUnit}";
    }

    private ImmutableArray<Participant> Side(ImmutableArray<AntimonyParticipant> side, AntimonyScope at) => [.. side.Select(p =>
    {
        var named = flat.Find(p.Species, at);
        Expression coefficient = p.Number;
        if (p.Symbol is { } symbol)
        {
            var element = flat.Find(symbol, at).Canonical;
            if (element.IsDeleted) coefficient = 1;
            else if (element.Type is not ("" or "formula")) throw symbol.Source.Fault(symbol.Token, $"'{symbol}' is a {element.Type}, so it can't be a coefficient.", "Name a parameter, or write '+' between species.");
            else if (!element.HasValue) throw symbol.Source.Fault(symbol.Token, $"The coefficient '{symbol}' has no value.", $"Give it one: '{symbol} = 2'.");
            else coefficient = AntimonyFormulas.Use(element);
        }
        foreach (var factor in named.FactorsToCanonical) coefficient *= AntimonyFormulas.Use(factor);
        return new Participant(species[named.Canonical.Name], coefficient);
    })];

    private void AddParameter(AntimonyElement e, Expression? initial, Expression? rate)
    {
        if (always.TryGetValue(e.Name, out var rule))
        {
            builder.Define(e.Name, rule, UnitOf(e), e.DisplayName);
            return;
        }
        bool isPlain = initial is null or { IsConstant: true };
        if (initial is null && rate is not null) builder.Note($"'{e.Name}' has a rate and no value at the start; it starts at 0.");
        if (initial is null && rate is null && e.IsSetByEvent) builder.Note($"'{e.Name}' has no value until an event sets it.");
        var unset = e.IsSetByEvent && rate is null ? double.NaN : Expression.Zero;
        builder.Parameter(e.Name, isPlain ? initial ?? unset : Expression.Zero, UnitOf(e), description: e.DisplayName);
        if (!isPlain) builder.InitialAssignment(e.Name, initial!);
        if (rate is not null) builder.Rate(e.Name, PerTime(rate, e.Rate!.Scope));
    }

    private void Valueless(AntimonyElement e)
    {
        if (e.IsUsed) throw e.Fault($"'{e.Name}' has no value.", $"Give it one ('{e.Name} = 1'), or mend the name.");
        if (e.Type.Length > 0 || e.IsConstant is not null || e.DisplayName.Length > 0) builder.Note($"'{e.Name}' has no value and nothing uses it; it is left out.");
    }

    private void AddEvent(AntimonyElement element, AntimonyEvent e, AntimonyScope at)
    {
        if (formulas.Read(e.Trigger, at) is not { } trigger) return;
        var assignments = ImmutableArray.CreateBuilder<EventAssignment>();
        foreach (var assignment in e.Assignments)
        {
            var named = flat.Find(assignment.Target, at);
            var target = named.Canonical;
            if (target.IsDeleted) continue;
            if (target.Type is "reaction" or "event" or "interaction") throw assignment.Source.Fault(assignment.Token, $"The event sets '{assignment.Target}', which is a {target.Type}.", "Set a species, parameter or compartment.");
            if (always.ContainsKey(target.Name)) throw assignment.Source.Fault(assignment.Token, $"The event sets '{assignment.Target}', which a rule gives at all times.", "Take ':=' away from it, or set what the rule depends on.");
            if (assignments.Any(a => a.Target == target.Name)) throw assignment.Source.Fault(assignment.Token, $"The event sets '{assignment.Target}' twice.", "Keep one of them.");
            if (Read(new AntimonyValue(at, assignment.Value) { Factors = named.FactorsToCanonical }) is { } value) assignments.Add(new EventAssignment(target.Name, value));
        }
        var delay = e.Delay is { } d ? formulas.Read(d, at) : null;
        if (delay is not null && Conversions(at).TimeFactor(at) is { } factor) delay *= factor;
        builder.When(new NetworkEvent(element.Name, trigger, assignments.ToImmutable(), e.IsTrueBeforeStart)
        {
            Delay = delay,
            Priority = e.Priority is { } p ? formulas.Read(p, at) : null,
            IsPersistent = e.IsPersistent,
            UsesTriggerTimeValues = e.UsesTriggerTimeValues,
        });
    }

    private void Document(string name, List<AntimonyAnnotation> annotations, string displayName)
    {
        if (AntimonyDocumentation.Of(name, annotations, displayName) is { } said) builder.Document(name, said);
    }
}
