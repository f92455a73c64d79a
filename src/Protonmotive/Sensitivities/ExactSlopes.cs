using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Sensitivities;

/// <summary>Exact derivatives of rates, initial values and outputs by states and by chosen parameters, from symbolic differentiation.</summary>
/// <remarks>
/// Parameters that are formulas of others follow them, unless they were set themselves. One instance belongs to one thread.
/// </remarks>
internal sealed class ExactSlopes
{
    private readonly EquationSystem system;
    private readonly string[] chosen;
    private readonly int[] reached;            // parameters that a chosen one moves, itself included, in order of definition
    private readonly Expression[] outputs;
    private readonly List<(Part Part, int Row, int Column)> places = [];
    private readonly KernelInstance instance;
    private readonly double[] values;

    /// <summary>Differentiates.</summary>
    /// <param name="system">Equations; states and modes as everywhere.</param>
    /// <param name="outputs">Formulas in states, parameters and modes.</param>
    /// <param name="chosen">Parameters to differentiate by.</param>
    /// <param name="given">Parameters that were set, so that their own formulas no longer hold.</param>
    public ExactSlopes(EquationSystem system, IEnumerable<Expression> outputs, IEnumerable<string> chosen, IReadOnlySet<string> given)
    {
        this.system = system;
        this.outputs = [.. outputs];
        this.chosen = [.. chosen];
        var order = DefinitionOrder.Of(system);
        var moved = this.chosen.ToHashSet(StringComparer.Ordinal);
        foreach (int q in order)
        {
            var parameter = system.Parameters[q];
            if (parameter.Draw is null && !given.Contains(parameter.Name) && !parameter.Definition.IsConstant && parameter.Definition.Symbols().Overlaps(moved)) moved.Add(parameter.Name);
        }

        reached = [.. order.Where(q => moved.Contains(system.Parameters[q].Name))];
        var entries = new List<Expression>();
        void Add(Part part, int row, int column, Expression value)
        {
            if (value.IsConstant && value.Value == 0) return;
            places.Add((part, row, column));
            entries.Add(value);
        }

        for (int k = 0; k < this.outputs.Length; k++) Add(Part.Outputs, k, 0, this.outputs[k]);
        Differentiate([.. system.States.Select(s => s.Name)], [(Part.OutputsByStates, this.outputs)], Add);
        var definitions = system.Parameters.Select(p => p.Draw is null && moved.Contains(p.Name) && !given.Contains(p.Name) ? p.Definition : Expression.Zero).ToArray();
        Differentiate([.. reached.Select(q => system.Parameters[q].Name)],
            [(Part.RatesByParameters, [.. system.States.Select(s => s.Rate)]), (Part.StartsByParameters, [.. system.States.Select(s => s.Initial)]), (Part.OutputsByParameters, this.outputs), (Part.Definitions, definitions)], Add);
        var kernel = Kernel.Compile(system with
        {
            States = [.. system.States.Select(s => s with { Rate = Expression.Zero })],
            Observables = [.. entries.Select((e, i) => new Observable(FormattableString.Invariant($"slope.{i}"), "", e))],
            Mass = [],
        }, KernelBackend.Interpreted);
        instance = kernel.Bind(new double[kernel.ParameterCount + kernel.ModeCount]);
        values = new double[entries.Count];
    }

    private enum Part
    {
        Outputs,
        OutputsByStates,
        OutputsByParameters,
        RatesByParameters,
        StartsByParameters,
        Definitions,
    }

    /// <summary>Whether any rate holds a chosen parameter or one that follows it.</summary>
    public bool TouchesRates => places.Exists(p => p.Part == Part.RatesByParameters);

    /// <summary>Whether any initial value holds a chosen parameter or one that follows it.</summary>
    public bool TouchesStarts => places.Exists(p => p.Part == Part.StartsByParameters);

    /// <summary>The outputs, shape [outputs].</summary>
    public double[] Outputs { get; private set; } = [];

    /// <summary>∂output/∂state, shape [outputs, states].</summary>
    public Matrix<double> OutputsByStates { get; private set; } = null!;

    /// <summary>∂output/∂chosen at fixed states, shape [outputs, chosen].</summary>
    public Matrix<double> OutputsByParameters { get; private set; } = null!;

    /// <summary>∂f/∂chosen at fixed states, shape [states, chosen].</summary>
    public Matrix<double> RatesByParameters { get; private set; } = null!;

    /// <summary>∂(initial state)/∂chosen, shape [states, chosen].</summary>
    public Matrix<double> StartsByParameters { get; private set; } = null!;

    /// <summary>Evaluates all of them at a point.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [states].</param>
    /// <param name="parameters">Parameters and modes.</param>
    public void Evaluate(double t, ReadOnlySpan<double> y, ReadOnlySpan<double> parameters)
    {
        parameters.CopyTo(instance.Parameters);
        instance.Observables(t, y, values);
        int n = system.States.Length;
        Outputs = new double[outputs.Length];
        OutputsByStates = Dense(outputs.Length, n);
        var (rates, starts, shown, definitions) = (Dense(n, reached.Length), Dense(n, reached.Length), Dense(outputs.Length, reached.Length), Dense(system.Parameters.Length, reached.Length));
        for (int i = 0; i < values.Length; i++)
        {
            var (part, row, column) = places[i];
            if (part == Part.Outputs) Outputs[row] = values[i];
            else (part switch
            {
                Part.OutputsByStates => OutputsByStates,
                Part.OutputsByParameters => shown,
                Part.RatesByParameters => rates,
                Part.StartsByParameters => starts,
                _ => definitions,
            })[row, column] = values[i];
        }

        // Chain: how each reached parameter moves with each chosen one, in order of definition.
        var chain = Dense(reached.Length, chosen.Length);
        for (int k = 0; k < reached.Length; k++)
        {
            int own = Array.IndexOf(chosen, system.Parameters[reached[k]].Name);
            if (own >= 0) chain[k, own] = 1;
            for (int j = 0; j < k; j++)
            {
                double slope = definitions[reached[k], j];
                for (int c = 0; slope != 0 && c < chosen.Length; c++) chain[k, c] += slope * chain[j, c];
            }
        }

        (RatesByParameters, StartsByParameters, OutputsByParameters) = (Times(rates, chain), Times(starts, chain), Times(shown, chain));
    }

    private static void Differentiate(string[] variables, (Part Part, Expression[] Formulas)[] all, Action<Part, int, int, Expression> add)
    {
        var index = variables.Select((name, i) => (name, i)).ToDictionary(v => v.name, v => v.i, StringComparer.Ordinal);
        var uses = variables.Select(_ => new List<(Part Part, int Row, Expression Formula)>()).ToArray();
        foreach (var (part, formulas) in all)
            for (int row = 0; row < formulas.Length; row++)
                foreach (var symbol in formulas[row].Symbols())
                    if (index.TryGetValue(symbol, out int column)) uses[column].Add((part, row, formulas[row]));
        for (int column = 0; column < variables.Length; column++)
        {
            if (uses[column].Count == 0) continue;
            var by = new Differentiation(Expression.Symbol(variables[column]));
            foreach (var (part, row, formula) in uses[column]) add(part, row, column, by.Derivative(formula));
        }
    }

    // MathNet has no matrices without rows or columns: one of zeros stands for them and is never read.
    private static Matrix<double> Dense(int rows, int columns) => Matrix<double>.Build.Dense(Math.Max(1, rows), Math.Max(1, columns));

    private static Matrix<double> Times(Matrix<double> a, Matrix<double> b) => SparseProduct.Of(a, b);
}
