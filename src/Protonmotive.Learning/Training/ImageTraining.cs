using Protonmotive.Learning.Data;
using Protonmotive.Learning.Training.Configs;

namespace Protonmotive.Learning.Training;

/// <summary>The classifiers of images that are built in.</summary>
public static class ImageTraining
{
    /// <summary>Dense layers 784-256-128-64-10: 242,762 parameters, by Adam.</summary>
    /// <param name="data">The images; the task owns them.</param>
    /// <param name="seed">Seed of weights and batches.</param>
    /// <param name="epochs">Passes over the data.</param>
    public static SupervisedTraining Mlp(ImageSet data, ulong seed, int epochs = 20) => Of("mlp", data, seed, epochs);

    /// <summary>Two convolutions and two dense layers: 105,914 parameters, by Adam.</summary>
    /// <inheritdoc cref="Mlp"/>
    public static SupervisedTraining ConvNet(ImageSet data, ulong seed, int epochs = 10) => Of("convnet", data, seed, epochs);

    private static SupervisedTraining Of(string name, ImageSet data, ulong seed, int epochs) => new(ConfigReader.Open(name) with { Seed = seed, Epochs = epochs }, data);
}
