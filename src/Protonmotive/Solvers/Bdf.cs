using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>
/// Backward differentiation formulas of orders 1 to 5 with variable step and order, in fixed-leading-coefficient form: a few
/// evaluations of f a step and few factorisations. For large stiff systems at moderate tolerances.
/// </summary>
/// <remarks>
/// Gear (1971), Numerical Initial Value Problems in Ordinary Differential Equations; Jackson and Sacks-Davis (1980), ACM Trans.
/// Math. Softw. 6, 295 (fixed leading coefficient); Brown, Byrne and Hindmarsh (1989), SIAM J. Sci. Stat. Comput. 10, 1038
/// (VODE); Hindmarsh et al. (2005), ACM Trans. Math. Softw. 31, 363 (CVODE: constants of the error tests and of the iteration).
/// </remarks>
public sealed class Bdf : Method
{
    /// <summary>Highest order.</summary>
    public const int MaximumOrder = 5;

    /// <inheritdoc/>
    public override string Name => "BDF";

    /// <summary>The highest order, 5; a step's own order is chosen with it.</summary>
    public override int Order => MaximumOrder;

    /// <inheritdoc/>
    public override int EmbeddedOrder => MaximumOrder;

    /// <inheritdoc/>
    public override int DenseOrder => MaximumOrder;

    /// <summary>One: the correction of the predicted state.</summary>
    public override int StageCount => 1;

    /// <inheritdoc/>
    public override bool IsImplicit => true;

    /// <inheritdoc/>
    public override int StartOrder => 1;

    /// <inheritdoc/>
    public override Stepper CreateStepper(IDifferentialSystem system, ErrorNorm norm) => new BdfStepper(system, norm);

    /// <inheritdoc/>
    internal override IStepController CreateController(Stepper stepper) => (BdfStepper)stepper;
}
