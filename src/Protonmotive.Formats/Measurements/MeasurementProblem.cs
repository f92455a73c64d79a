using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Alternatives;
using Protonmotive.Fitting.Problems;
using Protonmotive.Networks;
using Protonmotive.Solvers.Designs;
using Protonmotive.Symbolics;

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
        return Of(mapping, Model(mapping, model), (table ?? MeasurementTable.Read)(mapping.Data));
    }

    /// <summary>The problem of a mapping.</summary>
    internal static FitProblem Of(MeasurementMapping mapping, Network network, MeasurementTable table) => new Reading(mapping, network, table).Problem();

    private static Network Model(MeasurementMapping mapping, Func<string, string?, Network>? model)
    {
        if (model is not null) return model(mapping.Model, mapping.Scenario);
        if (!File.Exists(mapping.Model)) throw new MeasurementException("The model is not there.", mapping.Model, "Mend its path in the mapping; it is taken from the mapping's folder.");
        return ModelFormats.Load(mapping.Model);
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
            var columns = Observed().Select(o => (Index: Column(o.Column, o.Where), Own: o, Value: Name(Parse(o.Formula, o.Where), o.Column), Noise: NoiseName(o), Spread: table.Find(o.Noise))).ToList();
            int time = Column(mapping.Time, mapping.Path);
            var conditions = mapping.Conditions.Select(c => (Index: Column(c.Column, mapping.Path), c.Target)).ToList();
            RefuseForgotten([time, .. columns.Select(c => c.Index), .. columns.Select(c => c.Spread), .. conditions.Select(c => c.Index)]);
            foreach (string target in conditions.Select(c => c.Target).Concat(mapping.Set.Keys)) Open(target, isNew: false);
            var ranges = mapping.Estimate.Concat(mapping.OneOf.Select(o => o.Range)).Select(text => RangeText.Parse(text, Reference)).ToList();
            if (ranges.GroupBy(r => r.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new MeasurementException($"'{twice.Key}' is estimated twice.", mapping.Path, "Keep one of its ranges.");
            var estimated = ranges.Select(r => EstimatedRange.Of(r, Reference(r.Name), network.Find(r.Name)?.Unit ?? "", mapping.Path)).ToList();
            foreach (var range in ranges) Open(range.Name, isNew: true);
            if (conditions.Select(c => c.Target).Concat(mapping.Set.Keys).FirstOrDefault(t => ranges.Take(mapping.Set.ContainsKey(t) ? mapping.Estimate.Length : ranges.Count).Any(r => r.Name == t)) is { } both) throw new MeasurementException($"'{both}' is estimated, and set too.", mapping.Path, "Do one of both.");
            foreach (var (range, own) in ranges.Zip(estimated).Skip(mapping.Estimate.Length)) RequireReference(range, own.Parameter);
            system = Lowered();
            return new FitProblem
            {
                Name = Path.GetFileNameWithoutExtension(mapping.Path),
                System = system,
                Parameters = [.. estimated.Select(e => e.Parameter with { Name = Target(e.Parameter.Name) })],
                Priors = [.. estimated.Select(e => e.Prior)],
                Explanations = [.. mapping.OneOf.Select((o, k) => new Explanation(o.Label.Length > 0 ? o.Label : ranges[mapping.Estimate.Length + k].Name, mapping.Estimate.Length + k))],
                Fixed = mapping.Set.ToImmutableDictionary(s => Target(s.Key), s => s.Value, StringComparer.Ordinal),
                Experiments = [.. Rows(time, columns, conditions).GroupBy(r => r.Name).Select(g => new FitExperiment(g.Key, null, new FitCondition(g.Key, g.First().Assignments, []), [.. g.SelectMany(r => r.Measurements)]))],
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

        private IEnumerable<(string Name, ImmutableArray<FitAssignment> Assignments, ImmutableArray<FitMeasurement> Measurements)> Rows(int time, List<(int Index, MeasuredColumn Own, string Value, string Noise, int Spread)> columns, List<(int Index, string Target)> conditions)
        {
            int count = 0;
            for (int row = 0; row < table.RowCount; row++)
            {
                double at = Needed(row, time);
                var values = conditions.Select(c => (c.Target, Value: Finite(Needed(row, c.Index), row, c.Index))).ToList();
                string name = values.Count == 0 ? "data" : string.Join(", ", values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Target} = {v.Value:g17}")));
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
                if (measured.Count > 0) yield return (name, [.. values.Select(v => new FitAssignment(Target(v.Target), v.Value))], measured.ToImmutable());
            }
            if (count == 0) throw new MeasurementException("There are no measurements.", table.Source, $"The columns {string.Join(", ", columns.Select(c => c.Own.Column))} are empty.");
        }

        private double Needed(int row, int column) => table.Number(row, column) ?? throw new MeasurementException($"'{table.Columns[column]}' is empty.", table.Where(row, column), "Fill it in, or remove the row.");

        private double Finite(double value, int row, int column) => double.IsFinite(value) ? value : throw new MeasurementException($"The value of '{table.Columns[column]}' is infinite.", table.Where(row, column), "Give its number, or leave the cell empty.");

        private int Column(string name, string where) => table.Find(name) is >= 0 and var index ? index : throw new MeasurementException($"The data have no column '{name}'.", $"{table.Source}; {where}", $"Their columns are {string.Join(", ", table.Columns.Take(20))}{(name == "time" ? "; name that of times with 'time: COLUMN'" : "")}.");

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

        private void RequireReference(DesignRange range, EstimatedParameter parameter)
        {
            if (Reference(range.Name) is not { } own) throw new MeasurementException($"The model gives no reference value of '{range.Name}'.", mapping.Path, $"Write 'set: {range.Name} = NUMBER'.");
            double at = Scales.FromLinear(own, parameter.Scale);
            if (!(at >= parameter.Lower && at <= parameter.Upper)) throw new MeasurementException(FormattableString.Invariant($"The reference value {own:g6} of '{range.Name}' is outside its range."), mapping.Path, "Under 'one of', give a range that holds the reference, e.g. 5%..200%:log.");
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
