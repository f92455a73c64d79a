using System.CommandLine;

namespace Protonmotive.Cli.Commands;

/// <summary>Options of pmf run that make it stochastic.</summary>
internal sealed class StochasticRunOptions
{
    private readonly Option<bool> stochastic = new("--stochastic") { Description = "Run it as a jump process of whole amounts, many times." };
    private readonly Option<int?> runs = new("--runs") { Description = "Number of stochastic runs; 1000 by default." };
    private readonly Option<ulong?> seed = new("--seed") { Description = "Seed of the stochastic runs; 1 by default. The same seed gives the same runs on any machine." };
    private readonly Option<double?> tau = new("--tau") { Description = "Tau-leaping with this bound on the relative change of propensities in a leap (e.g. 0.03); exact without it." };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { stochastic, runs, seed, tau }) command.Add(option);
    }

    public bool IsAskedFor(ParseResult parse)
    {
        if (parse.GetValue(stochastic)) return true;
        if (parse.GetValue(runs) is null && parse.GetValue(seed) is null && parse.GetValue(tau) is null) return false;
        throw new ModelSourceException("--runs, --seed and --tau belong to stochastic runs.", "pmf run", "Add --stochastic.");
    }

    public StochasticRunSettings Read(ParseResult parse) => new() { Runs = parse.GetValue(runs) ?? 1000, Seed = parse.GetValue(seed) ?? 1, Epsilon = parse.GetValue(tau) };
}
