using Protonmotive.Symbolics;

namespace Protonmotive.Kernels;

/// <summary>The non-zero entries of ∂f/∂y as expressions.</summary>
/// <remarks>
/// A row is taken apart into its terms, and each term is differentiated by the states in it, once for all rows that hold it
/// (<see cref="StateGradients"/>): the work grows with the number of entries, not with states times terms.
/// </remarks>
internal sealed class JacobianEntries(Dependencies dependencies)
{
    private readonly StateGradients gradients = new(dependencies);
    private readonly Stack<(bool IsNegative, Expression Node)> open = [];
    private readonly List<(int Column, int Place, Expression Slope)> slopes = [];

    /// <summary>Columns and values of the row of one rate, columns ascending.</summary>
    public List<(int Column, Expression Value)> Row(Expression rate)
    {
        slopes.Clear();
        foreach (var (isNegative, term) in Terms(rate))
        {
            foreach (var (column, slope) in gradients.Of(term)) slopes.Add((column, slopes.Count, isNegative ? -slope : slope));
        }
        slopes.Sort((a, b) => a.Column != b.Column ? a.Column.CompareTo(b.Column) : a.Place.CompareTo(b.Place));
        var row = new List<(int, Expression)>();
        for (int k = 0; k < slopes.Count;)
        {
            int column = slopes[k].Column;
            // As Expression.Sum: from left to right, numbers last.
            Expression sum = Expression.Zero;
            double constant = 0;
            for (; k < slopes.Count && slopes[k].Column == column; k++)
            {
                if (slopes[k].Slope.IsConstant) constant += slopes[k].Slope.Value;
                else sum += slopes[k].Slope;
            }
            sum += constant;
            if (!(sum.IsConstant && sum.Value == 0)) row.Add((column, sum));
        }
        return row;
    }

    /// <summary>The terms of a sum of sums, in the order written.</summary>
    private IEnumerable<(bool IsNegative, Expression Term)> Terms(Expression sum)
    {
        open.Push((false, sum));
        while (open.TryPop(out var item))
        {
            var (negative, node) = item;
            switch (node.Operation)
            {
                case Operation.Add:
                    for (int i = node.Operands.Length - 1; i >= 0; i--) open.Push((negative, node.Operands[i]));
                    break;
                case Operation.Subtract:
                    open.Push((!negative, node.Operands[1]));
                    open.Push((negative, node.Operands[0]));
                    break;
                case Operation.Negate:
                    open.Push((!negative, node.Operands[0]));
                    break;
                default:
                    yield return (negative, node);
                    break;
            }
        }
    }
}
