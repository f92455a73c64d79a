using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Derivatives;

namespace Protonmotive.Sensitivities;

/// <summary>
/// A start with its derivatives along some directions. Tangents lie direction by direction: number i of direction d at
/// [d·length + i].
/// </summary>
public sealed class TangentStart
{
    private static readonly ConditionalWeakTable<Kernel, ConcurrentDictionary<string, StartDerivatives>> known = [];

    /// <summary>A start at the system's own parameters and initial state, whose tangents are zero until they are set.</summary>
    /// <param name="kernel">The system.</param>
    /// <param name="directions">Number of directions.</param>
    /// <param name="parameters">Parameters, shape [ParameterCount + ModeCount]; null for the system's own.</param>
    /// <param name="state">State, shape [Count]; null for the system's own.</param>
    /// <param name="startTime">Time for formulas that use it.</param>
    /// <exception cref="ShapeException">A vector is not of its length.</exception>
    public TangentStart(Kernel kernel, int directions, double[]? parameters = null, double[]? state = null, double startTime = 0)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentOutOfRangeException.ThrowIfNegative(directions);
        Differentiability.Check(kernel.System);
        Kernel = kernel;
        Directions = directions;
        Parameters = parameters ?? kernel.Parameters(startTime: startTime);
        State = state ?? kernel.InitialState(Parameters, startTime);
        ShapeException.Check(Parameters.Length, kernel.ParameterCount + kernel.ModeCount, nameof(parameters));
        ShapeException.Check(State.Length, kernel.Count, nameof(state));
        ParameterTangents = new double[directions * kernel.ParameterCount];
        StateTangents = new double[directions * kernel.Count];
    }

    /// <summary>The system.</summary>
    public Kernel Kernel { get; }

    /// <summary>Number of directions.</summary>
    public int Directions { get; }

    /// <summary>Parameters, modes last, shape [ParameterCount + ModeCount].</summary>
    public double[] Parameters { get; }

    /// <summary>∂parameters, shape [directions·ParameterCount].</summary>
    public double[] ParameterTangents { get; }

    /// <summary>States, then quadratures, shape [Count].</summary>
    public double[] State { get; }

    /// <summary>∂state, shape [directions·Count].</summary>
    public double[] StateTangents { get; }

    /// <summary>How far one can go along a direction before a parameter or a state has moved by its own size; 1 where all that move are 0.</summary>
    internal double Reach(int direction)
    {
        double largest = 0;
        for (int p = 0; p < Kernel.ParameterCount; p++) largest = Larger(largest, ParameterTangents[(direction * Kernel.ParameterCount) + p], Parameters[p]);
        for (int i = 0; i < Kernel.StateCount; i++) largest = Larger(largest, StateTangents[(direction * Kernel.Count) + i], State[i]);
        return largest > 0 ? 1 / largest : 1;

        static double Larger(double largest, double tangent, double value) => value != 0 && Math.Abs(tangent / value) is var part && part > largest && double.IsFinite(part) ? part : largest;
    }

    /// <summary>A start from given values of parameters; definitions and initial values that depend on them are followed.</summary>
    /// <param name="kernel">The system.</param>
    /// <param name="overrides">Values in place of definitions, by name.</param>
    /// <param name="directions">For each direction the slope of given values, by name; a name without a value keeps its own.</param>
    /// <param name="startTime">Time for formulas that use it.</param>
    /// <exception cref="UnknownParameterException">A name is that of no parameter.</exception>
    /// <exception cref="NonFiniteValueException">A value is not finite.</exception>
    /// <exception cref="SensitivityException">The system has something without a derivative.</exception>
    public static TangentStart Of(Kernel kernel, IReadOnlyDictionary<string, double> overrides, IReadOnlyList<IReadOnlyDictionary<string, double>> directions, double startTime = 0)
    {
        var start = new TangentStart(kernel, directions.Count, kernel.Parameters(overrides, startTime), null, startTime);
        var derivatives = Derivatives(kernel, overrides.Keys.Concat(directions.SelectMany(d => d.Keys)));
        for (int d = 0; d < directions.Count; d++)
        {
            var parameters = start.ParameterTangents.AsSpan(d * kernel.ParameterCount, kernel.ParameterCount);
            foreach (var (name, slope) in directions[d]) parameters[kernel.ParameterIndex(name)] = slope;
            derivatives.Tangent(start.Parameters, startTime, parameters, start.StateTangents.AsSpan(d * kernel.Count, kernel.Count));
        }
        return start;
    }

    /// <summary>A start with one direction for each of the named parameters.</summary>
    /// <param name="kernel">The system.</param>
    /// <param name="names">Parameters that vary.</param>
    /// <param name="overrides">Values in place of definitions, by name; null for none.</param>
    /// <param name="startTime">Time for formulas that use it.</param>
    /// <exception cref="UnknownParameterException">A name is that of no parameter.</exception>
    /// <exception cref="SensitivityException">The system has something without a derivative.</exception>
    public static TangentStart Along(Kernel kernel, IEnumerable<string> names, IReadOnlyDictionary<string, double>? overrides = null, double startTime = 0) =>
        Of(kernel, overrides ?? new Dictionary<string, double>(), [.. names.Select(name => new Dictionary<string, double> { [name] = 1 })], startTime);

    /// <summary>Gradients by parameters and initial state brought back to the parameters that are given, through all that depends on them.</summary>
    /// <param name="kernel">The system.</param>
    /// <param name="parameters">Parameters, shape [≥ ParameterCount].</param>
    /// <param name="given">Names of the parameters that are given: the others follow their definitions.</param>
    /// <param name="parameterGradient">Gradient by each parameter alone, shape [ParameterCount].</param>
    /// <param name="stateGradient">Gradient by the initial state, shape [Count].</param>
    /// <param name="startTime">Time for formulas that use it.</param>
    /// <returns>Gradient by parameter, shape [ParameterCount]; 0 for those that are not given.</returns>
    public static double[] PullBack(Kernel kernel, ReadOnlySpan<double> parameters, IEnumerable<string> given, ReadOnlySpan<double> parameterGradient, ReadOnlySpan<double> stateGradient, double startTime = 0) =>
        Derivatives(kernel, given).Adjoint(parameters, startTime, parameterGradient, stateGradient);

    private static StartDerivatives Derivatives(Kernel kernel, IEnumerable<string> names)
    {
        int[] given = [.. names.Select(kernel.ParameterIndex).Distinct().Order()];
        return known.GetOrCreateValue(kernel).GetOrAdd(string.Join(' ', given), _ => new StartDerivatives(kernel, given));
    }
}
