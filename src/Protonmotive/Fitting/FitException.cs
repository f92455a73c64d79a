namespace Protonmotive.Fitting;

/// <summary>A fit, profile or sampling that can't be begun or gone on with.</summary>
/// <param name="what">What happened.</param>
/// <param name="where">The place: parameter, option, file.</param>
/// <param name="mend">What the reader can do.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class FitException(string what, string where, string mend, Exception? inner = null) : ProtonmotiveException(what, where, mend, inner);
