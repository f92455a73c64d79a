using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Networks;

/// <summary>A quantity as a neural network reads it: shifted and scaled by declared constants to about −1 … 1.</summary>
/// <param name="Quantity">What is read, in the network's symbols.</param>
/// <param name="Normalised">The dimensionless number that enters the first layer.</param>
/// <param name="Description">The normalisation in words.</param>
public sealed record LearnedInput(Expression Quantity, Expression Normalised, string Description)
{
    /// <summary>(q − centre)/spread.</summary>
    /// <param name="quantity">q.</param>
    /// <param name="centre">Value that enters as 0, in the unit of q.</param>
    /// <param name="spread">Distance that enters as 1, in the unit of q; positive.</param>
    /// <exception cref="NetworkException">A constant is not finite, or the spread not positive.</exception>
    public static LearnedInput Linear(Expression quantity, double centre, double spread)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        Check(double.IsFinite(centre) && double.IsFinite(spread) && spread > 0, quantity, FormattableString.Invariant($"centre {centre:g6}, spread {spread:g6}"));
        return new(quantity, (quantity - centre) / spread, FormattableString.Invariant($"({quantity} − {centre:g6})/{spread:g6}"));
    }

    /// <summary>
    /// The logarithm of a quantity that may be 0: (asinh(q/2f) − asinh(c/2f))/spread. Where q is large against the floor f this is
    /// ln(q/c)/spread, with a relative error of q of (f/q)²; below f it is linear, so an empty store, or one that a solver leaves a rounding below 0, has a
    /// finite value.
    /// </summary>
    /// <param name="quantity">q.</param>
    /// <param name="centre">c, the value that enters as 0, in the unit of q; positive.</param>
    /// <param name="floor">f, below which differences no longer count, in the unit of q; positive.</param>
    /// <param name="spread">Distance that enters as 1, in units of e-fold; positive.</param>
    /// <exception cref="NetworkException">A constant is not finite or not positive.</exception>
    public static LearnedInput Logarithmic(Expression quantity, double centre, double floor, double spread = 1)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        bool isUsable = centre > 0 && floor > 0 && spread > 0 && double.IsFinite(centre) && double.IsFinite(floor) && double.IsFinite(spread);
        Check(isUsable, quantity, FormattableString.Invariant($"centre {centre:g6}, floor {floor:g6}, spread {spread:g6}"));
        return new(quantity, (Asinh(quantity / (2 * floor)) - Math.Asinh(centre / (2 * floor))) / spread, FormattableString.Invariant($"ln({quantity}/{centre:g6})/{spread:g6}, floor {floor:g6}"));
    }

    private static void Check(bool isUsable, Expression quantity, string constants)
    {
        if (!isUsable) throw new NetworkException($"An input of a neural network can't be normalised with {constants}.", $"input {Infix.Print(quantity, 60)}",
            "Give finite numbers, and positive ones for spread, floor and the centre of a logarithm.");
    }
}
