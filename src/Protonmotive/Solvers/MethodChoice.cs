namespace Protonmotive.Solvers;

/// <summary>A method that a solve uses from some time on, and why.</summary>
/// <param name="Time">From when.</param>
/// <param name="Method">Which.</param>
/// <param name="Solver">How its linear systems are solved; direct for explicit methods, which have none.</param>
/// <param name="Reason">In words.</param>
public sealed record MethodChoice(double Time, Method Method, LinearSolver Solver, string Reason)
{
    /// <summary>Time, method and reason in one line.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Method.Name}{(Method.IsImplicit && Solver != LinearSolver.Direct ? $" with {(Solver == LinearSolver.Krylov ? "GMRES" : "matrix-free GMRES")}" : "")} from t = {Time:g6}: {Reason}");
}
