using System.Collections.Immutable;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Scans;

/// <summary>Solves members by themselves: steady states, and ledgers of systems with jumps, whose supply no integral holds.</summary>
internal sealed class SinglePartSolver(ScanPlan plan) : IPartSolver
{
    private readonly ScanOutputs outputs = plan.Outputs;
    private readonly ImmutableArray<string> raw = plan.Outputs.RawNames;

    public string Form => $"one member at a time, {plan.Method.Name}: {(plan.Settings.Steady ? "each one's steady state is sought" : "the ledger counts what jumps supply")}";

    public ScanPart Solve(long first, int count, Action<long> done, CancellationToken cancellation)
    {
        int width = plan.Times.Length * outputs.Quantities.Length;
        var (varied, values, failures) = (plan.Varied(first, count), new double[count * width], new ScanFailure?[count]);
        Array.Fill(values, double.NaN);
        long finished = 0;
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = plan.Settings.Threads, CancellationToken = cancellation }, k =>
        {
            double reached = plan.Problem.Start;
            try
            {
                var problem = Problem(first + k, varied.AsSpan(k * plan.Names.Length, plan.Names.Length), out bool isSteadyAlone, ref reached, cancellation, out var parameters);
                var rows = values.AsSpan(k * width, width);
                if (isSteadyAlone) WriteState(problem, parameters, rows);
                else WriteSolution(Solve(problem, first + k, time => reached = time, cancellation), rows);
            }
            catch (ProtonmotiveException e)
            {
                failures[k] = new ScanFailure(first + k, reached, $"{e.What} {e.Where}");
            }
            done(Interlocked.Increment(ref finished));
        });
        return new ScanPart(first, count, varied, values, [.. failures.OfType<ScanFailure>()]);
    }

    /// <summary>A member's problem; of a steady state the one unit of time in it.</summary>
    private InitialValueProblem Problem(long member, ReadOnlySpan<double> varied, out bool isSteadyAlone, ref double reached, CancellationToken cancellation, out double[] parameters)
    {
        var kernel = plan.Problem.Kernel;
        var overrides = plan.Problem.Overrides.ToBuilder();
        var states = new List<(int Index, double Value)>();
        for (int i = 0; i < varied.Length; i++)
        {
            int state = Array.FindIndex([.. kernel.System.States], s => s.Name == plan.Names[i]);
            if (state >= 0 && !kernel.System.Parameters.Any(p => p.Name == plan.Names[i])) states.Add((state, varied[i]));
            else overrides[plan.Names[i]] = varied[i];
        }
        var problem = plan.Problem with { Overrides = overrides.ToImmutable() };
        parameters = kernel.Parameters(problem.Overrides, problem.Start, new RandomStream(plan.Settings.Seed, (ulong)member).Sample);
        if (states.Count > 0)
        {
            var start = kernel.InitialState(parameters, problem.Start);
            foreach (var (index, value) in states) start[index] = value;
            problem = problem with { InitialState = [.. start] };
        }
        isSteadyAlone = false;
        if (!plan.Settings.Steady) return problem;
        var steady = SteadyState.Find(problem, plan.Settings.Tolerance, new SteadyStateOptions { Method = plan.Method }, null, cancellation);
        reached = problem.Start + steady.IntegratedTime;
        if (!steady.Found) throw new Runs.SteadyStateNotFoundException(steady);
        parameters = [.. steady.Parameters];
        isSteadyAlone = !plan.HasLedger;
        return problem with { End = problem.Start + 1, InitialState = [.. steady.State.Take(kernel.StateCount)] };
    }

    private Solution Solve(InitialValueProblem problem, long member, Action<double> reached, CancellationToken cancellation) =>
        Ode.Solve(problem, plan.Method, plan.Settings.Tolerance,
            new SolveOptions { MaximumSteps = plan.Settings.MaximumSteps, Seed = plan.Settings.Seed, Member = (ulong)member, Observer = new Watcher(reached) },
            plan.Settings.Steady ? OutputTimes.EndOnly : OutputTimes.At(plan.Times) with { IncludesJumps = false }, cancellation: cancellation);

    private void WriteState(InitialValueProblem problem, double[] parameters, Span<double> row)
    {
        var kernel = problem.Kernel;
        var (state, observables) = (new double[kernel.Count], new double[kernel.System.Observables.Length]);
        problem.InitialState.CopyTo(0, state, 0, kernel.StateCount);
        kernel.Bind(parameters).Observables(problem.Start, state, observables);
        var values = new double[raw.Length];
        for (int i = 0; i < raw.Length; i++) values[i] = StateIndex(raw[i]) is var s and >= 0 ? state[s] : observables[ObservableIndex(raw[i])];
        outputs.Write(values, 0, 0, row);
    }

    private void WriteSolution(Solution solution, Span<double> rows)
    {
        var columns = raw.Select(name => StateIndex(name) is var s and >= 0 ? solution.Column(s).ToArray() : solution.ObservableColumn(name)).ToArray();
        var problem = solution.Problem;
        var parameters = problem.Kernel.Parameters(problem.Overrides, problem.Start);
        double stored = outputs.NeedsStart ? Stored(problem.Start, problem.InitialState.IsDefault ? problem.Kernel.InitialState(parameters, problem.Start) : [.. problem.InitialState], parameters) : 0;
        var jumps = outputs.NeedsJumps ? solution.Events.Select(e => (e.Time, Energy: Stored(e.Time, [.. e.StateAfter], [.. e.ParametersAfter]) - Stored(e.Time, [.. e.StateBefore], [.. e.ParametersBefore]))).ToList() : [];
        var values = new double[raw.Length];
        int width = outputs.Quantities.Length;
        for (int row = 0; row < solution.RowCount; row++)
        {
            for (int i = 0; i < raw.Length; i++) values[i] = columns[i][row];
            outputs.Write(values, stored, jumps.Where(j => j.Time <= solution.Times[row]).Sum(j => j.Energy), rows.Slice(row * width, width));
        }
    }

    private double Stored(double time, double[] state, double[] parameters)
    {
        var kernel = plan.Problem.Kernel;
        var (all, values) = (new double[kernel.Count], new double[kernel.System.Observables.Length]);
        state.AsSpan(0, Math.Min(state.Length, all.Length)).CopyTo(all);
        kernel.Bind(parameters).Observables(time, all, values);
        return values[ObservableIndex(LedgerNumber.Stored)];
    }

    private int StateIndex(string name)
    {
        var system = plan.Problem.Kernel.System;
        for (int i = 0; i < system.States.Length; i++) if (system.States[i].Name == name) return i;
        for (int i = 0; i < system.Quadratures.Length; i++) if (system.Quadratures[i].Name == name) return system.States.Length + i;
        return -1;
    }

    private int ObservableIndex(string name) => Array.FindIndex([.. plan.Problem.Kernel.System.Observables], o => o.Name == name);

    private sealed class Watcher(Action<double> reached) : IStepObserver
    {
        public bool Observe(in StepRecord step)
        {
            reached(step.Time + step.Step);
            return true;
        }
    }
}
