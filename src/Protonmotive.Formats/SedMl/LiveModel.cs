using System.Collections.Immutable;
using System.Xml.Linq;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Stochastic;

namespace Protonmotive.Formats.SedMl;

/// <summary>
/// A model in the middle of an experiment. It is fresh, with values that replace those of its file, until it has been run; from then
/// on it has a time, a state and parameters of its own.
/// </summary>
internal sealed class LiveModel
{
    private readonly SedModel model;
    private readonly XDocument xml;
    private readonly Network network;
    private readonly Kernel kernel;
    private readonly List<string> notes;
    private readonly Dictionary<string, int> parameterIndex;
    private readonly Dictionary<string, int> stateIndex;
    private readonly Dictionary<string, string?> targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kernel> continuing = new(StringComparer.Ordinal);
    private double[]? parameters;
    private double[] state = [];
    private bool[] triggers = [];
    private ulong stochasticRuns;

    public LiveModel(SedModel model, XDocument xml, Network network, List<string> notes)
    {
        this.model = model;
        this.xml = xml;
        this.network = network;
        this.notes = notes;
        kernel = Kernel.Compile(network.Lower());
        parameterIndex = kernel.System.Parameters.Select((p, i) => (p.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        stateIndex = kernel.System.States.Select((s, i) => (s.Name, i)).ToDictionary(s => s.Name, s => s.i, StringComparer.Ordinal);
    }

    /// <summary>The network, for runs of another kind.</summary>
    public Network Network => network;

    /// <summary>Number of quantities in each row of a solution.</summary>
    public int ColumnCount => Math.Max(1, kernel.Count + kernel.System.Observables.Length);

    /// <summary>The time it has come to.</summary>
    public double Time { get; private set; }

    /// <summary>Values in place of those of the file, by name in the network.</summary>
    public ImmutableDictionary<string, double> Overrides { get; private set; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Goes back to the start.</summary>
    /// <param name="overrides">Values that hold all the same.</param>
    public void Reset(ImmutableDictionary<string, double> overrides)
    {
        parameters = null;
        Overrides = overrides;
        Time = 0;
    }

    /// <summary>The network's name of what a path leads to; null where the model has no such element.</summary>
    public string? Find(SedElement user, SedPath path)
    {
        if (targets.TryGetValue(path.Text, out var known)) return known;
        if (path.Select(xml, out _).Count == 0) return targets[path.Text] = null;
        var e = SedModelChange.One(user, path, xml, notes);
        var id = (string?)e.Attribute("id") ?? (string?)e.Attribute("variable") ?? (string?)e.Attribute("symbol") ?? (string?)e.Attribute("name") ?? "";
        var law = e.Ancestors().FirstOrDefault(a => a.Name.LocalName == "kineticLaw");
        if (law?.Parent is { } reaction && e.Name.LocalName is "parameter" or "localParameter") id = $"{(string?)reaction.Attribute("id") ?? (string?)reaction.Attribute("name")}.{id}";
        if (id.Length == 0 || !IsKnown(id)) throw user.Fault($"The element <{e.Name.LocalName}> that '{path}' leads to is no quantity of the model '{model.Id}'.", "Lead it to a species, parameter, compartment or reaction.");
        return targets[path.Text] = id;
    }

    /// <summary>The value of a quantity now.</summary>
    public double Value(string name)
    {
        var (p, y) = Snapshot(Time);
        return Value(name, p, y, Time);
    }

    /// <summary>Sets a quantity, from now on.</summary>
    public void Set(SedSetValue change, string name, double value)
    {
        if (!double.IsFinite(value)) throw change.Fault($"The value for '{name}' is {value}.", "Mend the formula.");
        var species = network.Find(name) as Species;
        if (species is not null && change.Target.Attribute is { } attribute && attribute == "initialAmount" != species.InAmounts && attribute is "initialAmount" or "initialConcentration")
        {
            double size = Value(species.Compartment.Name);
            value = species.InAmounts ? value * size : value / size;
        }
        if (!parameterIndex.ContainsKey(name) && StateOf(name) is null)
            throw change.Fault($"'{name}' is given by a rule of the model '{model.Id}', so it can't be set.", "Set what the rule depends on, or remove the rule by a change of the model.");
        Overrides = Overrides.SetItem(name, value);
        if (parameters is not null) Place(name, value, parameters, state, Time);
    }

    /// <summary>Runs on in time and stays where the run ends.</summary>
    /// <param name="algorithm">By which algorithm.</param>
    /// <param name="start">Time at the start.</param>
    /// <param name="end">Time at the end.</param>
    /// <param name="output">Times of output.</param>
    /// <param name="progress">Told the time reached.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>Values of a quantity at the times of output.</returns>
    public Func<string?, double[]> Run(SedAlgorithms algorithm, double start, double end, double[] output, IProgress<SolveProgress>? progress, CancellationToken cancellation)
    {
        var solution = Ode.Solve(Problem(start, end), SedAlgorithms.Method, algorithm.Tolerance, algorithm.Options, OutputTimes.At(output) with { IncludesJumps = false }, progress, cancellation);
        Stay(end, [.. solution.ParameterSegments[^1]], solution.FinalState);
        var rows = solution.Times.Select((t, i) => (t, i)).ToDictionary(r => r.t, r => r.i);
        int[] places = [.. output.Select(t => rows[t])];
        return name =>
        {
            if (name is null) return [.. output];
            double[]? column = kernel.System.Observables.Any(o => o.Name == name) ? solution.ObservableColumn(name)
                : stateIndex.TryGetValue(name, out int s) ? solution.Column(s).ToArray() : null;
            return column is not null ? [.. places.Select(i => column[i])] : [.. places.Select(i => solution.ParameterSegments[solution.Segment(i)][parameterIndex[name]])];
        };
    }

    /// <summary>One stochastic run from the model's own start; each has random numbers of its own, and none goes on from another.</summary>
    /// <param name="course">For errors, and for its times.</param>
    /// <param name="algorithm">By which algorithm.</param>
    /// <param name="output">Times of output.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>Values of a quantity at the times of output.</returns>
    /// <exception cref="SedMlException">The model has run already, or a value is set that is no plain start.</exception>
    public Func<string?, double[]> RunByChance(SedUniformTimeCourse course, SedAlgorithms algorithm, double[] output, CancellationToken cancellation)
    {
        if (parameters is not null || !Overrides.Keys.All(IsPlain))
            throw course.Fault($"The stochastic simulation '{course.Id}' would go on from another run.", "Let the repeated task reset the model, or give the stochastic run a model of its own.");
        var shown = network.Stores.Select(s => s.Name).Concat(network.Parameters.Select(p => p.Name)).Concat(network.Compartments.Select(c => c.Name))
            .Concat(network.Variables.Select(v => v.Name)).Concat(network.Assignments.Select(a => a.Target)).Distinct();
        var options = new StochasticOptions
        {
            Observables = [.. shown.Select(name => new Observable(Shown(name), "", Symbolics.Expression.Symbol(name)))],
            Parameters = Problem(course.InitialTime, course.OutputEnd).Overrides,
            Cancellation = cancellation,
        };
        var solution = StochasticSimulation.Run(network, algorithm.Options.Seed, [course.InitialTime, .. output.Where(t => t > course.InitialTime)], stochasticRuns++, options);
        int first = output.Length > 0 && output[0] > course.InitialTime ? 1 : 0;
        return name => name is null ? [.. output] : [.. solution[Shown(name)].Skip(first)];
    }

    private static string Shown(string name) => "shown." + name;

    /// <summary>Goes to the steady state that it settles at and stays there.</summary>
    /// <exception cref="SedMlException">There is none.</exception>
    public void Settle(SedSimulation simulation, SedAlgorithms algorithm, double horizon, IProgress<SolveProgress>? progress, CancellationToken cancellation)
    {
        var options = new SteadyStateOptions { Horizon = horizon, FollowsDynamics = true, Method = SedAlgorithms.Method };
        var result = SteadyState.Find(Problem(Time, Time), algorithm.Tolerance, options, progress, cancellation);
        if (!result.Found) throw simulation.Fault($"The model '{model.Id}' has no steady state: {result.Explanation}", "Check the model with a time course, or set its parameters otherwise.");
        Stay(Time, [.. result.Parameters], [.. result.State]);
    }

    private InitialValueProblem Problem(double start, double end)
    {
        if (parameters is null && Overrides.Keys.All(IsPlain))
            return new InitialValueProblem(kernel, start, end) { Overrides = Overrides.ToImmutableDictionary(o => parameterIndex.ContainsKey(o.Key) ? o.Key : o.Key + ".initial", o => o.Value) };
        var (p, y) = Snapshot(start);
        return new InitialValueProblem(parameters is null ? kernel : Continued(), start, end)
        {
            Overrides = parameterIndex.ToImmutableDictionary(i => i.Key, i => p[i.Value]),
            InitialState = [.. y],
        };
    }

    /// <summary>The kernel that takes events for true before the start if they were, so that none is carried out twice.</summary>
    private Kernel Continued()
    {
        if (triggers.Length == 0) return kernel;
        if (network.Events.Any(e => e.Delay is not null)) Note($"Events of the model '{model.Id}' that are waiting for their delay are dropped where a simulation goes on from another.");
        var key = string.Concat(triggers.Select(t => t ? '1' : '0'));
        if (continuing.TryGetValue(key, out var known)) return known;
        return continuing[key] = Kernel.Compile(kernel.System with { Events = [.. kernel.System.Events.Select((e, i) => e with { TrueBeforeStart = triggers[i] })] });
    }

    private void Stay(double time, double[] p, double[] y)
    {
        (Time, parameters, state) = (time, p, y);
        var values = new double[kernel.System.Events.Length];
        if (values.Length > 0) kernel.Bind(p).Triggers(time, y, values);
        triggers = [.. values.Select(v => v != 0)];
    }

    /// <summary>Parameters and state as they are now, or as a start at that time would make them.</summary>
    private (double[] Parameters, double[] State) Snapshot(double time)
    {
        if (parameters is not null) return ([.. parameters], [.. state]);
        var plain = Overrides.Where(o => IsPlain(o.Key)).ToDictionary(o => parameterIndex.ContainsKey(o.Key) ? o.Key : o.Key + ".initial", o => o.Value, StringComparer.Ordinal);
        var p = kernel.Parameters(plain, time);
        var y = kernel.InitialState(p, time);
        foreach (var (name, value) in Overrides)
            if (!IsPlain(name)) Place(name, value, p, y, time);
        return (p, y);
    }

    private void Place(string name, double value, double[] p, double[] y, double time)
    {
        if (parameterIndex.TryGetValue(name, out int i)) p[i] = value;
        else if (StateOf(name) is { } s) y[s] = network.Find(name) is Species { InAmounts: false } species ? value * Value(species.Compartment.Name, p, y, time) : value;
    }

    private double Value(string name, double[] p, double[] y, double time)
    {
        int at = Array.FindIndex([.. kernel.System.Observables], o => o.Name == name);
        if (at < 0) return parameterIndex.TryGetValue(name, out int i) ? p[i] : y[stateIndex[name]];
        var values = new double[kernel.System.Observables.Length];
        kernel.Bind(p).Observables(time, y, values);
        return values[at];
    }

    /// <summary>Whether it can be set through the kernel, so that what depends on it at the start follows.</summary>
    private bool IsPlain(string name) => parameterIndex.ContainsKey(name) || parameterIndex.ContainsKey(name + ".initial");

    private int? StateOf(string name) =>
        network.Find(name) is Store store && stateIndex.TryGetValue(store.ContentName, out int content) ? content : stateIndex.TryGetValue(name, out int i) ? i : null;

    private bool IsKnown(string name) => parameterIndex.ContainsKey(name) || stateIndex.ContainsKey(name) || kernel.System.Observables.Any(o => o.Name == name);

    private void Note(string note)
    {
        if (!notes.Contains(note)) notes.Add(note);
    }
}
