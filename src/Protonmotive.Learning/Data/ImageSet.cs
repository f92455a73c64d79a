using TorchSharp;

namespace Protonmotive.Learning.Data;

/// <summary>Labelled images, in the standard split: what is trained on, and what is held out.</summary>
/// <remarks>The tensors belong to the set and are freed with it.</remarks>
public sealed class ImageSet : IDisposable
{
    /// <summary>Makes a set of tensors, which it then owns.</summary>
    /// <param name="name">Name of the data set.</param>
    /// <param name="train">What is trained on.</param>
    /// <param name="test">What is held out.</param>
    public ImageSet(string name, LabelledImages train, LabelledImages test) => (Name, Train, Test) = (name, train, test);

    /// <summary>Name of the data set.</summary>
    public string Name { get; }

    /// <summary>What is trained on.</summary>
    public LabelledImages Train { get; }

    /// <summary>What is held out.</summary>
    public LabelledImages Test { get; }

    /// <summary>MNIST: 60,000 + 10,000 digits (LeCun, Cortes and Burges), grey levels over 255.</summary>
    /// <exception cref="DataException">It is not here, or is damaged.</exception>
    public static ImageSet Mnist() => Read("mnist", $"Put the four idx files of MNIST, packed or not, into a folder 'mnist' and let {DataFolder.Variable} name the folder above it.");

    /// <summary>Fashion-MNIST: 60,000 + 10,000 pictures of clothes (Xiao, Rasul and Vollgraf 2017, arXiv 1708.07747), grey levels over 255.</summary>
    /// <exception cref="DataException">It is not here, or is damaged.</exception>
    public static ImageSet FashionMnist() => Read("fashion-mnist", $"Install Debian's package dataset-fashion-mnist, or put its four idx files into a folder 'fashion-mnist' and let {DataFolder.Variable} name the folder above it.");

    /// <summary>The set of a name on the command line.</summary>
    /// <exception cref="DataException">There is no such set, it is not here, or is damaged.</exception>
    public static ImageSet Named(string name) => name switch
    {
        "mnist" => Mnist(),
        "fashion-mnist" => FashionMnist(),
        _ => throw new DataException($"There is no image set '{name}'.", "data set of a training", "Choose mnist or fashion-mnist."),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }

    private static ImageSet Read(string name, string source)
    {
        string[] parts = ["train", "t10k"];
        var folder = DataFolder.Find(name, parts.SelectMany(p => new[] { p + "-images-idx3-ubyte", p + "-labels-idx1-ubyte" }), source);
        (string, string) Files(string part) => (DataFolder.File(folder, part + "-images-idx3-ubyte")!, DataFolder.File(folder, part + "-labels-idx1-ubyte")!);
        return Read(name, Files(parts[0]), Files(parts[1]));
    }

    /// <summary>Reads idx files, packed by gzip or not: images with grey levels to 255, and labels.</summary>
    /// <param name="name">Name of the set.</param>
    /// <param name="train">Images and labels that are trained on.</param>
    /// <param name="test">Images and labels that are held out.</param>
    /// <exception cref="DataException">A file is damaged, or labels and images are not as many.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static ImageSet Read(string name, (string Images, string Labels) train, (string Images, string Labels) test)
    {
        var first = Part(train);
        try
        {
            return new ImageSet(name, first, Part(test));
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    private static LabelledImages Part((string Images, string Labels) files)
    {
        var (imageFile, labelFile) = files;
        IdxFile images = IdxFile.Read(imageFile), labels = IdxFile.Read(labelFile);
        if (images.Shape.Length != 3) throw new DataException($"Images have three dimensions; this has {images.Shape.Length}.", imageFile, "Fetch the file again.");
        if (labels.Shape.Length != 1 || labels.Count != images.Shape[0])
            throw new DataException($"There are {images.Shape[0]} images and {string.Join(" × ", labels.Shape)} labels.", labelFile, "Fetch both files again.");
        using var grey = torch.tensor(images.ToSingles(), [images.Shape[0], 1, images.Shape[1], images.Shape[2]]);
        using var classes = torch.tensor(labels.ToSingles());
        return new LabelledImages(grey / 255, classes.to(torch.int64));
    }
}
