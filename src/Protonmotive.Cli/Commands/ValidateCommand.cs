using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Protonmotive.Formats;
using Protonmotive.Formats.Sbml.Validation;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf validate.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("file") { Description = "Model files.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<string?>("--json") { Description = "Write the problems to this file as JSON, too." };
        var quiet = new Option<bool>("--errors-only") { Description = "Leave out warnings." };
        var command = new Command("validate", "Report all problems of model files at once, each with line, column, the rule of the specification, and what to do. Exit code 0 without errors (warnings are allowed), 1 with errors, 2 if a file can't be opened.\n\nExamples:\n  pmf validate model.xml\n  pmf validate *.xml --errors-only --json problems.json")
        {
            files, json, quiet,
        };
        command.SetAction(parse => Guard.Run(() =>
        {
            var found = parse.GetRequiredValue(files).Select(f => Validate(f, parse.GetValue(quiet))).ToList();
            foreach (var file in found)
                foreach (var problem in file.Problems) Console.WriteLine($"{file.File}:{problem}");
            int errors = found.Sum(f => f.Count(SbmlSeverity.Error)), warnings = found.Sum(f => f.Count(SbmlSeverity.Warning)), unreadable = found.Count(f => !f.Opened);
            Console.WriteLine($"{Number(found.Count, "file")}: {Number(errors, "error")}, {Number(warnings, "warning")}{(unreadable > 0 ? $"; {unreadable} could not be opened" : "")}");
            if (parse.GetValue(json) is { } path) File.WriteAllText(path, JsonSerializer.Serialize(found, ValidationJson.Default.ListFileProblems));
            return unreadable > 0 ? ExitCode.Failure : errors > 0 ? ExitCode.Violation : ExitCode.Success;
        }));
        return command;
    }

    private static FileProblems Validate(string file, bool errorsOnly)
    {
        try
        {
            var format = ModelFormats.ToRead(file);
            var problems = format.Key == "sbml" ? SbmlValidator.Validate(file) : FirstError(format, file);
            return new FileProblems(file, true, errorsOnly ? [.. problems.Where(p => p.Severity == SbmlSeverity.Error)] : problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {file} can't be opened: {e.Message}");
            return new FileProblems(file, false, []);
        }
    }

    /// <summary>Readers of other formats stop at their first error.</summary>
    private static IReadOnlyList<SbmlProblem> FirstError(ModelFormat format, string file)
    {
        try
        {
            format.Load!(file);
            return [];
        }
        catch (ProtonmotiveException e)
        {
            int Place(string word) => Regex.Match(e.Where, word + " ([0-9]+)") is { Success: true } found ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
            return [new SbmlProblem(null, SbmlSeverity.Error, e.What, Place("line"), Place("column"), "", null, e.Mend)];
        }
    }

    private static string Number(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
