using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Kernels;
using Protonmotive.Symbolics;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>
/// The derivative of a stop: how states and parameters after it move with those before it, at the stop's time. One list of linear
/// acts serves tangents, in order, and adjoints, in reverse.
/// </summary>
/// <remarks>
/// A root g(t, y, p) = 0 moves by δτ = −(∂g/∂y δy + ∂g/∂p δp)/(∂g/∂t + ∂g/∂y y′). The state is carried to the time of the jump along y′ before it,
/// through the jump, and back along y′ after it: the saltation matrix (Rozenvasser 1967; Galán, Feehery and Barton 1999, Appl.
/// Numer. Math. 31, 17).
/// </remarks>
internal sealed class StopDerivative
{
    // How far from its root a mode may be at the time it was said to flip.
    private const double Nearby = 1e-9;

    private readonly Kernel kernel;
    private readonly StopRecord record;
    private readonly StopSlopes slopes;
    private readonly List<ILinearAct> acts = [];

    /// <summary>Works out the acts.</summary>
    /// <exception cref="SensitivityException">The solution touches a switch without crossing it.</exception>
    public StopDerivative(Kernel kernel, StopRecord record, StopSlopes slopes)
    {
        this.kernel = kernel;
        this.record = record;
        this.slopes = slopes;
        if (record.IsStart)
        {
            foreach (var act in record.Acts) Translate(act);
            return;
        }
        var before = Velocity(record.State, record.Parameters);
        var after = Velocity(record.StateAfter, record.ParametersAfter);
        if (record.Acts.Count == 0 && before.AsSpan().SequenceEqual(after)) return;
        acts.Add(Cause(before));
        acts.Add(new Travel(before, 1));
        foreach (var act in record.Acts) Translate(act);
        acts.Add(new Travel(after, -1));
    }

    /// <summary>Carries a tangent over the stop.</summary>
    public void Forward(StopShadow shadow)
    {
        shadow.Time = 0;
        foreach (var act in acts) act.Forward(shadow);
    }

    /// <summary>Carries an adjoint back over the stop.</summary>
    public void Back(StopShadow shadow)
    {
        shadow.Time = 0;
        for (int k = acts.Count - 1; k >= 0; k--) acts[k].Back(shadow);
    }

    // y' where a mass matrix may leave algebraic variables: those follow their equations.
    private double[] Velocity(double[] state, double[] parameters)
    {
        var rates = slopes.Rates(record.Time, state, parameters);
        var mass = kernel.System.Mass;
        if (mass.IsEmpty) return rates;
        int n = kernel.StateCount;
        var matrix = Matrix<double>.Build.Dense(n, n);
        var right = Vector<double>.Build.Dense(n);
        var moves = new bool[n];
        foreach (var entry in mass)
        {
            if (entry.Value == 0) continue;
            matrix[entry.Row, entry.Column] += entry.Value;
            moves[entry.Row] = true;
        }
        var inTime = slopes.TimeDerivative(record.Time, state, parameters);
        for (int i = 0; i < n; i++)
        {
            if (moves[i])
            {
                right[i] = rates[i];
                continue;
            }
            var row = slopes.Rate(i, record.Time, state, parameters);
            for (int j = 0; j < n; j++) matrix[i, j] = row.States[j];
            right[i] = -inTime[i];
        }
        matrix.Solve(right).ToArray().CopyTo(rates, 0);
        return rates;
    }

    private ILinearAct Cause(double[] velocity)
    {
        int mode = record.Forced is { } forced ? Array.IndexOf(forced, true) : CrossedMode();
        if (mode < 0) mode = TimedMode();
        if (mode >= 0)
        {
            var root = slopes.Root(mode, record.Time, record.State, record.Parameters);
            double speed = root.Time + root.Dot(velocity, []);
            if (speed != 0) return new RootTime(root, -1 / speed);
            throw new SensitivityException($"The solution touches the switch '{kernel.System.Modes[mode].Relation}' without crossing it, where it has no derivative.", $"t = {record.Time:g6}.",
                "Move the parameters a little, or do without sensitivities there.");
        }
        var carried = record.Acts.OfType<StopAct.Assigned>().FirstOrDefault(a => !record.Acts.OfType<StopAct.Triggered>().Any(t => t.Id == a.Id));
        return carried is null ? new Forget() : new PendingTime(carried.Id);
    }

    // The mode whose root the last step has passed: its value is no longer what the state says.
    private int CrossedMode()
    {
        int first = kernel.ParameterCount;
        for (int m = 0; m < kernel.ModeCount; m++)
        {
            double root = slopes.RootValue(m, record.Time, record.State, record.Parameters);
            bool holds = root < 0 || (root == 0 && kernel.System.Modes[m].Relation.Operation == Operation.LessOrEqual);
            if (holds != (record.Parameters[first + m] != 0)) return m;
        }
        return -1;
    }

    // The mode that time alone has flipped here; an event may have flipped it back since.
    private int TimedMode()
    {
        for (int m = 0; m < kernel.ModeCount; m++)
        {
            if (!HasFlipped(kernel.ParameterCount + m)) continue;
            var root = slopes.Root(m, record.Time, record.State, record.Parameters);
            if (root.Time != 0 && Math.Abs(slopes.RootValue(m, record.Time, record.State, record.Parameters)) <= Nearby * Math.Abs(root.Time) * Math.Max(1, Math.Abs(record.Time)) && Array.TrueForAll(root.States, slope => slope == 0)) return m;
        }
        return -1;
    }

    private bool HasFlipped(int place) => record.Parameters[place] != record.ParametersAfter[place] || record.Acts.Exists(act => act.Parameters[place] != record.Parameters[place]);

    private void Translate(StopAct act)
    {
        switch (act)
        {
            case StopAct.Restored restored:
                acts.Add(Restoration(restored.Solved, restored.State, restored.Parameters));
                break;
            case StopAct.Triggered triggered:
                acts.Add(new Trigger(triggered.Id, slopes.Delay(triggered.Index, record.Time, triggered.State, triggered.Parameters),
                    triggered.ComputesValues ? Values(triggered.Index, triggered.State, triggered.Parameters) : null));
                break;
            case StopAct.Assigned assigned:
                Translate(assigned);
                break;
        }
    }

    private void Translate(StopAct.Assigned act)
    {
        var definition = kernel.System.Events[act.Index];
        var targets = new int[definition.Assignments.Length];
        var results = new SlopeRow?[targets.Length];
        for (int k = 0, next = 0; k < targets.Length; k++)
        {
            targets[k] = Target(definition.Assignments[k].Target);
            if (definition.Assignments[k].Result is not null) results[k] = slopes.Result(act.Index, next++, record.Time, act.State, act.Parameters, act.Values);
        }
        acts.Add(new Assign(act.Id, targets, results, act.ComputesValues ? Values(act.Index, act.State, act.Parameters) : null));
    }

    private SlopeRow[] Values(int index, double[] state, double[] parameters) =>
        [.. Enumerable.Range(0, kernel.System.Events[index].Assignments.Length).Select(k => slopes.Assignment(index, k, record.Time, state, parameters))];

    // States as their index, parameters as the complement of theirs.
    private int Target(string name)
    {
        for (int i = 0; i < kernel.StateCount; i++) if (kernel.System.States[i].Name == name) return i;
        for (int p = 0; p < kernel.ParameterCount; p++) if (kernel.System.Parameters[p].Name == name) return ~p;
        throw new SensitivityException($"An event sets '{name}', which is neither a state nor a parameter.", $"t = {record.Time:g6}.", "Correct the event.");
    }

    private Restore Restoration(int[] solved, double[] state, double[] parameters)
    {
        var inTime = slopes.TimeDerivative(record.Time, state, parameters);
        var rows = solved.Select(i => slopes.Rate(i, record.Time, state, parameters) with { Time = inTime[i] }).ToArray();
        var block = Matrix<double>.Build.Dense(solved.Length, solved.Length, (i, j) => rows[i].States[solved[j]]);
        foreach (var row in rows) foreach (int i in solved) row.States[i] = 0;
        var rates = slopes.Rates(record.Time, state, parameters);
        double[] sizes = [.. Enumerable.Range(0, kernel.StateCount).Select(i => solved.Contains(i) ? Math.Abs(state[i]) : Math.Max(Math.Abs(state[i]), Math.Abs(rates[i] * record.Time)))];
        return new Restore(solved, rows, block, sizes);
    }
}
