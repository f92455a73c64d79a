namespace Protonmotive.Solvers;

/// <summary>The conditions on the coefficients of a one-step method that give it its order.</summary>
/// <remarks>
/// Hairer, Nørsett and Wanner (1993), Solving ODEs I, II.2 (Runge–Kutta); Hairer and Wanner (1996), Solving ODEs II, IV.7,
/// (7.11)–(7.15) (Rosenbrock). Both have one condition for each rooted tree: Σ bᵢ Φᵢ(t) = 1/γ(t), where a vertex with a
/// single child sums over β = α + γ and a vertex with several over α; for Runge–Kutta methods α = β = a.
/// </remarks>
internal static class OrderConditions
{
    /// <summary>
    /// Largest residual that rounding explains: coefficients are published with 14 to 17 digits and conditions sum products
    /// of numbers up to about 200.
    /// </summary>
    private const double Rounding = 2e-11;

    /// <summary>Throws where a condition up to <paramref name="order"/> is not met at the relative time θ of the step.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="weights">What the weights give: solution, embedded solution, dense output.</param>
    /// <param name="alpha">αᵢⱼ, shape [stages, stages].</param>
    /// <param name="beta">βᵢⱼ = αᵢⱼ + γᵢⱼ, shape [stages, stages].</param>
    /// <param name="b">Weights at θ, shape [stages].</param>
    /// <param name="order">Order to check.</param>
    /// <param name="theta">1 for the end of the step.</param>
    /// <exception cref="TableauException">A condition is not met; it is named by its tree.</exception>
    public static void Check(string method, string weights, double[,] alpha, double[,] beta, ReadOnlySpan<double> b, int order, double theta = 1)
    {
        foreach (var tree in RootedTree.UpTo(order))
        {
            var phi = Stages(tree, alpha, beta);
            double sum = 0;
            for (int i = 0; i < b.Length; i++) sum += b[i] * phi[i];
            double residual = sum - Math.Pow(theta, tree.Order) / tree.Density;
            if (Math.Abs(residual) <= Rounding) continue;
            throw new TableauException(
                $"The {weights} of {method} misses a condition of order {tree.Order} by {residual:g3}.",
                $"Rooted tree {tree}, relative time {theta:g3}.",
                "A coefficient differs from the published one: compare the tableau with its source.");
        }
    }

    // Φᵢ(t) for every stage.
    private static double[] Stages(RootedTree tree, double[,] alpha, double[,] beta)
    {
        int s = alpha.GetLength(0);
        var phi = new double[s];
        Array.Fill(phi, 1);
        var matrix = tree.Children.Length == 1 ? beta : alpha;
        foreach (var child in tree.Children)
        {
            var inner = Stages(child, alpha, beta);
            for (int i = 0; i < s; i++)
            {
                double sum = 0;
                for (int j = 0; j < s; j++) sum += matrix[i, j] * inner[j];
                phi[i] *= sum;
            }
        }

        return phi;
    }
}
