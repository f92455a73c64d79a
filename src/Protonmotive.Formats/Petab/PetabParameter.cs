using System.Collections.Immutable;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;

namespace Protonmotive.Formats.Petab;

/// <summary>A row of the parameter table.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Nominal">Its nominal value, not scaled; NaN where there is none.</param>
/// <param name="Estimated">What is estimated; null where it is fixed.</param>
/// <param name="Prior">Its prior; null for none.</param>
internal sealed record PetabParameter(string Id, double Nominal, EstimatedParameter? Estimated, Prior? Prior)
{
    /// <summary>Reads the tables.</summary>
    /// <exception cref="PetabException">A row is wrong.</exception>
    public static ImmutableArray<PetabParameter> Read(PetabFiles files)
    {
        var all = ImmutableArray.CreateBuilder<PetabParameter>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in files.Parameters)
        {
            foreach (var row in PetabTable.Read(path, "parameterId", "estimate").Rows)
            {
                var parameter = Read(row, files.Version);
                if (!seen.Add(parameter.Id)) throw new PetabException($"Parameter '{parameter.Id}' is there twice.", row.Where("parameterId"), "Keep one of the rows.");
                all.Add(parameter);
            }
        }
        if (files.Version == 2 && all.Any(p => p.Prior is not null)) for (int k = 0; k < all.Count; k++) all[k] = all[k] with { Prior = Within(all[k]) };
        return all.ToImmutable();
    }

    // Version 2: bounds cut priors off, and where some parameters have one, the others' are even between their bounds.
    private static Prior? Within(PetabParameter parameter)
    {
        if (parameter.Estimated is not { } estimated) return null;
        return parameter.Prior?.Truncated(estimated.Lower, estimated.Upper) ?? (double.IsFinite(estimated.Lower) && double.IsFinite(estimated.Upper) ? new Prior(PriorKind.Uniform, estimated.Lower, estimated.Upper, false) : null);
    }

    private static PetabParameter Read(PetabRow row, int version)
    {
        string id = row.Text("parameterId");
        double nominal = row.Number("nominalValue", double.NaN);
        if (!IsEstimated(row)) return double.IsNaN(nominal) ? throw new PetabException($"Parameter '{id}' is fixed but has no value.", row.Where("nominalValue"), "Give its value.") : new PetabParameter(id, nominal, null, null);
        var scale = row["parameterScale"] switch
        {
            "" or "lin" => ParameterScale.Linear,
            "log" => ParameterScale.Log,
            "log10" => ParameterScale.Log10,
            var other => throw new PetabException($"'{other}' is no scale of a parameter.", row.Where("parameterScale"), "Use lin, log or log10."),
        };
        double lower = row.Number("lowerBound", double.NegativeInfinity), upper = row.Number("upperBound", double.PositiveInfinity);
        if (!(lower <= upper)) throw new PetabException($"The bounds of '{id}' are {lower:g6} and {upper:g6}.", row.Where("lowerBound"), "Give the smaller one as lowerBound.");
        if (scale != ParameterScale.Linear)
        {
            if (double.IsNegativeInfinity(lower)) lower = 0;
            if (lower < 0 || upper <= 0) throw new PetabException($"'{id}' is estimated on a logarithmic scale, but may be {lower:g6}.", row.Where("lowerBound"), "Give bounds above 0, or use the scale lin.");
            if (nominal <= 0) throw new PetabException($"'{id}' is estimated on a logarithmic scale, but its value is {nominal:g6}.", row.Where("nominalValue"), "Give a value above 0, or use the scale lin.");
        }
        // Version 2 says nothing of where it lies: it may be the value that a simulation was made with.
        if (version == 1 && (nominal < lower * (1 - 1e-9) - 1e-300 || nominal > upper * (1 + 1e-9) + 1e-300)) throw new PetabException($"The value {nominal:g6} of '{id}' is outside its bounds, {lower:g6} to {upper:g6}.", row.Where("nominalValue"), "Move the value or the bounds.");
        double low = Scales.FromLinear(lower, scale), high = Scales.FromLinear(upper, scale);
        var objective = ReadPrior(row, "objectivePrior", "prior", low, high, version);
        var start = ReadPrior(row, "initializationPrior", "", low, high, version) ?? objective;
        var range = (low, high);
        if (start is not null)
        {
            var (from, to) = start.Range;
            if (!start.IsOnScale) (from, to) = (Scales.FromLinear(Math.Max(from, scale == ParameterScale.Linear ? from : 1e-300), scale), Scales.FromLinear(to, scale));
            range = (Math.Max(low, from), Math.Min(high, to));
            if (!(range.Item1 <= range.Item2)) range = (low, high);
        }
        var estimated = new EstimatedParameter(id, scale, low, high, Scales.FromLinear(nominal, scale)) { StartBounds = range };
        return new PetabParameter(id, nominal, estimated, objective);
    }

    private static bool IsEstimated(PetabRow row) => row.Text("estimate").ToUpperInvariant() switch
    {
        "1" or "TRUE" or "1.0" => true,
        "0" or "FALSE" or "0.0" => false,
        var other => throw new PetabException($"'{other}' does not say whether to estimate.", row.Where("estimate"), "Write 1 or 0."),
    };

    // Version 1 names it <kind>PriorType and <kind>PriorParameters, version 2 priorDistribution and priorParameters.
    private static Prior? ReadPrior(PetabRow row, string kind, string other, double low, double high, int version)
    {
        string column = row.Table.Has(kind + "Type") ? kind + "Type" : other + "Distribution";
        string text = row[column];
        if (text.Length == 0) return null;
        string numbers = row[row.Table.Has(kind + "Parameters") ? kind + "Parameters" : other + "Parameters"];
        bool isOnScale = text.StartsWith("parameterScale", StringComparison.Ordinal);
        string name = (isOnScale ? text["parameterScale".Length..] : text).ToUpperInvariant();
        PriorKind density = name switch
        {
            "UNIFORM" => PriorKind.Uniform,
            "NORMAL" => PriorKind.Normal,
            "LAPLACE" => PriorKind.Laplace,
            "LOGNORMAL" or "LOG-NORMAL" => PriorKind.LogNormal,
            "LOGLAPLACE" or "LOG-LAPLACE" => PriorKind.LogLaplace,
            "CAUCHY" when version == 2 => PriorKind.Cauchy,
            "GAMMA" or "CHISQUARE" or "EXPONENTIAL" when version == 2 => PriorKind.Gamma,
            "LOG-UNIFORM" when version == 2 => PriorKind.LogUniform,
            "RAYLEIGH" when version == 2 => PriorKind.Rayleigh,
            _ => throw new PetabException($"'{text}' is no prior that is read.", row.Where(column), "Use uniform, normal, laplace, logNormal, logLaplace, or parameterScaleUniform, …Normal, …Laplace; in version 2 also cauchy, chisquare, exponential, gamma, log-uniform, rayleigh."),
        };
        if (numbers.Length == 0 && density == PriorKind.Uniform && isOnScale) return new Prior(density, low, high, true);
        string[] parts = numbers.Split(';');
        bool hasOne = name is "CHISQUARE" or "EXPONENTIAL" or "RAYLEIGH";
        double first = 0, second = 1;
        if (parts.Length != (hasOne ? 1 : 2) || !PetabRow.TryNumber(parts[0].Trim(), out first) || (!hasOne && !PetabRow.TryNumber(parts[1].Trim(), out second)))
            throw new PetabException(hasOne ? $"'{numbers}' is not the number of a prior {text}." : $"'{numbers}' are not the two numbers of a prior.", row.Where(column), hasOne ? "Write one number." : "Write two numbers with a semicolon between.");
        bool isPossible = double.IsFinite(first) && double.IsFinite(second) && density switch
        {
            PriorKind.Uniform => first < second,
            PriorKind.LogUniform => 0 < first && first < second,
            PriorKind.Gamma or PriorKind.Rayleigh => first > 0 && second > 0,
            _ => second > 0,
        };
        if (!isPossible) throw new PetabException(hasOne ? $"A prior {text} of {first:g6} does not exist." : $"A prior {text} of {first:g6} and {second:g6} does not exist.", row.Where(column), "Give a range that is not empty, or a spread above 0.");
        return name switch
        {
            "CHISQUARE" => new Prior(density, first / 2, 2, false),
            "EXPONENTIAL" => new Prior(density, 1, first, false),
            _ => new Prior(density, first, second, isOnScale),
        };
    }
}
