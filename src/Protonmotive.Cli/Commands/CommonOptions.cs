using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace Protonmotive.Cli.Commands;

/// <summary>Arguments that several commands share.</summary>
internal static class CommonOptions
{
    public static Argument<string> Model() => new("model") { Description = "Name of a system (see 'pmf list') or path of a model file (SBML, BioNetGen .net)." };

    public static Option<string?> Scenario() => new("--scenario", "-s") { Description = "Scenario of the system; the first one by default." };

    public static Option<string[]> Set() => new("--set") { Description = "Set a parameter, or a species' value at the start: name=value. May be repeated.", AllowMultipleArgumentsPerToken = true };

    public static Option<string?> Potentials() => new("--potentials") { Description = "Tab-separated table of standard potentials (id, potential in kJ/mol, charge, formula); MODEL.potentials.tsv by default, if it is there." };

    public static Option<int> Workers(string description)
    {
        var option = new Option<int>("--workers", "-j") { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int workers) && workers < 1) result.AddError($"{workers} threads are asked for; at least one is needed.");
        });
        return option;
    }

    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of text." };

    /// <exception cref="ProtonmotiveException">An entry is no name=value.</exception>
    public static ImmutableDictionary<string, double> Overrides(string[]? entries)
    {
        var result = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var entry in entries ?? [])
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !double.TryParse(entry[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                throw new ModelSourceException($"'{entry}' is no setting.", "--set", "Write name=value with a number, e.g. --set X_H=2000.");
            result[entry[..equals].Trim()] = value;
        }
        return result.ToImmutable();
    }
}
