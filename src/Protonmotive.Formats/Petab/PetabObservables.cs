using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Petab;

/// <summary>The observable tables: formulas with places for what each measurement fills in.</summary>
internal sealed class PetabObservables
{
    private readonly Dictionary<string, (PetabRow Row, Expression Value, Expression Noise, NoiseModel Model)> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<Expression, string> named = [];
    private readonly Dictionary<(string Id, string ObservableParameters, string NoiseParameters), Filled> filled = []; // many measurements fill in the same
    private readonly PetabMapping mapping;

    /// <summary>Reads the tables.</summary>
    /// <exception cref="PetabException">A row is wrong.</exception>
    public PetabObservables(PetabFiles files, PetabMapping mapping)
    {
        this.mapping = mapping;
        foreach (string path in files.Observables)
        {
            foreach (var row in PetabTable.Read(path, "observableId", "observableFormula", "noiseFormula").Rows)
            {
                string id = row.Text("observableId");
                if (!rows.TryAdd(id, (row, Formula(row, "observableFormula"), Formula(row, "noiseFormula"), Model(row)))) throw new PetabException($"Observable '{id}' is there twice.", row.Where("observableId"), "Keep one of the rows.");
            }
        }
    }

    /// <summary>What the problem's measurements simulate, as observables of the system.</summary>
    public List<Observable> Formulas { get; } = [];

    /// <summary>Names in the formulas that measurements filled in or that stand in the table.</summary>
    public HashSet<string> Symbols { get; } = new(StringComparer.Ordinal);

    /// <summary>A measurement, its formulas filled in.</summary>
    public FitMeasurement Measurement(PetabRow row, double time)
    {
        string id = row.Text("observableId");
        var key = (id, row["observableParameters"], row["noiseParameters"]);
        if (!filled.TryGetValue(key, out var found)) filled.Add(key, found = Fill(row, id));
        return new FitMeasurement(id, found.Simulated, found.Sigma, found.SigmaValue, time, row.Number("measurement"), found.Model)
        {
            Where = row.Where("measurement"),
            DataSet = row["datasetId"],
        };
    }

    private Filled Fill(PetabRow row, string id)
    {
        if (!rows.TryGetValue(id, out var found)) throw new PetabException($"There is no observable '{id}'.", row.Where("observableId"), $"Add it to the observable table, or use one of {string.Join(", ", rows.Keys.Take(8))}.");
        var places = Places(row, id, "observableParameters", "observableParameter", found.Row).Concat(Places(row, id, "noiseParameters", "noiseParameter", found.Row)).ToDictionary(p => p.Key, p => p.Value);
        var value = found.Value.Substitute(places);
        // A noise formula may name its own observable.
        var noise = found.Noise.Substitute(places).Substitute(new Dictionary<Expression, Expression> { [Expression.Symbol(id)] = value }).Simplify();
        foreach (string left in value.Symbols().Concat(noise.Symbols()).Where(s => s.EndsWith("_" + id, StringComparison.Ordinal) && (s.StartsWith("observableParameter", StringComparison.Ordinal) || s.StartsWith("noiseParameter", StringComparison.Ordinal))))
            throw new PetabException($"The formula of '{id}' needs {left}, which the measurement does not give.", row.Where(left.StartsWith('o') ? "observableParameters" : "noiseParameters"), "Give it there; several are separated by semicolons.");
        bool isNumber = noise.IsConstant;
        return new Filled(Name(value, id), isNumber ? "" : Name(noise, "noise of " + id), isNumber ? noise.Value : double.NaN, found.Model);
    }

    /// <summary>The name of the system's observable that a formula is: one for each that differs.</summary>
    public string Name(Expression formula, string id)
    {
        if (named.TryGetValue(formula, out string? name)) return name;
        formula = mapping.Formula(formula);
        name = $"fit.{Formulas.Count}.{id}";
        named.Add(formula, name);
        Formulas.Add(new Observable(name, "", formula));
        Symbols.UnionWith(formula.Symbols());
        return name;
    }

    private static IEnumerable<KeyValuePair<Expression, Expression>> Places(PetabRow row, string id, string column, string place, PetabRow observable)
    {
        string text = row[column];
        if (text.Length == 0) yield break;
        string[] parts = text.Split(';');
        string[]? names = observable[column.Replace("Parameters", "Placeholders", StringComparison.Ordinal)] is { Length: > 0 } listed ? listed.Split(';') : null;
        for (int k = 0; k < parts.Length; k++)
        {
            string part = parts[k].Trim();
            var value = PetabRow.TryNumber(part, out double number) ? Expression.Constant(number) : PetabFormula.Parse(part, row.Where(column));
            string name = names is not null && k < names.Length ? names[k].Trim() : FormattableString.Invariant($"{place}{k + 1}_{id}");
            yield return new(Expression.Symbol(name), value);
        }
    }

    private static Expression Formula(PetabRow row, string column) => PetabFormula.Parse(row.Text(column), row.Where(column));

    // Version 2 joins transformation and distribution in one word.
    private static NoiseModel Model(PetabRow row)
    {
        var scale = row["observableTransformation"] switch
        {
            "" or "lin" => ParameterScale.Linear,
            "log" => ParameterScale.Log,
            "log10" => ParameterScale.Log10,
            var other => throw new PetabException($"'{other}' is no transformation of an observable.", row.Where("observableTransformation"), "Use lin, log or log10."),
        };
        return row["noiseDistribution"] switch
        {
            "" or "normal" => new NoiseModel(NoiseDistribution.Normal, scale),
            "laplace" => new NoiseModel(NoiseDistribution.Laplace, scale),
            "log-normal" => new NoiseModel(NoiseDistribution.Normal, ParameterScale.Log),
            "log-laplace" => new NoiseModel(NoiseDistribution.Laplace, ParameterScale.Log),
            "log10-normal" => new NoiseModel(NoiseDistribution.Normal, ParameterScale.Log10),
            "log10-laplace" => new NoiseModel(NoiseDistribution.Laplace, ParameterScale.Log10),
            var other => throw new PetabException($"'{other}' is no noise distribution that is read.", row.Where("noiseDistribution"), "Use normal or laplace (log-normal, log-laplace in version 2)."),
        };
    }

    // The system's observables that simulate a measurement and give its noise, or the noise as a number.
    private readonly record struct Filled(string Simulated, string Sigma, double SigmaValue, NoiseModel Model);
}
