namespace Protonmotive.Kernels;

/// <summary>Gives out the fixed slots of a workspace and remembers the constants in it.</summary>
internal sealed class SlotLayout
{
    private readonly Dictionary<long, int> constants = [];

    /// <summary>Starts a layout: time, then the states, then parameters and modes.</summary>
    public SlotLayout(int stateCount, int parameterCount)
    {
        Time = Allocate(1);
        States = Allocate(stateCount);
        Parameters = Allocate(parameterCount);
    }

    /// <summary>Slot of the independent variable.</summary>
    public int Time { get; }

    /// <summary>First slot of the states.</summary>
    public int States { get; }

    /// <summary>First slot of parameters and modes.</summary>
    public int Parameters { get; }

    /// <summary>First slot that is not given out.</summary>
    public int Count { get; private set; }

    /// <summary>The constants with their slots.</summary>
    public IEnumerable<(int Slot, double Value)> Constants => constants.Select(c => (c.Value, BitConverter.Int64BitsToDouble(c.Key)));

    /// <summary>Takes a run of slots and returns the first.</summary>
    public int Allocate(int count)
    {
        int first = Count;
        Count += count;
        return first;
    }

    /// <summary>The slot that holds a constant.</summary>
    public int Constant(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        if (!constants.TryGetValue(bits, out int slot)) constants.Add(bits, slot = Allocate(1));
        return slot;
    }

    /// <summary>Whether a slot holds a constant, and which: compiled code carries it in place.</summary>
    public Dictionary<int, double> ConstantsBySlot() => Constants.ToDictionary(c => c.Slot, c => c.Value);
}
