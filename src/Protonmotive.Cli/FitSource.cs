using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Formats.Measurements;
using Protonmotive.Formats.Petab;
using Protonmotive.Reports.Fits;

namespace Protonmotive.Cli;

/// <summary>A fit problem from a file, with its objective.</summary>
internal sealed partial class FitSource
{
    private const int CurvePoints = 200;

    private FitSource(string path, FitProblem problem)
    {
        (Path, Problem, Objective) = (path, problem, new FitObjective(problem));
        Hash = HashOf(path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The problem.</summary>
    public FitProblem Problem { get; }

    /// <summary>What is minimised.</summary>
    public FitObjective Objective { get; }

    /// <summary>SHA-256 of the file and of those it names.</summary>
    public string Hash { get; }

    /// <summary>Name for folders.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <exception cref="ProtonmotiveException">It is not there, or can't be read.</exception>
    public static FitSource Load(string path)
    {
        if (!File.Exists(path)) throw new ModelSourceException("There is no such problem.", path, "Give the YAML file of a PEtab problem, or of a mapping of a table.");
        var problem = MeasurementProblem.IsMapping(path)
            ? MeasurementProblem.Read(path, (model, scenario) => ModelSource.Load(model, scenario).Network, MeasurementFile.Read)
            : PetabProblem.Read(path);
        return new FitSource(System.IO.Path.GetFullPath(path), problem);
    }

    /// <summary>What must be said of the data beside the fit.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];

    /// <summary>The nominal values on the scales of estimation.</summary>
    /// <exception cref="ProtonmotiveException">One is unknown.</exception>
    public double[] Nominal()
    {
        foreach (var p in Objective.Parameters)
            if (!double.IsFinite(p.Nominal)) throw new ModelSourceException("A nominal value is unknown.", $"parameter '{p.Name}'", "Write it into the parameter table, or fit first.");
        return [.. Objective.Parameters.Select(p => p.Nominal)];
    }

    /// <summary>Measurements with what is simulated for them, and curves.</summary>
    /// <param name="x">Where.</param>
    /// <param name="points">Draws from which bands are taken; none for no bands.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="cancellation">Ends it early.</param>
    public FitPicture Picture(double[] x, IReadOnlyList<double[]> points, int workers, CancellationToken cancellation) => PictureOf(Objective, x, points, workers, cancellation);

    /// <summary>The same of any objective; some experiments may be marked by a word behind their names.</summary>
    public static FitPicture PictureOf(FitObjective objective, double[] x, IReadOnlyList<double[]> points, int workers, CancellationToken cancellation, IReadOnlySet<string>? marked = null, string mark = "")
    {
        var problem = objective.Problem;
        string Series(string experiment, FitMeasurement measurement) =>
            (marked?.Contains(experiment) == true ? $"{experiment} ({mark})" : experiment) + (measurement.DataSet.Length > 0 && measurement.DataSet != experiment ? ", " + measurement.DataSet : "");
        var evaluation = objective.Simulate(x, cancellation);
        var rows = evaluation.Rows.Select(r => new FitPictureRow(r.Measurement.Observable, Series(r.Experiment, r.Measurement), r.Measurement.Time, r.Measurement.Value, r.Simulated,
            r.Sigma * (r.Measurement.Noise.Scale == ParameterScale.Log10 ? Math.Log(10) : 1), r.Residual, r.Measurement.Noise.Scale != ParameterScale.Linear));
        var curves = new List<FitPictureCurve>();
        for (int e = 0; e < problem.Experiments.Length; e++)
        {
            var experiment = problem.Experiments[e];
            var wanted = experiment.Measurements.Where(m => double.IsFinite(m.Time)).GroupBy(m => (m.Observable, m.Simulated, Series: Series(experiment.Name, m))).Where(g => g.Select(m => m.Time).Distinct().Skip(1).Any()).Select(g => g.Key).ToList();
            double start = experiment.StartTime ?? problem.StartTime, end = experiment.Measurements.Select(m => m.Time).Where(double.IsFinite).DefaultIfEmpty(start).Max();
            if (wanted.Count == 0 || end <= start) continue;
            double[] times = [.. Enumerable.Range(0, CurvePoints).Select(i => start + ((end - start) * i / (CurvePoints - 1)))];
            int index = e;
            double[]? Course(double[] at)
            {
                try
                {
                    var course = objective.Course(at, index, times, cancellation);
                    return [.. wanted.SelectMany(w => course[w.Simulated])];
                }
                catch (ProtonmotiveException)
                {
                    return null;
                }
            }

            var bands = points.Count > 0 ? PredictionBands.Of(points, Course, [0.05, 0.5, 0.95], workers, cancellation) : null;
            var middle = bands is null ? Course(x) : [.. bands.Quantiles[1]];
            if (middle is not { Length: > 0 }) continue;
            for (int k = 0; k < wanted.Count; k++)
            {
                var part = (k * CurvePoints)..((k + 1) * CurvePoints);
                curves.Add(new FitPictureCurve(wanted[k].Observable, wanted[k].Series, times, middle[part]) { Low = bands?.Quantiles[0].AsSpan()[part].ToArray(), High = bands?.Quantiles[2].AsSpan()[part].ToArray() });
            }
        }
        return new FitPicture(problem.System.TimeUnit, [.. rows], [.. curves]);
    }

    /// <summary>What a saved run must agree in.</summary>
    public FitIdentity Identity(params (string Name, string Value)[] entries) => FitIdentity.Of(Objective, entries.Append(("problem", Hash)).Select(e => new KeyValuePair<string, string>(e.Item1, e.Item2)));

    /// <summary>A number for an identity.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string HashOf(string path)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = File.ReadAllText(path);
        sum.AppendData(Encoding.UTF8.GetBytes(text));
        var folder = System.IO.Path.GetDirectoryName(path) ?? ".";
        foreach (var name in FileName().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal))
        {
            var file = System.IO.Path.Combine(folder, name);
            if (File.Exists(file)) sum.AppendData(File.ReadAllBytes(file));
        }
        return Convert.ToHexStringLower(sum.GetHashAndReset());
    }

    [GeneratedRegex(@"[\w./\\-]+\.(tsv|csv|xml|sbml|ya?ml|parquet|arrow|feather|ant|net)\b", RegexOptions.IgnoreCase)]
    private static partial Regex FileName();
}
