namespace Protonmotive.Symbolics;
/// <summary>Prints expressions.</summary>
public static class Infix { /// <summary>Prints.</summary>
 public static string Print(Expression e) => e.Operation.ToString(); }
