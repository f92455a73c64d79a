using Protonmotive.Kernels;

namespace Protonmotive.Solvers.Langevin;

/// <summary>
/// Work and heat along one path. Over a step state and parameters go on a straight line; potentials are integrated along it by Simpson's rule, ∫μ∘dx = Δx (μ₀ + 4 μ½ + μ₁)/6.
/// </summary>
/// <remarks>
/// Sekimoto (1998), Prog. Theor. Phys. Suppl. 130, 17: heat is the force times the displacement in the sense of Stratonovich, work is what moving parameters do. Simpson's
/// rule is exact for energies up to the fourth power along the line, so that ΔG = W − Q holds to rounding there; for others it holds to O(Δx⁵) a step.
/// </remarks>
internal sealed class PathBooks
{
    private const int Energy = 0, TimeSlope = 1, FirstSlope = 2;

    private readonly LangevinKernel kernel;
    private readonly KernelInstance instance;
    private readonly int[] supplies; // column of each held store, −1 for free ones
    private readonly int potentials;
    private readonly double[] middle, mean;
    private double[] now, next;

    public PathBooks(LangevinKernel kernel, KernelInstance instance, PathColumns columns)
    {
        this.kernel = kernel;
        this.instance = instance;
        Columns = columns;
        potentials = FirstSlope + kernel.System.Drives.Length;
        int size = potentials + kernel.System.Stores.Length;
        (now, next, mean, Totals) = (new double[size], new double[size], new double[size], new double[columns.Count]);
        middle = new double[kernel.Motion.StateCount];
        int supply = PathColumns.FirstSupply;
        supplies = [.. kernel.System.Stores.Select(s => s.State < 0 ? supply++ : -1)];
    }

    public PathColumns Columns { get; }

    /// <summary>The path's account so far, shape [columns].</summary>
    public double[] Totals { get; }

    /// <summary>Begins a path.</summary>
    public void Begin(double t, ReadOnlySpan<double> state)
    {
        Array.Clear(Totals);
        instance.Observables(t, state, now);
        Totals[PathColumns.StoredAtStart] = Totals[PathColumns.StoredAtEnd] = now[Energy];
    }

    /// <summary>Posts a step.</summary>
    /// <param name="t">Its start.</param>
    /// <param name="h">Its length.</param>
    /// <param name="from">State at its start.</param>
    /// <param name="to">State at its end.</param>
    /// <param name="moves">Where the displacements of each process begin.</param>
    /// <param name="displacements">What each process brought into each store.</param>
    public void Post(double t, double h, ReadOnlySpan<double> from, ReadOnlySpan<double> to, ReadOnlySpan<int> moves, ReadOnlySpan<double> displacements)
    {
        for (int i = 0; i < middle.Length; i++) middle[i] = (from[i] + to[i]) / 2;
        instance.Observables(t + (h / 2), middle, mean);
        instance.Observables(t + h, to, next);
        for (int i = TimeSlope; i < mean.Length; i++) mean[i] = (now[i] + (4 * mean[i]) + next[i]) / 6;

        double drive = mean[TimeSlope] * h;
        var drives = kernel.System.Drives;
        for (int d = 0; d < drives.Length; d++) drive += mean[FirstSlope + d] * (to[drives[d].State] - from[drives[d].State]);
        Add(PathColumns.Drive, drive);
        var processes = kernel.System.Processes;
        for (int r = 0; r < processes.Length; r++)
        {
            double heat = 0;
            var changes = processes[r].Changes;
            for (int c = 0; c < changes.Length; c++)
            {
                int store = changes[c].Store;
                double power = mean[potentials + store] * displacements[moves[r] + c];
                heat -= power;
                if (supplies[store] >= 0) Add(supplies[store], -power);
            }
            Add(Columns.FirstHeat + r, heat);
        }
        (now, next) = (next, now);
        Totals[PathColumns.StoredAtEnd] = now[Energy];
    }

    /// <summary>Posts what an event did to the energy, and goes on from there.</summary>
    public void PostJump(int e, double t, ReadOnlySpan<double> state)
    {
        double before = now[Energy];
        instance.Observables(t, state, now);
        Add(Columns.FirstJump + e, now[Energy] - before);
        Totals[PathColumns.StoredAtEnd] = now[Energy];
    }

    private void Add(int column, double energy)
    {
        Totals[column] += energy;
        Totals[PathColumns.Activity] += Math.Abs(energy);
    }
}
