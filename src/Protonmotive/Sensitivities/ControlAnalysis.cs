using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Sensitivities;

/// <summary>Metabolic control analysis: how fluxes and concentrations at a steady state depend on each process and each parameter.</summary>
/// <remarks>
/// Kacser and Burns (1973), Symp. Soc. Exp. Biol. 27, 65-104; Heinrich and Rapoport (1974), Eur. J. Biochem. 42, 89-95; with
/// conserved moieties after Reder (1988), J. Theor. Biol. 135, 175-201. Derivatives are exact, from the rate laws.
/// </remarks>
public static class ControlAnalysis
{
    /// <summary>Finds the steady state that a network settles at, or one that it leaves where it settles at none, and its coefficients.</summary>
    /// <param name="network">The network; it needs at least one process.</param>
    /// <param name="options">Parameters, horizon.</param>
    /// <param name="progress">Told the time reached while integrating.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="SensitivityException">There is no steady state, it is singular, or the network has no process or a fast one.</exception>
    /// <exception cref="UnknownParameterException">No such parameter.</exception>
    public static ControlCoefficients At(Network network, ControlOptions? options = null, IProgress<SolveProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= ControlOptions.Default;
        if (network.Processes.IsEmpty)
            throw new SensitivityException("Control is shared among processes, and there is none.", $"network {network.Name}", "Write the model's rate rules as reactions.");
        if (network.Processes.FirstOrDefault(p => p.IsFast) is { } fast)
            throw new SensitivityException($"'{fast.Name}' is a fast process: it has no rate of its own to change.", $"network {network.Name}", "Give it a rate law with a large rate constant.");

        var factors = network.Processes.Select(p => new Parameter(FactorName(p), "1", 1.0)).ToList();
        var scaled = network with
        {
            Parameters = [.. network.Parameters, .. factors],
            Processes = [.. network.Processes.Select(p => p with { Law = new ScaledLaw(p.Law, Expression.Symbol(FactorName(p))) })],
        };
        var system = scaled.Lower();
        var kernel = Kernel.Compile(system);
        var parameters = kernel.Parameters(options.Overrides);
        var known = system.Parameters.Select((p, i) => (p.Name, parameters[i])).ToDictionary(p => p.Name, p => p.Item2, StringComparer.Ordinal);
        var search = new SteadyStateOptions { FollowsDynamics = options.FollowsDynamics, AcceptsUnstable = true, Horizon = options.Horizon, ConservationLaws = StructuralLaws.Of(scaled, system, known) };
        var problem = new InitialValueProblem(kernel, 0, options.Horizon) { Overrides = options.Overrides };
        var steady = SteadyState.Find(problem, options.Tolerance, search, progress, cancellation);
        if (!steady.Found) throw new SensitivityException("There is no steady state to analyse.", steady.Explanation, "Run the time course to see what the system does; give a longer horizon, or other values.");
        var chosen = options.Parameters.IsDefault ? [.. Numbers(system).Except(factors.Select(f => f.Name))] : options.Parameters;
        foreach (var name in chosen.Where(name => !known.ContainsKey(name))) throw new UnknownParameterException(system.Name, name, NearNames.Of(name, known.Keys));
        return new ControlMatrices(scaled, system, steady, options, [.. factors.Select(f => f.Name)], [.. chosen]).Coefficients(cancellation);
    }

    /// <summary>The parameters that are numbers, not formulas, and are not drawn.</summary>
    private static IEnumerable<string> Numbers(EquationSystem system) => system.Parameters.Where(p => p.Draw is null && p.Definition.IsConstant).Select(p => p.Name);

    private static string FactorName(Process process) => "control." + process.Name;
}
