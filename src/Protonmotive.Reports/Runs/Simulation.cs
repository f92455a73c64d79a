using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Protonmotive.Catalogue;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Runs;

/// <summary>A model with what a run of it needs to say about itself.</summary>
/// <param name="Name">Name of the system, or path of the file.</param>
/// <param name="Network">The model.</param>
/// <param name="System">The catalogue's system; null for a file.</param>
/// <param name="Scenario">The catalogue's scenario; null for a file.</param>
/// <param name="SourceHash">SHA-256 of the file; empty for a system.</param>
public sealed record Model(string Name, Network Network, CatalogueSystem? System = null, Scenario? Scenario = null, string SourceHash = "");

/// <summary>How a model is run.</summary>
public sealed record SimulationSettings
{
    /// <summary>Output times of a run that asks for no other number.</summary>
    public const int DefaultPoints = 401;

    /// <summary>End time; null for the scenario's.</summary>
    public double? End { get; init; }

    /// <summary>Values set for this run, by name of a parameter, or of a store for its start.</summary>
    public ImmutableDictionary<string, double> Overrides { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Tolerance.</summary>
    public Tolerance Tolerance { get; init; } = new(1e-6, 1e-9);

    /// <summary>Method.</summary>
    public Method Method { get; init; } = new Automatic();

    /// <summary>How linear systems are solved.</summary>
    public LinearSolver LinearSolver { get; init; }

    /// <summary>Number of output times at even distance.</summary>
    public int Points { get; init; } = DefaultPoints;

    /// <summary>Whether rows are added between these where a panel's curve bends (see <see cref="RowDetail"/>): as many as 1,600, and fewer where rows are long.</summary>
    public bool FollowsCurves { get; init; } = true;

    /// <summary>Steps after which a run is given up.</summary>
    public long MaximumSteps { get; init; } = SolveOptions.Default.MaximumSteps;

    /// <summary>Whether to find the steady state first; the run is then one unit of time in it, so energies read as powers.</summary>
    public bool Steady { get; init; }

    /// <summary>The command that makes the run again, for the record.</summary>
    public string Command { get; init; } = "";
}

/// <summary>Runs a model with its ledger.</summary>
public static class Simulation
{
    /// <summary>Versions of product, runtime and operating system.</summary>
    public static ImmutableSortedDictionary<string, string> Versions { get; } = new Dictionary<string, string>
    {
        ["protonmotive"] = typeof(Network).Assembly.GetName().Version?.ToString(3) ?? "",
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.RuntimeIdentifier,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>End time of a file, which carries none.</summary>
    public const double DefaultEnd = 100;

    private const int MostNumbers = 500_000; // in rows that follow curves

    /// <summary>Runs a model.</summary>
    /// <exception cref="ProtonmotiveException">The model or the solve is at fault.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static SimulationResult Run(Model model, SimulationSettings settings, IProgress<SolveProgress>? progress = null, CancellationToken cancellation = default)
    {
        var account = Account.Of(model.Network, settings.Overrides);
        var kernel = account.Compile();
        var overrides = Resolve(kernel, settings.Overrides);
        SteadyStateResult? steady = null;
        double end = settings.End ?? model.Scenario?.End ?? DefaultEnd;
        var problem = new InitialValueProblem(kernel, 0, end) { Overrides = overrides };
        if (settings.Steady)
        {
            steady = SteadyState.Find(problem, settings.Tolerance, null, progress, cancellation);
            if (!steady.Found) throw new SteadyStateNotFoundException(steady);
            end = settings.End ?? 1;
            problem = problem with { End = end, InitialState = [.. steady.State.Take(kernel.StateCount)] };
        }
        var solution = Ode.Solve(problem, settings.Method, settings.Tolerance,
            new SolveOptions { MaximumSteps = settings.MaximumSteps, LinearSolver = settings.LinearSolver }, OutputTimes.Uniform(settings.Points) with { Detail = settings.FollowsCurves ? Detail(model, kernel.System) : null }, progress, cancellation);
        var ledger = account.Read(solution);
        var findings = model is { System: { } system, Scenario: { } scenario } && steady is null && settings.End is null ? system.Study(scenario, solution, cancellation) : new Findings([], []);
        return new SimulationResult(solution, ledger, steady, findings, Record(model, settings, solution, ledger, findings));
    }

    // What the panels show; rows so many that a run's folder grows by some megabytes at most.
    private static RowDetail Detail(Model model, EquationSystem system)
    {
        var known = system.Observables.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        return new RowDetail
        {
            Axes = [.. Panels(model).Select(p => (ImmutableArray<WatchedCurve>)[.. p.Curves.Where(c => known.Contains(c.Observable)).Select(c => new WatchedCurve(c.Observable, c.Factor))])],
            MostRows = Math.Min(1600, MostNumbers / Math.Max(1, known.Count + system.States.Length)),
        };
    }

    private static ImmutableArray<Panel> Panels(Model model) => model.System?.Panels ?? GenericPanels(model.Network);

    /// <summary>Names on the command line are parameters, or stores for their value at the start.</summary>
    private static ImmutableDictionary<string, double> Resolve(Kernel kernel, ImmutableDictionary<string, double> overrides)
    {
        var parameters = kernel.System.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return overrides.ToImmutableDictionary(o => !parameters.Contains(o.Key) && parameters.Contains(o.Key + ".initial") ? o.Key + ".initial" : o.Key, o => o.Value);
    }

    private static RunRecord Record(Model model, SimulationSettings settings, Solution solution, Ledger ledger, Findings findings)
    {
        var network = model.Network;
        var system = solution.Kernel.System;
        var values = solution.Kernel.Parameters(solution.Problem.Overrides, solution.Problem.Start);
        var panels = Panels(model);
        var known = system.Observables.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var membranes = network.Membranes.ToList();
        var laws = network.Processes.DistinctBy(p => p.LineName).Select(p => (Process: p, Flux: p.Law.Fluxes(p, network.Constants, membranes).Net)).ToList();
        ImmutableArray<Phase> Phases() => model is { System: { } system, Scenario: { } scenario } ? system.Phases(scenario, name => values[solution.Kernel.System.Parameters.IndexOf(solution.Kernel.System.Parameters.First(p => p.Name == name))]) : [];
        // What is known holds for the scenario as it is.
        bool isAsItIs = settings.Overrides.IsEmpty && !settings.Steady && solution.FinalTime == model.Scenario?.End;
        return new RunRecord
        {
            System = model.Name,
            Title = model.System?.Title ?? network.Name,
            Question = model.System?.Question ?? "",
            Scenario = model.Scenario?.Name ?? "",
            ScenarioText = settings.Steady ? "Steady state; energies are counted over one unit of time." : model.Scenario?.Description ?? "",
            SourceHash = model.SourceHash,
            Command = settings.Command,
            Sources = model.System?.Sources ?? [],
            Parameters = [.. system.Parameters.Select((p, i) => network.Find(p.Name) is { } quantity
                ? new ParameterRecord(p.Name, values[i], p.Unit, quantity.Description, quantity.Source, solution.Problem.Overrides.ContainsKey(p.Name))
                : new ParameterRecord(p.Name, values[i], p.Unit, p.Name.EndsWith(".initial", StringComparison.Ordinal) ? "value at the start" : "", "", solution.Problem.Overrides.ContainsKey(p.Name)))],
            // Of what is the same at many places, the first stands for all.
            Processes = [.. laws.Select(l => new ProcessRecord(l.Process.LineName, l.Process.Kind.ToString(), l.Process.PlainEquation, l.Process.Group.Length > 0 ? EquationReading.Plain(l.Flux.ToString()) : l.Flux.ToString(), l.Process.Description))],
            Equations = EquationReading.Of(network, laws.Select(l => l.Flux)),
            Panels = [.. panels.Select(p => new PanelRecord(p.Label, p.Unit, [.. p.Curves.Where(c => known.Contains(c.Observable)).Select(c => new CurveRecord(c.Observable, c.Label, c.Factor))]) { IsLogarithmic = p.IsLogarithmic }).Where(p => !p.Curves.IsEmpty)],
            Phases = settings.Steady ? [] : [.. Phases().Select(p => new PhaseRecord(p.Label, p.Start, p.End))],
            Events = [.. solution.Events.Select(e => new EventMark(e.Time, e.Name))],
            Results = [.. findings.Results.Select(r => new ResultRecord(r.Name, r.Value, r.Unit, r.Note) { Reference = isAsItIs ? r.Reference : null })],
            Diagram = DiagramReading.Of(network, solution, ledger),
            Graphs = [.. findings.Plots.OfType<LinePlot>().Select(GraphRecord.Of)],
            Maps = [.. findings.Plots.OfType<MapPlot>()],
            Start = solution.Problem.Start,
            End = solution.FinalTime,
            TimeUnit = system.TimeUnit,
            Method = solution.Method.Name,
            MethodChoices = [.. solution.Choices.Select(c => c.ToString())],
            RelativeTolerance = solution.Tolerance.Relative,
            AbsoluteTolerance = solution.Tolerance.Absolute,
            Work = new Dictionary<string, long>
            {
                ["steps"] = solution.Work.Steps,
                ["rejected"] = solution.Work.Rejected,
                ["rates"] = solution.Work.Rates,
                ["jacobians"] = solution.Work.Jacobians,
                ["factorisations"] = solution.Work.Factorisations,
                ["solves"] = solution.Work.Solves,
            }.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Stop = solution.Stop.ToString(),
            Versions = Versions,
        };
    }

    /// <summary>Panels for a file: its species by unit, else its variables; at most eight curves a panel.</summary>
    private static ImmutableArray<Panel> GenericPanels(Network network)
    {
        var shown = network.Stores.OfType<Species>().Where(s => !s.IsReservoir).Select(s => (s.Name, s.Unit)).ToList();
        if (shown.Count == 0) shown = [.. network.Rates.Select(r => (r.Target, network.Find(r.Target)?.Unit ?? ""))];
        return [.. shown.GroupBy(s => s.Unit).SelectMany(g => g.Chunk(6)).Take(5).Select(chunk => new Panel(chunk.Length == 1 ? chunk[0].Name : "value", chunk[0].Unit, [.. chunk.Select(s => new Curve(s.Name, s.Name))]))];
    }
}

/// <summary>What a run gave.</summary>
/// <param name="Solution">The solution.</param>
/// <param name="Ledger">Its account.</param>
/// <param name="Steady">The steady state, if asked for.</param>
/// <param name="Findings">What the catalogue's system says of it; empty for a file.</param>
/// <param name="Record">What is known of the run.</param>
public sealed record SimulationResult(Solution Solution, Ledger Ledger, SteadyStateResult? Steady, Findings Findings, RunRecord Record);

/// <summary>A steady state was asked for and none was found.</summary>
public sealed class SteadyStateNotFoundException : ProtonmotiveException
{
    internal SteadyStateNotFoundException(SteadyStateResult result)
        : base("No steady state was found.", result.Explanation, "Run the time course with a longer --end to see what the system does, or start nearer with --set.")
    {
    }
}
