namespace Protonmotive.Kernels;

/// <summary>Writes the factorisation and the solution of a plan as straight-line code, the idea of the Kinetic PreProcessor.</summary>
/// <remarks>
/// Damian, Sandu, Damian, Potra and Carmichael (2002), Comput. Chem. Eng. 26, 1567. The operations on every entry are those
/// of <see cref="IndexedFactorization"/> and <see cref="IndexedSolution"/>, in the same order.
/// </remarks>
internal static class FactorizationTape
{
    /// <summary>The factorisation: from the shift and ∂f/∂y to L and U of W.</summary>
    public static Tape Factors(Factorization plan, FactorSlots slots, SlotLayout layout)
    {
        var tape = new Tape();
        var pattern = plan.Order.Factors;
        var value = new int[pattern.Count];
        var source = new int[pattern.Count];
        Array.Fill(source, -1);
        for (int e = 0; e < plan.Pattern.Count; e++) source[plan.ToFactors[e]] = e;
        var inverse = new int[plan.StateCount];
        var updates = new List<(int Lower, int Upper)>[plan.StateCount]; // what each column of the row subtracts, pivots ascending
        for (int j = 0; j < updates.Length; j++) updates[j] = [];
        int one = layout.Constant(1), zero = layout.Constant(0);
        for (int i = 0; i < plan.StateCount; i++)
        {
            for (int e = pattern.Starts[i]; e < plan.Diagonal[i]; e++)
            {
                int k = pattern.Columns[e];
                for (int u = plan.Diagonal[k] + 1; u < pattern.Starts[k + 1]; u++) updates[pattern.Columns[u]].Add((e, u));
            }
            // One entry is finished before the next, so its sum stays in a register.
            for (int e = pattern.Starts[i]; e < pattern.Starts[i + 1]; e++)
            {
                int j = pattern.Columns[e];
                value[e] = source[e] < 0 ? zero : Entry(tape, plan, slots, layout, source[e]);
                foreach (var (lower, upper) in updates[j]) value[e] = tape.Append(Opcode.NegatedMultiplyAdd, value[lower], value[upper], value[e]);
                updates[j].Clear();
                if (j < i) value[e] = tape.Append(Opcode.Multiply, value[e], inverse[j]);
                tape.Store(value[e], slots.Factors + e);
            }
            inverse[i] = tape.Append(Opcode.Divide, one, value[plan.Diagonal[i]]);
            tape.Store(inverse[i], slots.InversePivots + i);
        }
        return tape;
    }

    /// <summary>
    /// The check of a solution: the largest |b − W x| − limit·(|b| + |W| |x|) over the states, row by row, to a slot of its own.
    /// Where that is above 0, or NaN, digits were lost.
    /// </summary>
    /// <remarks>Oettli and Prager (1964), Numer. Math. 6, 405: the componentwise backward error of x is the largest ratio of the two.</remarks>
    public static Tape Excess(Factorization plan, FactorSlots slots, SlotLayout layout, double limit)
    {
        var tape = new Tape();
        int worst = layout.Constant(0), negativeLimit = layout.Constant(-limit);
        for (int i = 0; i < plan.StateCount; i++)
        {
            int residual = slots.Right + i, size = tape.Append(Opcode.Abs, residual);
            for (int e = plan.Pattern.Starts[i]; e < plan.Pattern.Starts[i + 1]; e++)
            {
                int term = tape.Append(Opcode.Multiply, Entry(tape, plan, slots, layout, e), slots.Solution + plan.Pattern.Columns[e]);
                residual = tape.Append(Opcode.Subtract, residual, term);
                size = tape.Append(Opcode.Add, tape.Append(Opcode.Abs, term), size);
            }
            worst = tape.Append(Opcode.Max, tape.Append(Opcode.MultiplyAdd, size, negativeLimit, tape.Append(Opcode.Abs, residual)), worst);
        }
        tape.Store(worst, slots.Excess);
        return tape;
    }

    /// <summary>The solution: from the right-hand side to states, then quadratures.</summary>
    public static Tape Solution(Factorization plan, FactorSlots slots, SlotLayout layout)
    {
        var tape = new Tape();
        int n = plan.StateCount;
        var pattern = plan.Order.Factors;
        var z = new int[n];
        for (int i = 0; i < n; i++) z[i] = Reduce(slots.Right + plan.Order.Rows[i], pattern.Starts[i], plan.Diagonal[i]);
        var x = new int[n];
        for (int i = n - 1; i >= 0; i--)
        {
            z[i] = tape.Append(Opcode.Multiply, Reduce(z[i], plan.Diagonal[i] + 1, pattern.Starts[i + 1]), slots.InversePivots + i);
            x[plan.Order.Columns[i]] = z[i];
            tape.Store(z[i], slots.Solution + plan.Order.Columns[i]);
        }
        for (int q = n; q < plan.Jacobian.RowCount; q++)
        {
            int sum = slots.Right + q;
            for (int e = plan.Jacobian.Starts[q]; e < plan.Jacobian.Starts[q + 1]; e++)
            {
                sum = tape.Append(Opcode.MultiplyAdd, slots.Jacobian + e, x[plan.Jacobian.Columns[e]], sum);
            }
            tape.Store(tape.Append(Opcode.Multiply, sum, slots.InverseShift), slots.Solution + q);
        }
        return tape;

        int Reduce(int value, int begin, int end)
        {
            int second = -1;
            bool hasSecond = false;
            for (int e = begin; e < end; e++)
            {
                int factor = slots.Factors + e, known = z[pattern.Columns[e]];
                if ((e - begin) % 2 == 0) value = tape.Append(Opcode.NegatedMultiplyAdd, factor, known, value);
                else
                {
                    second = tape.Append(Opcode.NegatedMultiplyAdd, factor, known, hasSecond ? second : layout.Constant(0));
                    hasSecond = true;
                }
            }
            return hasSecond ? tape.Append(Opcode.Add, value, second) : value;
        }
    }

    /// <summary>An entry of W.</summary>
    private static int Entry(Tape tape, Factorization plan, FactorSlots slots, SlotLayout layout, int e)
    {
        int jacobian = slots.Jacobian + plan.FromJacobian[e];
        if (plan.Mass[e] == 0) return tape.Append(Opcode.Negate, jacobian);
        int mass = plan.Mass[e] == 1 ? slots.Shift : tape.Append(Opcode.Multiply, slots.Shift, layout.Constant(plan.Mass[e]));
        return plan.FromJacobian[e] < 0 ? mass : tape.Append(Opcode.Subtract, mass, jacobian);
    }
}
