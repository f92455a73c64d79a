using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Training;

/// <summary>A place where a network can be cut in two: all that the loss learns of the input passes the output of this module.</summary>
/// <param name="Name">Its name for readers.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Module">The module.</param>
/// <param name="Prefixes">What the names of its layers begin with in the account; empty without parameters.</param>
public sealed record LayerCut(string Name, string Kind, nn.Module<Tensor, Tensor> Module, params string[] Prefixes);
