namespace Protonmotive.FluxBalance.Programs;

/// <summary>
/// A linear program with variables that stay above squares, t ≥ w². Solved by cutting planes: each linear solution that breaks
/// t ≥ w² adds the tangent there, t ≥ 2 w₀ w − w₀², until none is broken by more than <see cref="Gap"/>.
/// </summary>
/// <remarks>Kelley (1960), The cutting-plane method for solving convex programs, J SIAM 8:703.</remarks>
internal sealed class ConvexProgram : IDisposable
{
    /// <summary>
    /// Largest w² − t accepted, relative to 1 + w²: a few times the tolerance to which the solver keeps a tangent. A flux that enters
    /// only as a square is good to its root, since the square is flat at its minimum; a refinement brings it closer.
    /// </summary>
    public const double Gap = 5e-9;

    private const int LargestCount = 500;
    private static readonly double[] firstTangents = [-1e3, -1, 1, 1e3];
    private readonly List<(int Root, int Square)> squares = [];
    private readonly HashSet<int> tangents = [];
    private Refinement? refinement;

    /// <summary>The linear program below it.</summary>
    public LinearProgram Linear { get; } = new();

    /// <summary>Value of a variable, after an optimal solve.</summary>
    public double Value(int variable) => refinement?.Value(variable) ?? Linear.Value(variable);

    /// <summary>Change of the optimum per unit that the variable is pushed, after an optimal solve.</summary>
    public double ReducedCost(int variable) => refinement?.ReducedCost(variable) ?? Linear.ReducedCost(variable);

    /// <summary>Change of the optimum per unit of the row's bound, after an optimal solve.</summary>
    public double Dual(int row) => refinement?.Dual(row) ?? Linear.Dual(row);

    /// <summary>Adds a variable that stays above the square of a linear form.</summary>
    public int AddSquare((int Variable, double Coefficient)[] form)
    {
        int root = Linear.AddVariable(double.NegativeInfinity, double.PositiveInfinity);
        int square = Linear.AddVariable(0, double.PositiveInfinity);
        Linear.AddRow(0, 0, [.. form, (root, -1)]);
        squares.Add((root, square));
        foreach (double w in firstTangents) AddTangent(root, square, w);
        return square;
    }

    /// <summary>Solves it, and refines it where squares stand in the objective alone.</summary>
    /// <exception cref="FluxBalanceException">The solver gives up, or the tangents do not close in.</exception>
    public LinearStatus Solve()
    {
        refinement = null;
        var status = Close();
        if (status == LinearStatus.Optimal && squares.Count > 0) refinement = Refinement.Of(Linear, squares, tangents);
        return status;
    }

    /// <summary>Adds tangents until none is broken.</summary>
    /// <exception cref="FluxBalanceException">The solver gives up, or the tangents do not close in.</exception>
    internal LinearStatus Close()
    {
        double reach = 1e3;
        for (int round = 0; round < LargestCount; round++)
        {
            var status = Linear.Solve();
            if (status == LinearStatus.Infeasible || squares.Count == 0) return status;
            if (status == LinearStatus.Unbounded)
            {
                // Steeper tangents may still hold it; where the steepest do not, no square grows along the way out.
                if (reach > 1e9) return status;
                reach *= 1e3;
                foreach (var (root, square) in squares)
                {
                    AddTangent(root, square, reach);
                    AddTangent(root, square, -reach);
                }
                continue;
            }
            var broken = squares.Select(s => (s.Root, s.Square, W: Linear.Value(s.Root), T: Linear.Value(s.Square)))
                .Where(s => (s.W * s.W) - s.T > Gap * (1 + (s.W * s.W))).ToList();
            if (broken.Count == 0) return status;
            foreach (var (root, square, w, _) in broken) AddTangent(root, square, w);
        }
        throw new FluxBalanceException($"The tangents of the quadratic terms did not close in within {LargestCount} rounds.", $"{squares.Count} squares", "Scale the quadratic coefficients nearer to 1.");
    }

    /// <inheritdoc/>
    public void Dispose() => Linear.Dispose();

    private void AddTangent(int root, int square, double w) => tangents.Add(Linear.AddRow(-w * w, double.PositiveInfinity, [(square, 1), (root, -2 * w)]));
}
