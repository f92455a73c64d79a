using System.Collections.Immutable;

namespace Protonmotive.Solvers;

/// <summary>
/// An explicit Runge–Kutta pair whose last stage is the first of the next step: kᵢ = f(t + cᵢ h, y + h Σ aᵢⱼ kⱼ),
/// y(t + h) = y + h Σ bⱼ kⱼ with b the last row of a.
/// </summary>
/// <remarks>The conditions of the stated orders, of the solution, the error estimate and the dense output, are checked when it is built.</remarks>
public sealed class ButcherTableau
{
    /// <summary>Makes and checks the tableau.</summary>
    /// <param name="name">Published name of the method.</param>
    /// <param name="order">Order of the solution.</param>
    /// <param name="embeddedOrder">Order of the embedded solution, b − e.</param>
    /// <param name="denseOrder">Order of the dense output.</param>
    /// <param name="a">Rows 2 to s of the strictly lower triangle; row i holds i numbers. The last row is b.</param>
    /// <param name="nodes">cᵢ, shape [s].</param>
    /// <param name="errorWeights">e: the error estimate is h Σ eⱼ kⱼ, shape [s].</param>
    /// <param name="polynomials">For each stage the coefficients of θ, θ², … in bⱼ(θ), shape [s][degree].</param>
    /// <exception cref="TableauException">A coefficient is wrong.</exception>
    public ButcherTableau(string name, int order, int embeddedOrder, int denseOrder, double[][] a, double[] nodes, double[] errorWeights, double[][] polynomials)
    {
        int s = nodes.Length;
        Name = name;
        Order = order;
        EmbeddedOrder = embeddedOrder;
        DenseOrder = denseOrder;
        StageCount = s;
        Nodes = [.. nodes];
        ErrorWeights = [.. errorWeights];

        var full = new double[s, s];
        for (int i = 0; i < s; i++)
        {
            double sum = 0;
            for (int j = 0; j < i; j++) sum += full[i, j] = a[i - 1][j];
            if (Math.Abs(sum - nodes[i]) > 1e-14)
                throw new TableauException($"Row {i + 1} of {name} sums to {sum:r}, not to its node {nodes[i]:r}.", $"Stage {i + 1}.", "Compare the tableau with its source.");
        }

        A = [.. full.Cast<double>()];
        var b = Enumerable.Range(0, s).Select(j => full[s - 1, j]).ToArray();
        Weights = [.. b];
        OrderConditions.Check(name, "solution", full, full, b, order);
        OrderConditions.Check(name, "embedded solution", full, full, b.Zip(errorWeights, (x, e) => x - e).ToArray(), embeddedOrder);

        int degree = polynomials[0].Length;
        for (double theta = 0.25; theta <= 1; theta += 0.25)
        {
            double power = theta;
            OrderConditions.Check(name, "dense output", full, full, polynomials.Select(p => Polynomial(p, power)).ToArray(), denseOrder, theta);
        }

        // bⱼ(θ) = θ bⱼ + θ(1 − θ)(d₁ + θ d₂ + …): d_k = −Σ_{m > k} (coefficient of θ^m).
        var dense = new double[degree - 1, s];
        for (int j = 0; j < s; j++)
        {
            for (int k = 0; k < degree - 1; k++)
                for (int m = k + 1; m < degree; m++) dense[k, j] -= polynomials[j][m];
            if (Math.Abs(Polynomial(polynomials[j], 1) - b[j]) > 1e-13)
                throw new TableauException($"The dense output of {name} does not end in its solution.", $"Stage {j + 1}.", "Compare the tableau with its source.");
        }

        Dense = [.. dense.Cast<double>()];
        DenseCount = degree - 1;
    }

    /// <summary>Published name of the method.</summary>
    public string Name { get; }

    /// <summary>Order of the solution.</summary>
    public int Order { get; }

    /// <summary>Order of the embedded solution.</summary>
    public int EmbeddedOrder { get; }

    /// <summary>Order of the dense output.</summary>
    public int DenseOrder { get; }

    /// <summary>Number of stages s, the one that the next step reuses included.</summary>
    public int StageCount { get; }

    /// <summary>aᵢⱼ by rows, shape [s·s].</summary>
    public ImmutableArray<double> A { get; }

    /// <summary>bⱼ, shape [s].</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>cᵢ, shape [s].</summary>
    public ImmutableArray<double> Nodes { get; }

    /// <summary>eⱼ, shape [s].</summary>
    public ImmutableArray<double> ErrorWeights { get; }

    /// <summary>Rows d₁, d₂, … of the dense output (<see cref="Interpolant"/>), shape [DenseCount·s].</summary>
    public ImmutableArray<double> Dense { get; }

    /// <summary>Number of rows of <see cref="Dense"/>.</summary>
    public int DenseCount { get; }

    private static double Polynomial(double[] coefficients, double theta)
    {
        double value = 0;
        for (int m = coefficients.Length - 1; m >= 0; m--) value = (value + coefficients[m]) * theta;
        return value;
    }
}
