namespace Protonmotive.FluxBalance.Programs;

/// <summary>Splits a quadratic form into a sum of squares of linear forms.</summary>
internal static class QuadraticForm
{
    /// <summary>
    /// Σ c · x · y as Σ (l · x)², by Cholesky's factorization with pivots; null where the form takes negative values, that is, where
    /// it is not convex. A pivot below 1e-12 of the largest entry counts as zero.
    /// </summary>
    /// <remarks>Higham (2009), Cholesky factorization, Wiley Interdiscip Rev Comput Stat 1:251: complete pivoting of a semidefinite matrix.</remarks>
    public static List<(int Variable, double Coefficient)[]>? Squares(IEnumerable<(int First, int Second, double Coefficient)> terms)
    {
        var matrix = new SortedDictionary<int, SortedDictionary<int, double>>();
        foreach (var (i, j, c) in terms)
        {
            Add(i, j, c / 2);
            Add(j, i, c / 2);
        }
        double zero = 1e-12 * matrix.Values.SelectMany(r => r.Values).Select(Math.Abs).DefaultIfEmpty().Max();
        var squares = new List<(int, double)[]>();
        while (matrix.Count > 0)
        {
            int pivot = matrix.MaxBy(r => r.Value.GetValueOrDefault(r.Key)).Key;
            double d = matrix[pivot].GetValueOrDefault(pivot);
            if (d <= zero) return matrix.Values.SelectMany(r => r.Values).All(c => Math.Abs(c) <= zero) ? squares : null;
            var row = matrix[pivot].Select(e => (e.Key, e.Value / Math.Sqrt(d))).ToArray();
            squares.Add(row);
            foreach (var (i, a) in row)
                foreach (var (j, b) in row)
                    if (i != pivot && j != pivot) Add(i, j, -a * b);
            foreach (var (i, _) in row) matrix[i].Remove(pivot);
            matrix.Remove(pivot);
        }
        return squares;

        void Add(int i, int j, double c)
        {
            if (!matrix.TryGetValue(i, out var row)) matrix[i] = row = [];
            row[j] = row.GetValueOrDefault(j) + c;
        }
    }
}
