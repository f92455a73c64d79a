using System.CommandLine;

namespace Protonmotive.Cli.Commands;

/// <summary>The options of a fit of one table, given on the command line.</summary>
internal sealed record FitTableOptions(Option<string?> Data, Option<string?> Scenario, Option<string?> Time, Option<string[]> Observe, Option<string[]> Estimate, Option<string[]> OneOf, Option<string[]> Set)
{
    public static FitTableOptions Create() => new(
        new("--data") { Description = "Table of measurements (CSV, Parquet, Arrow) of a system or model file." },
        CommonOptions.Scenario(),
        new("--time") { Description = "With --data: its column of times; 'time' by default." },
        Many("--observe", "With --data: what columns measured, and their noise, e.g. 'OCR = 60*J_O2 ± 5 %'. A system may say it itself."),
        Many("--estimate", "With --data: what is estimated, e.g. k=0.1..10:log; beside explanations: what they share."),
        Many("--one-of", "With --data: an explanation, e.g. 'X_C1=5%..200%:log (Complex I)'. A system may name them itself."),
        CommonOptions.Set());

    public void AddTo(Command command)
    {
        foreach (Option option in All()) command.Add(option);
    }

    /// <summary>What is asked for; null without --data.</summary>
    /// <exception cref="ProtonmotiveException">Another of the options is given without it.</exception>
    public FitTable? Read(ParseResult parse, string model)
    {
        if (parse.GetValue(Data) is not { } data)
        {
            var alone = All().FirstOrDefault(o => parse.GetResult(o) is { Implicit: false });
            return alone is null ? null : throw new ModelSourceException($"{alone.Name} goes with --data alone.", model, "Give the table with --data, or write it into the mapping.");
        }
        if (Path.GetExtension(model).ToLowerInvariant() is ".yaml" or ".yml") throw new ModelSourceException("A mapping names its data itself.", model, "Leave --data out, or give a system or model file with it.");
        return new FitTable
        {
            Model = model, Scenario = parse.GetValue(Scenario), Data = data, Time = parse.GetValue(Time), Observe = parse.GetValue(Observe) ?? [], Estimate = parse.GetValue(Estimate) ?? [], OneOf = parse.GetValue(OneOf) ?? [],
            Set = CommonOptions.Overrides(parse.GetValue(Set)),
        };
    }

    private Option[] All() => [Data, Scenario, Time, Observe, Estimate, OneOf, Set];

    private static Option<string[]> Many(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true };
}
