using System.Collections.Concurrent;
using Protonmotive.Kernels.Derivatives;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Networks;

namespace Protonmotive.Kernels;

/// <summary>
/// An equation system made ready to run: rates, exact sparse Jacobian, its factorisation, and everything the integration loop
/// asks for. Immutable and safe for use from many threads; <see cref="Bind"/> gives each its own workspace.
/// </summary>
public sealed class Kernel
{
    private readonly StartPrograms start;
    private readonly ConcurrentDictionary<int, LanePrograms> lanes = new();
    private readonly ConcurrentDictionary<int, DerivativeLanePrograms> derivativeLanes = new();
    private readonly Lazy<DerivativePrograms> derivatives;

    private Kernel(EquationSystem system, KernelBackend backend)
    {
        System = system;
        Backend = backend;
        start = new StartPrograms(system);
        Programs = new RunPrograms(system, backend);
        derivatives = new(() => new DerivativePrograms(Programs, system));
        ScaleIndices = Scales(system);
    }

    /// <summary>Compiles a system.</summary>
    /// <param name="system">The equations.</param>
    /// <param name="backend">How programs run; the results are the same, bit for bit.</param>
    /// <exception cref="UndefinedSymbolException">An equation uses a symbol that nothing defines.</exception>
    /// <exception cref="DuplicateSymbolException">Two quantities have one name.</exception>
    /// <exception cref="AlgebraicLoopException">Parameters are defined by each other.</exception>
    public static Kernel Compile(EquationSystem system, KernelBackend backend = KernelBackend.Tiered)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new Kernel(system, backend);
    }

    /// <summary>Translates what would be translated once it proves busy now; ends when all of it runs as machine code.</summary>
    public Task CompileAsync() => Programs.CompileAsync();

    /// <summary>The equations.</summary>
    public EquationSystem System { get; }

    /// <summary>How programs run.</summary>
    public KernelBackend Backend { get; }

    /// <summary>Number of states.</summary>
    public int StateCount => System.States.Length;

    /// <summary>Number of quadratures, which follow the states in every state vector.</summary>
    public int QuadratureCount => System.Quadratures.Length;

    /// <summary>States and quadratures: the length of every state vector.</summary>
    public int Count => StateCount + QuadratureCount;

    /// <summary>Number of parameters.</summary>
    public int ParameterCount => System.Parameters.Length;

    /// <summary>Number of modes, which follow the parameters in every parameter vector.</summary>
    public int ModeCount => System.Modes.Length;

    /// <summary>
    /// For each component the one whose size sets its relative tolerance, shape [Count]: itself, or the quadrature it names.
    /// </summary>
    public int[] ScaleIndices { get; }

    /// <summary>Entries of ∂f/∂y that are not structurally zero, quadratures included.</summary>
    public int JacobianEntryCount => Programs.Plan.Jacobian.Count;

    /// <summary>Entries of the triangular factors of the states' block, fill included.</summary>
    public long FactorEntryCount => Programs.Plan.Order.FactorEntries;

    internal RunPrograms Programs { get; }

    /// <summary>The programs for several members side by side; made once a width.</summary>
    internal LanePrograms Lanes(int width) => lanes.GetOrAdd(width, static (lanes, kernel) => new LanePrograms(kernel.Programs, lanes, kernel.Backend), this);

    /// <summary>Index of a parameter.</summary>
    /// <exception cref="UnknownParameterException">No parameter has that name.</exception>
    public int ParameterIndex(string name) => start.Index(name);

    /// <summary>Programs of derivatives; written when first asked for.</summary>
    internal DerivativePrograms Derivatives => derivatives.Value;

    /// <summary>Programs of derivatives for several members or directions side by side; made once a width.</summary>
    internal DerivativeLanePrograms DerivativeLanes(int width) =>
        derivativeLanes.GetOrAdd(width, static (lanes, kernel) => new DerivativeLanePrograms(kernel.Derivatives, kernel.Lanes(lanes), kernel.Backend), this);

    /// <summary>The parameter vector at the start of a run: definitions in order of need, modes 0.</summary>
    /// <param name="overrides">Values in place of definitions, by name; what depends on them follows.</param>
    /// <param name="startTime">Time for definitions that use it.</param>
    /// <param name="sampler">Draws random parameters; needed only where the system has some.</param>
    /// <returns>Shape [ParameterCount + ModeCount].</returns>
    /// <exception cref="UnknownParameterException">An override names no parameter.</exception>
    /// <exception cref="NonFiniteValueException">An override is NaN or infinite.</exception>
    public double[] Parameters(IReadOnlyDictionary<string, double>? overrides = null, double startTime = 0, DrawSampler? sampler = null) => start.Parameters(overrides, startTime, sampler);

    /// <summary>The state vector at the start of a run; quadratures are 0.</summary>
    /// <param name="parameters">Parameter vector, with or without modes.</param>
    /// <param name="startTime">Time for formulas that use it.</param>
    /// <returns>Shape [Count].</returns>
    /// <exception cref="NonFiniteValueException">An initial value is NaN or infinite.</exception>
    public double[] InitialState(ReadOnlySpan<double> parameters, double startTime = 0)
    {
        CheckParameters(parameters);
        return start.InitialState(parameters, startTime);
    }

    /// <summary>
    /// What the absolute tolerance of each component is multiplied by, shape [Count]: for states the largest |value| of their
    /// group (1 without a group, or where all of it is 0), for quadratures their <see cref="Quadrature.AbsoluteScale"/>.
    /// </summary>
    /// <param name="initialState">State at the start, shape [StateCount] or [Count].</param>
    /// <param name="parameters">Parameter vector; left out: the system's own values.</param>
    public double[] AbsoluteScales(ReadOnlySpan<double> initialState, ReadOnlySpan<double> parameters = default)
    {
        if (initialState.Length != StateCount) ShapeException.Check(initialState.Length, Count, nameof(initialState));
        if (parameters.IsEmpty) parameters = Parameters();
        CheckParameters(parameters);
        return start.AbsoluteScales(parameters, initialState);
    }

    /// <summary>A workspace for one thread, with its own copy of the parameters.</summary>
    /// <param name="parameters">Parameter vector, shape [ParameterCount + ModeCount]; without modes, these are 0.</param>
    public KernelInstance Bind(ReadOnlySpan<double> parameters)
    {
        CheckParameters(parameters);
        return new KernelInstance(this, parameters);
    }

    private void CheckParameters(ReadOnlySpan<double> parameters)
    {
        if (parameters.Length != ParameterCount) ShapeException.Check(parameters.Length, ParameterCount + ModeCount, nameof(parameters));
    }

    private static int[] Scales(EquationSystem system)
    {
        int n = system.States.Length;
        int[] indices = [.. Enumerable.Range(0, n + system.Quadratures.Length)];
        for (int i = 0; i < system.Quadratures.Length; i++)
        {
            if (system.Quadratures[i].ScaleWith is not { } name) continue;
            int at = -1;
            for (int k = 0; k < system.Quadratures.Length && at < 0; k++) if (system.Quadratures[k].Name == name) at = k;
            if (at < 0)
            {
                throw new UndefinedSymbolException(system.Name, name, $"tolerance of quadrature '{system.Quadratures[i].Name}'",
                    NearNames.Of(name, system.Quadratures.Select(q => q.Name)));
            }
            indices[n + i] = n + at;
        }
        return indices;
    }
}
