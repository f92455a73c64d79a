using System.Text.Json;
using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using Protonmotive.Reports.Runs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Training;

/// <summary>A training on disk, so that it goes on as if it had not been stopped: weights, optimiser, random generator, account.</summary>
/// <remarks>The folder is written beside its name and moved into place: a training killed while it writes keeps the checkpoint before.</remarks>
internal static class Checkpoint
{
    private const string WeightsName = "weights.safetensors", OptimiserName = "optimiser.bin", RandomName = "random.bin", StateName = "state.json", AccountName = "account.json";

    /// <summary>Writes a checkpoint.</summary>
    /// <exception cref="RunFolderException">The disk refuses.</exception>
    public static void Write(string folder, TrainingTask task, CheckpointState state, TrainingAccount? account) => WholeFolder.Write(folder, temporary =>
    {
        string In(string name) => Path.Combine(temporary, name);
        using (var stream = File.Create(In(WeightsName))) Safetensors.Write(stream, task.Network.state_dict());
        using (var writer = new BinaryWriter(File.Create(In(OptimiserName)))) ((OptimizerHelper)task.Optimiser).save_state_dict(writer);
        using (var random = get_rng_state()) File.WriteAllBytes(In(RandomName), random.bytes.ToArray());
        if (account is not null) File.WriteAllText(In(AccountName), JsonSerializer.Serialize(account, TrainingJson.Default.TrainingAccount));
        File.WriteAllText(In(StateName), JsonSerializer.Serialize(state, CheckpointJson.Default.CheckpointState));
    });

    /// <summary>Reads a checkpoint into a task; null if there is none.</summary>
    /// <exception cref="DataException">It is of other settings, or damaged.</exception>
    public static (CheckpointState State, TrainingAccount? Account)? Read(string folder, TrainingTask task)
    {
        if (!File.Exists(Path.Combine(folder, StateName))) return null;
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(folder, StateName)), CheckpointJson.Default.CheckpointState)!;
            if (state.Settings != CheckpointState.SettingsOf(task))
                throw new DataException("The training was begun with other settings, or its data have changed since.", folder, "Give the settings it was begun with, choose another folder with --out, or begin anew with --restart.");
            Safetensors.Load(task.Network, Path.Combine(folder, WeightsName));
            using (var reader = new BinaryReader(File.OpenRead(Path.Combine(folder, OptimiserName)))) ((OptimizerHelper)task.Optimiser).load_state_dict(reader);
            var numbers = File.ReadAllBytes(Path.Combine(folder, RandomName));
            using (var now = get_rng_state()) if (now.numel() != numbers.Length) throw new EndOfStreamException($"{RandomName} has {numbers.Length} bytes, not {now.numel()}."); // libtorch ends the process at another length
            using (var random = tensor(numbers)) set_rng_state(random);
            var accountFile = Path.Combine(folder, AccountName);
            return (state, File.Exists(accountFile) ? JsonSerializer.Deserialize(File.ReadAllText(accountFile), TrainingJson.Default.TrainingAccount) : null);
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException or FileNotFoundException or ArgumentException)
        {
            throw new DataException($"The checkpoint can't be read: {e.Message}", folder, "Begin anew with --restart.", e);
        }
    }
}
