namespace Protonmotive.Learning.Models;

/// <summary>Kinds of layers that a network is made of.</summary>
public enum LayerKind
{
    /// <summary>Every unit from every unit.</summary>
    Dense,
    /// <summary>The same small dense layer at every place of an image.</summary>
    Conv,
    /// <summary>max(0, a).</summary>
    Relu,
    /// <summary>tanh a.</summary>
    Tanh,
    /// <summary>a Φ(a), Φ the normal distribution (Hendrycks and Gimpel 2016, arXiv 1606.08415).</summary>
    Gelu,
    /// <summary>1/(1 + exp −a).</summary>
    Sigmoid,
    /// <summary>Mean 0 and variance 1 over the batch (Ioffe and Szegedy 2015, arXiv 1502.03167).</summary>
    BatchNorm,
    /// <summary>Mean 0 and variance 1 over the units of each example (Ba, Kiros and Hinton 2016, arXiv 1607.06450).</summary>
    LayerNorm,
    /// <summary>Mean square 1 over the units of each example (Zhang and Sennrich 2019, arXiv 1910.07467).</summary>
    RmsNorm,
    /// <summary>Silences a share of units in training (Srivastava et al. 2014).</summary>
    Dropout,
    /// <summary>The largest of every square of an image.</summary>
    Pool,
    /// <summary>An image as a row of numbers.</summary>
    Flatten,
    /// <summary>Layers whose output is added to their input (He et al. 2016, arXiv 1512.03385).</summary>
    Residual,
}
