using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;
using Protonmotive.Kernels;

namespace Protonmotive.Cli;

/// <summary>Mistakes in a command line: what, where, mend, without pages of help.</summary>
internal static partial class CommandLineErrors
{
    /// <summary>Refuses empty values, and options that do not exist where an option takes several values: they would be taken for one of them.</summary>
    public static void Watch(Command command)
    {
        foreach (var option in command.Options)
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Any(t => t.Value.Length == 0)) result.AddError($"{option.Name} is empty.");
            });
        }
        foreach (var option in command.Options.Where(o => o.AllowMultipleArgumentsPerToken))
        {
            option.Validators.Add(result =>
            {
                foreach (var token in result.Tokens.Where(t => t.Value.StartsWith("--", StringComparison.Ordinal))) result.AddError($"There is no option '{token.Value}'.");
            });
        }
        foreach (var inner in command.Subcommands) Watch(inner);
    }

    /// <summary>Tells what is wrong; false where nothing is.</summary>
    public static bool Tell(ParseResult parse)
    {
        if (parse.Action is not ParseErrorAction) return false;
        var (command, unknown) = (parse.CommandResult.Command, parse.UnmatchedTokens);
        string name = command is RootCommand ? "pmf" : "pmf " + command.Name;
        var known = command.Subcommands.Select(c => c.Name).Concat(command.Options.SelectMany(o => o.Aliases.Append(o.Name))).Where(n => n.Length > 2);
        foreach (var error in parse.Errors.Where(e => unknown.Count == 0 || unknown.Any(t => e.Message.Contains(t, StringComparison.Ordinal)))) Console.Error.WriteLine($"error: {TypePattern().Replace(error.Message, m => m.Groups[1].Value switch { "Double" => "as a number", "UInt64" => "as a whole number of 0 or more", _ => "as a whole number" })}");
        Console.Error.WriteLine($"where: {name}");
        Console.Error.WriteLine($"mend:  {NearNames.Question(unknown.Count > 0 ? NearNames.Of(unknown[0], known) : [], $"'{name} --help' shows what there is.")}");
        return true;
    }

    [GeneratedRegex(@"as expected type '\S*?(Double|Int32|Int64|UInt64)\S*'")]
    private static partial Regex TypePattern();
}
