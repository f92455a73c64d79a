using System.Globalization;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Antimony;

/// <summary>Writes one network.</summary>
internal sealed class AntimonyNetworkWriter
{
    private readonly Network network;
    private readonly TextWriter output;
    private readonly AntimonyNames names;
    private readonly AntimonyUnitWriter units;
    private readonly AntimonyFormulaWriter formulas;
    private readonly Dictionary<string, string> eventNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expression> rules, rates, starts;
    private readonly HashSet<string> moving;
    private readonly List<string> warnings = [];
    private readonly List<string> initial = [], assignments = [], rateLines = [];
    private readonly List<(string Name, string Text)> displayNames = [];

    public AntimonyNetworkWriter(Network network, TextWriter output)
    {
        this.network = network;
        this.output = output;
        names = new AntimonyNames(Declared());
        units = new AntimonyUnitWriter(names);
        rules = network.Assignments.ToDictionary(a => a.Target, a => a.Value, StringComparer.Ordinal);
        rates = network.Rates.ToDictionary(r => r.Target, r => r.Value, StringComparer.Ordinal);
        starts = network.InitialAssignments.ToDictionary(i => i.Target, i => i.Value, StringComparer.Ordinal);
        moving = [.. rules.Keys, .. rates.Keys, .. network.AlgebraicRules.Select(r => r.Target), .. network.Events.SelectMany(e => e.Assignments.Select(a => a.Target))];
        formulas = new AntimonyFormulaWriter(network, names);
    }

    public IReadOnlyList<string> Write()
    {
        var body = new StringWriter { NewLine = "\n" };
        var head = new StringWriter { NewLine = "\n" };
        WriteBody(body);
        foreach (var warning in formulas.Warnings) warnings.Add(warning);
        Warn();
        head.WriteLine("// Written by Protonmotive");
        // Accurate near 0 in the network; other readers of the file compute it as it stands.
        if (formulas.UsesExpm1) head.WriteLine("function expm1(x)\n  exp(x) - 1\nend");
        var name = AntimonyNames.Clean(network.Name);
        if (AntimonyKeywords.IsReserved(name)) name += "_";
        head.WriteLine($"model {name}()");
        output.Write(head.ToString());
        output.Write(body.ToString());
        output.WriteLine("end");
        var display = network.Documentation.GetValueOrDefault("")?.Name ?? (name == network.Name ? null : network.Name);
        if (!string.IsNullOrWhiteSpace(display)) output.WriteLine($"{name} is {AntimonyAnnotationWriter.Quoted(display)}");
        return warnings;
    }

    /// <summary>All names that must be in the file; those of stores that are no species come with that of their content.</summary>
    private IEnumerable<string> Declared() =>
        network.Compartments.Select(c => c.Name).Concat(network.Stores.Select(s => s.Name)).Concat(network.Parameters.Select(p => p.Name)).Concat(network.Variables.Select(v => v.Name))
            .Concat(network.Assignments.Select(a => a.Target)).Concat(network.Processes.Select(p => p.Name))
            .Concat(network.Stores.Where(s => s is not Species).Select(s => s.ContentName));

    private string Id(string identifier) => names.Find(identifier) ?? throw new AntimonyException($"'{identifier}' is not declared.", $"network {network.Name}", "Declare it before the network is written.");

    /// <summary>
    /// The sections. Quantities are named first in the order in which the network holds them, so that a file that is read and written
    /// again is the same.
    /// </summary>
    private void WriteBody(StringWriter body)
    {
        var events = network.Events.Select(e => (Event: e, Name: names.Fresh(e.Name.Length > 0 ? e.Name : "_E0"))).ToList();
        foreach (var (e, name) in events) eventNames.TryAdd(e.Name, name);
        var places = Places();
        Values();
        foreach (var store in network.Stores.Where(s => s is not Species)) OtherStore(store);
        var reactions = network.Processes.Select(Reaction).ToList();
        Rules();
        var residuals = network.AlgebraicRules.Select(r => $"0 = {Formula(r.Residual)};").ToList();
        var eventLines = events.Select(e => Event(e.Event, e.Name)).ToList();
        // Helpers are met while formulas are written, and may need helpers themselves.
        foreach (var (line, isStart) in formulas.Helpers()) (isStart ? initial : assignments).Add(line);
        var variable = network.AlgebraicRules.Where(r => network.Find(r.Target) is Parameter or Variable or Compartment).Select(r => Id(r.Target)).ToList();
        if (variable.Count > 0) initial.Add($"var {string.Join(", ", variable)};");

        Section(body, "Compartments and species", places);
        Section(body, "Values at the start", initial);
        Section(body, "Rules", [.. assignments, .. rateLines, .. residuals]);
        Section(body, "Reactions", reactions);
        Section(body, "Events", eventLines);
        Section(body, "Units", Units().ToList());
        Section(body, "Names", displayNames.OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => $"{d.Name} is {AntimonyAnnotationWriter.Quoted(d.Text)};").ToList());
        var said = new StringWriter { NewLine = "\n" };
        var annotations = new AntimonyAnnotationWriter(said);
        foreach (var (key, documentation) in network.Documentation.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            var subject = key.Length == 0 ? "model" : names.Find(key) ?? eventNames.GetValueOrDefault(key);
            if (subject is null) continue;
            annotations.Write(subject, documentation, "  ");
            if (key.Length > 0 && network.Find(key) is null && !string.IsNullOrWhiteSpace(documentation.Name) && eventNames.ContainsKey(key)) said.WriteLine($"  {subject} is {AntimonyAnnotationWriter.Quoted(documentation.Name)};");
        }
        if (annotations.Cut > 0) warnings.Add($"{annotations.Cut} annotations say more than biological qualifiers; the rest of them is not written.");
        if (said.ToString() is { Length: > 0 } text) body.Write($"\n  // Notes and annotations\n{text}");
    }

    private static void Section(StringWriter body, string title, List<string> lines)
    {
        if (lines.Count == 0) return;
        body.WriteLine($"\n  // {title}");
        foreach (var line in lines) body.WriteLine("  " + line);
    }

    private string Formula(Expression formula) => formulas.Text(formula);

    private List<string> Places()
    {
        var lines = new List<string>();
        foreach (var compartment in network.Compartments)
        {
            lines.Add($"compartment {Id(compartment.Name)};");
            Start(compartment, starts.GetValueOrDefault(compartment.Name, compartment.Size));
        }
        foreach (var species in network.Stores.OfType<Species>())
        {
            bool ownsRate = rates.ContainsKey(species.Name);
            lines.Add($"{(species.InAmounts ? "substanceOnly species" : "species")} {(species.IsReservoir && !ownsRate ? "$" : "")}{Id(species.Name)} in {Id(species.Compartment.Name)};");
            StartSpecies(species);
        }
        return lines;
    }

    private void Start(Quantity quantity, Expression value)
    {
        if (!rules.ContainsKey(quantity.Name)) initial.Add($"{Id(quantity.Name)} = {Formula(value)};");
        Describe(quantity);
    }

    private void StartSpecies(Species species)
    {
        Describe(species);
        if (rules.ContainsKey(species.Name)) return;
        var (name, place) = (Id(species.Name), species.Compartment.Symbol);
        if (starts.TryGetValue(species.Name, out var start))
        {
            // A number, or one over the compartment, has a meaning of its own for an amount; the formula goes through a name.
            bool isSpecial = species.InAmounts && IsOver(start, place);
            initial.Add(species.InAmounts && start.IsConstant ? $"{name} = {Formula(start)} / {Id(species.Compartment.Name)};" : $"{name} = {(isSpecial ? formulas.Helper(name + "_start", start, atStart: true) : Formula(start))};");
            return;
        }
        var value = species.Initial;
        bool holdsFormula = species.IsReservoir && !value.IsConstant && !rates.ContainsKey(species.Name) && !IsOver(value, place) && !moving.Contains(species.Name) && !moving.Contains(species.Compartment.Name);
        if (holdsFormula && !species.InAmounts)
        {
            initial.Add($"{name} := {Formula(value)};");
            return;
        }
        if (!species.InAmounts) initial.Add($"{name} = {Formula(value)};");
        else if (value.IsConstant) initial.Add($"{name} = {Formula(value)} / {Id(species.Compartment.Name)};");
        else if (ReferenceEquals(value, place)) initial.Add($"{name} = 1;");
        else if (value.Operation == Operation.Multiply && value.Operands[0].IsConstant && ReferenceEquals(value.Operands[1], place)) initial.Add($"{name} = {Formula(value.Operands[0])};");
        else initial.Add($"{name} {(holdsFormula ? ":=" : "=")} {(IsOver(value, place) ? formulas.Helper(name + "_start", value, atStart: true) : Formula(value))};");
    }

    private static bool IsOver(Expression value, Expression place) => value.Operation == Operation.Divide && value.Operands[0].IsConstant && ReferenceEquals(value.Operands[1], place);

    private void Values()
    {
        foreach (var parameter in network.Parameters) Start(parameter, starts.GetValueOrDefault(parameter.Name, parameter.Value));
        foreach (var variable in network.Variables) Start(variable, starts.GetValueOrDefault(variable.Name, variable.Initial));
    }

    private void Describe(Quantity quantity)
    {
        var name = Id(quantity.Name);
        var text = quantity.Description.Length > 0 ? quantity.Description : name == quantity.Name ? "" : quantity.Name;
        if (!string.IsNullOrWhiteSpace(text)) displayNames.Add((name, text));
    }

    private string Reaction(Process process)
    {
        Describe(process);
        if (process.IsFast) warnings.Add($"The process '{process.Name}' is fast; Antimony does not say so, and its rate law is written as it is.");
        var law = process.Law.Fluxes(process, network.Constants, [.. network.Membranes]).Net;
        var left = Side(process, process.Reactants);
        return $"{Id(process.Name)}: {left}{(left.Length > 0 ? " " : "")}{(process.IsReversible ? "->" : "=>")} {Side(process, process.Products)}; {Formula(law)};";
    }

    private string Side(Process process, IEnumerable<Participant> side) => string.Join(" + ", side.Where(p => p.Store is Species).Select(p =>
    {
        var coefficient = p.Coefficient * (((Species)p.Store).ConversionFactor ?? Expression.One);
        var species = Id(p.Store.Name);
        if (coefficient is { IsConstant: true, Value: 1 }) return species;
        if (coefficient.IsConstant && double.IsFinite(coefficient.Value) && !double.IsNegative(coefficient.Value)) return $"{coefficient.Value.ToString("R", CultureInfo.InvariantCulture)} {species}";
        bool isNamed = coefficient.Operation == Operation.Symbol && network.Find(coefficient.Name) is Parameter or Variable || (coefficient.Operation == Operation.Symbol && rules.ContainsKey(coefficient.Name) && network.Find(coefficient.Name) is null);
        return $"{(isNamed ? Id(coefficient.Name) : formulas.Helper($"{Id(process.Name)}_{species}_coefficient", coefficient))} {species}";
    }));

    /// <summary>Rules in the order of their targets; those of names that are declared nowhere else last.</summary>
    private void Rules()
    {
        var order = network.Compartments.Select(c => c.Name).Concat(network.Stores.Select(s => s.Name)).Select((name, i) => (name, i)).ToDictionary(o => o.name, o => o.i, StringComparer.Ordinal);
        var parameters = network.Parameters.Select(p => p.Name).Concat(network.Variables.Select(v => v.Name)).Select((name, i) => (name, i)).ToDictionary(o => o.name, o => o.i, StringComparer.Ordinal);
        var written = network.Assignments.OrderBy(a => order.GetValueOrDefault(a.Target, int.MaxValue)).Select(rule =>
        {
            if (network.Find(rule.Target) is null && rule.Description.Length > 0) displayNames.Add((Id(rule.Target), rule.Description));
            return $"{Id(rule.Target)} := {Formula(rule.Value)};";
        }).ToList();
        assignments.InsertRange(0, written);
        var moved = network.Rates.OrderBy(r => order.GetValueOrDefault(r.Target, int.MaxValue)).ThenBy(r => parameters.GetValueOrDefault(r.Target, int.MaxValue));
        rateLines.InsertRange(0, moved.Select(r => $"{Id(r.Target)}' = {Formula(r.Value)};"));
    }

    /// <summary>A membrane, heat store or other store as what it comes to: a content with a rate, and the formula of its face.</summary>
    private void OtherStore(Store store)
    {
        Describe(store);
        var (name, content) = (Id(store.Name), Id(store.ContentName));
        var (perFace, start) = store switch
        {
            Membrane membrane => (membrane.Capacitance, membrane.Initial),
            HeatStore heat => (heat.Capacity, heat.Initial),
            EnergyStore energy => (Expression.One, energy.InitialContent),
            _ => (Expression.One, Expression.Zero),
        };
        start = starts.GetValueOrDefault(store.Name, start);
        warnings.Add($"'{store.Name}' is a {store.GetType().Name.ToLowerInvariant()}; it is written as variables with the equations it comes to.");
        bool isGiven = rules.ContainsKey(store.Name) || rates.ContainsKey(store.Name);
        if (!isGiven && !store.IsReservoir)
        {
            initial.Add($"{content} = {Formula(start * perFace)};");
            rateLines.Add($"{content}' = {Formula(network.InflowByProcesses(store))};");
            assignments.Add($"{name} := {Formula(store.Face)};");
            return;
        }
        if (rates.ContainsKey(store.Name) || (!isGiven && store is not EnergyStore)) initial.Add($"{name} = {Formula(start)};");
        if (!isGiven && store is EnergyStore) assignments.Add($"{name} := {Formula(store.Face)};");
        assignments.Add($"{content} := {(!isGiven && store is EnergyStore ? "0" : Formula(store.Symbol * perFace))};");
    }

    private string Event(NetworkEvent e, string name)
    {
        var properties = (e.TrueBeforeStart ? "" : ", t0=false") + (e.Priority is { } priority ? $", priority={Enclosed(priority)}" : "")
            + (e.IsPersistent ? "" : ", persistent=false") + (e.UsesTriggerTimeValues ? "" : ", fromTrigger=false");
        var delay = e.Delay is { } lag ? $"{Enclosed(lag)} after " : "";
        return $"{name}: at {delay}({Formula(e.Trigger)}){properties}: {string.Join(", ", e.Assignments.Select(Assignment))};";
    }

    private string Enclosed(Expression formula) => formula.IsConstant || formula.Operation == Operation.Symbol ? Formula(formula) : $"({Formula(formula)})";

    private string Assignment(EventAssignment assignment) => network.Find(assignment.Target) switch
    {
        Membrane { IsReservoir: false } m when !rates.ContainsKey(m.Name) => $"{Id(m.ContentName)} = {Formula(assignment.Value * m.Capacitance)}",
        HeatStore { IsReservoir: false } h when !rates.ContainsKey(h.Name) => $"{Id(h.ContentName)} = {Formula(assignment.Value * h.Capacity)}",
        EnergyStore { IsReservoir: false } s when !rates.ContainsKey(s.Name) => $"{Id(s.ContentName)} = {Formula(assignment.Value)}",
        _ => $"{Id(assignment.Target)} = {Formula(assignment.Value)}",
    };

    private IEnumerable<string> Units()
    {
        var lines = new List<string>();
        foreach (var quantity in network.Compartments.Concat<Quantity>(network.Stores.OfType<Species>()).Concat(network.Parameters.Where(p => !rules.ContainsKey(p.Name))).Concat(network.Variables.Where(v => !rules.ContainsKey(v.Name))))
            if (units.Name(quantity.Unit) is { } unit) lines.Add($"{Id(quantity.Name)} has {unit};");
        foreach (var rule in network.Assignments.Where(a => network.Find(a.Target) is null or Parameter or Variable))
            if (units.Name(rule.Unit.Length > 0 ? rule.Unit : network.Find(rule.Target)?.Unit ?? "") is { } unit) lines.Add($"{Id(rule.Target)} has {unit};");
        var contents = network.Stores.OfType<Species>().Select(s => s.ContentUnit).Distinct().ToList();
        var own = new List<string>();
        if (contents.Count == 1 && AntimonyUnitWriter.Definition(contents[0]) is { } substance) own.Add($"unit substance = {substance};");
        if (AntimonyUnitWriter.Definition(network.TimeUnit) is { } time) own.Add($"unit time_unit = {time};");
        if (units.Lost.ToList() is { Count: > 0 } lost) warnings.Add($"Units that can't be read are not written: {string.Join(", ", lost.Take(5).Select(u => $"'{u}'"))}{(lost.Count > 5 ? ", …" : "")}.");
        return own.Concat(units.Definitions.Select(d => $"unit {d.Name} = {d.Definition};")).Concat(lines);
    }

    private void Warn()
    {
        int thermodynamic = network.Stores.Count(s => s is Species { StandardPotential: not null } or Species { Charge: not null } or Species { Composition: not null } or Species { Binding: not null });
        if (thermodynamic > 0) warnings.Add($"Standard potentials, charges, formulas and binding polynomials of {thermodynamic} species are not written.");
        if (network.SharedEnergies.Length > 0) warnings.Add("Energies that stores share are not written.");
        if (network.Boundaries.Length > 0 || network.Processes.Any(p => p.Halves.Length > 0)) warnings.Add("Boundaries and half-reactions of the accounts are not written.");
        if (network.Processes.Any(p => p.Kind != ProcessKind.Reaction)) warnings.Add("Kinds of processes (pump, channel, leak) are not written: all are reactions.");
    }
}
