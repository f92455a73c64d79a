using Google.OrTools.LinearSolver;

namespace Protonmotive.FluxBalance.Programs;

/// <summary>
/// A linear program: variables between bounds, rows between bounds, a linear objective. Solved by the simplex method of GLOP, which
/// starts from the last basis when the program is solved again. The only type that touches native code.
/// </summary>
internal sealed class LinearProgram : IDisposable
{
    /// <summary>Largest violation of a bound or row, and smallest reduced cost that counts, both in the scaled program.</summary>
    public const double SolverTolerance = 1e-9;

    private readonly Solver solver;
    private readonly List<Variable> variables = [];
    private readonly List<(double Lower, double Upper)> bounds = [];
    private readonly List<Constraint> rows = [];
    private readonly List<(double Lower, double Upper, (int Variable, double Coefficient)[] Terms)> contents = [];
    private List<(int Variable, double Coefficient)> objective = [];

    /// <exception cref="FluxBalanceException">The native library can't be loaded.</exception>
    public LinearProgram()
    {
        try
        {
            solver = Solver.CreateSolver("GLOP");
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new FluxBalanceException(
                $"The library of linear programs can't be loaded: {(e.InnerException ?? e).Message}",
                "google-ortools-native of Google.OrTools",
                "Restore and build on the system that runs it (linux-x64, linux-arm64, osx-x64, osx-arm64, win-x64), or restore with -p:OrToolsForAllSystems=true.", e);
        }
        SetParameters(preprocessing: false);
    }

    /// <summary>Number of variables.</summary>
    public int VariableCount => variables.Count;

    /// <summary>Number of rows.</summary>
    public int RowCount => rows.Count;

    /// <summary>Whether the objective is maximised.</summary>
    public bool Maximize { get; private set; }

    /// <summary>The objective.</summary>
    public IReadOnlyList<(int Variable, double Coefficient)> Objective => objective;

    /// <summary>Bounds of a variable.</summary>
    public (double Lower, double Upper) Bounds(int variable) => bounds[variable];

    /// <summary>Bounds and terms of a row.</summary>
    public (double Lower, double Upper, (int Variable, double Coefficient)[] Terms) Row(int row) => contents[row];

    /// <summary>Adds a variable between two bounds.</summary>
    public int AddVariable(double lower, double upper)
    {
        variables.Add(solver.MakeNumVar(lower, upper, ""));
        bounds.Add((lower, upper));
        return variables.Count - 1;
    }

    /// <summary>Adds a row between two bounds. Terms of the same variable add up.</summary>
    public int AddRow(double lower, double upper, IEnumerable<(int Variable, double Coefficient)> terms)
    {
        var row = solver.MakeConstraint(lower, upper, "");
        var sum = Sum(terms).ToArray();
        foreach (var (variable, coefficient) in sum) row.SetCoefficient(variables[variable], coefficient);
        rows.Add(row);
        contents.Add((lower, upper, sum));
        return rows.Count - 1;
    }

    /// <summary>Sets the objective in place of an earlier one.</summary>
    public void SetObjective(IEnumerable<(int Variable, double Coefficient)> terms, bool maximize)
    {
        objective = [.. Sum(terms)];
        Maximize = maximize;
    }

    /// <summary>Solves it.</summary>
    /// <exception cref="FluxBalanceException">The solver gives up.</exception>
    public LinearStatus Solve()
    {
        var status = Run(objective);
        if (status is not (Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.INFEASIBLE or Solver.ResultStatus.UNBOUNDED))
        {
            // Rounding has led it astray: once more, anew and with the program simplified first.
            solver.Reset();
            SetParameters(preprocessing: true);
            status = Run(objective);
            SetParameters(preprocessing: false);
        }
        if (status == Solver.ResultStatus.OPTIMAL) return LinearStatus.Optimal;
        if (status is Solver.ResultStatus.INFEASIBLE or Solver.ResultStatus.UNBOUNDED)
        {
            // The solver may not tell infeasible from unbounded, and a start from an old basis may lose a narrow feasible region to
            // rounding: a program without objective, started anew, tells.
            solver.Reset();
            var feasible = Run([]);
            if (feasible == Solver.ResultStatus.INFEASIBLE) return LinearStatus.Infeasible;
            if (feasible == Solver.ResultStatus.OPTIMAL) return Run(objective) == Solver.ResultStatus.OPTIMAL ? LinearStatus.Optimal : LinearStatus.Unbounded;
        }
        throw new FluxBalanceException(
            $"The linear program could not be solved: GLOP ended with {status}.",
            $"{variables.Count} variables, {rows.Count} rows",
            "Look for coefficients or bounds of very different size, such as 1e-9 beside 1e9, and write INF for bounds that are none.");
    }

    /// <summary>Value of the objective, after an optimal solve.</summary>
    public double ObjectiveValue => objective.Sum(t => t.Coefficient * Value(t.Variable));

    /// <summary>Value of a variable, after an optimal solve.</summary>
    public double Value(int variable) => variables[variable].SolutionValue() + 0.0; // −0 becomes 0

    /// <summary>Change of the optimum per unit that the variable is pushed, after an optimal solve.</summary>
    public double ReducedCost(int variable) => variables[variable].ReducedCost() + 0.0;

    /// <summary>Change of the optimum per unit of the row's bound, after an optimal solve.</summary>
    public double Dual(int row) => rows[row].DualValue() + 0.0;

    /// <inheritdoc/>
    public void Dispose() => solver.Dispose();

    /// <summary>
    /// Preprocessing is off: it throws the last basis away, and on ranges of a genome-scale network it ended in an abnormal state where
    /// the plain method went through.
    /// </summary>
    private void SetParameters(bool preprocessing) => solver.SetSolverSpecificParametersAsString(FormattableString.Invariant(
        $"primal_feasibility_tolerance: {SolverTolerance:g} dual_feasibility_tolerance: {SolverTolerance:g} use_preprocessing: {(preprocessing ? "true" : "false")}"));

    private Solver.ResultStatus Run(List<(int Variable, double Coefficient)> terms)
    {
        var target = solver.Objective();
        target.Clear();
        foreach (var (variable, coefficient) in terms) target.SetCoefficient(variables[variable], coefficient);
        target.SetOptimizationDirection(Maximize);
        return solver.Solve();
    }

    private static IEnumerable<(int Variable, double Coefficient)> Sum(IEnumerable<(int Variable, double Coefficient)> terms) =>
        terms.GroupBy(t => t.Variable).Select(g => (g.Key, g.Sum(t => t.Coefficient)));
}
