namespace Protonmotive.Learning.Accounts;

/// <summary>An integral over [0, 1] of a function that may jump, by Gauss and Lobatto's rule with 4 points and Kronrod's extension of it to 7.</summary>
/// <remarks>
/// Gander and Gautschi (2000), Adaptive quadrature: revisited, BIT 40, 84, section 4. Both rules hold the ends of their part, and
/// their weights up to any place differ, so that no single jump is unseen. Several may cancel in the estimate of the error: an integral is
/// taken only if it was far better than asked for (a smooth function), or stays the same when all parts are halved once more.
/// </remarks>
internal static class SegmentQuadrature
{
    private static readonly double outer = Math.Sqrt(2.0 / 3), inner = 1 / Math.Sqrt(5);

    /// <summary>The integral and an estimate of its error.</summary>
    /// <param name="f">The function on [0, 1].</param>
    /// <param name="tolerance">Error that is aimed at.</param>
    /// <param name="maximumParts">Parts after which it stops, with the error that is then left.</param>
    public static (double Value, double Error) Integrate(Func<double, double> f, double tolerance, int maximumParts = 1500)
    {
        var parts = new PriorityQueue<Part, double>();
        double value = 0, error = 0;
        Add(Rule(f, 0, 1, f(0), f(1)));
        while (true)
        {
            while (error > tolerance && parts.Count < maximumParts) Halve(parts.Dequeue());
            if (error <= tolerance / 1000 || parts.Count >= maximumParts) break;
            double before = value;
            var all = parts.UnorderedItems.Select(p => p.Element).ToList();
            parts.Clear();
            foreach (var part in all) Halve(part);
            if (Math.Abs(value - before) <= tolerance && error <= tolerance) break;
        }
        return (parts.UnorderedItems.Sum(p => p.Element.Value), parts.UnorderedItems.Sum(p => p.Element.Error));

        void Add(Part part)
        {
            parts.Enqueue(part, -part.Error);
            value += part.Value;
            error += part.Error;
        }

        void Halve(Part part)
        {
            value -= part.Value;
            error -= part.Error;
            double middle = (part.Start + part.End) / 2;
            Add(Rule(f, part.Start, middle, part.AtStart, part.AtMiddle));
            Add(Rule(f, middle, part.End, part.AtMiddle, part.AtEnd));
        }
    }

    private static Part Rule(Func<double, double> f, double start, double end, double atStart, double atEnd)
    {
        double middle = (start + end) / 2, half = (end - start) / 2, atMiddle = f(middle);
        double ends = atStart + atEnd, near = f(middle - (half * inner)) + f(middle + (half * inner)), far = f(middle - (half * outer)) + f(middle + (half * outer));
        double coarse = half / 6 * (ends + (5 * near)), fine = half / 1470 * ((77 * ends) + (432 * far) + (625 * near) + (672 * atMiddle));
        return new Part(start, end, atStart, atMiddle, atEnd, fine, Math.Abs(fine - coarse));
    }

    private readonly record struct Part(double Start, double End, double AtStart, double AtMiddle, double AtEnd, double Value, double Error);
}
