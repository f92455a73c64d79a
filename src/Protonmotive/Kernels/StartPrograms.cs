using Protonmotive.Networks;

namespace Protonmotive.Kernels;

/// <summary>What is evaluated once a run: definitions of parameters, initial states, scales of tolerances.</summary>
internal sealed unsafe class StartPrograms
{
    private readonly EquationSystem system;
    private readonly SlotLayout layout;
    private readonly int[] order;
    private readonly int[] segmentEnds;
    private readonly (InterpretedProgram Program, int First) definitions;
    private readonly (InterpretedProgram Program, int First) initial;
    private readonly (InterpretedProgram Program, int First) scales;
    private readonly Dictionary<int, int> drawSlots = [];
    private readonly int startedSlot;
    private readonly Lazy<Dictionary<string, int>> parameterIndex;
    private int size;

    /// <summary>Writes the programs and checks every definition and initial value.</summary>
    public StartPrograms(EquationSystem system)
    {
        this.system = system;
        parameterIndex = new(() => system.Parameters.Select((p, i) => (p.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal));
        layout = new SlotLayout(system.States.Length, system.Parameters.Length + system.Modes.Length);
        order = DefinitionOrder.Of(system);
        var parameters = new SymbolTable(system.Name);
        parameters.Add(system.Parameters.Select(p => p.Name), layout.Parameters);
        startedSlot = layout.Allocate(1);
        parameters.Add([EquationSystem.StartedName], startedSlot);
        var states = new SymbolTable(system.Name);
        states.Add(system.Parameters.Select(p => p.Name), layout.Parameters);
        states.Add(system.States.Select(s => s.Name), layout.States);

        var definitionWriter = new TapeWriter(layout, parameters);
        segmentEnds = new int[order.Length];
        for (int k = 0; k < order.Length; k++)
        {
            var parameter = system.Parameters[order[k]];
            if (parameter.Draw is { } draw)
            {
                var formulas = RunPrograms.DrawFormulas(draw).ToList();
                int slot = drawSlots[order[k]] = layout.Allocate(formulas.Count);
                foreach (var (formula, equation) in formulas) definitionWriter.WriteCopy(formula, slot++, equation);
            }
            else
            {
                definitionWriter.WriteCopy(parameter.Definition, layout.Parameters + order[k], $"definition of parameter '{parameter.Name}'");
            }
            segmentEnds[k] = definitionWriter.Tape.Count;
        }
        var initialWriter = new TapeWriter(layout, parameters);
        int initialFirst = layout.Allocate(system.States.Length);
        for (int i = 0; i < system.States.Length; i++)
        {
            initialWriter.Write(system.States[i].Initial, initialFirst + i, $"initial value of '{system.States[i].Name}'");
        }
        var scaleWriter = new TapeWriter(layout, states);
        int scaleFirst = layout.Allocate(system.Quadratures.Length);
        for (int i = 0; i < system.Quadratures.Length; i++)
        {
            scaleWriter.Write(system.Quadratures[i].AbsoluteScale, scaleFirst + i, $"absolute scale of quadrature '{system.Quadratures[i].Name}'");
        }

        size = layout.Count;
        definitions = (Place(definitionWriter.Tape), layout.Parameters);
        initial = (Place(initialWriter.Tape), initialFirst);
        scales = (Place(scaleWriter.Tape), scaleFirst);
    }

    /// <summary>Index of a parameter.</summary>
    /// <exception cref="UnknownParameterException">No parameter has that name.</exception>
    public int Index(string name) => parameterIndex.Value.TryGetValue(name, out int index)
        ? index
        : throw new UnknownParameterException(system.Name, name, NearNames.Of(name, system.Parameters.Select(p => p.Name)));

    /// <summary>Evaluates definitions in order; a given value stands in place of its definition.</summary>
    public double[] Parameters(IReadOnlyDictionary<string, double>? overrides, double startTime, DrawSampler? sampler)
    {
        var given = new Dictionary<int, double>();
        foreach (var (name, value) in overrides ?? new Dictionary<string, double>())
        {
            int index = Index(name);
            if (!double.IsFinite(value)) throw new NonFiniteValueException(system.Name, name, value, "given values", "Give it a finite number.");
            given[index] = value;
        }
        var values = new double[system.Parameters.Length + system.Modes.Length];
        fixed (double* w = Workspace(startTime))
        {
            int from = 0;
            for (int k = 0; k < order.Length; k++)
            {
                definitions.Program.Run(from..segmentEnds[k], w);
                from = segmentEnds[k];
                if (given.TryGetValue(order[k], out double value)) w[layout.Parameters + order[k]] = value;
                else if (system.Parameters[order[k]].Draw is { } draw) w[layout.Parameters + order[k]] = Sample(draw, w + drawSlots[order[k]], sampler);
            }
            new ReadOnlySpan<double>(w + definitions.First, system.Parameters.Length).CopyTo(values);
        }
        return values;
    }

    private double Sample(Draw draw, double* slots, DrawSampler? sampler)
    {
        int count = draw.Arguments.Length;
        return sampler is null
            ? throw new KernelException($"'{draw.Name}' is a random number, and nothing draws it here.", $"parameters of system '{system.Name}'.", "Give a source of random numbers, or a value for it.")
            : sampler(draw.Distribution, new ReadOnlySpan<double>(slots, count), slots[count], slots[count + 1]);
    }

    /// <summary>Initial values of the states; quadratures begin at 0.</summary>
    public double[] InitialState(ReadOnlySpan<double> parameters, double startTime)
    {
        var values = new double[system.States.Length + system.Quadratures.Length];
        fixed (double* w = Workspace(startTime))
        {
            parameters.CopyTo(new Span<double>(w + layout.Parameters, parameters.Length));
            initial.Program.Run(w);
            new ReadOnlySpan<double>(w + initial.First, system.States.Length).CopyTo(values);
        }
        for (int i = 0; i < system.States.Length; i++)
        {
            if (double.IsFinite(values[i])) continue;
            throw new NonFiniteValueException(system.Name, system.States[i].Name, values[i], "initial values",
                "Give the state a finite initial value, and check what its formula divides by.");
        }
        return values;
    }

    /// <summary>Scales of the absolute tolerance, states first.</summary>
    public double[] AbsoluteScales(ReadOnlySpan<double> parameters, ReadOnlySpan<double> state)
    {
        int n = system.States.Length;
        var result = new double[n + system.Quadratures.Length];
        var groups = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < n; i++)
        {
            if (system.States[i].ScaleGroup is { } group) groups[group] = Math.Max(groups.GetValueOrDefault(group), Math.Abs(state[i]));
        }
        for (int i = 0; i < n; i++)
        {
            double scale = system.States[i].ScaleGroup is { } group ? groups[group] : 1;
            result[i] = scale > 0 ? scale : 1; // a group that starts empty has no size to speak of
        }
        fixed (double* w = Workspace(0))
        {
            parameters.CopyTo(new Span<double>(w + layout.Parameters, parameters.Length));
            state[..n].CopyTo(new Span<double>(w + layout.States, n));
            scales.Program.Run(w);
            new ReadOnlySpan<double>(w + scales.First, system.Quadratures.Length).CopyTo(result.AsSpan(n));
        }
        for (int i = n; i < result.Length; i++)
        {
            if (double.IsFinite(result[i])) continue;
            throw new NonFiniteValueException(system.Name, system.Quadratures[i - n].Name, result[i], "absolute scales of the quadratures",
                "Give the quadrature a scale that is finite at the initial state.");
        }
        return result;
    }

    private InterpretedProgram Place(Tape tape)
    {
        var (slots, end) = tape.Place(layout.Count);
        size = Math.Max(size, end);
        return new InterpretedProgram(tape, slots);
    }

    private double[] Workspace(double time)
    {
        var workspace = new double[size];
        foreach (var (slot, value) in layout.Constants) workspace[slot] = value;
        workspace[layout.Time] = time;
        workspace[startedSlot] = 1;
        return workspace;
    }
}
