namespace Protonmotive.Solvers;

/// <summary>How the linear systems of implicit methods are solved.</summary>
public enum LinearSolver
{
    /// <summary>Direct, unless the cost of the factors says otherwise (<see cref="LinearSolverChoice"/>).</summary>
    Automatic,

    /// <summary>Sparse LU in a fixed order of pivots, with pivoting where that loses digits.</summary>
    Direct,

    /// <summary>GMRES with an incomplete LU as preconditioner and products with the exact sparse Jacobian: no fill.</summary>
    Krylov,

    /// <summary>GMRES with the same preconditioner, but products with ∂f/∂y by differences of f at the present state.</summary>
    MatrixFreeKrylov,
}
