using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Data;

/// <summary>Courses of one or more quantities at even times, parted into those that are trained on and those held out.</summary>
/// <remarks>The tensors belong to the set and are freed with it.</remarks>
public sealed class SignalSet : IDisposable
{
    /// <summary>Makes a set of tensors, which it then owns.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="channels">Names of the quantities.</param>
    /// <param name="train">Courses trained on, each of shape [time, channels], 64-bit.</param>
    /// <param name="held">Courses held out.</param>
    public SignalSet(string name, ImmutableArray<string> channels, ImmutableArray<Tensor> train, ImmutableArray<Tensor> held) => (Name, Channels, Train, Held) = (name, channels, train, held);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Names of the quantities.</summary>
    public ImmutableArray<string> Channels { get; }

    /// <summary>What the quantities are called for readers; as many.</summary>
    public ImmutableArray<string> Labels { get => field.IsDefault ? Channels : field; init; }

    /// <summary>Time from one sample to the next, with its unit; "" where it is not known.</summary>
    public string Sample { get; init; } = "";

    /// <summary>Courses trained on, each of shape [time, channels].</summary>
    public ImmutableArray<Tensor> Train { get; }

    /// <summary>Courses held out.</summary>
    public ImmutableArray<Tensor> Held { get; }

    /// <summary>One course, parted by position: the first part is trained on.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="channels">Names of the quantities.</param>
    /// <param name="course">Shape [time, channels], 64-bit; the set owns copies of it.</param>
    /// <param name="trainShare">Share that is trained on.</param>
    /// <param name="sample">Time from one sample to the next, with its unit.</param>
    /// <exception cref="DataException">A number is missing or not finite.</exception>
    public static SignalSet Parted(string name, ImmutableArray<string> channels, Tensor course, double trainShare, string sample = "")
    {
        if (!course.isfinite().all().item<bool>()) throw new DataException("A number of the signal is missing or not finite.", name, "Fill such places, or leave out the part that has them.");
        long first = (long)(trainShare * course.shape[0]);
        return new SignalSet(name, channels, [course.narrow(0, 0, first).clone()], [course.narrow(0, first, course.shape[0] - first).clone()]) { Sample = sample };
    }

    /// <summary>Five minutes of a human electrocardiogram, 360 Hz, record 208 of the MIT-BIH arrhythmia database (Moody and Mark 2001), as scipy 1.10 has it.</summary>
    /// <exception cref="DataException">It is not here, or is damaged.</exception>
    public static SignalSet Electrocardiogram()
    {
        const string debian = "/usr/lib/python3/dist-packages/scipy/misc/ecg.dat";
        var path = File.Exists(debian) ? debian
            : Path.Combine(DataFolder.Find("ecg", ["ecg.dat"], $"Install Debian 12's package python3-scipy, or put scipy 1.10's misc/ecg.dat into a folder 'ecg' and let {DataFolder.Variable} name the folder above it."), "ecg.dat");
        using var scope = NewDisposeScope();
        var values = NpyFile.ReadPacked(path, "ecg.npy");
        return Parted("ecg", ["electrocardiogram"], tensor(values).unsqueeze(1), 0.9, "1/360 s").Outlive(scope);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var course in Train.Concat(Held)) course.Dispose();
    }

    private SignalSet Outlive(DisposeScope scope)
    {
        foreach (var course in Train.Concat(Held)) scope.MoveToOuter(course);
        return this;
    }
}
