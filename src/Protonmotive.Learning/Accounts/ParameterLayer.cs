namespace Protonmotive.Learning.Accounts;

/// <summary>A layer's part of the vector of parameters.</summary>
/// <param name="Name">Name of the module.</param>
/// <param name="Offset">Its first element.</param>
/// <param name="Length">Number of its elements.</param>
public sealed record ParameterLayer(string Name, long Offset, long Length);
