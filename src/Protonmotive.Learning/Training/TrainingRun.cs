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
        var record = Record(task, result, account, command);
        var run = RunReport.Make(file?.Complete(record) ?? record, Columns(account, result), account.ToLedger());
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
        if (!File.Exists(file)) throw new DataException("There is no training.", file, "Give the folder that 'pmf train' wrote.");
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), TrainingJson.Default.TrainingAccount) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new DataException($"The account can't be read: {e.Message}", file, "Train again.", e);
        }
    }

    private static RunRecord Record(TrainingTask task, TrainingResult result, TrainingAccount account, string command)
    {
        var steps = account.Audited;
        CurveRecord Curve(string column, string label) => new(column, label, 1);
        var layers = steps[0].Layers.Select(l => l.Name).ToList();
        return new RunRecord
        {
            System = task.Name,
            Title = $"{task.Title} on {task.Data}",
            Question = "What did the training supply, what of it was noise or bend, and what was gained on data not trained on?",
            Scenario = task.Data,
            ScenarioText = $"One step in {account.Every} was audited ({steps.Length} of {account.Steps}). What is stored is the loss removed from a held-out probe; a layer spends the batches' force P and works on what is learned W, and dissipates noise N and curvature K. The curvature is the remainder of P − N − W, and by layer the trapezium rule. A loss is a potential in {account.LossUnit}, not in joules.{(account.NonFinite is { } lost ? $" The training broke off at step {lost.Step}: {lost.What}" : "")}",
            Command = command,
            Sources = result.Bill.Energy.Source == EnergySource.Modelled ? task.Sources.Add(OperationCost.Horowitz.Source) : task.Sources,
            Parameters = [.. task.Settings.Select(s => new ParameterRecord(s.Name, s.Value, "", s.Description, "", false))],
            Panels =
            [
                new PanelRecord("loss", account.LossUnit, [Curve("loss.batch", "batch"), Curve("loss.probe", "held-out probe")]),
                new PanelRecord("sum", account.LossUnit, [Curve("supplied", "supplied P"), Curve("noise", "noise N"), Curve("curvature", "curvature K"), Curve("gained", "gained W"), Curve("memorised", "memorised")]),
                new PanelRecord("‖Δ‖/‖θ‖", "1", [.. layers.Take(6).Select(l => Curve("update." + l, l))]),
                .. result.Evaluations[0].Measures.Take(1).Select(m => new PanelRecord(m.Name, m.Unit, [Curve("measure", m.Name)])),
            ],
            Layers = result.Failure is null ? LayerBoundaries.Measure(task, account) : [], // what they are measured by is lost with the numbers
            Graphs = result.Failure is null ? task.Graphs() : [],
            Learned = Learned(account, result.Bill),
            Results =
            [
                .. result.Evaluations[^1].Measures.Select(m => new ResultRecord(m.Name, m.Value, m.Unit, m.Note)),
                new ResultRecord("efficiency W/P", 100 * account.Gained / account.Supplied, "%", "gained on held-out data over what the batches supplied, audited steps"),
                .. Bill(result.Bill),
                new ResultRecord("time of the audits", 100 * account.Overhead, "%", "of the training's time"),
            ],
            Start = 0,
            End = account.Steps,
            TimeUnit = "step",
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

    private static string Learned(TrainingAccount account, EnergyBill bill)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"Learned: {account.GainedInAll:g4} {account.LossUnit} of held-out loss removed in {account.Steps} steps. In the {account.Audited.Length} audited ones, {100 * account.Gained / account.Supplied:0} % of what the batches supplied was gained on held-out data.");
        return bill.LabelBitsPerJoule is { } per ? text + string.Create(CultureInfo.InvariantCulture, $" {bill.Bits!.Label:g3} label bits for {bill.Energy.Joules:g3} J, {bill.Energy.Source.ToString().ToLowerInvariant()}: {per:g3} bit/J.") : text;
    }

    private static IEnumerable<ResultRecord> Bill(EnergyBill bill)
    {
        var source = bill.Energy.Source.ToString().ToLowerInvariant();
        yield return new ResultRecord("energy, " + source, bill.Energy.Joules, "J", bill.Energy.Detail + (bill.Energy.Remark.Length > 0 ? "; not measured: " + bill.Energy.Remark : ""));
        if (bill.Bits is not { } bits) yield break;
        if (bits.Label is { } label) yield return new ResultRecord("label bits learned", label, "bit", $"fall of the probe's loss, for {bits.Items} {bits.Item}s");
        yield return new ResultRecord("code saved", bits.CodeSaved, "bit", $"on the {bits.CodedItems:0} {bits.Item}s as they first came, against a code that knows nothing");
        if (bill.LabelBitsPerJoule is { } perLabel) yield return new ResultRecord("label bits per joule", perLabel, "bit/J", $"joules {source}");
        if (bill.CodeBitsPerJoule is { } perCode) yield return new ResultRecord("code saved per joule", perCode, "bit/J", $"joules {source}");
    }

    /// <summary>The columns: a row for each audited step; sums run over the audited steps.</summary>
    private static Trajectory Columns(TrainingAccount account, TrainingResult result)
    {
        var steps = account.Audited;
        TrajectoryColumn Column(string name, string unit, Func<StepAccount, double> value) => new(name, unit, [.. steps.Select(value)]);
        TrajectoryColumn Sum(string name, Func<StepAccount, double> value)
        {
            double sum = 0;
            return Column(name, account.LossUnit, s => sum += value(s));
        }
        double Measured(StepAccount s) => (result.Evaluations.LastOrDefault(e => e.Step <= s.Step + 1) ?? result.Evaluations[0]).Measures[0].Value;
        return new Trajectory(
        [
            Column(Trajectory.TimeName, "step", s => s.Step),
            Column("loss.batch", account.LossUnit, s => s.BatchLossBefore ?? double.NaN),
            Column("loss.probe", account.LossUnit, s => s.LossBefore),
            Sum("supplied", s => s.Supplied), Sum("noise", s => s.Noise), Sum("curvature", s => s.Curvature), Sum("gained", s => s.Gained), Sum("memorised", s => s.Memorised ?? double.NaN),
            Column("measure", result.Evaluations[0].Measures[0].Unit, Measured),
            .. steps[0].Layers.SelectMany((l, i) => new[]
            {
                Column("supplied." + l.Name, account.LossUnit, s => s.Layers[i].Supplied), Column("noise." + l.Name, account.LossUnit, s => s.Layers[i].Noise),
                Column("curvature." + l.Name, account.LossUnit, s => s.Layers[i].Curvature), Column("update." + l.Name, "1", s => s.Layers[i].UpdateRatio),
                Column("gradient." + l.Name, account.LossUnit, s => s.Layers[i].GradientNorm),
            }),
            .. steps[0].Mechanisms.Select((m, i) => Column("mechanism." + m.Name, account.LossUnit, s => s.Mechanisms[i].Power)),
        ]);
    }
}
