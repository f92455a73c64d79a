namespace Protonmotive.Solvers.Stochastic;

/// <summary>How firings are drawn. All but tau-leaping are exact: they differ in speed alone.</summary>
public abstract record StochasticMethod
{
    private StochasticMethod()
    {
    }

    /// <summary>Exact: <see cref="Direct"/> for few channels, <see cref="NextReaction"/> for many.</summary>
    public static StochasticMethod Exact { get; } = new Automatic();

    /// <summary>The method of choice for a number of channels.</summary>
    internal StochasticMethod For(int channels) => this is not Automatic ? this : channels <= DirectLoop.MostChannels ? new Direct() : new NextReaction();

    /// <summary>Gillespie's direct method: time to the next firing from the total propensity, then which. Work in proportion to the number of channels.</summary>
    /// <remarks>Gillespie (1977), J. Phys. Chem. 81, 2340.</remarks>
    public sealed record Direct : StochasticMethod;

    /// <summary>
    /// The next-reaction method: a time for every channel, kept in an indexed heap; a firing changes those of its dependants.
    /// Work in proportion to their number, times the logarithm of the number of channels.
    /// </summary>
    /// <remarks>Gibson and Bruck (2000), J. Phys. Chem. A 104, 1876.</remarks>
    public sealed record NextReaction : StochasticMethod;

    /// <summary>
    /// Many firings at once, as many as change no propensity by more than about <paramref name="Epsilon"/> of itself; exact where
    /// that would be few.
    /// </summary>
    /// <remarks>Cao, Gillespie and Petzold (2006), J. Chem. Phys. 124, 044109.</remarks>
    /// <param name="Epsilon">Bound on the relative change of propensities within a leap, in mean and in deviation; usually 0.01 to 0.05.</param>
    public sealed record TauLeaping(double Epsilon = 0.03) : StochasticMethod;

    private sealed record Automatic : StochasticMethod;
}
