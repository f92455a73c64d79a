using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>How the account of a training is kept.</summary>
public sealed record TrainingLedgerOptions
{
    /// <summary>Name of the network in the statement.</summary>
    public string Name { get; init; } = "training";

    /// <summary>Unit of the loss: nat for a cross-entropy or another log-likelihood with the natural logarithm.</summary>
    public string LossUnit { get; init; } = "nat";

    /// <summary>Audit one step in so many; null to choose by <see cref="Budget"/>, and then to leave out what goes beyond it. The steps of a run are the same in both cases.</summary>
    public int? Every { get; init; }

    /// <summary>Share of the training's time that all audits together may take, where <see cref="Every"/> is not given.</summary>
    public double Budget { get; init; } = 0.06;

    /// <summary>Steps of the whole training; null where they are not known. Where <see cref="Every"/> is not given, 16 audits are then spread over it, beyond the budget too while all audits take less than 5 seconds.</summary>
    public long? Steps { get; init; }

    /// <summary>Where the curvature comes from. Quadrature costs 7 passes of the probe or more, and needs a network of 64-bit numbers.</summary>
    public CurvatureSource Curvature { get; init; } = CurvatureSource.Remainder;

    /// <summary>
    /// Losses on equal parts of the probe, each a mean over <see cref="PartSize"/> examples, for signal and noise of the gradient by layer; at least 2, best 8 or more. They cost a pass of the probe
    /// in an audit. None by default.
    /// </summary>
    public IReadOnlyList<Func<Tensor>> ProbeParts { get; init; } = [];

    /// <summary>Examples in a part of the probe.</summary>
    public int PartSize { get; init; } = 1;

    /// <summary>Whether audits measure the sharpness, by up to 20 products with the Hessian of the probe's loss.</summary>
    public bool HasSharpness { get; init; }

    /// <summary>Every step, with the curvature integrated on its own: all identities are then checks. For small networks of 64-bit numbers.</summary>
    public static TrainingLedgerOptions Audit { get; } = new() { Every = 1, Curvature = CurvatureSource.Quadrature };
}
