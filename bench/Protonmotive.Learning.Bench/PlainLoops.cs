using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using Protonmotive.Learning.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Transformer = Protonmotive.Learning.Models.Transformer;

namespace Protonmotive.Learning.Bench;

/// <summary>Training loops as one writes them with TorchSharp, of the same networks on the same batches as our trainer.</summary>
internal static class PlainLoops
{
    /// <summary>Images in shuffled batches of 128, Adam, half a cosine.</summary>
    /// <param name="name">mlp or convnet.</param>
    /// <param name="data">The images.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="beta2">Adam's second decay.</param>
    public static Contender Images(string name, ImageSet data, RateSchedule rate, double beta2)
    {
        manual_seed(1);
        nn.Module<Tensor, Tensor> network = name == "mlp" ? new MultilayerPerceptron(784, 256, 128, 64, 10) : new ConvolutionalNetwork();
        int perEpoch = (data.Train.Count + 127) / 128;
        var optimiser = optim.Adam(network.parameters(), rate.Highest, beta2: beta2);
        var shuffle = new Shuffle(1);
        var batches = shuffle.Batches(data.Train.Count, 128, 0).ToList();
        network.train();
        return new Contender("plain loop", step =>
        {
            if (step > 0 && step % perEpoch == 0) batches = [.. shuffle.Batches(data.Train.Count, 128, step / perEpoch)];
            using var scope = NewDisposeScope();
            foreach (var group in optimiser.ParamGroups) group.LearningRate = rate.At(step);
            var index = tensor(batches[step % perEpoch]);
            var images = data.Train.Images.index_select(0, index);
            var labels = data.Train.Labels.index_select(0, index);
            optimiser.zero_grad();
            var loss = nn.functional.cross_entropy(network.call(images), labels);
            loss.backward();
            optimiser.step();
            _ = loss.item<float>();
        }, () => Contender.WeightsOf(network));
    }

    /// <summary>Windows of text in batches of 12, AdamW with clipping.</summary>
    /// <param name="data">The text.</param>
    /// <param name="rate">The learning rate.</param>
    public static Contender Text(TextCorpus data, RateSchedule rate)
    {
        manual_seed(1);
        var network = new Transformer(new TransformerSize(data.Vocabulary.Length));
        int context = network.Size.Context;
        var parameters = network.parameters().ToList();
        var optimiser = new AdamW(
            [new AdamW.ParamGroup(parameters.Where(p => p.dim() >= 2), 1e-3, 0.9, 0.99, 1e-8, 0.1), new AdamW.ParamGroup(parameters.Where(p => p.dim() < 2), 1e-3, 0.9, 0.99, 1e-8, 0)], 1e-3, 0.9, 0.99, 1e-8, 0.1);
        var random = new Philox(1);
        long room = data.Train.shape[0] - context - 1;
        network.train();
        return new Contender("plain loop", step =>
        {
            using var scope = NewDisposeScope();
            foreach (var group in optimiser.ParamGroups) group.LearningRate = rate.At(step);
            var starts = Enumerable.Range(0, 12).Select(i => (long)(random.Uniform((uint)step, (uint)i) * room)).ToList();
            var input = stack(starts.Select(s => data.Train.narrow(0, s, context)), 0);
            var target = stack(starts.Select(s => data.Train.narrow(0, s + 1, context)), 0);
            optimiser.zero_grad();
            var loss = nn.functional.cross_entropy(network.call(input).flatten(0, 1), target.flatten());
            loss.backward();
            nn.utils.clip_grad_norm_(optimiser.parameters(), 1); // in the order of the groups, as our trainer: the norm is a sum
            optimiser.step();
            _ = loss.item<float>();
        }, () => Contender.WeightsOf(network));
    }
}
