using System.Numerics;
using System.Runtime.InteropServices;

namespace Protonmotive.Kernels.Lanes;

/// <summary>
/// A kernel at work on several members side by side: a workspace in native memory, slot s of lane l at (s·lanes + l), 64-byte
/// aligned. For one thread; disposed by who made it.
/// </summary>
internal sealed unsafe class LaneSystem<TLanes, TVector> : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly LanePrograms programs;
    private readonly Factorization plan;
    private readonly LaneFactorization<TLanes, TVector> loops;
    private readonly PivotedFactors?[] pivoted = new PivotedFactors?[TLanes.Count];
    private readonly double* w;
    private readonly double[] laneEntries, laneRight, laneSolution;
    private readonly bool[] isRegular = new bool[TLanes.Count];
    private bool isChecked, isDisposed;

    /// <summary>Makes the workspace; parameters are 0 until set.</summary>
    public LaneSystem(Kernel kernel, LanePrograms programs)
        : this(kernel, programs, programs.Run.WorkspaceSize)
    {
    }

    /// <summary>Makes a workspace of more slots than the kernel's own programs need.</summary>
    public LaneSystem(Kernel kernel, LanePrograms programs, int workspaceSize)
    {
        Kernel = kernel;
        this.programs = programs;
        plan = programs.Run.Plan;
        loops = new LaneFactorization<TLanes, TVector>(plan, programs.Run.Slots);
        w = LaneMemory.Allocate(workspaceSize, TLanes.Count);
        laneEntries = new double[plan.Pattern.Count];
        laneRight = new double[kernel.Count];
        laneSolution = new double[kernel.Count];
        foreach (var (slot, value) in programs.Run.Layout.Constants) TLanes.Store(TLanes.Broadcast(value), At(slot));
        TLanes.Store(TLanes.Broadcast(1), At(programs.Run.StartedSlot));
    }

    /// <summary>Frees the workspace if its owner forgot.</summary>
    ~LaneSystem() => Free();

    /// <summary>What is run.</summary>
    public Kernel Kernel { get; }

    /// <summary>Whether f depends on time.</summary>
    public bool DependsOnTime => programs.TimeDerivative is not null;

    /// <summary>Where the time of each lane stands.</summary>
    public double* Time => At(programs.Run.Layout.Time);

    /// <summary>Where the states stand that programs read, shape [states][lanes].</summary>
    public double* States => At(programs.Run.Layout.States);

    /// <summary>Where f stands after <see cref="EvaluateRates"/>, shape [count][lanes].</summary>
    public double* Rates => At(programs.Run.Rates.First);

    /// <summary>Where ∂f/∂t stands after <see cref="EvaluateTimeDerivative"/>, shape [count][lanes].</summary>
    public double* TimeDerivative => At(programs.Run.TimeDerivative.First);

    /// <summary>Where <see cref="Solve"/> reads the right-hand side, shape [count][lanes].</summary>
    public double* Right => At(programs.Run.Slots.Right);

    /// <summary>Where <see cref="Solve"/> leaves the solution, shape [count][lanes].</summary>
    public double* Solution => At(programs.Run.Slots.Solution);

    /// <summary>Puts a member's parameters in its lane; <see cref="EvaluatePrologue"/> must follow.</summary>
    public void SetParameters(int lane, ReadOnlySpan<double> parameters)
    {
        double* first = At(programs.Run.Layout.Parameters) + lane;
        for (int p = 0; p < parameters.Length; p++) first[(long)p * TLanes.Count] = parameters[p];
    }

    /// <summary>A lane's parameters.</summary>
    public void GetParameters(int lane, Span<double> parameters)
    {
        double* first = At(programs.Run.Layout.Parameters) + lane;
        for (int p = 0; p < parameters.Length; p++) parameters[p] = first[(long)p * TLanes.Count];
    }

    /// <summary>Computes what parameters alone fix.</summary>
    public void EvaluatePrologue() => programs.Prologue.Run(w);

    /// <summary>f at <see cref="Time"/> and <see cref="States"/>.</summary>
    public void EvaluateRates() => programs.Rates.Run(w);

    /// <summary>∂f/∂t there.</summary>
    public void EvaluateTimeDerivative() => programs.TimeDerivative?.Run(w);

    /// <summary>∂f/∂y there.</summary>
    public void EvaluateJacobian() => programs.Jacobian.Run(w);

    /// <summary>Factorises W = shift·M − ∂f/∂y of every lane.</summary>
    /// <remarks>As in <see cref="ShiftedMatrix"/>, the first solution tells the lanes that lost digits; these are pivoted.</remarks>
    public void Factorize(TVector shift)
    {
        TLanes.Store(shift, At(programs.Run.Slots.Shift));
        TLanes.Store(TLanes.Divide(TLanes.Broadcast(1), shift), At(programs.Run.Slots.InverseShift));
        if (programs.Factors is { } factors) factors.Run(w);
        else loops.Factorize(w);
        Pivoted = 0;
        isChecked = false;
    }

    /// <summary>Factorises W where a solve before has told which lanes need pivots: no solution need tell it again.</summary>
    /// <param name="shift">The shift of each lane.</param>
    /// <param name="pivoted">What <see cref="Pivoted"/> was then.</param>
    public void Factorize(TVector shift, uint pivoted)
    {
        Factorize(shift);
        Pivot(pivoted);
    }

    /// <summary>Lanes whose factors are pivoted, as the first solution after <see cref="Factorize(TVector)"/> has found.</summary>
    public uint Pivoted { get; private set; }

    /// <summary>Solves W x = b in every lane; NaN in lanes where W proves singular.</summary>
    public void Solve()
    {
        if (programs.Solution is { } solution) solution.Run(w);
        else loops.Solve(w);
        if (!isChecked) Check();
        for (uint rest = Pivoted; rest != 0; rest &= rest - 1) SolvePivoted(BitOperations.TrailingZeroCount(rest));
    }

    /// <summary>Runs another program over the workspace.</summary>
    public void Run(Executable program) => program.Run(w);

    /// <summary>Solves Wᵀ x = b in every lane, after a <see cref="Solve"/> has seen the factors, or it is known which lanes are pivoted; NaN in lanes where W is singular.</summary>
    /// <param name="program">The transposed solution as a program; null for loops over index lists.</param>
    /// <param name="b">Shape [count][lanes]: the solution's shadow where a program is given. Kept.</param>
    /// <param name="x">Shape [count][lanes]: the right-hand side's shadow where a program is given.</param>
    public void SolveTransposed(Executable? program, double* b, double* x)
    {
        if (program is not null) program.Run(w);
        else loops.SolveTransposed(w, b, x);
        for (uint rest = Pivoted; rest != 0; rest &= rest - 1) SolvePivotedTransposed(BitOperations.TrailingZeroCount(rest), b, x);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>The numbers of a slot.</summary>
    public double* At(int slot) => w + ((long)slot * TLanes.Count);

    // The lanes whose first solution fails its equations are pivoted.
    private void Check()
    {
        if (programs.Excess is { } excess) excess.Run(w);
        else loops.FindExcess(w, ShiftedMatrix.ErrorLimit);
        Pivot(~TLanes.Bits(TLanes.IsLessOrEqual(TLanes.Load(At(programs.Run.Slots.Excess)), TLanes.Broadcast(0))) & ((1u << TLanes.Count) - 1));
    }

    private void Pivot(uint lanes)
    {
        isChecked = true;
        Pivoted = lanes;
        for (uint rest = lanes; rest != 0; rest &= rest - 1) FactorizePivoted(BitOperations.TrailingZeroCount(rest));
    }

    private void FactorizePivoted(int lane)
    {
        int lanes = TLanes.Count;
        double shift = At(programs.Run.Slots.Shift)[lane];
        double* jacobian = At(programs.Run.Slots.Jacobian) + lane;
        for (int e = 0; e < laneEntries.Length; e++)
        {
            laneEntries[e] = shift * plan.Mass[e];
            if (plan.FromJacobian[e] >= 0) laneEntries[e] -= jacobian[(long)plan.FromJacobian[e] * lanes];
        }
        isRegular[lane] = (pivoted[lane] ??= new PivotedFactors(plan.StateCount)).Factorize(plan.Pattern, laneEntries);
    }

    private void SolvePivoted(int lane)
    {
        int n = plan.StateCount, lanes = TLanes.Count;
        for (int i = 0; i < n; i++) laneRight[i] = Right[((long)i * lanes) + lane];
        if (isRegular[lane]) pivoted[lane]!.Solve(laneRight.AsSpan(0, n), laneSolution.AsSpan(0, n));
        else Array.Fill(laneSolution, double.NaN);
        for (int i = 0; i < n; i++) Solution[((long)i * lanes) + lane] = laneSolution[i];
        double* jacobian = At(programs.Run.Slots.Jacobian);
        for (int q = n; q < plan.Jacobian.RowCount; q++)
        {
            double sum = Right[((long)q * lanes) + lane];
            for (int e = plan.Jacobian.Starts[q]; e < plan.Jacobian.Starts[q + 1]; e++)
            {
                sum = Math.FusedMultiplyAdd(jacobian[((long)e * lanes) + lane], laneSolution[plan.Jacobian.Columns[e]], sum);
            }
            Solution[((long)q * lanes) + lane] = sum * At(programs.Run.Slots.InverseShift)[lane];
        }
    }

    // Quadratures first: they read states, so states take their adjoints.
    private void SolvePivotedTransposed(int lane, double* b, double* x)
    {
        int n = plan.StateCount, lanes = TLanes.Count;
        double* jacobian = At(programs.Run.Slots.Jacobian);
        for (int i = 0; i < n; i++) laneRight[i] = b[((long)i * lanes) + lane];
        for (int q = n; q < plan.Jacobian.RowCount; q++)
        {
            double own = x[((long)q * lanes) + lane] = b[((long)q * lanes) + lane] * At(programs.Run.Slots.InverseShift)[lane];
            for (int e = plan.Jacobian.Starts[q]; e < plan.Jacobian.Starts[q + 1]; e++) laneRight[plan.Jacobian.Columns[e]] += jacobian[((long)e * lanes) + lane] * own;
        }
        if (isRegular[lane]) pivoted[lane]!.SolveTransposed(laneRight.AsSpan(0, n), laneSolution.AsSpan(0, n));
        else Array.Fill(laneSolution, double.NaN);
        for (int i = 0; i < n; i++) x[((long)i * lanes) + lane] = laneSolution[i];
    }

    private void Free()
    {
        if (isDisposed) return;
        isDisposed = true;
        NativeMemory.AlignedFree(w);
    }
}
