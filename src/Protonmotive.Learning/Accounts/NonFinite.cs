namespace Protonmotive.Learning.Accounts;

/// <summary>Where a training left the numbers.</summary>
/// <param name="Step">The step at which it was seen: the batch's loss is looked at in every step, gradient and weights in audited ones.</param>
/// <param name="Layer">The first layer whose gradient or weights are not finite; "" where only the loss is not.</param>
/// <param name="What">What was seen.</param>
public sealed record NonFinite(long Step, string Layer, string What);
