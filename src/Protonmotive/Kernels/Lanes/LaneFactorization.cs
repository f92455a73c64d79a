using System.Runtime.CompilerServices;

namespace Protonmotive.Kernels.Lanes;

/// <summary>LU factors and solutions for several members side by side, by loops over the plan's index lists.</summary>
/// <remarks>The operations on every entry are those of <see cref="FactorizationTape"/>, in the same order.</remarks>
internal sealed unsafe class LaneFactorization<TLanes, TVector>(Factorization plan, FactorSlots slots)
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>From the shift and ∂f/∂y to the factors of W.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Factorize(double* w)
    {
        int lanes = TLanes.Count;
        double* factors = w + ((long)slots.Factors * lanes), inverse = w + ((long)slots.InversePivots * lanes), row = w + ((long)slots.Work * lanes);
        double* jacobian = w + ((long)slots.Jacobian * lanes);
        var one = TLanes.Broadcast(1);
        var shift = TLanes.Load(w + ((long)slots.Shift * lanes));
        fixed (int* rowOf = plan.Order.Rows, entryStarts = plan.Pattern.Starts, places = plan.ColumnPlaces, from = plan.FromJacobian)
        fixed (double* mass = plan.Mass)
        fixed (int* starts = plan.Order.Factors.Starts, columns = plan.Order.Factors.Columns, diagonal = plan.Diagonal)
        {
            for (int i = 0; i < plan.StateCount; i++)
            {
                int begin = starts[i], middle = diagonal[i], end = starts[i + 1];
                for (int e = begin; e < end; e++) TLanes.Store(TLanes.Broadcast(0), row + ((long)columns[e] * lanes));
                for (int e = entryStarts[rowOf[i]]; e < entryStarts[rowOf[i] + 1]; e++)
                {
                    var entry = mass[e] == 1 ? shift : TLanes.Multiply(shift, TLanes.Broadcast(mass[e]));
                    if (from[e] >= 0) entry = mass[e] == 0 ? TLanes.Negate(TLanes.Load(jacobian + ((long)from[e] * lanes))) : TLanes.Subtract(entry, TLanes.Load(jacobian + ((long)from[e] * lanes)));
                    TLanes.Store(entry, row + ((long)places[e] * lanes));
                }
                for (int e = begin; e < middle; e++)
                {
                    int k = columns[e], stop = starts[k + 1];
                    var l = TLanes.Multiply(TLanes.Load(row + ((long)k * lanes)), TLanes.Load(inverse + ((long)k * lanes)));
                    TLanes.Store(l, factors + ((long)e * lanes));
                    for (int u = diagonal[k] + 1; u < stop; u++)
                    {
                        double* target = row + ((long)columns[u] * lanes);
                        TLanes.Store(TLanes.NegatedMultiplyAdd(l, TLanes.Load(factors + ((long)u * lanes)), TLanes.Load(target)), target);
                    }
                }
                for (int e = middle; e < end; e++) TLanes.Store(TLanes.Load(row + ((long)columns[e] * lanes)), factors + ((long)e * lanes));
                TLanes.Store(TLanes.Divide(one, TLanes.Load(factors + ((long)middle * lanes))), inverse + ((long)i * lanes));
            }
        }
    }

    /// <summary>Right-hand side to solution, states then quadratures.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(double* w)
    {
        int n = plan.StateCount, lanes = TLanes.Count;
        double* factors = w + ((long)slots.Factors * lanes), right = w + ((long)slots.Right * lanes), x = w + ((long)slots.Solution * lanes);
        double* z = w + ((long)slots.Work * lanes), inverse = w + ((long)slots.InversePivots * lanes);
        fixed (int* starts = plan.Order.Factors.Starts, columns = plan.Order.Factors.Columns, diagonal = plan.Diagonal, rowOf = plan.Order.Rows, columnOf = plan.Order.Columns)
        {
            for (int i = 0; i < n; i++)
            {
                TLanes.Store(Reduce(TLanes.Load(right + ((long)rowOf[i] * lanes)), factors, columns, starts[i], diagonal[i], z), z + ((long)i * lanes));
            }
            for (int i = n - 1; i >= 0; i--)
            {
                var sum = Reduce(TLanes.Load(z + ((long)i * lanes)), factors, columns, diagonal[i] + 1, starts[i + 1], z);
                sum = TLanes.Multiply(sum, TLanes.Load(inverse + ((long)i * lanes)));
                TLanes.Store(sum, z + ((long)i * lanes));
                TLanes.Store(sum, x + ((long)columnOf[i] * lanes));
            }
        }
        SolveQuadratures(w);
    }

    /// <summary>Solves Wᵀ x = b, quadratures first: they read states, so states take their adjoints.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SolveTransposed(double* w, double* b, double* x)
    {
        int n = plan.StateCount, lanes = TLanes.Count;
        double* factors = w + ((long)slots.Factors * lanes), inverse = w + ((long)slots.InversePivots * lanes), z = w + ((long)slots.Work * lanes), jacobian = w + ((long)slots.Jacobian * lanes);
        var inverseShift = TLanes.Load(w + ((long)slots.InverseShift * lanes));
        fixed (int* starts = plan.Order.Factors.Starts, columns = plan.Order.Factors.Columns, diagonal = plan.Diagonal, rowOf = plan.Order.Rows, columnOf = plan.Order.Columns)
        fixed (int* jacobianStarts = plan.Jacobian.Starts, jacobianColumns = plan.Jacobian.Columns)
        {
            Buffer.MemoryCopy(b, x, (long)n * lanes * sizeof(double), (long)n * lanes * sizeof(double));
            for (int q = n; q < plan.Jacobian.RowCount; q++)
            {
                var own = TLanes.Multiply(TLanes.Load(b + ((long)q * lanes)), inverseShift);
                TLanes.Store(own, x + ((long)q * lanes));
                for (int e = jacobianStarts[q]; e < jacobianStarts[q + 1]; e++)
                {
                    double* state = x + ((long)jacobianColumns[e] * lanes);
                    TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(jacobian + ((long)e * lanes)), own, TLanes.Load(state)), state);
                }
            }
            for (int i = 0; i < n; i++) TLanes.Store(TLanes.Load(x + ((long)columnOf[i] * lanes)), z + ((long)i * lanes));
            for (int i = 0; i < n; i++)
            {
                var value = TLanes.Multiply(TLanes.Load(z + ((long)i * lanes)), TLanes.Load(inverse + ((long)i * lanes)));
                TLanes.Store(value, z + ((long)i * lanes));
                Subtract(value, factors, columns, diagonal[i] + 1, starts[i + 1], z);
            }
            for (int i = n - 1; i >= 0; i--) Subtract(TLanes.Load(z + ((long)i * lanes)), factors, columns, starts[i], diagonal[i], z);
            for (int i = 0; i < n; i++) TLanes.Store(TLanes.Load(z + ((long)i * lanes)), x + ((long)rowOf[i] * lanes));
        }
    }

    /// <summary>As <see cref="FactorizationTape.Excess"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FindExcess(double* w, double limit)
    {
        int lanes = TLanes.Count;
        double* jacobian = w + ((long)slots.Jacobian * lanes), right = w + ((long)slots.Right * lanes), x = w + ((long)slots.Solution * lanes);
        TVector worst = TLanes.Broadcast(0), negativeLimit = TLanes.Broadcast(-limit), shift = TLanes.Load(w + ((long)slots.Shift * lanes));
        for (int i = 0; i < plan.StateCount; i++)
        {
            var residual = TLanes.Load(right + ((long)i * lanes));
            var size = TLanes.Abs(residual);
            for (int e = plan.Pattern.Starts[i]; e < plan.Pattern.Starts[i + 1]; e++)
            {
                int from = plan.FromJacobian[e];
                var entry = TLanes.Multiply(shift, TLanes.Broadcast(plan.Mass[e]));
                if (from >= 0) entry = TLanes.Subtract(entry, TLanes.Load(jacobian + ((long)from * lanes)));
                var term = TLanes.Multiply(entry, TLanes.Load(x + ((long)plan.Pattern.Columns[e] * lanes)));
                residual = TLanes.Subtract(residual, term);
                size = TLanes.Add(TLanes.Abs(term), size);
            }
            worst = TLanes.Max(TLanes.MultiplyAdd(size, negativeLimit, TLanes.Abs(residual)), worst);
        }
        TLanes.Store(worst, w + ((long)slots.Excess * lanes));
    }

    private void SolveQuadratures(double* w)
    {
        int n = plan.StateCount, lanes = TLanes.Count;
        double* jacobian = w + ((long)slots.Jacobian * lanes), right = w + ((long)slots.Right * lanes), x = w + ((long)slots.Solution * lanes);
        var inverseShift = TLanes.Load(w + ((long)slots.InverseShift * lanes));
        for (int q = n; q < plan.Jacobian.RowCount; q++)
        {
            var sum = TLanes.Load(right + ((long)q * lanes));
            for (int e = plan.Jacobian.Starts[q]; e < plan.Jacobian.Starts[q + 1]; e++)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(jacobian + ((long)e * lanes)), TLanes.Load(x + ((long)plan.Jacobian.Columns[e] * lanes)), sum);
            }
            TLanes.Store(TLanes.Multiply(sum, inverseShift), x + ((long)q * lanes));
        }
    }

    /// <summary>z −= factors·value, at the columns of the factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(TVector value, double* factors, int* columns, int begin, int end, double* z)
    {
        int lanes = TLanes.Count;
        for (int e = begin; e < end; e++)
        {
            double* target = z + ((long)columns[e] * lanes);
            TLanes.Store(TLanes.NegatedMultiplyAdd(value, TLanes.Load(factors + ((long)e * lanes)), TLanes.Load(target)), target);
        }
    }

    /// <summary>value − Σ factors·z, the terms going alternately to two sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Reduce(TVector value, double* factors, int* columns, int begin, int end, double* z)
    {
        int lanes = TLanes.Count;
        var second = TLanes.Broadcast(0);
        int e = begin;
        for (; e + 1 < end; e += 2)
        {
            value = TLanes.NegatedMultiplyAdd(TLanes.Load(factors + ((long)e * lanes)), TLanes.Load(z + ((long)columns[e] * lanes)), value);
            second = TLanes.NegatedMultiplyAdd(TLanes.Load(factors + ((long)(e + 1) * lanes)), TLanes.Load(z + ((long)columns[e + 1] * lanes)), second);
        }
        if (e < end) value = TLanes.NegatedMultiplyAdd(TLanes.Load(factors + ((long)e * lanes)), TLanes.Load(z + ((long)columns[e] * lanes)), value);
        return end - begin < 2 ? value : TLanes.Add(value, second);
    }
}
