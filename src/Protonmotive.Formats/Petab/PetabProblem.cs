using System.Collections.Immutable;
using Protonmotive.Fitting.Problems;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Petab;

/// <summary>Reads fit problems in PEtab, version 1 and, as far as its SBML features go, version 2.</summary>
/// <remarks>Schmiester et al. (2021), PLoS Comput. Biol. 17, e1008646; petab.readthedocs.io.</remarks>
public static class PetabProblem
{
    /// <summary>Reads a problem.</summary>
    /// <param name="path">Its YAML file.</param>
    /// <exception cref="PetabException">A file is not there, or wrong: with file, line and column.</exception>
    /// <exception cref="Sbml.SbmlException">The model can't be read.</exception>
    public static FitProblem Read(string path)
    {
        var files = PetabFiles.Read(path);
        if (!File.Exists(files.Model)) throw new PetabException("The model is not there.", files.Model, "Mend its name in the YAML file, or put it there.");
        return new Reading(files).Problem();
    }

    /// <summary>One problem being read.</summary>
    private sealed class Reading
    {
        private readonly PetabFiles files;
        private readonly ImmutableArray<PetabParameter> parameters;
        private readonly PetabMapping mapping;
        private readonly PetabConditions conditions;
        private readonly PetabPeriods periods;
        private readonly PetabExperiments experiments;
        private readonly PetabObservables observables;
        private readonly Dictionary<string, int> estimated = new(StringComparer.Ordinal);
        private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> starts = new(StringComparer.Ordinal); // target to the state that starts anew
        private readonly Dictionary<string, FitCondition> rests = new(StringComparer.Ordinal);
        private readonly string modelName;
        private Network network;
        private EquationSystem system;

        public Reading(PetabFiles files)
        {
            this.files = files;
            parameters = PetabParameter.Read(files);
            mapping = new PetabMapping(files);
            conditions = new PetabConditions(files, mapping);
            periods = new PetabPeriods(conditions);
            experiments = new PetabExperiments(files);
            observables = new PetabObservables(files, mapping);
            network = ModelFormats.Load(files.Model);
            modelName = network.Name;
            int index = 0;
            foreach (var parameter in parameters)
            {
                values[parameter.Id] = parameter.Nominal;
                if (parameter.Estimated is not null) estimated[parameter.Id] = index++;
                Alias(parameter.Id);
            }
            system = network.Lower();
        }

        public FitProblem Problem()
        {
            var measured = Measurements().GroupBy(m => m.Experiment).ToList();
            var original = network;
            OpenStarts();
            network = periods.AddTo(network, measured.Select(g => g.Key));
            Complete();
            foreach (var setting in measured.SelectMany(g => g.Key.Later).SelectMany(p => periods.Settings(original, p)))
                if (network.Find(setting.Target) is null) throw Unknown(setting);
            var made = measured.Select(g => Experiment(g.Key, original, [.. g.Select(m => m.Measurement)])).ToImmutableArray();
            system = network.Lower(null, observables.Formulas);
            var names = system.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            return new FitProblem
            {
                Name = modelName.Length > 0 ? modelName : Path.GetFileNameWithoutExtension(files.Yaml),
                System = system,
                Parameters = [.. parameters.Where(p => p.Estimated is not null).Select(p => p.Estimated!)],
                Priors = [.. parameters.Where(p => p.Estimated is not null).Select(p => p.Prior)],
                Fixed = parameters.Where(p => p.Estimated is null && names.Contains(p.Id)).ToImmutableDictionary(p => p.Id, p => p.Nominal, StringComparer.Ordinal),
                Experiments = made,
            };
        }

        // A parameter under a name that is not the model's: the model's own takes its value, and reports show the table's name.
        private void Alias(string id)
        {
            string entity = mapping.Entity(id);
            if (entity == id || network.Parameters.FirstOrDefault(p => p.Name == entity) is not { } own) return;
            network = network with { Parameters = [.. network.Parameters.Select(p => p == own ? own with { Value = Expression.Symbol(id) } : p), new Parameter(id, own.Unit, own.Value)] };
        }

        private List<(PetabExperiment Experiment, FitMeasurement Measurement)> Measurements()
        {
            var all = new List<(PetabExperiment, FitMeasurement)>();
            foreach (string path in files.Measurements)
            {
                foreach (var row in PetabTable.Read(path, "observableId", "time", "measurement").Rows)
                {
                    var experiment = experiments.Of(row);
                    if (files.Version == 2 && row["modelId"] is { Length: > 0 } model && model != files.ModelId)
                        throw new PetabException($"There is no model '{model}'.", row.Where("modelId"), $"Leave it out, or write {files.ModelId}.");
                    double time = row.Number("time");
                    if (double.IsNaN(time) || double.IsNegativeInfinity(time)) throw new PetabException($"The time of a measurement is {row["time"]}.", row.Where("time"), "Give a number, or inf for at rest.");
                    if (time < experiment.First.Time) throw new PetabException($"A measurement was made at {time:g6}, before its experiment starts at {experiment.First.Time:g6}.", row.Where("time"), "Give a later time, or let the experiment start earlier.");
                    var measurement = observables.Measurement(row, time);
                    if (!double.IsFinite(measurement.Value)) throw new PetabException($"The measured value of '{measurement.Observable}' is {row["measurement"]}.", row.Where("measurement"), "Remove the row, or give its number.");
                    all.Add((experiment, measurement));
                }
            }
            return all.Count > 0 ? all : throw new PetabException("There are no measurements.", files.Measurements[0], "Add some.");
        }

        // What conditions set that is no parameter of the system becomes one: the start of a state.
        private void OpenStarts()
        {
            var names = system.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            var states = system.States.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
            // Where a condition sets the size of a compartment, concentrations in it may have to start anew.
            var kept = files.Version == 1 ? [] : network.Stores.OfType<Species>().Where(s => !s.InAmounts && !network.IsHeld(s) && conditions.Targets.Contains(s.Compartment.Name)).Select(s => s.Name);
            foreach (string target in conditions.Targets.Concat(kept).Distinct().ToList())
            {
                if (names.Contains(target) || network.Find(target) is not { } quantity) continue;
                string state = quantity is Store store && states.Contains(store.ContentName) ? store.ContentName : target;
                if (!states.Contains(state)) throw new PetabException($"A condition sets '{target}', which a rule of the model gives.", string.Join(", ", files.Conditions), "Set what the rule depends on, or remove the rule.");
                starts[target] = state;
                var assigned = network.InitialAssignments.FirstOrDefault(a => a.Target == target);
                var own = assigned?.Value ?? quantity switch
                {
                    Species species => species.Initial,
                    Variable variable => variable.Initial,
                    Compartment compartment => compartment.Size,
                    Parameter parameter => parameter.Value,
                    _ => throw new PetabException($"A condition sets the start of '{target}'.", string.Join(", ", files.Conditions), "Set species, compartments or parameters."),
                };
                var start = Expression.Branch(Expression.Symbol(IsGiven(target)), Expression.Symbol(Given(target)), own);
                network = network with
                {
                    Parameters = network.Parameters.Add(new Parameter(IsGiven(target), "", 0)).Add(new Parameter(Given(target), quantity.Unit, 0)),
                    InitialAssignments = [.. network.InitialAssignments.Where(a => a.Target != target), new InitialAssignment(target, start)],
                };
            }
        }

        // Parameters of the tables that the model does not have.
        private void Complete()
        {
            var known = system.Parameters.Select(p => p.Name).Concat(network.Parameters.Select(p => p.Name)).ToHashSet(StringComparer.Ordinal);
            // A target that no formula knows stays unknown, and is refused where its condition is made: it is most likely a slip of the pen.
            var missing = new List<Parameter>();
            IEnumerable<string> inConditions = files.Version == 1 ? [] : conditions.Symbols; // in version 1 each stands alone, and is looked up where its condition is made
            foreach (string name in observables.Symbols.Concat(inConditions).Where(n => !known.Contains(n) && network.Find(n) is null).Distinct())
            {
                if (!values.TryGetValue(name, out double value) && !conditions.Targets.Contains(name))
                    throw new PetabException($"'{name}' stands in a formula, but is in neither the model nor the parameter table.", conditions.WhereOf(name) ?? string.Join(", ", files.Observables.Concat(files.Measurements)), "Add it to the parameter table, or mend the name.");
                missing.Add(new Parameter(name, "", double.IsNaN(value) ? 0 : value));
            }
            network = network with { Parameters = [.. network.Parameters, .. missing] };
            var reachable = known.Concat(missing.Select(p => p.Name)).ToHashSet(StringComparer.Ordinal);
            foreach (var parameter in parameters.Where(p => p.Estimated is not null && !reachable.Contains(p.Id) && !conditions.Symbols.Contains(p.Id)))
                throw new PetabException($"Parameter '{parameter.Id}' is estimated, but nothing uses it.", string.Join(", ", files.Parameters), "Remove it, set estimate to 0, or mend its name.");
        }

        private FitExperiment Experiment(PetabExperiment experiment, Network original, ImmutableArray<FitMeasurement> measurements)
        {
            bool goesOn = files.Version == 2 && experiment.Rest is not null;
            var settings = goesOn ? periods.Settings(original, experiment.First) : conditions.Find(experiment.First);
            // Sizes that the rest has set turn concentrations into amounts here too.
            if (goesOn) settings = [.. settings, .. conditions.Find(experiment.Rest!).Where(r => original.Find(r.Target) is Compartment && settings.All(s => s.Target != r.Target))];
            var first = Condition(experiment.First, settings);
            var condition = first with { Assignments = [.. first.Assignments, .. periods.Times(experiment)] };
            FitCondition? rest = null;
            if (experiment.Rest is { } before && !rests.TryGetValue(before.Name, out rest)) rest = rests[before.Name] = Condition(before, conditions.Find(before));
            return new FitExperiment(experiment.Name, rest, condition, measurements)
            {
                StartTime = experiment.First.Time,
                LastChange = experiment.Later.IsEmpty ? experiment.First.Time : experiment.Later[^1].Time,
                KeepsParameters = goesOn,
            };
        }

        private FitCondition Condition(PetabPeriod period, ImmutableArray<PetabSetting> settings)
        {
            var assignments = ImmutableArray.CreateBuilder<FitAssignment>();
            var restarted = ImmutableArray.CreateBuilder<string>();
            foreach (var setting in settings)
            {
                string target = setting.Target;
                if (starts.TryGetValue(target, out string? state))
                {
                    restarted.Add(state);
                    assignments.Add(new FitAssignment(IsGiven(target), 1));
                    target = Given(target);
                }
                else if (network.Find(target) is null && !system.Parameters.Any(p => p.Name == target))
                {
                    throw Unknown(setting);
                }
                assignments.Add(Assignment(target, setting));
            }
            return new FitCondition(period.Name.Length == 0 ? "model" : period.Name, assignments.ToImmutable(), restarted.ToImmutable());
        }

        private FitAssignment Assignment(string target, PetabSetting setting)
        {
            if (setting.Value.IsConstant) return new FitAssignment(target, setting.Value.Value);
            if (setting.Value.Operation == Operation.Symbol)
            {
                string name = setting.Value.Name;
                if (estimated.TryGetValue(name, out int source)) return new FitAssignment(target, double.NaN, source);
                if (values.TryGetValue(name, out double value)) return new FitAssignment(target, value);
                if (files.Version == 1)
                {
                    return system.Parameters.FirstOrDefault(p => p.Name == name) is { Definition.IsConstant: true } own ? new FitAssignment(target, own.Definition.Value)
                        : throw new PetabException($"'{name}' is neither a number nor a parameter.", setting.Where, "Write a number, NaN, or the identifier of a row of the parameter table.");
                }
            }
            return new FitAssignment(target, double.NaN) { Formula = observables.Name(setting.Value, setting.Target) };
        }

        private static PetabException Unknown(PetabSetting setting) =>
            new($"A condition sets '{setting.Target}', which is nothing in the model.", setting.Where, "Mend its name, or remove it.");

        private static string IsGiven(string target) => target + ".start.isGiven";

        private static string Given(string target) => target + ".start.given";
    }
}
