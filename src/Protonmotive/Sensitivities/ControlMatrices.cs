using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Sensitivities;

/// <summary>The linear algebra of control analysis at one steady state.</summary>
/// <remarks>
/// With f(x, p) = 0 on the independent states and G x = T(p) on the others, dx/dp solves [∂f/∂x; G] dx = [−∂f/∂p; dT/dp]; this is
/// Reder's −L (N_R ε L)⁻¹ N_R ∂v/∂p, for rules beside processes too. Control coefficients are responses to a factor on a rate.
/// </remarks>
internal sealed class ControlMatrices
{
    // A flux this small beside what it answers to its concentrations by is the rounding of an equilibrium.
    private const double Idle = 1e-9;

    private readonly Network network;
    private readonly EquationSystem system;
    private readonly SteadyStateResult steady;
    private readonly ImmutableArray<string> chosen, factors;
    private readonly ImmutableArray<SteadyValue> fluxes, quantities, values;
    private readonly double[] state, parameters;
    private readonly ExactSlopes slopes;
    private readonly ReducedNewton newton;
    private readonly ConservationLaws laws;
    private readonly int processes;

    public ControlMatrices(Network network, EquationSystem given, SteadyStateResult steady, ControlOptions options, ImmutableArray<string> factors, ImmutableArray<string> chosen)
    {
        this.network = network;
        this.steady = steady;
        this.chosen = chosen;
        this.factors = factors;
        system = RestSystem.Of(given);
        processes = network.Processes.Length;
        int n = system.States.Length;
        state = [.. steady.State];
        parameters = [.. steady.Parameters];
        var observables = system.Observables.ToDictionary(o => o.Name, StringComparer.Ordinal);
        var faces = network.Stores.ToDictionary(s => s.ContentName, s => s.Name, StringComparer.Ordinal);
        var shown = system.States.Select(s => faces.TryGetValue(s.Name, out var face) && observables.TryGetValue(face, out var o) ? o : new Observable(s.Name, s.Unit, Expression.Symbol(s.Name))).ToList();
        var flows = network.Processes.Select(p => observables[p.Name]).ToList();
        slopes = new ExactSlopes(system, flows.Concat(shown).Select(o => o.Value), factors.Concat(chosen), options.Overrides.Keys.ToHashSet(StringComparer.Ordinal));
        slopes.Evaluate(steady.IntegratedTime, state, parameters);
        fluxes = [.. flows.Select((o, i) => new SteadyValue(o.Name, slopes.Outputs[i], o.Unit))];
        quantities = [.. shown.Select((o, i) => new SteadyValue(o.Name, slopes.Outputs[processes + i], o.Unit))];
        values = [.. chosen.Select(name => Value(name))];
        var kernel = Kernel.Compile(system, KernelBackend.Interpreted);
        var instance = kernel.Bind(parameters);
        var rows = new double[Math.Max(1, steady.ConservedTotals.Length), n];
        for (int k = 0; k < steady.ConservedTotals.Length; k++) for (int j = 0; j < n; j++) rows[k, j] = steady.ConservedTotals[k].Coefficients[j];
        laws = ConservationLaws.From(rows);
        newton = new ReducedNewton(instance, n, steady.IntegratedTime, new ErrorNorm(options.Tolerance, kernel.AbsoluteScales(state, parameters), kernel.ScaleIndices, n), laws);
    }

    public ControlCoefficients Coefficients(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var responses = StateResponses();
        var outputs = SparseProduct.Of(slopes.OutputsByStates, responses, cancellation) + slopes.OutputsByParameters;
        var (elasticities, magnitudes) = Elasticities();
        cancellation.ThrowIfCancellationRequested();
        bool[] isIdle = [.. fluxes.Select((f, r) => !(Math.Abs(f.Value) > Idle * magnitudes[r]))];
        var names = fluxes.Select(f => f.Name).ToImmutableArray();
        var ones = Enumerable.Repeat(1.0, processes).ToArray();
        double[] flux = [.. fluxes.Select((f, r) => isIdle[r] ? double.NaN : f.Value)];
        double[] level = [.. quantities.Select(q => q.Value == 0 ? double.NaN : q.Value)];
        double[] value = [.. values.Select(v => v.Value)];
        int m = quantities.Length, q = chosen.Length;
        var fluxControl = Table("flux control coefficients", names, names, outputs.SubMatrix(0, processes, 0, processes), flux, ones);
        var levelControl = Table("concentration control coefficients", Names(quantities), names, m == 0 ? null : outputs.SubMatrix(processes, m, 0, processes), level, ones);
        return new ControlCoefficients
        {
            SteadyState = steady,
            Fluxes = fluxes,
            Quantities = quantities,
            Parameters = values,
            FluxControl = fluxControl,
            ConcentrationControl = levelControl,
            Elasticities = Table("elasticities", names, Names(quantities), elasticities, flux, [.. quantities.Select(s => s.Value)]),
            FluxResponse = Table("flux response coefficients", names, chosen, q == 0 ? null : outputs.SubMatrix(0, processes, processes, q), flux, value),
            ConcentrationResponse = Table("concentration response coefficients", Names(quantities), chosen, m == 0 || q == 0 ? null : outputs.SubMatrix(processes, m, processes, q), level, value),
            IdleFluxes = [.. fluxes.Where((_, r) => isIdle[r]).Select(f => f.Name)],
            FluxSummationResidual = Enumerable.Range(0, processes).Where(r => !isIdle[r]).Select(r => Math.Abs(Enumerable.Range(0, processes).Sum(c => fluxControl.Scaled(r, c)) - 1)).DefaultIfEmpty().Max(),
            ConcentrationSummationResidual = Enumerable.Range(0, m).Where(i => quantities[i].Value != 0).Select(i => Math.Abs(Enumerable.Range(0, processes).Sum(c => levelControl.Scaled(i, c)))).DefaultIfEmpty().Max(),
            ConnectivityResidual = Connectivity(responses),
            Notes = [.. Notes()],
        };
    }

    private SteadyValue Value(string name)
    {
        int i = 0;
        while (system.Parameters[i].Name != name) i++;
        return new SteadyValue(name, parameters[i], system.Parameters[i].Unit);
    }

    private static ImmutableArray<string> Names(ImmutableArray<SteadyValue> of) => [.. of.Select(v => v.Name)];

    // dx/dp, shape [states, factors then chosen parameters].
    private Matrix<double> StateResponses()
    {
        int n = state.Length;
        if (n == 0) return Matrix<double>.Build.Dense(1, factors.Length + chosen.Length);
        var matrix = newton.JacobianAt(state);
        var right = -slopes.RatesByParameters;
        var mass = newton.MassMatrix();
        var totals = laws.Laws * mass * slopes.StartsByParameters;
        for (int k = 0; k < laws.Count; k++)
        {
            matrix.SetRow(laws.Dependent[k], (laws.Laws * mass).Row(k));
            right.SetRow(laws.Dependent[k], totals.Row(k));
        }

        // Columns in units of the states, rows of equal size.
        var sizes = Sizes();
        matrix.MapIndexedInplace((_, j, v) => v * sizes[j]);
        for (int i = 0; i < n; i++)
        {
            double size = matrix.Row(i).AbsoluteMaximum();
            if (size == 0) throw Singular();
            matrix.SetRow(i, matrix.Row(i) / size);
            right.SetRow(i, right.Row(i) / size);
        }

        var lu = matrix.LU();
        double condition = lu.U.Diagonal().AbsoluteMaximum() / lu.U.Diagonal().AbsoluteMinimum();
        if (!(condition < 1e14)) throw Singular();
        var solution = lu.Solve(right);
        solution.MapIndexedInplace((i, _, v) => v * sizes[i]);
        return solution;
    }

    private double[] Sizes()
    {
        double largest = state.Max(Math.Abs);
        return [.. state.Select(v => Math.Max(Math.Abs(v), Math.Max(1e-12 * largest, 1e-300)))];
    }

    private SensitivityException Singular() => new("The steady state does not move smoothly with its parameters: its Jacobian is singular.", $"network {network.Name}, {steady}", "It is at a fold or a branch point, or one of a continuum of steady states: change a parameter, or look at it with a continuation.");

    // ∂v/∂S with all other states held, and the sum of |S ∂v/∂S| as the size of each one-way flux.
    private (Matrix<double> Elasticities, double[] Magnitudes) Elasticities()
    {
        int n = state.Length;
        var elasticities = Matrix<double>.Build.Dense(processes, Math.Max(1, n));
        var magnitudes = new double[processes];
        for (int r = 0; r < processes; r++)
        {
            for (int j = 0; j < n; j++)
            {
                double byContent = slopes.OutputsByStates[r, j];
                magnitudes[r] += Math.Abs(byContent * state[j]);
                elasticities[r, j] = byContent == 0 ? 0 : byContent / slopes.OutputsByStates[processes + j, j];
            }
        }

        return (elasticities, magnitudes);
    }

    // C^J ε L = 0 and C^S ε L = −L, over contents; the theorems of Reder (1988), his equations 12 and 13.
    private double Connectivity(Matrix<double> responses)
    {
        int n = state.Length;
        var free = Enumerable.Range(0, n).Except(laws.Dependent).ToArray();
        if (free.Length == 0 || !network.Rates.IsEmpty || !network.AlgebraicRules.IsEmpty) return double.NaN;
        var link = Matrix<double>.Build.Dense(n, free.Length);
        for (int k = 0; k < free.Length; k++) link[free[k], k] = 1;
        for (int d = 0; d < laws.Count; d++) for (int k = 0; k < free.Length; k++) link[laws.Dependent[d], k] = -laws.Laws[d, free[k]];
        var control = responses.SubMatrix(0, n, 0, processes);
        var byFlux = Matrix<double>.Build.Dense(processes, n);
        for (int r = 0; r < processes; r++)
            for (int j = 0; j < n; j++) byFlux[r, j] = slopes.OutputsByStates[r, j] / (fluxes[r].Value == 0 ? double.NaN : fluxes[r].Value);
        if (byFlux.Enumerate().Any(double.IsNaN)) return double.NaN;

        // A change of rate r by its flux is a factor: C^S as defined per unit of rate is responses / J.
        var states = (SparseProduct.Of(byFlux.Transpose(), control.Transpose()).Transpose() * link) + link;
        var flows = SparseProduct.Of(slopes.OutputsByStates.SubMatrix(0, processes, 0, n), states);
        var sizes = Sizes();
        double largest = 0;
        for (int i = 0; i < n; i++) for (int k = 0; k < free.Length; k++) largest = Math.Max(largest, Math.Abs(states[i, k]) * sizes[free[k]] / sizes[i]);
        for (int r = 0; r < processes; r++) for (int k = 0; k < free.Length; k++) largest = Math.Max(largest, Math.Abs(flows[r, k] * sizes[free[k]] / fluxes[r].Value));
        return largest;
    }

    private IEnumerable<string> Notes()
    {
        if (steady.IsStable == false) yield return "The steady state is unstable: the coefficients are those of a state that the system leaves.";
        if (!network.Rates.IsEmpty || !network.AlgebraicRules.IsEmpty) yield return "The network has rate or algebraic rules, which have no share in control: sums over the processes need not be 1 or 0.";
        if (!network.Events.IsEmpty) yield return "The network has events: the coefficients hold between them.";
    }

    private static CoefficientTable Table(string name, ImmutableArray<string> rows, ImmutableArray<string> columns, Matrix<double>? unscaled, double[] results, double[] inputs)
    {
        var (plain, scaled) = (new double[rows.Length, columns.Length], new double[rows.Length, columns.Length]);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < columns.Length; j++)
            {
                plain[i, j] = unscaled![i, j];
                scaled[i, j] = plain[i, j] * inputs[j] / results[i];
            }
        }

        return new CoefficientTable(name, rows, columns, plain, scaled);
    }
}
