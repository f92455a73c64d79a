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
        private readonly PetabConditions conditions;
        private readonly PetabExperiments experiments;
        private readonly PetabObservables observables;
        private readonly Dictionary<string, int> estimated = new(StringComparer.Ordinal);
        private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> starts = new(StringComparer.Ordinal); // target to the state that starts anew
        private readonly Dictionary<string, FitCondition> made = new(StringComparer.Ordinal);
        private Network network;
        private EquationSystem system;

        public Reading(PetabFiles files)
        {
            this.files = files;
            parameters = PetabParameter.Read(files);
            conditions = new PetabConditions(files);
            experiments = new PetabExperiments(files);
            observables = new PetabObservables(files);
            network = ModelFormats.Load(files.Model);
            system = network.Lower();
            int index = 0;
            foreach (var parameter in parameters)
            {
                values[parameter.Id] = parameter.Nominal;
                if (parameter.Estimated is not null) estimated[parameter.Id] = index++;
            }
        }

        public FitProblem Problem()
        {
            var measured = Measurements();
            OpenStarts();
            Complete();
            system = network.Lower(null, observables.Formulas);
            var names = system.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            var conditionsOf = measured.GroupBy(m => (m.Before, m.Condition));
            double[] times = [.. experiments.Starts];
            if (times.Length > 1) throw new PetabException($"Experiments start at different times, {string.Join(" and ", times.Take(4))}.", string.Join(", ", files.Experiments), "Let all start at the same time.");
            return new FitProblem
            {
                Name = network.Name.Length > 0 ? network.Name : Path.GetFileNameWithoutExtension(files.Yaml),
                System = system,
                Parameters = [.. parameters.Where(p => p.Estimated is not null).Select(p => p.Estimated!)],
                Priors = [.. parameters.Where(p => p.Estimated is not null).Select(p => p.Prior)],
                Fixed = parameters.Where(p => p.Estimated is null && names.Contains(p.Id)).ToImmutableDictionary(p => p.Id, p => p.Nominal, StringComparer.Ordinal),
                Experiments = [.. conditionsOf.Select(g => Experiment(g.Key.Before, g.Key.Condition, [.. g.Select(m => m.Measurement)], g.First().Where))],
                StartTime = times.Length == 1 ? times[0] : 0,
            };
        }

        private List<(string Before, string Condition, FitMeasurement Measurement, string Where)> Measurements()
        {
            var all = new List<(string, string, FitMeasurement, string)>();
            foreach (string path in files.Measurements)
            {
                foreach (var row in PetabTable.Read(path, "observableId", "time", "measurement").Rows)
                {
                    var (rest, condition) = experiments.Of(row);
                    double time = row.Number("time");
                    if (double.IsNaN(time) || double.IsNegativeInfinity(time)) throw new PetabException($"The time of a measurement is {row["time"]}.", row.Where("time"), "Give a number, or inf for at rest.");
                    var measurement = observables.Measurement(row, time);
                    if (!double.IsFinite(measurement.Value)) throw new PetabException($"The measured value of '{measurement.Observable}' is {row["measurement"]}.", row.Where("measurement"), "Remove the row, or give its number.");
                    all.Add((rest, condition, measurement, row.Where(files.Version == 1 ? "simulationConditionId" : "experimentId")));
                }
            }
            return all.Count > 0 ? all : throw new PetabException("There are no measurements.", files.Measurements[0], "Add some.");
        }

        // What conditions set that is no parameter of the system becomes one: the start of a state.
        private void OpenStarts()
        {
            var names = system.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            var states = system.States.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
            foreach (string target in conditions.Targets)
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
            foreach (string name in observables.Symbols.Where(n => !known.Contains(n) && network.Find(n) is null).Distinct())
            {
                if (!values.TryGetValue(name, out double value) && !conditions.Targets.Contains(name))
                    throw new PetabException($"'{name}' stands in a formula, but is in neither the model nor the parameter table.", string.Join(", ", files.Observables.Concat(files.Measurements)), "Add it to the parameter table, or mend the name.");
                missing.Add(new Parameter(name, "", double.IsNaN(value) ? 0 : value));
            }
            network = network with { Parameters = [.. network.Parameters, .. missing] };
            var reachable = known.Concat(missing.Select(p => p.Name)).ToHashSet(StringComparer.Ordinal);
            foreach (var parameter in parameters.Where(p => p.Estimated is not null && !reachable.Contains(p.Id) && !conditions.Texts.Contains(p.Id)))
                throw new PetabException($"Parameter '{parameter.Id}' is estimated, but nothing uses it.", string.Join(", ", files.Parameters), "Remove it, set estimate to 0, or mend its name.");
        }

        private FitExperiment Experiment(string rest, string condition, ImmutableArray<FitMeasurement> measurements, string where)
        {
            string name = rest.Length == 0 ? (condition.Length == 0 ? "model" : condition) : $"{condition} after rest in {rest}";
            return new FitExperiment(name, rest.Length == 0 ? null : Condition(rest, where), Condition(condition, where), measurements);
        }

        private FitCondition Condition(string id, string where)
        {
            if (made.TryGetValue(id, out var known)) return known;
            var assignments = ImmutableArray.CreateBuilder<FitAssignment>();
            var restarted = ImmutableArray.CreateBuilder<string>();
            foreach (var setting in id is "" or "*" ? [] : conditions.Find(id, where))
            {
                string target = setting.Target;
                bool isNumber = PetabRow.TryNumber(setting.Text, out double number);
                if (isNumber && double.IsNaN(number)) continue; // as it is
                if (starts.TryGetValue(target, out string? state))
                {
                    restarted.Add(state);
                    assignments.Add(new FitAssignment(IsGiven(target), 1));
                    target = Given(target);
                }
                else if (!system.Parameters.Any(p => p.Name == target))
                {
                    throw new PetabException($"A condition sets '{target}', which is nothing in the model.", setting.Where, "Mend the name of the column, or remove it.");
                }
                if (isNumber) assignments.Add(new FitAssignment(target, number));
                else if (estimated.TryGetValue(setting.Text, out int source)) assignments.Add(new FitAssignment(target, double.NaN, source));
                else if (values.TryGetValue(setting.Text, out double value)) assignments.Add(new FitAssignment(target, value));
                else if (system.Parameters.FirstOrDefault(p => p.Name == setting.Text) is { Definition.IsConstant: true } own) assignments.Add(new FitAssignment(target, own.Definition.Value));
                else throw new PetabException($"'{setting.Text}' is neither a number nor a parameter.", setting.Where, "Write a number, NaN, or the identifier of a row of the parameter table.");
            }
            return made[id] = new FitCondition(id.Length == 0 ? "model" : id, assignments.ToImmutable(), restarted.ToImmutable());
        }

        private static string IsGiven(string target) => target + ".start.isGiven";

        private static string Given(string target) => target + ".start.given";
    }
}
