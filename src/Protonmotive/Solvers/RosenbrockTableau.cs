using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace Protonmotive.Solvers;

/// <summary>
/// A stiffly accurate Rosenbrock method in the form that needs no product with the Jacobian:
/// (M/(hγ) − J) Uᵢ = f(t + αᵢ h, y + Σ aᵢⱼ Uⱼ) + M Σ (cᵢⱼ/h) Uⱼ + h γᵢ ∂f/∂t, y(t + h) = y + Σ mⱼ Uⱼ.
/// </summary>
/// <remarks>
/// Hairer and Wanner (1996), Solving ODEs II, IV.7, (7.25)–(7.27). The conditions of the stated orders, of the solution, the
/// error estimate and the dense output, are checked on the original coefficients α, γ, b when the tableau is built.
/// </remarks>
public sealed class RosenbrockTableau
{
    /// <summary>Makes and checks the tableau.</summary>
    /// <param name="name">Published name of the method.</param>
    /// <param name="order">Order of the solution.</param>
    /// <param name="embeddedOrder">Order of the embedded solution, which leaves the last stage out.</param>
    /// <param name="denseOrder">Order of the dense output.</param>
    /// <param name="gamma">γ.</param>
    /// <param name="a">aᵢⱼ: rows 2 to s of the strictly lower triangle; row i holds i numbers.</param>
    /// <param name="c">cᵢⱼ: likewise.</param>
    /// <param name="nodes">αᵢ, shape [s].</param>
    /// <param name="timeWeights">γᵢ, shape [s].</param>
    /// <param name="dense">Rows d₁, d₂, … of the dense output (<see cref="Interpolant"/>), shape [rows][s].</param>
    /// <exception cref="TableauException">A coefficient is wrong.</exception>
    public RosenbrockTableau(string name, int order, int embeddedOrder, int denseOrder, double gamma, double[][] a, double[][] c, double[] nodes, double[] timeWeights, double[][] dense)
    {
        int s = nodes.Length;
        Name = name;
        Order = order;
        EmbeddedOrder = embeddedOrder;
        DenseOrder = denseOrder;
        StageCount = s;
        Gamma = gamma;
        Nodes = [.. nodes];
        TimeWeights = [.. timeWeights];
        Dense = [.. dense.SelectMany(row => row)];
        DenseCount = dense.Length;

        var lower = Matrix<double>.Build.Dense(s, s, (i, j) => j < i ? a[i - 1][j] : 0);
        var inner = Matrix<double>.Build.Dense(s, s, (i, j) => j < i ? c[i - 1][j] : 0);
        A = [.. lower.ToRowMajorArray()];
        C = [.. inner.ToRowMajorArray()];

        // Stiffly accurate with the error in the last stage: the last stage is solved at the embedded solution, so m is the
        // last row of a with a 1 for the last stage itself.
        var m = Vector<double>.Build.Dense(s, j => j == s - 1 ? 1 : lower[s - 1, j]);
        Weights = [.. m];

        Check(lower, inner, m, dense);
    }

    /// <summary>Published name of the method.</summary>
    public string Name { get; }

    /// <summary>Order of the solution.</summary>
    public int Order { get; }

    /// <summary>Order of the embedded solution.</summary>
    public int EmbeddedOrder { get; }

    /// <summary>Order of the dense output.</summary>
    public int DenseOrder { get; }

    /// <summary>Number of stages s.</summary>
    public int StageCount { get; }

    /// <summary>γ, the diagonal.</summary>
    public double Gamma { get; }

    /// <summary>aᵢⱼ by rows, shape [s·s].</summary>
    public ImmutableArray<double> A { get; }

    /// <summary>cᵢⱼ by rows, shape [s·s].</summary>
    public ImmutableArray<double> C { get; }

    /// <summary>mⱼ, shape [s]; the error estimate is the last stage.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>αᵢ, shape [s].</summary>
    public ImmutableArray<double> Nodes { get; }

    /// <summary>γᵢ, shape [s].</summary>
    public ImmutableArray<double> TimeWeights { get; }

    /// <summary>Rows d₁, d₂, … of the dense output, shape [DenseCount·s].</summary>
    public ImmutableArray<double> Dense { get; }

    /// <summary>Number of rows of <see cref="Dense"/>.</summary>
    public int DenseCount { get; }

    /// <summary>Whether the argument of a stage is that of the one before, plus a multiple of its result.</summary>
    internal bool Extends(int stage) => stage >= 2 && A.AsSpan(stage * StageCount, stage - 1).SequenceEqual(A.AsSpan((stage - 1) * StageCount, stage - 1));

    private void Check(Matrix<double> lower, Matrix<double> inner, Vector<double> m, double[][] dense)
    {
        // Back to the original coefficients: Γ = (I/γ − C)⁻¹, α = a Γ, b = m Γ.
        int s = StageCount;
        var Γ = (Matrix<double>.Build.DenseIdentity(s) / Gamma - inner).Inverse();
        var α = lower * Γ;
        var β = α + Γ;
        var b = m * Γ;
        for (int i = 0; i < s; i++)
        {
            CheckEqual(α.Row(i).Sum(), Nodes[i], $"αᵢ of stage {i + 1}");
            CheckEqual(Γ.Row(i).Sum(), TimeWeights[i], $"γᵢ of stage {i + 1}");
            CheckEqual(β[s - 1, i], b[i], $"β of the last stage, column {i + 1} (stiff accuracy)");
        }

        CheckEqual(Nodes[s - 1], 1, "α of the last stage (stiff accuracy)");
        var alpha = α.ToArray();
        var beta = β.ToArray();
        OrderConditions.Check(Name, "solution", alpha, beta, b.ToArray(), Order);
        OrderConditions.Check(Name, "embedded solution", alpha, beta, (b - Γ.Row(s - 1)).ToArray(), EmbeddedOrder);
        for (double θ = 0.25; θ < 1; θ += 0.25)
        {
            var weights = m * θ;
            for (int k = 0; k < dense.Length; k++)
                weights += θ * (1 - θ) * Math.Pow(θ, k) * Vector<double>.Build.Dense(dense[k]);
            OrderConditions.Check(Name, "dense output", alpha, beta, (weights * Γ).ToArray(), DenseOrder, θ);
            CheckAlgebraic(weights * Γ * β.Inverse(), α.RowSums(), θ);
        }
    }

    // For an algebraic component of index 1: Σ bᵢ(θ) ωᵢⱼ αⱼᵏ = θᵏ with ω = β⁻¹ (Hairer and Wanner, VI.4).
    private void CheckAlgebraic(Vector<double> weights, Vector<double> nodes, double θ)
    {
        for (int k = 2; k < DenseOrder; k++)
            CheckEqual(weights * nodes.PointwisePower(k), Math.Pow(θ, k), $"the dense output of an algebraic component at θ = {θ:g3}, power {k},");
    }

    private void CheckEqual(double value, double expected, string what)
    {
        // Published with 14 to 17 digits, of size up to about 20.
        if (Math.Abs(value - expected) <= 2e-12) return;
        throw new TableauException($"{Name}: {what} is {expected:r}, but the other coefficients give {value:r}.", $"Tableau of {Name}.", "Compare the tableau with its source.");
    }
}
