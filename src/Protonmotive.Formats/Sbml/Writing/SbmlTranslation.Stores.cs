using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Writing;

/// <remarks>
/// A membrane or a body of heat keeps its charge or heat in a parameter with a rate rule, from which its potential difference or
/// temperature follows by an assignment rule: so the state is the same as in the network, whatever the capacity does.
/// </remarks>
internal sealed partial class SbmlTranslation
{
    private readonly List<(string Target, Expression Value)> moreStarts = [], moreAssignments = [], moreRates = [];

    /// <summary>Names of content parameters by the name of the store, where the file keeps the content as the state.</summary>
    private readonly Dictionary<string, string> contents = new(StringComparer.Ordinal);

    private void AddStore(Store store)
    {
        switch (store)
        {
            case Species species:
                AddSpecies(species);
                break;
            case Membrane membrane:
                AddCapacity(store, membrane.Capacitance, membrane.Initial);
                break;
            case HeatStore heat:
                AddCapacity(store, heat.Capacity, heat.Initial);
                break;
            case EnergyStore energy:
                AddEnergyStore(energy);
                break;
            default: throw new SbmlException($"A store of the kind {store.GetType().Name} has no form in SBML.", $"network {network.Name}, store {store.Name}", "Declare it as a species or a variable.");
        }
    }

    private void AddSpecies(Species species)
    {
        var name = species.Name;
        var size = species.InAmounts ? Expression.One : species.Compartment.Symbol;
        replacements[species.Content] = species.InAmounts ? species.Symbol : species.Symbol * size;
        bool participates = network.Processes.Any(p => p.Reactants.Concat(p.Products).Any(x => x.Store == species));
        bool isSet = ruled.Contains(name) || rated.Contains(name) || algebraic.Contains(name);
        double? amount = null, concentration = null;
        if (!ruled.Contains(name) && !started.Contains(name))
        {
            var initial = species.Initial;
            if (initial.IsConstant && species.InAmounts) amount = initial.Value;
            else if (initial.IsConstant) concentration = initial.Value;
            else if (!species.InAmounts && initial.Operation == Operation.Divide && initial.Operands[0].IsConstant && ReferenceEquals(initial.Operands[1], size)) amount = initial.Operands[0].Value;
            else if (species.IsReservoir && !isSet && !(size.Operation == Operation.Symbol && Varying.Contains(size.Name))) Follow(name, initial);
            else moreStarts.Add((name, initial));
        }
        Species.Add(new SbmlSpecies(species, amount, concentration, species.IsReservoir || (isSet && participates), ConversionFactor(species)));
    }

    /// <summary>A quantity that equals a formula at all times.</summary>
    private void Follow(string name, Expression value)
    {
        moreAssignments.Add((name, value));
        Varying.Add(name);
    }

    private string? ConversionFactor(Species species)
    {
        if (species.ConversionFactor is not { } factor) return null;
        if (factor.Operation == Operation.Symbol && network.Parameters.Any(p => p.Name == factor.Name) && !Varying.Contains(factor.Name)) return factor.Name;
        if (factor.Symbols().FirstOrDefault(Varying.Contains) is { } varying) throw new SbmlException(
            $"The conversion factor of '{species.Name}' depends on '{varying}', which varies; SBML asks for a constant.", $"network {network.Name}, species {species.Name}", "Put the factor into the coefficients instead.");
        var name = species.Name + ".conversion";
        Parameters.Add(new SbmlParameter(name, "", StartOf(name, factor), $"amount of {species.Name} per extent"));
        return name;
    }

    /// <summary>A store whose face is its content over a capacity.</summary>
    private void AddCapacity(Store store, Expression capacity, Expression initial)
    {
        var name = store.Name;
        bool isSet = ruled.Contains(name) || rated.Contains(name) || algebraic.Contains(name);
        bool keepsContent = store.IsReservoir && capacity.Operation == Operation.Symbol && Varying.Contains(capacity.Name);
        if (isSet || (store.IsReservoir && !keepsContent))
        {
            replacements[store.Content] = store.Symbol * capacity;
            if (!isSet && !initial.IsConstant && !started.Contains(name))
            {
                Parameters.Add(new SbmlParameter(name, store.Unit, Description: store.Description));
                Follow(name, initial);
                return;
            }
            Parameters.Add(new SbmlParameter(name, store.Unit, StartOf(name, initial), store.Description));
            return;
        }
        var content = store.ContentName;
        var start = initial * capacity;
        bool isNumber = start.IsConstant && !started.Contains(name);
        Parameters.Add(new SbmlParameter(content, store.ContentUnit, isNumber ? start.Value : null, $"{(store is Membrane ? "charge" : "heat")} of {name}"));
        Parameters.Add(new SbmlParameter(name, store.Unit, Description: store.Description));
        if (!isNumber && !started.Contains(name)) moreStarts.Add((content, start));
        Follow(name, store.Content / capacity);
        if (keepsContent) eventTargets[name] = v => (content, v * capacity);
        else KeepContent(store, network.InflowByProcesses(store), v => v * capacity);
    }

    private void AddEnergyStore(EnergyStore store)
    {
        var name = store.Name;
        if (ruled.Contains(name))
        {
            replacements[store.Content] = store.Symbol;
            Parameters.Add(new SbmlParameter(name, store.Unit, Description: store.Description));
            return;
        }
        Parameters.Add(new SbmlParameter(name, store.Unit, Description: store.Description));
        Follow(name, store.Face);
        if (store.IsReservoir)
        {
            replacements[store.Content] = Expression.Zero;
            return;
        }
        double? number = store.InitialContent.IsConstant && !started.Contains(name) ? store.InitialContent.Value : null;
        Parameters.Add(new SbmlParameter(store.ContentName, store.ContentUnit, number, $"content of {name}"));
        if (number is null && !started.Contains(name)) moreStarts.Add((store.ContentName, store.InitialContent));
        KeepContent(store, rated.Contains(name) || algebraic.Contains(name) ? null : network.InflowByProcesses(store), v => v);
    }

    /// <summary>Makes the content the state: its rate follows from the processes (unless a rule gives it), and jumps are aimed at it.</summary>
    private void KeepContent(Store store, Expression? rate, Func<Expression, Expression> toContent)
    {
        var content = store.ContentName;
        foreach (var process in network.Processes.Where(p => p.IsFast && network.Coefficient(p, store) is not null)) throw new SbmlException(
            $"The fast process '{process.Name}' moves '{store.Name}', which is no species.", $"network {network.Name}, process {process.Name}", "Give it a large rate constant instead.");
        contents[store.Name] = content;
        Varying.Add(content);
        if (rate is not null) moreRates.Add((content, rate));
        eventTargets[store.Name] = v => (content, toContent(v));
    }
}
