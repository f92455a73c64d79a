namespace Protonmotive.FluxBalance.Programs;

/// <summary>The program of a model: a variable for each flux and free variable, a row for each balance and each constraint.</summary>
internal sealed class FluxProgram : IDisposable
{
    private readonly FluxBalanceModel model;
    private readonly BoundTreatment treatment;
    private readonly Dictionary<string, int> variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> balances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> constraints = new(StringComparer.Ordinal);
    private readonly List<Slack> slacks = [];

    /// <exception cref="FluxBalanceException">A quadratic term is not convex.</exception>
    public FluxProgram(FluxBalanceModel model, BoundTreatment treatment = BoundTreatment.Held)
    {
        this.model = model;
        this.treatment = treatment;
        foreach (var reaction in model.Reactions) variables[reaction.Id] = AddBounded(reaction);
        foreach (var free in model.FreeVariables) variables[free] = treatment == BoundTreatment.Directions ? Linear.AddVariable(-1, 1) : Linear.AddVariable(double.NegativeInfinity, double.PositiveInfinity);
        AddBalances();
        foreach (var constraint in model.Constraints) AddConstraint(constraint);
    }

    /// <summary>The program with its squares.</summary>
    public ConvexProgram Convex { get; } = new();

    /// <summary>What a bound had to give, in a program of relaxed bounds.</summary>
    public IReadOnlyList<Slack> Slacks => slacks;

    private LinearProgram Linear => Convex.Linear;

    /// <summary>Variable of a reaction or free variable.</summary>
    public int Variable(string id) => variables[id];

    /// <summary>Value of a flux or free variable, after an optimal solve.</summary>
    public double Value(string id) => Convex.Value(variables[id]);

    /// <summary>Dual value of a species' balance, after an optimal solve; 0 for one that is not balanced.</summary>
    public double BalancePrice(string species) => balances.TryGetValue(species, out int row) ? Convex.Dual(row) : 0;

    /// <summary>Dual value of a constraint, after an optimal solve.</summary>
    public double ConstraintPrice(string id) => Convex.Dual(constraints[id]);

    /// <summary>The terms of a sum, linear in variables of the program: quadratic terms become variables above squares.</summary>
    /// <param name="terms">The sum.</param>
    /// <param name="up">Whether the sum is pushed up (a maximum, a lower bound): its quadratic part must then be concave.</param>
    /// <param name="where">For errors.</param>
    /// <exception cref="FluxBalanceException">The quadratic part bends the wrong way.</exception>
    public List<(int Variable, double Coefficient)> Terms(IReadOnlyCollection<FluxTerm> terms, bool up, string where)
    {
        if (terms.FirstOrDefault(t => !double.IsFinite(t.Coefficient)) is { } bad) throw new FluxBalanceException($"The coefficient of '{bad.Variable}' is {bad.Coefficient:g}.", where, "Give a finite number.");
        var sum = terms.Where(t => t.Second is null).Select(t => (Known(t.Variable, where), t.Coefficient)).ToList();
        var quadratic = terms.Where(t => t.Second is not null && t.Coefficient != 0).ToList();
        if (quadratic.Count == 0) return sum;
        double sign = up ? -1 : 1;
        var squares = QuadraticForm.Squares(quadratic.Select(t => (Known(t.Variable, where), Known(t.Second!, where), sign * t.Coefficient)))
            ?? throw new FluxBalanceException(
                $"The quadratic terms {string.Join(" + ", quadratic.Take(4))}{(quadratic.Count > 4 ? " + …" : "")} are not {(up ? "concave" : "convex")}.",
                where,
                up ? "A maximum or lower bound needs quadratic terms that are nowhere positive; minimise instead, or change their signs." : "A minimum or upper bound needs quadratic terms that are nowhere negative; maximise instead, or change their signs.");
        foreach (var form in squares)
        {
            if (treatment == BoundTreatment.Directions) Linear.AddRow(0, 0, form);
            else sum.Add((Convex.AddSquare(form), sign));
        }
        return sum;
    }

    /// <inheritdoc/>
    public void Dispose() => Convex.Dispose();

    private int Known(string id, string where) => variables.TryGetValue(id, out int variable) ? variable
        : throw new FluxBalanceException($"A term names '{id}', which is no reaction or free variable of the model.", where, "Mend its spelling.");

    private int AddBounded(FluxBalanceReaction reaction)
    {
        var (low, high) = (reaction.LowerBound, reaction.UpperBound);
        if (double.IsNaN(low) || double.IsNaN(high)) throw new FluxBalanceException("A bound is NaN.", $"reaction '{reaction.Id}'", "Give a number, or an infinity for no bound.");
        if (treatment == BoundTreatment.Held) return Linear.AddVariable(low, high);
        if (treatment == BoundTreatment.Directions) return Linear.AddVariable(double.IsInfinity(low) ? -1 : 0, double.IsInfinity(high) ? 1 : 0);
        int flux = Linear.AddVariable(double.NegativeInfinity, double.PositiveInfinity);
        Relax(reaction.Id, low, high, [(flux, 1)]);
        return flux;
    }

    private void AddBalances()
    {
        var rows = new Dictionary<string, List<(int, double)>>(StringComparer.Ordinal);
        foreach (var reaction in model.Reactions)
        {
            foreach (var (species, coefficient) in reaction.Stoichiometry)
            {
                if (!rows.TryGetValue(species, out var row)) rows[species] = row = [];
                if (!double.IsFinite(coefficient)) throw new FluxBalanceException($"The stoichiometry of '{species}' is {coefficient:g}.", $"reaction '{reaction.Id}'", "Give a finite number.");
                if (coefficient != 0) row.Add((variables[reaction.Id], coefficient));
            }
        }
        foreach (var species in model.Species)
            if (!species.IsBoundary && rows.TryGetValue(species.Id, out var row)) balances[species.Id] = Linear.AddRow(0, 0, row);
    }

    private void AddConstraint(FluxConstraint constraint)
    {
        var (low, high) = (constraint.LowerBound, constraint.UpperBound);
        bool quadratic = constraint.Terms.Any(t => t.Second is not null);
        var where = $"constraint '{constraint.Id}'";
        if (quadratic && double.IsFinite(low) && double.IsFinite(high)) throw new FluxBalanceException("A quadratic constraint has a lower and an upper bound: what lies between is not convex.", where, "Give it one bound; the other parameter may be INF or -INF.");
        var terms = Terms(constraint.Terms, up: quadratic && double.IsFinite(low), where);
        if (treatment == BoundTreatment.Relaxed) Relax(constraint.Id, low, high, terms);
        else if (treatment == BoundTreatment.Directions) Linear.AddRow(double.IsInfinity(low) ? low : 0, double.IsInfinity(high) ? high : 0, terms);
        else constraints[constraint.Id] = Linear.AddRow(low, high, terms);
    }

    private void Relax(string id, double low, double high, IReadOnlyCollection<(int, double)> terms)
    {
        if (double.IsFinite(low))
        {
            slacks.Add(new Slack(id, low, Linear.AddVariable(0, double.PositiveInfinity), IsUpper: false));
            Linear.AddRow(low, double.PositiveInfinity, [.. terms, (slacks[^1].Variable, 1)]);
        }
        if (double.IsFinite(high))
        {
            slacks.Add(new Slack(id, high, Linear.AddVariable(0, double.PositiveInfinity), IsUpper: true));
            Linear.AddRow(double.NegativeInfinity, high, [.. terms, (slacks[^1].Variable, -1)]);
        }
    }

    /// <summary>How far a bound gives in a relaxed program.</summary>
    internal sealed record Slack(string Id, double Bound, int Variable, bool IsUpper);
}
