using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Alternatives;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Training;
using Protonmotive.Networks;
using Protonmotive.Solvers.Designs;
using Protonmotive.Symbolics;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Formats.Measurements;

/// <summary>Reads a fit problem from one table of data and a mapping: which column measured what, and what is estimated.</summary>
public static class MeasurementProblem
{
    /// <summary>Whether a file is such a mapping: YAML with 'data', without 'format_version'.</summary>
    public static bool IsMapping(string path) => MeasurementMapping.Is(path);

    /// <summary>Reads a problem.</summary>
    /// <param name="path">The mapping.</param>
    /// <param name="model">Gives the model of a path or name, and a scenario; null for <see cref="ModelFormats.Load"/>, which reads files only.</param>
    /// <param name="table">Reads the data; null for text.</param>
    /// <exception cref="MeasurementException">A file is not there, or wrong: with file, line and column.</exception>
    /// <exception cref="ProtonmotiveException">The model can't be read.</exception>
    public static FitProblem Read(string path, Func<string, string?, Network>? model = null, Func<string, MeasurementTable>? table = null)
    {
        var mapping = MeasurementMapping.Read(path);
        if (!mapping.Learn.IsEmpty) throw new MeasurementException($"The law of '{mapping.Learn[0].Process}' is to be learned, not fitted.", mapping.Path, "Use pmf learn, or leave 'learn' out.");
        var network = Model(mapping, model);
        return Of(mapping, mapping.IsFeasible ? Feasible(network, mapping) : network, (table ?? MeasurementTable.Read)(mapping.Data));
    }

    /// <summary>Reads a problem with laws to be learned: the model with neural networks in their places, and what their weights are to meet.</summary>
    /// <param name="path">The mapping.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <param name="model">As for <see cref="Read"/>.</param>
    /// <param name="table">As for <see cref="Read"/>.</param>
    /// <exception cref="MeasurementException">A file is not there, or wrong, or nothing is to be learned.</exception>
    /// <exception cref="ProtonmotiveException">The model can't be read, or has no such process.</exception>
    public static LearningProblem ReadLearning(string path, ulong seed, Func<string, string?, Network>? model = null, Func<string, MeasurementTable>? table = null)
    {
        var mapping = MeasurementMapping.Read(path);
        if (mapping.Learn.IsEmpty) throw new MeasurementException("Nothing is to be learned.", mapping.Path, "Write e.g. 'learn: R1 ~ mobility(A=0.01..1:log; scale 1e-3)', or use pmf fit.");
        var network = Model(mapping, model);
        if (mapping.IsFeasible) network = Feasible(network, mapping);
        var nets = ImmutableArray.CreateBuilder<Perceptron>();
        foreach (var (learned, k) in mapping.Learn.Select((l, k) => (l, k)))
        {
            (network, var net) = learned.Replace(network, seed + ((ulong)k << 32));
            nets.Add(net);
        }
        var problem = new Reading(mapping, network, (table ?? MeasurementTable.Read)(mapping.Data)).Problem();
        var weights = LearnedWeights.Of(nets);
        problem = problem with
        {
            Parameters = [.. problem.Parameters, .. weights], Priors = [.. problem.Priors, .. LearnedWeights.Priors(weights, WeightWidth)],
            // A flux that is being learned may do anything: a solve that takes this long has failed.
            Tolerance = new Solvers.Tolerance(1e-6, 1e-9), MaximumSteps = 5000,
        };
        return new LearningProblem(problem, network, nets.ToImmutable(), Watched(mapping, problem));
    }

    // Standard deviation of the prior of weights: inputs are of size 1, so a neuron's range from off to on is some units wide.
    private const double WeightWidth = 2;

    private static ImmutableSortedSet<string> Watched(MeasurementMapping mapping, FitProblem problem)
    {
        var watched = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var (column, value) in mapping.Watch)
        {
            int index = mapping.Conditions.Select((c, i) => (c, i)).Where(c => c.c.Column == column || c.c.Target == column).Select(c => c.i).FirstOrDefault(-1);
            var found = problem.Experiments.Where(e => index >= 0 && e.Condition.Assignments[index].Value == value).Select(e => e.Name).ToList();
            if (found.Count == 0) throw new MeasurementException(string.Create(CultureInfo.InvariantCulture, $"No measurements have {column} = {value:g6}."), $"{mapping.Path}, 'watch'.", "Name a column of 'conditions' and one of its values.");
            watched.UnionWith(found);
        }
        return watched.ToImmutable();
    }

    /// <summary>The problem of a mapping.</summary>
    internal static FitProblem Of(MeasurementMapping mapping, Network network, MeasurementTable table) => new Reading(mapping, network, table).Problem();

    private static Network Model(MeasurementMapping mapping, Func<string, string?, Network>? model)
    {
        if (model is not null) return model(mapping.Model, mapping.Scenario);
        if (!File.Exists(mapping.Model)) throw new MeasurementException("The model is not there.", mapping.Model, "Mend its path in the mapping; it is taken from the mapping's folder.");
        return ModelFormats.Load(mapping.Model);
    }

    /// <summary>The network with potentials and conductances, none of whose old constants may be given by name: that would break the cycles again.</summary>
    private static Network Feasible(Network network, MeasurementMapping mapping)
    {
        var made = FeasibleParametrisation.Of(network);
        var given = mapping.Estimate.Concat(mapping.OneOf.Select(o => o.Entry)).Select(e => e.Name).Concat(mapping.Set.Keys).Concat(mapping.Conditions.Select(c => c.Target)).ToHashSet(StringComparer.Ordinal);
        foreach (string name in made.Constants.Select(c => c.Name).Where(given.Contains))
        {
            if (made.Network.Parameters.First(p => p.Name == name).Value.IsConstant) continue;
            throw new MeasurementException($"'{name}' follows from potentials and conductances now.", mapping.Path, $"Name these in its place ({string.Join(", ", made.ParameterNames.Take(12))}), or leave 'parametrise' out.");
        }
        return made.Network;
    }

    /// <summary>One problem being read.</summary>
    private sealed class Reading(MeasurementMapping mapping, Network network, MeasurementTable table)
    {
        private readonly List<Observable> formulas = [];
        private readonly Dictionary<Expression, string> named = [];
        private readonly HashSet<string> symbols = new(StringComparer.Ordinal);
        private EquationSystem system = network.Lower();

        public FitProblem Problem()
        {
            if (Observed().GroupBy(o => (o.Column, o.Formula)).FirstOrDefault(g => g.Count() > 1) is { } again) throw new MeasurementException($"'{again.Key.Column}' measured '{again.Key.Formula}' twice.", again.Last().Where, "Leave one out: its measurements would count twice.");
            var columns = Observed().Select(o => (Index: Column(o.Column, o.Where), Own: o, Value: Name(Parse(o.Formula, o.Where), o.Column), Noise: NoiseName(o), Spread: table.Find(o.Noise))).ToList();
            int time = TimeColumn();
            var conditions = mapping.Conditions.Select(c => (Formula: Formula(c.Column), c.Target)).ToList();
            RefuseForgotten([time, .. columns.Select(c => c.Index), .. columns.Select(c => c.Spread), .. conditions.SelectMany(c => c.Formula.Columns)]);
            foreach (string target in conditions.Select(c => c.Target).Concat(mapping.Set.Keys)) Open(target, isNew: false);
            int[] measured = [.. Enumerable.Range(0, table.RowCount).Where(row => columns.Any(c => table.Text(row, c.Index).Length > 0))];
            // Explanations come last, each with one parameter.
            var explained = mapping.OneOf.Select(o => o.Entry).ToList();
            var estimates = mapping.Estimate.Concat(explained).Select(e => new EstimatedParts(e, table, measured)).ToList();
            if (estimates.GroupBy(e => e.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new MeasurementException($"'{twice.Key}' is estimated twice.", mapping.Path, "Keep one of its ranges.");
            foreach (var estimate in estimates)
            {
                if (!estimate.IsWhole && Own(estimate.Name) is null && network.Find(estimate.Name) is null && !mapping.Set.ContainsKey(estimate.Name)) throw new MeasurementException($"'{estimate.Name}' has no value in the rows where it is not estimated.", estimate.Where, "Leave 'where' out, or name something of the model.");
                Open(estimate.Name, isNew: true);
            }
            var ranges = estimates.Select(e => EstimatedRange.Of(RangeText.Parse(e.Range, Reference), Reference(e.Name), network.Find(e.Name)?.Unit ?? "", mapping.Path)).ToList();
            bool IsFixed(EstimatedParts e, string target) => e.Name == target && (!mapping.Set.ContainsKey(target) || (e.IsWhole && !explained.Exists(x => x.Name == target)));
            if (conditions.Select(c => c.Target).Concat(mapping.Set.Keys).FirstOrDefault(t => estimates.Any(e => IsFixed(e, t))) is { } both) throw new MeasurementException($"'{both}' is estimated, and set too.", mapping.Path, "Do one of both.");
            foreach (var (entry, range) in explained.Zip(ranges.TakeLast(explained.Count))) RequireReference(entry.Name, range.Parameter);
            system = Lowered();
            var (parameters, given) = Parameters(estimates, ranges);
            return new FitProblem
            {
                Name = Path.GetFileNameWithoutExtension(mapping.Path),
                System = system,
                Parameters = [.. parameters.Select(p => p.Parameter)],
                Priors = [.. parameters.Select(p => p.Prior)],
                Explanations = [.. mapping.OneOf.Select((o, k) => new Explanation(o.Label.Length > 0 ? o.Label : o.Entry.Name, parameters.Count - explained.Count + k))],
                Fixed = mapping.Set.ToImmutableDictionary(s => Target(s.Key), s => s.Value, StringComparer.Ordinal),
                Experiments = [.. Rows(time, columns, conditions, given).GroupBy(r => r.Name).Select(g => new FitExperiment(g.Key, null, new FitCondition(g.Key, g.First().Assignments, []), [.. g.SelectMany(r => r.Measurements)]))],
            };
        }

        // Replicates: 'OCR*' is every column whose name begins with OCR, under that name.
        private IEnumerable<MeasuredColumn> Observed()
        {
            foreach (var own in mapping.Observe)
            {
                if (!own.Column.EndsWith('*'))
                {
                    yield return own;
                    continue;
                }
                var names = table.Columns.Where(c => c.StartsWith(own.Name, StringComparison.Ordinal) && c != mapping.Time).ToList();
                if (names.Count == 0) throw new MeasurementException($"The data have no column that begins with '{own.Name}'.", $"{table.Source}; {own.Where}", $"Their columns are {string.Join(", ", table.Columns.Take(20))}.");
                foreach (string name in names) yield return own with { Column = name, Name = own.Name };
            }
        }

        /// <summary>What is estimated, and by row what of it gives a value to what.</summary>
        private (List<(EstimatedParameter Parameter, Prior? Prior)> Parameters, ILookup<int, (string Name, FitAssignment Assignment)> Given) Parameters(List<EstimatedParts> estimates, List<(EstimatedParameter Parameter, Prior? Prior)> ranges)
        {
            var parameters = new List<(EstimatedParameter, Prior?)>();
            var given = new List<(int Row, string Name, FitAssignment Assignment)>();
            for (int e = 0; e < estimates.Count; e++)
            {
                string target = Target(estimates[e].Name);
                foreach (var (name, rows) in estimates[e].Parts(target))
                {
                    if (name != target) given.AddRange(rows.Select(row => (row, name, new FitAssignment(target, double.NaN, parameters.Count))));
                    parameters.Add((ranges[e].Parameter with { Name = name }, ranges[e].Prior));
                }
            }
            return (parameters, given.ToLookup(g => g.Row, g => (g.Name, g.Assignment)));
        }

        private EquationSystem Lowered()
        {
            try
            {
                return network.Lower(null, formulas);
            }
            catch (NetworkException e)
            {
                throw new MeasurementException($"The formulas do not fit the model: {e.What}", mapping.Path, "Mend the name; one that the model does not have needs a range under 'estimate'.", e);
            }
        }

        private IEnumerable<(string Name, ImmutableArray<FitAssignment> Assignments, ImmutableArray<FitMeasurement> Measurements)> Rows(int time, List<(int Index, MeasuredColumn Own, string Value, string Noise, int Spread)> columns, List<(ColumnFormula Formula, string Target)> conditions, ILookup<int, (string Name, FitAssignment Assignment)> given)
        {
            int count = 0;
            for (int row = 0; row < table.RowCount; row++)
            {
                double at = time < 0 ? MeasurementTable.Number(mapping.Time)!.Value : Needed(row, time);
                var values = conditions.Select(c => (c.Target, Value: Condition(row, c.Formula))).ToList();
                var texts = values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Target} = {v.Value:R}")).Concat(given[row].Select(g => g.Name));
                string name = values.Count == 0 && !given.Contains(row) ? "data" : string.Join(", ", texts);
                var measured = ImmutableArray.CreateBuilder<FitMeasurement>();
                foreach (var column in columns)
                {
                    if (table.Number(row, column.Index) is not { } value) continue;
                    string where = table.Where(row, column.Index);
                    double sigma = column.Spread >= 0 ? Needed(row, column.Spread) : (column.Own.Part * Math.Abs(Finite(value, row, column.Index))) + column.Own.Floor;
                    if (column.Noise.Length == 0 && !(sigma > 0 && double.IsFinite(sigma))) throw new MeasurementException($"The noise of '{column.Own.Column}' is {sigma.ToString("g6", CultureInfo.InvariantCulture)}.", where, "Give a noise above 0; beside a part of the value, a floor: '± 5 % + 0.1'.");
                    measured.Add(new FitMeasurement(column.Own.Name, column.Value, column.Noise, column.Noise.Length > 0 ? double.NaN : sigma, at, Finite(value, row, column.Index), column.Own.Model) { Where = where, DataSet = column.Own.Name == column.Own.Column ? "" : column.Own.Column });
                    count++;
                }
                if (measured.Count > 0) yield return (name, [.. values.Select(v => new FitAssignment(Target(v.Target), v.Value)), .. given[row].Select(g => g.Assignment)], measured.ToImmutable());
            }
            if (count == 0) throw new MeasurementException("There are no measurements.", table.Source, $"The columns {string.Join(", ", columns.Select(c => c.Own.Column))} are empty.");
        }

        private double Condition(int row, ColumnFormula formula)
        {
            if (formula.Columns.FirstOrDefault(c => table.Number(row, c) is null, -1) is >= 0 and var empty) return Needed(row, empty);
            return formula.Value(row) is { } value && double.IsFinite(value) ? value : throw new MeasurementException("A condition has no finite value.", table.Where(row, formula.Columns.FirstOrDefault()), "Mend the number, or the formula under 'conditions'.");
        }

        // A column by its name, whatever that is; else a formula of columns.
        private ColumnFormula Formula(string text) => new(table, table.Find(text) >= 0 ? Expression.Symbol(text) : EstimatedEntry.Formula(text, mapping.Path), mapping.Path);

        // −1 where one time is given for all rows.
        private int TimeColumn() => table.Find(mapping.Time) < 0 && MeasurementTable.Number(mapping.Time) is not null ? -1 : Column(mapping.Time, mapping.Path);

        private double Needed(int row, int column) => table.Number(row, column) ?? throw new MeasurementException($"'{table.Columns[column]}' is empty.", table.Where(row, column), "Fill it in, or remove the row.");

        private double Finite(double value, int row, int column) => double.IsFinite(value) ? value : throw new MeasurementException($"The value of '{table.Columns[column]}' is infinite.", table.Where(row, column), "Give its number, or leave the cell empty.");

        private int Column(string name, string where) => table.Find(name) is >= 0 and var index ? index : throw new MeasurementException($"The data have no column '{name}'.", $"{table.Source}; {where}", $"Their columns are {string.Join(", ", table.Columns.Take(20))}{(name == "time" ? "; name that of times with 'time: COLUMN', or the time of all rows, such as 'time: inf'" : "")}.");

        // A column named as a parameter is most likely a condition: passing over it in silence would fit the wrong thing.
        private void RefuseForgotten(HashSet<int> used)
        {
            for (int k = 0; k < table.Columns.Length; k++)
            {
                string name = table.Columns[k];
                if (!used.Contains(k) && network.Parameters.Any(p => p.Name == name)) throw new MeasurementException($"The column '{name}' has the name of a parameter, but the mapping does not use it.", table.Source, $"Write 'conditions: {name}', or rename the column.");
            }
        }

        private string NoiseName(MeasuredColumn column) => column.Noise.Length == 0 || table.Find(column.Noise) >= 0 ? "" : Name(Parse(column.Noise, column.Where), "noise of " + column.Column);

        private static Expression Parse(string formula, string where)
        {
            try
            {
                return InfixParser.Parse(formula);
            }
            catch (ExpressionSyntaxException e)
            {
                throw new MeasurementException($"The formula '{formula}' can't be read: {e.What}", where, e.Mend, e);
            }
        }

        // One observable of the system for each formula that differs.
        private string Name(Expression formula, string column)
        {
            if (named.TryGetValue(formula, out string? name)) return name;
            named.Add(formula, name = $"fit.{formulas.Count}.{column}");
            formulas.Add(new Observable(name, "", formula));
            symbols.UnionWith(formula.Symbols());
            return name;
        }

        private double? Own(string name) => ((system.Parameters.FirstOrDefault(p => p.Name == name) ?? system.Parameters.FirstOrDefault(p => p.Name == name + ".initial"))?.Definition ?? system.States.FirstOrDefault(s => s.Name == name)?.Initial) is { IsConstant: true } value ? value.Value : null;

        // An explanation's reference may be set.
        private double? Reference(string name) => mapping.Set.TryGetValue(name, out double value) ? value : Own(name);

        private void RequireReference(string name, EstimatedParameter parameter)
        {
            if (Reference(name) is not { } own) throw new MeasurementException($"The model gives no reference value of '{name}'.", mapping.Path, $"Write 'set: {name} = NUMBER'.");
            double at = Scales.FromLinear(own, parameter.Scale);
            if (!(at >= parameter.Lower && at <= parameter.Upper)) throw new MeasurementException(FormattableString.Invariant($"The reference value {own:g6} of '{name}' is outside its range."), mapping.Path, "Under 'one of', give a range that holds the reference, e.g. 5%..200%:log.");
        }

        private string Target(string name) => network.Find(Start(name)) is null ? name : Start(name);

        // A species or variable becomes its value at the start; a name that only formulas know becomes a parameter.
        private void Open(string name, bool isNew)
        {
            if (system.Parameters.Any(p => p.Name == name) || network.Find(Start(name)) is not null) return;
            var quantity = network.Find(name);
            if (quantity is null && isNew && symbols.Contains(name))
            {
                network = network with { Parameters = network.Parameters.Add(new Parameter(name, "", 0)) };
                return;
            }
            Expression? start = network.InitialAssignments.FirstOrDefault(a => a.Target == name)?.Value ?? quantity switch { Species s => s.Initial, Variable v => v.Initial, _ => null };
            bool isRuled = network.Assignments.Any(a => a.Target == name);
            if (quantity is null || start is null || isRuled)
            {
                throw new MeasurementException(isRuled ? $"'{name}' follows a rule of the model." : $"The model has no parameter '{name}'.", mapping.Path, "Name a parameter, or a species for its value at the start.");
            }
            network = network with
            {
                Parameters = network.Parameters.Add(new Parameter(Start(name), quantity.Unit, start)),
                InitialAssignments = [.. network.InitialAssignments.Where(a => a.Target != name), new InitialAssignment(name, Expression.Symbol(Start(name)))],
            };
        }

        private static string Start(string name) => name + ".start";
    }
}
