namespace Protonmotive.Learning.Joules;

/// <summary>How many bits of its labels a network has learned, by two definitions that answer two questions.</summary>
/// <remarks>
/// Label bits: what the held-out loss fell by, in bits per item, times the items trained on: how much shorter the labels of as many new items
/// are told to one who has the network. Code saved: each item that comes for the first time is coded by the network as it then is, and the
/// code is compared with one of ln K nats an item, K outcomes (prequential coding; Blier and Ollivier 2018, arXiv 1802.07044): it
/// needs no held-out data and pays for the network itself.
/// </remarks>
/// <param name="Label">Label bits; null where no held-out loss was kept.</param>
/// <param name="Items">Items trained on.</param>
/// <param name="CodeSaved">Bits of code saved.</param>
/// <param name="CodedItems">Items that came for the first time, and so were coded.</param>
/// <param name="Item">What an item is, e.g. image.</param>
public sealed record LearnedBits(double? Label, long Items, double CodeSaved, double CodedItems, string Item);
