using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Protonmotive.Learning.Training;

/// <summary>Where a training stands.</summary>
/// <param name="Step">The next step.</param>
/// <param name="Settings">Its settings in one line; a training goes on only with the same.</param>
/// <param name="Evaluations">What was measured so far.</param>
/// <param name="Joules">Joules measured so far.</param>
/// <param name="CodeSaved">Nats of code saved so far.</param>
/// <param name="CodedItems">Items coded so far.</param>
internal sealed record CheckpointState(int Step, string Settings, ImmutableArray<Evaluation> Evaluations, double Joules = 0, double CodeSaved = 0, double CodedItems = 0)
{
    /// <summary>The settings of a task in one line.</summary>
    public static string SettingsOf(TrainingTask task) =>
        $"{task.Name} on {task.Data}: " + string.Join(", ", task.Settings.Select(s => $"{s.Name} {s.Value.ToString("r", CultureInfo.InvariantCulture)}")) + (task.Fingerprint.Length > 0 ? ", " + task.Fingerprint : "");
}

/// <summary>Measures of a network after so many steps.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="BatchLoss">Mean loss of the batches since the evaluation before; NaN before the first step.</param>
/// <param name="Measures">The measures.</param>
public sealed record Evaluation(int Step, double BatchLoss, ImmutableArray<Measure> Measures);

/// <summary>Serialisation of checkpoints without reflection.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CheckpointState))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
