using Protonmotive.Catalogue;
using Protonmotive.Learning.Data;
using TorchSharp;

namespace Protonmotive.Learning.Training.Configs;

/// <summary>Opens the data of a training's file and makes the task.</summary>
public static class ConfiguredTraining
{
    /// <summary>Makes the task.</summary>
    /// <param name="config">The training.</param>
    /// <param name="hasCoupling">Whether the report of a text shows the coupling at a distance.</param>
    /// <param name="systems">Systems whose courses may be learned; null for none.</param>
    /// <exception cref="ConfigException">Network and data are of different kinds.</exception>
    /// <exception cref="DataException">The data are not here, are damaged, or the layers don't fit them.</exception>
    public static TrainingTask Make(TrainingConfig config, bool hasCoupling = false, SystemCatalogue? systems = null)
    {
        if (config.Epochs is null == config.Steps is null) throw new ConfigException("A training has epochs or steps, one of them.", $"training '{config.Name}'", "Give its epochs, or its steps.");
        if (config.Data is SignalData or SystemData or NamedData { Name: "ecg" })
        {
            if (config.Transformer is null) throw new ConfigException("A course is learned by a transformer; the network is a chain of layers.", $"training '{config.Name}', data '{config.Data.Name}'", "Write 'network: {transformer: {layers: 2}}'.");
            return new SignalTraining(config, config.Data switch
            {
                SignalData signal => Course(signal),
                SystemData system => EnsembleCourses.Of(systems ?? throw new ConfigException("There are no systems here.", $"data '{config.Data.Name}'", "Hand over a catalogue of systems."), system, config.Seed),
                _ => SignalSet.Electrocardiogram(),
            });
        }

        bool isText = config.Data is TextData or NamedData { Name: "tinyshakespeare" };
        if (isText != config.Transformer is not null)
            throw new ConfigException(isText ? "A text is learned by a transformer; the network is a chain of layers." : "A transformer learns a text; the data are examples with labels.", $"training '{config.Name}', data '{config.Data.Name}'",
                isText ? "Write 'network: {transformer: {layers: 4}}'." : "Give a text, or let the network be a list of layers.");
        return isText
            ? new TextTraining(config, config.Data is TextData text ? text.Read() : TextCorpus.TinyShakespeare()) { HasCoupling = hasCoupling }
            : new SupervisedTraining(config, Open(config.Data, config.Seed));
    }

    private static ImageSet Open(DataConfig data, ulong seed) => data switch
    {
        NamedData named => ImageSet.Named(named.Name),
        IdxData idx => ImageSet.Read(idx.Name, (idx.Images, idx.Labels), (idx.TestImages, idx.TestLabels)),
        TableData table => Rows(table, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(data)),
    };

    private static SignalSet Course(SignalData signal)
    {
        using var scope = torch.NewDisposeScope();
        var table = CsvTable.Read(signal.Path);
        string[] columns = signal.Columns.IsEmpty ? [.. table.Columns] : [.. signal.Columns];
        var set = SignalSet.Parted(signal.Name, [.. columns], table.ToTensor(columns), signal.TrainShare);
        foreach (var course in set.Train.Concat(set.Held)) course.DetachFromDisposeScope();
        return set;
    }

    /// <summary>The rows of a table, shuffled and parted by seed; features and numbers to be learned are given mean 0 and deviation 1 by the part trained on.</summary>
    private static ImageSet Rows(TableData table, ulong seed)
    {
        using var scope = torch.NewDisposeScope();
        var rows = CsvTable.Read(table.Path);
        string[] features = table.Features.IsEmpty ? [.. rows.Columns.Where(c => c != table.Target)] : [.. table.Features];
        var (first, second) = new Shuffle(seed).Split(rows.Rows.Length, table.TestShare);
        if (first.Length == 0 || second.Length == 0) throw new DataException($"A table of {rows.Rows.Length} rows can't be parted.", table.Path, "Give more rows.");
        torch.Tensor held = torch.tensor(first), trained = torch.tensor(second), x = rows.ToTensor(features), y = rows.ToTensor(table.Target);
        int[] used = [.. features.Append(table.Target).Select(c => rows.Columns.IndexOf(c))];
        for (int row = 0; row < rows.Rows.Length; row++)
        {
            int place = Array.FindIndex(used, c => !double.IsFinite(rows.Rows[row][c]));
            if (place >= 0) throw new DataException("A number of the table is not finite.", $"{table.Path}, row {row + 1} below the header, column {rows.Columns[used[place]]}", "Leave such rows out.");
        }
        torch.Tensor Scaled(torch.Tensor t)
        {
            var part = t.index_select(0, trained);
            var deviation = part.std(new long[] { 0 }, unbiased: false, keepdim: true);
            return ((t - part.mean([0], keepdim: true)) / torch.where(deviation > 0, deviation, torch.ones_like(deviation))).to(torch.float32);
        }
        if (!table.IsRegression && (y.ne(y.round()).any().item<bool>() || y.lt(0).any().item<bool>()))
            throw new DataException($"'{table.Target}' holds numbers that are no classes.", table.Path, "Number the classes 0, 1, 2 …, or write 'task: regression'.");
        x = Scaled(x);
        y = table.IsRegression ? Scaled(y) : y.squeeze(1).to(torch.int64);
        LabelledImages Part(torch.Tensor index) => new(x.index_select(0, index).MoveToOuterDisposeScope(), y.index_select(0, index).MoveToOuterDisposeScope());
        return new ImageSet(table.Name, Part(trained), Part(held));
    }
}
