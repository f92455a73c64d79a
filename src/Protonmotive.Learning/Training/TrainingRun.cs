using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Joules;
using Protonmotive.Learning.Models;
using Protonmotive.Networks;
using Protonmotive.Reports;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;
using TorchSharp;

namespace Protonmotive.Learning.Training;

/// <summary>Writes a training as the run folder that runs of cells are written as: run.json, trajectory.arrow, ledger.arrow, figures, report; besides, the weights and the account by step.</summary>
public static class TrainingRun
{
    /// <summary>File of the account by step and layer.</summary>
    public const string AccountName = "account.json";

    /// <summary>File of the weights as safetensors.</summary>
    public const string WeightsName = "weights.safetensors";

    /// <summary>File of the weights in TorchSharp's own form, for Module.load.</summary>
    public const string OwnWeightsName = "weights.dat";

    private const int MostCurves = 6;

    /// <summary>Writes a training.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="task">The task.</param>
    /// <param name="result">What it gave, with its account.</param>
    /// <param name="command">The command that trains it again.</param>
    /// <param name="overwrite">Whether a run that is there is replaced.</param>
    /// <param name="file">What its file tells a reader, where the training is as the file has it.</param>
    /// <exception cref="RunFolderException">The target exists, or the disk refuses.</exception>
    public static void Write(string path, TrainingTask task, TrainingResult result, string command, bool overwrite = false, Trainings.Training? file = null)
    {
        var account = result.Account ?? throw new TrainingLedgerException("The training kept no account.", path, "Train with the ledger to write a run.");
        var named = LayerNames.ForReaders(account);
        var record = Record(task, result, account, named, command);
        var run = RunReport.Make(file?.Complete(record) ?? record, TrainingColumns.Of(named, result), named.ToLedger());
        RunFolder.Write(path, run, folder =>
        {
            File.WriteAllText(Path.Combine(folder, AccountName), JsonSerializer.Serialize(account, TrainingJson.Default.TrainingAccount));
            using (var stream = File.Create(Path.Combine(folder, WeightsName))) Safetensors.Write(stream, task.Network.state_dict());
            task.Network.save(Path.Combine(folder, OwnWeightsName));
            TrainingEvents.Write(folder, account, result);
        }, overwrite);
    }

    /// <summary>Reads the account by step of a run.</summary>
    /// <exception cref="DataException">It is no training, or is damaged.</exception>
    public static TrainingAccount ReadAccount(string path)
    {
        var file = Path.Combine(path, AccountName);
        if (!File.Exists(file)) throw File.Exists(Path.Combine(path, RunFolder.RecordName)) ? new DataException("The run is of no training by audited steps.", path, "A descent as a flow and the run of a cell have nothing to diagnose; their report tells all.")
            : new DataException("There is no training.", file, "Give the folder that 'pmf train' wrote.");
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), TrainingJson.Default.TrainingAccount) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new DataException($"The account can't be read: {e.Message}", file, "Train again.", e);
        }
    }

    private static RunRecord Record(TrainingTask task, TrainingResult result, TrainingAccount account, TrainingAccount named, string command)
    {
        var steps = named.Audited;
        CurveRecord Curve(string column, string label) => new(column, label, 1) { IsSampled = true };
        return new RunRecord
        {
            System = task.Name,
            Title = $"{task.Title} on {task.Data}",
            Question = "What did the training supply, what of it was noise or curvature, and what was gained on data not trained on?",
            Scenario = task.Data,
            ScenarioText = TrainingText.Scenario(task, account),
            Command = command,
            Sources = result.Bill.Energy.Source == EnergySource.Modelled ? task.Sources.Add(OperationCost.Horowitz.Source) : task.Sources,
            Parameters = [.. task.Settings.Select(s => new ParameterRecord(s.Name, s.Value, "", s.Description, "", false))],
            Panels =
            [
                new PanelRecord("loss", account.LossUnit, [Curve("loss.batch", "batch"), Curve("loss.probe", "held-out probe")]) { IsLogarithmic = true },
                new PanelRecord("sum over audits", account.LossUnit, [Curve("supplied", "supplied P"), Curve("noise", "noise N"), Curve("curvature", "curvature K"), Curve("gained", "gained W"), Curve("memorised", "memorised")]),
                new PanelRecord("‖Δ‖/‖θ‖", "1", [.. MostSupplied(steps).Select(l => Curve("update." + l, l))]) { IsLogarithmic = true },
                .. result.Evaluations[0].Measures.Take(1).Select(m => m.Best is { } best
                    ? new PanelRecord(string.Create(CultureInfo.InvariantCulture, $"{best:g} − {m.Name}"), m.Unit, [Curve(TrainingColumns.Missing, "held out")]) { IsLogarithmic = true }
                    : new PanelRecord(m.Name, m.Unit, [Curve(TrainingColumns.Measure, "held out")]) { IsLogarithmic = true }),
            ],
            Layers = result.Failure is null ? LayerBoundaries.Measure(task, account) : [], // what they are measured by is lost with the numbers
            Graphs = result.Failure is null ? task.Graphs() : [],
            Learned = TrainingText.Learned(account, result.Bill),
            Results =
            [
                .. result.Evaluations[^1].Measures.Select(m => new ResultRecord(m.Name, m.Value, m.Unit, m.Note)),
                .. account.Efficiency is not { } share ? (ResultRecord[])[] : [new ResultRecord("efficiency W/P", 100 * share, "%", "gained on held-out data over what the batches supplied, audited steps")],
                .. TrainingText.Bill(result.Bill),
                new ResultRecord("time of the audits", account.AuditSeconds, "s", TrainingStatement.Beside(account)),
            ],
            Start = 0,
            End = account.Steps,
            TimeUnit = "steps",
            Method = task.Optimiser.GetType().Name,
            Seed = (ulong)task.Settings.First(s => s.Name == "seed").Value,
            Work = new Dictionary<string, long> { ["steps"] = account.Steps, ["audits"] = steps.Length, ["parameters"] = task.Network.parameters().Sum(p => p.numel()) }.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Stop = result.Failure is { } failure ? $"{failure.What} ({failure.Where})" : "end",
            Versions = new Dictionary<string, string>
            {
                ["protonmotive"] = typeof(Network).Assembly.GetName().Version?.ToString(3) ?? "",
                ["torchsharp"] = typeof(torch).Assembly.GetName().Version?.ToString(3) ?? "",
                ["runtime"] = RuntimeInformation.FrameworkDescription,
                ["system"] = RuntimeInformation.RuntimeIdentifier,
            }.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>The layers that were supplied the most, in the network's order: what happened, happened there.</summary>
    private static IEnumerable<string> MostSupplied(ImmutableArray<StepAccount> steps)
    {
        var chosen = Enumerable.Range(0, steps[0].Layers.Length).OrderByDescending(i => Math.Abs(steps.Sum(s => s.Layers[i].Supplied))).Take(MostCurves).ToHashSet();
        return steps[0].Layers.Where((_, i) => chosen.Contains(i)).Select(l => l.Name);
    }
}
