using System.CommandLine;
using Protonmotive.Cli.Learning;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf train and pmf diagnose: their options are those of the program that holds them, and are handed on as they are.</summary>
internal static class LearningCommands
{
    public static Command Train() => Create("train", "Train a network under the energy ledger: mlp, convnet, transformer, ecg, respiration, flow, or a file of your own (libtorch; 'pmf train --help' has the options).\n\nExample:\n  pmf train mlp --data fashion-mnist --seed 1");

    public static Command Diagnose() => Create("diagnose", "Name what is wrong with a training run: layer, first step, evidence, remedy.\n\nExample:\n  pmf diagnose runs/mlp");

    private static Command Create(string name, string description)
    {
        var arguments = new Argument<string[]>("arguments") { Description = $"See 'pmf {name} --help'.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(name, description) { arguments };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(_ => 0); // Program hands the whole line on before it is parsed
        return command;
    }

    /// <summary>Runs a command of the learning half; null if the command line names none.</summary>
    public static int? TryRun(string[] arguments) =>
        arguments is ["train" or "diagnose", ..] ? Guard.Run(() => LearningHalf.Run(arguments)) : null;
}
