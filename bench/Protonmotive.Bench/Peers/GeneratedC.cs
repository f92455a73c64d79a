using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Bench.Peers;

/// <summary>
/// An equation system as C for the drivers in bench/sundials: rates and exact sparse Jacobian, and on request their products with an
/// adjoint from the left; shared parts computed once.
/// </summary>
internal sealed partial class GeneratedC
{
    private const int StatementsAFunction = 800;

    private readonly Dictionary<string, string> names = [];
    private readonly Dictionary<Expression, string> stored = [];
    private readonly Dictionary<Expression, bool> moves = [];
    private readonly StringBuilder text = new();
    private readonly List<string> prologue = [];
    private int slots, values;

    private GeneratedC()
    {
    }

    /// <summary>The C source of a system.</summary>
    /// <param name="system">Its equations; no modes, events, delays.</param>
    /// <param name="start">Initial state.</param>
    /// <param name="parameters">Parameter values.</param>
    /// <param name="withAdjoints">Whether the products with an adjoint are written too, for cvodes_adjoint_driver.c.</param>
    public static string Write(EquationSystem system, double[] start, double[] parameters, bool withAdjoints = false) => new GeneratedC().Text(system, start, parameters, withAdjoints);

    private string Text(EquationSystem system, double[] start, double[] parameters, bool withAdjoints)
    {
        int n = system.States.Length;
        for (int i = 0; i < n; i++) names[system.States[i].Name] = $"y[{i}]";
        for (int i = 0; i < system.Parameters.Length; i++) names[system.Parameters[i].Name] = $"problem_p[{i}]";
        var entries = new SortedDictionary<(int Column, int Row), Expression>();
        for (int i = 0; i < n; i++)
        {
            entries[(i, i)] = Expression.Zero;
            foreach (string symbol in system.States[i].Rate.Symbols())
            {
                int j = Index(system, symbol);
                if (j < 0) continue;
                var slope = system.States[i].Rate.Derivative(Expression.Symbol(symbol)).Simplify();
                if (!(slope.IsConstant && slope.Value == 0)) entries[(j, i)] = slope;
            }
        }
        const string Point = "double t, const double *restrict y, ", Adjoint = "const double *restrict l, ";
        var functions = new List<string>
        {
            Function("rates", $"{Point}double *restrict f", [.. system.States.Select(s => s.Rate)], "f"),
            Function("jacobian", $"{Point}double *restrict entries", [.. entries.Values], "entries"),
        };
        if (withAdjoints)
        {
            var products = new AdjointProducts(system);
            for (int i = 0; i < n; i++) names[AdjointProducts.Adjoint(i)] = $"l[{i}]";
            functions.Add(Function("state_adjoint", $"{Point}{Adjoint}double *restrict r", products.ByStates, "r", "l, "));
            functions.Add(Function("parameter_adjoint", $"{Point}{Adjoint}double *restrict q", products.ByLogarithmsOfParameters, "q", "l, "));
        }
        var starts = new int[n + 1];
        foreach (var (column, _) in entries.Keys) starts[column + 1]++;
        for (int j = 0; j < n; j++) starts[j + 1] += starts[j];
        text.AppendLine("#include <math.h>");
        text.AppendLine(CultureInfo.InvariantCulture, $"const int problem_states = {n}, problem_parameters = {system.Parameters.Length}, problem_entries = {entries.Count};");
        text.AppendLine($"const int problem_columns[] = {{{string.Join(',', starts)}}};");
        text.AppendLine($"const int problem_rows[] = {{{string.Join(',', entries.Keys.Select(k => k.Row))}}};");
        text.AppendLine($"double problem_p[] = {{{string.Join(',', parameters.Append(0).Select(Number))}}};");
        text.AppendLine($"const double problem_start[] = {{{string.Join(',', start.Take(n).Select(Number))}}};");
        text.AppendLine(CultureInfo.InvariantCulture, $"static double w[{slots + 1}], v[{values + 1}];");
        text.AppendLine("void problem_prologue(void) {");
        foreach (string line in prologue) text.AppendLine(line);
        text.AppendLine("}");
        foreach (string function in functions) text.Append(function);
        return text.ToString();
    }

    // One function that calls others of a few hundred statements each: the compiler's time grows faster than their length.
    private string Function(string name, string signature, Expression[] results, string target, string adjoint = "")
    {
        foreach (var e in stored.Where(e => Moves(e.Key)).Select(e => e.Key).ToList()) stored.Remove(e); // shared within a function only
        var uses = new Dictionary<Expression, int>();
        foreach (var result in results) Count(result, uses);
        var statements = new List<string>();
        for (int k = 0; k < results.Length; k++)
        {
            Store(results[k], uses, statements);
            statements.Add($"{target}[{k}] = {Print(results[k])};");
        }
        // Shared parts are local where one function holds all that use them, so that they can stay in registers.
        if (statements.Count <= StatementsAFunction)
            statements = [.. statements.Select(s => SharedPart().Replace(s.StartsWith('v') ? $"const double {s}" : s, "v$1"))];
        var text = new StringBuilder();
        int parts = 0;
        for (int from = 0; from < statements.Count; from += StatementsAFunction, parts++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"static void {name}_{parts}({signature}) {{ (void)t;");
            foreach (string statement in statements.Skip(from).Take(StatementsAFunction)) text.AppendLine(statement);
            text.AppendLine("}");
        }
        text.AppendLine(CultureInfo.InvariantCulture, $"void problem_{name}({signature}) {{");
        for (int k = 0; k < parts; k++) text.AppendLine(CultureInfo.InvariantCulture, $"{name}_{k}(t, y, {adjoint}{target});");
        return text.AppendLine("}").ToString();
    }

    private static void Count(Expression root, Dictionary<Expression, int> uses)
    {
        uses[root] = uses.GetValueOrDefault(root) + 1;
        if (uses[root] > 1) return;
        foreach (var operand in root.Operands) Count(operand, uses);
    }

    // What is used twice, or moves with nothing, gets a place of its own.
    private void Store(Expression node, Dictionary<Expression, int> uses, List<string> statements)
    {
        if (node.Operands.IsEmpty || stored.ContainsKey(node)) return;
        foreach (var operand in node.Operands) Store(operand, uses, statements);
        if (!Moves(node))
        {
            prologue.Add($"w[{slots}] = {Print(node)};");
            stored[node] = $"w[{slots++}]";
        }
        else if (uses[node] > 1)
        {
            statements.Add($"v[{values}] = {Print(node)};");
            stored[node] = $"v[{values++}]";
        }
    }

    private bool Moves(Expression node)
    {
        if (moves.TryGetValue(node, out bool known)) return known;
        bool result = node.Operation == Operation.Time || (node.Operation == Operation.Symbol && names[node.Name][0] is 'y' or 'l') || node.Operands.Any(Moves);
        moves[node] = result;
        return result;
    }

    private string Print(Expression node)
    {
        if (stored.TryGetValue(node, out string? place)) return place;
        string A(int i) => Print(node.Operands[i]);
        string All(string between) => $"({string.Join(between, node.Operands.Select(Print))})";
        return node.Operation switch
        {
            Operation.Constant => Number(node.Value),
            Operation.Symbol => names[node.Name],
            Operation.Time => "t",
            Operation.Add => All(" + "),
            Operation.Multiply => All("*"),
            Operation.Subtract => $"({A(0)} - {A(1)})",
            Operation.Divide => $"({A(0)}/{A(1)})",
            Operation.Negate => $"(-{A(0)})",
            Operation.Power when node.Operands[1].IsConstant && node.Operands[1].Value == 2 => $"({A(0)}*{A(0)})",
            Operation.Power => $"pow({A(0)}, {A(1)})",
            Operation.Exp => $"exp({A(0)})",
            Operation.Log => $"log({A(0)})",
            Operation.Sqrt => $"sqrt({A(0)})",
            Operation.Less => $"({A(0)} < {A(1)})",
            Operation.LessOrEqual => $"({A(0)} <= {A(1)})",
            Operation.Select or Operation.Branch => $"({A(0)} ? {A(1)} : {A(2)})",
            Operation.Max => $"fmax({A(0)}, {A(1)})",
            Operation.Min => $"fmin({A(0)}, {A(1)})",
            Operation.Abs => $"fabs({A(0)})",
            _ => throw new NotSupportedException($"The benchmark writes no C for {node.Operation}."),
        };
    }

    [GeneratedRegex(@"\bv\[(\d+)\]")]
    private static partial Regex SharedPart();

    private static int Index(EquationSystem system, string name)
    {
        for (int i = 0; i < system.States.Length; i++) if (system.States[i].Name == name) return i;
        return -1;
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture) is var s && s.AsSpan().IndexOfAny(".eE") >= 0 ? s : s + ".0";
}
