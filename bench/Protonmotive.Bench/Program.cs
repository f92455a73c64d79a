using Protonmotive.Bench;
using Protonmotive.Bench.Gradients;
using Protonmotive.Bench.Peers;

// Subcommands, each with its own arguments; README.md tells what they measure.
if (Readiness.Answer(args) is { } done) return done;
switch (args)
{
    case ["peers", .. var rest]: return PeersCommand.Run(rest);
    case ["gradients", .. var rest]: return GradientsCommand.Run(rest);
    case ["parts", .. var rest]: return PartsCommand.Run(rest);
    case ["stochastic", .. var rest]: return StochasticCommand.Run(rest);
    case ["scale", .. var rest]: return Scale.Run(rest);
}
Console.Error.WriteLine("usage: Protonmotive.Bench peers | gradients | parts | stochastic | scale, then its arguments");
return 2;
