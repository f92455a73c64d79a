using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>
/// Chooses the method: explicit while the system is not stiff, a Rosenbrock method by tolerance where it is, BDF where factors
/// are too dear. <see cref="Solution.Choices"/> says what was chosen, when, and why.
/// </summary>
/// <remarks>
/// The start is judged by the largest rate of the Jacobian (a few power iterations): at about 3.3 rates a step an explicit
/// method needs rate·span/3.3 steps. Later, the same estimate every twenty steps tells when stability begins to
/// limit them; the solve goes on by the stiff method then.
/// </remarks>
public sealed class Automatic : Method
{
    private static readonly Rodas5P stand = new();

    /// <inheritdoc/>
    public override string Name => "automatic";

    /// <inheritdoc/>
    public override int Order => stand.Order;

    /// <inheritdoc/>
    public override int EmbeddedOrder => stand.EmbeddedOrder;

    /// <inheritdoc/>
    public override int DenseOrder => stand.DenseOrder;

    /// <inheritdoc/>
    public override int StageCount => stand.StageCount;

    /// <inheritdoc/>
    public override bool IsImplicit => true;

    /// <summary>A stepper of Rodas5P: outside a solve there is nothing to choose by.</summary>
    public override Stepper CreateStepper(IDifferentialSystem system, ErrorNorm norm) => stand.CreateStepper(system, norm);
}
