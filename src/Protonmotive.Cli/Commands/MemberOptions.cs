using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Protonmotive.Reports.Runs;
using Protonmotive.Reports.Scans;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Designs;

namespace Protonmotive.Cli.Commands;

/// <summary>The options that say how many members of a model are solved and what is asked of each.</summary>
internal sealed class MemberOptions
{
    private readonly Option<string[]> vary = new("--vary") { Description = "What varies, and how; may be repeated." };
    private readonly Option<ulong> seed = new("--seed") { Description = "Seed of samples.", DefaultValueFactory = _ => 1 };
    private readonly Option<double?> end = new("--end") { Description = $"End time, in the model's unit of time; the scenario's by default, {Simulation.DefaultEnd} for files." };
    private readonly Option<int?> points = new("--points") { Description = "Rows a member, at equal distance from 0 to the end; by default the end alone." };
    private readonly Option<string?> times = new("--times") { Description = "Times of the rows, joined by commas." };
    private readonly Option<string[]> output = new("--output") { Description = "States, observables and ledger numbers to keep, with * for any text; may be repeated. By default the system's curves, or the file's species and variables.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> steady = new("--steady") { Description = "Find each member's steady state; the ledger then counts one unit of time in it." };
    private readonly Option<string> method = new("--method") { Description = "auto (the one that suits the model without what varies), rodas4 (stiff), rodas5p (stiff, tight tolerances), bdf (stiff, very large) or tsit5 (not stiff).", DefaultValueFactory = _ => "auto" };
    private readonly Option<double> rtol = new("--rtol") { Description = "Relative tolerance.", DefaultValueFactory = _ => 1e-6 };
    private readonly Option<double> atol = new("--atol") { Description = "Absolute tolerance, times the scale of each state.", DefaultValueFactory = _ => 1e-9 };
    private readonly Option<long> steps = new("--max-steps") { Description = "Steps after which a member is given up.", DefaultValueFactory = _ => 1_000_000 };
    private readonly Option<int> threads = new("--threads") { Description = "Threads; the results do not depend on them.", DefaultValueFactory = _ => Environment.ProcessorCount };

    /// <summary>The options, in the order of the help.</summary>
    public IEnumerable<Option> All => [vary, seed, end, points, times, output, steady, method, rtol, atol, steps, threads];

    /// <summary>What varies, as text.</summary>
    public ImmutableArray<string> Vary(ParseResult parse) => [.. parse.GetValue(vary) ?? []];

    /// <summary>Seed of samples.</summary>
    public ulong Seed(ParseResult parse) => parse.GetValue(seed);

    /// <summary>The settings of a scan.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="overrides">Values set for all members.</param>
    /// <param name="design">Its members.</param>
    /// <exception cref="ProtonmotiveException">A setting is of no use.</exception>
    public ScanSettings Read(ParseResult parse, ImmutableDictionary<string, double> overrides, Func<Design> design)
    {
        var tolerance = new Tolerance(parse.GetValue(rtol), parse.GetValue(atol));
        return new ScanSettings
        {
            Design = design(),
            Overrides = overrides,
            End = parse.GetValue(end),
            Points = parse.GetValue(points),
            Times = Times(parse.GetValue(times)),
            Outputs = [.. parse.GetValue(output) ?? []],
            Steady = parse.GetValue(steady),
            Method = RunCommand.Method(parse.GetValue(method)!),
            Tolerance = tolerance,
            MaximumSteps = parse.GetValue(steps),
            Seed = parse.GetValue(seed),
            Threads = parse.GetValue(threads) is var n and > 0 ? n : throw new ModelSourceException($"{parse.GetValue(threads)} threads are asked for.", "--threads", "Give at least 1."),
            Command = RunCommand.CommandLine(parse),
        };
    }

    private static ImmutableArray<double> Times(string? text) => text is null ? [] : [.. text.Split(',').Select(t =>
        double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) && double.IsFinite(v) ? v : throw new ModelSourceException($"'{t}' is no time.", "--times", "Join times by commas, e.g. --times 0,10,60."))];
}
