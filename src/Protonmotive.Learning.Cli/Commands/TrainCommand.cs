using System.CommandLine;
using Protonmotive.Cli;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Joules;
using Protonmotive.Learning.Native;
using Protonmotive.Learning.Training;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Learning.Cli.Commands;

/// <summary>pmf train.</summary>
internal static class TrainCommand
{
    private const string Help = """
        Train a network under the energy ledger: gained = supplied − noise − curvature, by step and layer. Writes a run folder with report and weights.
        Stopped by ctrl-C, the same command goes on where it was, to the same weights.

        mlp           784-256-128-64-10, rectified; --data mnist or fashion-mnist; 20 epochs
        convnet       two convolutions and two dense layers; --data mnist or fashion-mnist; 10 epochs
        transformer   nanoGPT's setting for a processor; --data tinyshakespeare, or a text file; 2,000 steps

        Examples:
          pmf train mlp
          pmf train convnet --data mnist --seed 3
          pmf train transformer --sample 500
        """;

    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "mlp, convnet or transformer." };
        var data = new Option<string?>("--data") { Description = "Data set: fashion-mnist (default) or mnist; tinyshakespeare or a text file for the transformer." };
        var seed = new Option<ulong>("--seed") { Description = "Seed of weights, batches and dropout.", DefaultValueFactory = _ => 1 };
        var epochs = new Option<int?>("--epochs") { Description = "Passes over the images." };
        var steps = new Option<int?>("--steps") { Description = "Steps of the transformer." };
        var every = new Option<int?>("--every") { Description = "Audit one step in so many; by default so that audits take at most 8 % of the time." };
        var noLedger = new Option<bool>("--no-ledger") { Description = "Train without the ledger, and write no run." };
        var threads = new Option<int>("--threads") { Description = "Threads of libtorch. The result may depend on it in its last digits.", DefaultValueFactory = _ => 1 };
        var sample = new Option<int>("--sample") { Description = "Characters that the trained transformer writes." };
        var folder = new Option<string?>("--out", "-o") { Description = "Folder of the run; runs/NAME-DATA-SEED by default." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace a run that is there." };
        var restart = new Option<bool>("--restart") { Description = "Begin anew, though a stopped training could go on." };
        var command = new Command("train", Help) { name, data, seed, epochs, steps, every, noLedger, threads, sample, folder, overwrite, restart };
        command.SetAction(parse => Guard.Run(() =>
        {
            if (parse.GetValue(epochs) is < 1 || parse.GetValue(steps) is < 1 || parse.GetValue(every) is < 1 || parse.GetValue(threads) < 1)
                throw new DataException("A count is below 1.", "--epochs, --steps, --every or --threads", "Give at least 1.");
            LibTorch.Load(parse.GetValue(threads));
            using var interrupt = new Interrupt();
            using var task = Task(parse.GetRequiredValue(name), parse.GetValue(data), parse.GetValue(seed), parse.GetValue(epochs), parse.GetValue(steps));
            var target = parse.GetValue(folder) ?? Path.Combine("runs", $"{task.Name}-{task.Data}-{parse.GetValue(seed)}");
            bool hasLedger = !parse.GetValue(noLedger);
            if (hasLedger) RunFolder.CheckTarget(target, parse.GetValue(overwrite));
            var checkpoint = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)) + ".training";
            if (parse.GetValue(restart) && Directory.Exists(checkpoint)) Directory.Delete(checkpoint, recursive: true);
            if (Directory.Exists(checkpoint)) Console.Error.WriteLine($"Going on from {checkpoint}.");
            var settings = new TrainerSettings { HasLedger = hasLedger, AuditEvery = parse.GetValue(every), Checkpoint = checkpoint };
            if (Train(task, settings, target, interrupt.Token) is not { } result) return ExitCode.Interrupted;
            if (hasLedger) TrainingRun.Write(target, task, result, "pmf train " + string.Join(' ', parse.Tokens.Skip(1).Select(t => t.Value)), parse.GetValue(overwrite));
            if (Directory.Exists(checkpoint)) Directory.Delete(checkpoint, recursive: true);
            Print(task, result, hasLedger ? target : null, parse.GetValue(sample));
            return ExitCode.Success;
        }));
        return command;
    }

    private static TrainingTask Task(string name, string? data, ulong seed, int? epochs, int? steps) => name switch
    {
        "mlp" => ImageTraining.Mlp(ImageSet.Named(data ?? "fashion-mnist"), seed, epochs ?? 20),
        "convnet" => ImageTraining.ConvNet(ImageSet.Named(data ?? "fashion-mnist"), seed, epochs ?? 10),
        "transformer" => new TextTraining(data is null or "tinyshakespeare" ? TextCorpus.TinyShakespeare() : TextCorpus.Read(Path.GetFileNameWithoutExtension(data), data), seed, steps ?? 2000),
        _ => throw new DataException($"There is no training '{name}'.", "pmf train", "Choose mlp, convnet or transformer."),
    };

    private static TrainingResult? Train(TrainingTask task, TrainerSettings settings, string target, CancellationToken cancellation)
    {
        using var line = new TrainingLine(task);
        try
        {
            return Trainer.Run(task, settings, line, line, cancellation);
        }
        catch (OperationCanceledException)
        {
            line.Dispose();
            Console.Error.WriteLine($"The training is kept in {settings.Checkpoint}; the same command goes on from it to {target}.");
            return null;
        }
    }

    private static void Print(TrainingTask task, TrainingResult result, string? target, int sample)
    {
        Console.WriteLine(result.Account is { } account ? account : EnergyStatement.Print(result.Bill));
        foreach (var m in result.Evaluations[^1].Measures) Console.WriteLine($"{m.Name,-24}{m.Value,10:0.0000} {m.Unit}  ({m.Note})");
        Console.WriteLine($"{result.Evaluations[^1].Step} steps in {result.Seconds:0.0} s");
        if (task is TextTraining text && sample > 0) Console.WriteLine("\n" + text.Sample(sample));
        if (target is not null) Console.WriteLine($"\nrun: {Path.Combine(target, RunFolder.ReportName)}");
    }
}
