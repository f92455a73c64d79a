using System.CommandLine;
using Protonmotive.Atlas;
using Protonmotive.Cli;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Descent;
using Protonmotive.Learning.Joules;
using Protonmotive.Learning.Native;
using Protonmotive.Learning.Training;
using Protonmotive.Learning.Training.Configs;
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
        ecg           the next value of an electrocardiogram, against an autoregression; 2,000 steps
        respiration   the next second of mitochondria, from an ensemble of the engine; 2,000 steps
        flow          descent of a small network by the engine's solver, beside gradient descent and Adam
        transformer   nanoGPT's setting for a processor; --data tinyshakespeare, or a text file; 2,000 steps

        A file says the same of a network of one's own: layers, data (idx, CSV or text), optimiser, schedule, length; --show prints one to begin with.

        Examples:
          pmf train mlp
          pmf train mlp --show > mine.yaml
          pmf train mine.yaml --seed 2
          pmf train convnet --data mnist --seed 3
          pmf train transformer --sample 500
        """;

    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "mlp, convnet, transformer, ecg, respiration, flow, or a YAML or JSON file." };
        var data = new Option<string?>("--data") { Description = "Data set: fashion-mnist (default) or mnist; tinyshakespeare or a text file for the transformer." };
        var seed = new Option<ulong?>("--seed") { Description = "Seed of weights, batches and dropout; 1 where the file says none." };
        var epochs = new Option<int?>("--epochs") { Description = "Passes over the data." };
        var steps = new Option<int?>("--steps") { Description = "Steps, in place of passes." };
        var every = new Option<int?>("--every") { Description = "Audit one step in so many; by default so that audits take at most 6 % of the time; 16 in all where they take a few seconds." };
        var noLedger = new Option<bool>("--no-ledger") { Description = "Train without the ledger, and write no run." };
        var threads = new Option<int>("--threads") { Description = "Threads of libtorch. The result may depend on it in its last digits.", DefaultValueFactory = _ => 1 };
        var coupling = new Option<bool>("--coupling") { Description = "Measure a transformer's coupling at a distance against its text's own information, for the report." };
        var sample = new Option<int>("--sample") { Description = "Characters that the trained transformer writes." };
        var folder = new Option<string?>("--out", "-o") { Description = "Folder of the run; runs/NAME-DATA-SEED by default." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace a run that is there." };
        var restart = new Option<bool>("--restart") { Description = "Begin anew, though a stopped training could go on." };
        var show = new Option<bool>("--show") { Description = "Print a training built in as a file to begin one's own with." };
        var train = new Command("train", Help) { name, data, seed, epochs, steps, every, noLedger, threads, sample, folder, overwrite, restart, coupling, show };
        train.SetAction(parse => Guard.Run(() =>
        {
            if (parse.GetValue(show))
            {
                Console.Write(ConfigReader.TextOf(parse.GetRequiredValue(name), out _));
                return ExitCode.Success;
            }
            if (parse.GetValue(epochs) is not null && parse.GetValue(steps) is not null) throw new DataException("Both passes and steps are given.", "--epochs and --steps", "Give one of them.");
            if (parse.GetValue(epochs) is < 1 || parse.GetValue(steps) is < 1 || parse.GetValue(every) is < 1 || parse.GetValue(threads) < 1)
                throw new DataException("A count is below 1.", "--epochs, --steps, --every or --threads", "Give at least 1.");
            var text = ConfigReader.TextOf(parse.GetRequiredValue(name), out string file);
            var command = "pmf train " + string.Join(' ', parse.Tokens.Skip(1).Select(t => t.Value));
            void Refuse(string what, params Option[] options)
            {
                foreach (var option in options.Where(o => parse.GetResult(o) is { Implicit: false })) throw new DataException($"{what} {option.Name}.", "pmf train", "Leave it out.");
            }

            if (DescentConfig.Parse(text, file) is { } descent)
            {
                Refuse("A descent as a flow has no", data, epochs, steps, every, noLedger, threads, coupling, sample, restart);
                descent = descent with { Seed = parse.GetValue(seed) ?? descent.Seed };
                return Flow(descent, parse.GetValue(folder) ?? Path.Combine("runs", $"flow-{descent.Seed}"), command, parse.GetValue(overwrite), Trainings.Training.Parse(text, file));
            }
            var config = Config(ConfigReader.Parse(text, file, parse.GetValue(epochs) is null && parse.GetValue(steps) is null), parse.GetValue(data), parse.GetValue(seed), parse.GetValue(epochs), parse.GetValue(steps));
            bool isAsItIs = parse.GetValue(data) is null && parse.GetValue(epochs) is null && parse.GetValue(steps) is null;
            if (parse.GetValue(noLedger)) Refuse("A training without ledger has no", every, coupling);
            if (config.Data is not (TextData or NamedData { Name: "tinyshakespeare" })) Refuse("What does not learn a text has no", coupling, sample);
            LibTorch.Load(parse.GetValue(threads));
            using var interrupt = new Interrupt();
            using var task = Task(config, parse.GetValue(coupling));
            var target = parse.GetValue(folder) ?? Path.Combine("runs", $"{task.Name}-{task.Data}-{config.Seed}");
            bool hasLedger = !parse.GetValue(noLedger);
            if (hasLedger) RunFolder.CheckTarget(target, parse.GetValue(overwrite));
            var checkpoint = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)) + ".training";
            if (parse.GetValue(restart) && Directory.Exists(checkpoint)) Directory.Delete(checkpoint, recursive: true);
            if (Directory.Exists(checkpoint)) Console.Error.WriteLine($"Going on from {checkpoint}.");
            var settings = new TrainerSettings { HasLedger = hasLedger, AuditEvery = parse.GetValue(every), Checkpoint = checkpoint };
            if (Train(task, settings, target, interrupt.Token) is not { } result) return ExitCode.Interrupted;
            if (hasLedger) TrainingRun.Write(target, task, result, command, parse.GetValue(overwrite), isAsItIs ? Trainings.Training.Parse(text, file) : null);
            if (result.Failure is null && Directory.Exists(checkpoint)) Directory.Delete(checkpoint, recursive: true);
            Print(task, result, hasLedger ? target : null, result.Failure is null ? parse.GetValue(sample) : 0);
            if (result.Failure is { } failure)
            {
                Console.WriteLine($"what went wrong: pmf diagnose {target}");
                throw failure;
            }
            return ExitCode.Success;
        }));
        return train;
    }

    /// <summary>The descent of a small network as a flow of the engine, beside gradient descent and Adam.</summary>
    private static int Flow(DescentConfig config, string target, string command, bool overwrite, Trainings.Training file)
    {
        RunFolder.CheckTarget(target, overwrite);
        LibTorch.Load(1);
        var (network, comparison) = config.Run();
        DescentRun.Write(target, network, comparison, config.Seed, command, overwrite, file);
        Console.WriteLine(comparison.Ledger);
        Console.WriteLine(DescentRun.Print(comparison));
        Console.WriteLine($"\nrun: {Path.Combine(target, RunFolder.ReportName)}");
        return ExitCode.Success;
    }

    /// <summary>The training that the command line asks for: a file or one built in, with what is said beside it.</summary>
    private static TrainingConfig Config(TrainingConfig config, string? data, ulong? seed, int? epochs, int? steps)
    {
        if (data is not null)
        {
            config = config with { Data = data is "mnist" or "fashion-mnist" or "tinyshakespeare" ? new NamedData(data)
                : config.Transformer is not null && File.Exists(data) ? new TextData(Path.GetFileNameWithoutExtension(data), data, 0.9)
                : throw new DataException($"There is no data set '{data}'{(config.Transformer is null ? "" : " and no such file")}.", "--data", config.Transformer is null ? "Choose mnist or fashion-mnist; a training's own file can name a table or idx files." : "Choose tinyshakespeare, or give a text file.") };
        }
        if (epochs is not null) config = config with { Epochs = epochs, Steps = null };
        if (steps is not null) config = config with { Steps = steps, Epochs = null };
        return config with { Seed = seed ?? config.Seed };
    }

    private static TrainingTask Task(TrainingConfig config, bool hasCoupling)
    {
        try
        {
            return ConfiguredTraining.Make(config, hasCoupling, AtlasCatalogue.Systems);
        }
        catch (System.Runtime.InteropServices.ExternalException e) when (e.Message.Contains("allocate memory", StringComparison.Ordinal))
        {
            throw new DataException("The network does not fit into memory.", config.Name, "Make its layers smaller.", e);
        }
    }

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
