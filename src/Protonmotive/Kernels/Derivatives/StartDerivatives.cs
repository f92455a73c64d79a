namespace Protonmotive.Kernels.Derivatives;

/// <summary>The derivatives of a start: how parameters and initial states follow the parameters that are given.</summary>
internal sealed unsafe class StartDerivatives
{
    private readonly Kernel kernel;
    private readonly SlotLayout layout;
    private readonly int initial, shadows, size;
    private readonly int[] given;
    private readonly bool[] isGiven;
    private readonly InterpretedProgram tangent, adjoint;

    /// <summary>Writes the programs for one choice of parameters that are given; the others follow their definitions.</summary>
    public StartDerivatives(Kernel kernel, IEnumerable<int> given)
    {
        this.kernel = kernel;
        this.given = [.. given];
        var system = kernel.System;
        int n = system.States.Length, count = system.Parameters.Length;
        isGiven = new bool[count];
        foreach (int p in this.given) isGiven[p] = true;
        layout = new SlotLayout(n, count + system.Modes.Length);
        var symbols = new SymbolTable(system.Name);
        symbols.Add(system.Parameters.Select(p => p.Name), layout.Parameters);
        int started = layout.Allocate(1);
        symbols.Add([Networks.EquationSystem.StartedName], started);
        initial = layout.Allocate(n);
        var writer = new TapeWriter(layout, symbols);
        foreach (int p in DefinitionOrder.Of(system))
        {
            if (!isGiven[p] && system.Parameters[p].Draw is null) writer.WriteCopy(system.Parameters[p].Definition, layout.Parameters + p, $"definition of parameter '{system.Parameters[p].Name}'");
        }
        for (int i = 0; i < n; i++) writer.WriteCopy(system.States[i].Initial, initial + i, $"initial value of '{system.States[i].Name}'");

        shadows = layout.Allocate(count + n);
        var derivatives = new TapeDerivatives(slot => slot >= layout.Parameters && slot < layout.Parameters + count && isGiven[slot - layout.Parameters] ? Shadow(slot) : -1, layout.Constant);
        var forward = derivatives.Tangent(writer.Tape, Shadow);
        var back = derivatives.Adjoint(writer.Tape, Shadow, _ => true, this.given.Select(p => layout.Parameters + p));
        var (forwardSlots, forwardEnd) = forward.Place(layout.Count);
        var (backSlots, backEnd) = back.Place(layout.Count);
        tangent = new InterpretedProgram(forward, forwardSlots);
        adjoint = new InterpretedProgram(back, backSlots);
        size = Math.Max(forwardEnd, backEnd);
    }

    /// <summary>Tangents of given parameters to those of all parameters and of the initial state.</summary>
    /// <param name="parameters">Parameters, shape [≥ parameters].</param>
    /// <param name="time">Time of the start.</param>
    /// <param name="directions">Tangents of the parameters, shape [parameters]; read where given, filled elsewhere.</param>
    /// <param name="states">Receives those of the states, shape [≥ states].</param>
    public void Tangent(ReadOnlySpan<double> parameters, double time, Span<double> directions, Span<double> states)
    {
        var workspace = Workspace(parameters, time);
        fixed (double* w = workspace)
        {
            for (int p = 0; p < isGiven.Length; p++) if (isGiven[p]) w[shadows + p] = directions[p];
            tangent.Run(w);
            for (int p = 0; p < isGiven.Length; p++) directions[p] = isGiven[p] || kernel.System.Parameters[p].Draw is null ? w[shadows + p] : 0;
            for (int i = 0; i < kernel.StateCount; i++) states[i] = w[shadows + isGiven.Length + i];
        }
    }

    /// <summary>Adjoints of all parameters and of the initial state, to those of the given parameters.</summary>
    /// <param name="parameters">Parameters, shape [≥ parameters].</param>
    /// <param name="time">Time of the start.</param>
    /// <param name="adjoints">Adjoints of the parameters, shape [parameters].</param>
    /// <param name="states">Those of the initial state, shape [≥ states].</param>
    /// <returns>By parameter, shape [parameters]; 0 for those that are not given.</returns>
    public double[] Adjoint(ReadOnlySpan<double> parameters, double time, ReadOnlySpan<double> adjoints, ReadOnlySpan<double> states)
    {
        var workspace = Workspace(parameters, time);
        var result = new double[isGiven.Length];
        fixed (double* w = workspace)
        {
            for (int p = 0; p < isGiven.Length; p++) w[shadows + p] = adjoints[p];
            for (int i = 0; i < kernel.StateCount; i++) w[shadows + isGiven.Length + i] = states[i];
            adjoint.Run(w);
            foreach (int p in given) result[p] = w[shadows + p];
        }
        return result;
    }

    private double[] Workspace(ReadOnlySpan<double> parameters, double time)
    {
        var workspace = new double[size];
        foreach (var (slot, value) in layout.Constants) workspace[slot] = value;
        workspace[layout.Time] = time;
        parameters.CopyTo(workspace.AsSpan(layout.Parameters));
        return workspace;
    }

    // Of a parameter, or of an initial value.
    private int Shadow(int slot) => slot >= initial ? shadows + isGiven.Length + (slot - initial) : shadows + (slot - layout.Parameters);
}
