using System.Runtime.InteropServices;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers.Stochastic;

/// <summary>State, propensities and programs of one thread's runs. Nothing is allocated between the start and the end of a run.</summary>
internal sealed unsafe class JumpWorkspace
{
    /// <summary>Firings between two looks at limits and cancellation.</summary>
    public const int FiringsBetweenChecks = 1 << 16;

    private readonly StochasticOptions options;
    private readonly double[] memory; // pinned: compiled code keeps its address
    private readonly bool[] truths;
    private double timeAtCheck;
    private long countedFirings;

    public JumpWorkspace(StochasticKernel kernel, StochasticOptions options)
    {
        Kernel = kernel;
        this.options = options;
        var programs = kernel.Programs;
        memory = GC.AllocateArray<double>(programs.WorkspaceSize, pinned: true);
        Workspace = (double*)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        foreach (var (slot, value) in programs.Layout.Constants) Workspace[slot] = value;
        ChannelCount = kernel.System.Channels.Length;
        Firings = new ProgramPart[ChannelCount];
        Flags = new byte[ChannelCount];
        truths = new bool[kernel.System.Equations.Events.Length];
        for (int k = 0; k < ChannelCount; k++)
        {
            bool isWatched = programs.TriggersOf[k].Length > 0 || programs.ChangesClocks[k] || kernel.Guards[k] is not null;
            Flags[k] = isWatched ? (byte)1 : (byte)0;
        }
        Random = new RandomStream(0, 0);
    }

    public StochasticKernel Kernel { get; }

    public double* Workspace { get; }

    public double* Propensities => Workspace + Kernel.Programs.Propensities;

    public double* States => Workspace + Kernel.Programs.Layout.States;

    public int ChannelCount { get; }

    /// <summary>What a firing of each channel does: compiled code where there is some.</summary>
    public ProgramPart[] Firings { get; }

    /// <summary>For each channel whether <see cref="IsInterrupted"/> must be asked after a firing.</summary>
    public byte[] Flags { get; }

    public int[][] Dependants => Kernel.Programs.Dependants;

    public RandomStream Random { get; private set; }

    /// <summary>Time reached; between calls of a loop.</summary>
    public double Time
    {
        get => Workspace[Kernel.Programs.Layout.Time];
        set => Workspace[Kernel.Programs.Layout.Time] = value;
    }

    /// <summary>Firings until the next check.</summary>
    public int Countdown { get; set; }

    /// <summary>Firings of this run.</summary>
    public long FiringCount => countedFirings + FiringsBetweenChecks - Countdown;

    /// <summary>Begins a run.</summary>
    public void Begin(RandomStream random, double start)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        Random = random;
        Time = start;
        timeAtCheck = double.NegativeInfinity;
        countedFirings = 0;
        Countdown = FiringsBetweenChecks;
        TakePrograms();
    }

    /// <summary>Takes states and parameters from outside: the start, or an event.</summary>
    public void Load(ReadOnlySpan<double> states, ReadOnlySpan<double> parameters)
    {
        var layout = Kernel.Programs.Layout;
        for (int i = 0; i < Kernel.System.Equations.States.Length; i++) Workspace[layout.States + i] = Kernel.System.IsCounted[i] ? Whole(states[i], i) : states[i];
        parameters[..Kernel.System.Equations.Parameters.Length].CopyTo(memory.AsSpan(layout.Parameters));
        Run(Kernel.Programs.Prologue);
        Run(Kernel.Programs.All);
        RememberTruths();
    }

    /// <summary>The states as they are.</summary>
    public void Save(Span<double> states) => memory.AsSpan(Kernel.Programs.Layout.States, Kernel.System.Equations.States.Length).CopyTo(states);

    /// <summary>Computes the outputs.</summary>
    public void WriteOutputs(Span<double> values)
    {
        if (Kernel.Outputs.IsEmpty) return;
        Run(Kernel.Programs.Output);
        memory.AsSpan(Kernel.Programs.Outputs, Kernel.Outputs.Length).CopyTo(values);
    }

    public void Run(ChannelProgram program) => (program.Compiled ?? program.First)(Workspace);

    /// <summary>After a firing: checks what it took from, and tells whether triggers or clocks changed.</summary>
    public bool IsInterrupted(int channel, double t)
    {
        if (Kernel.Guards[channel] is { } guarded)
        {
            foreach (int i in guarded) if (States[i] < 0) throw Overdrawn(channel, i, t);
        }
        bool changed = Kernel.Programs.ChangesClocks[channel];
        foreach (int e in Kernel.Programs.TriggersOf[channel]) changed |= Workspace[Kernel.Programs.Triggers + e] != 0 != truths[e];
        return changed;
    }

    /// <summary>Whether a trigger differs from what was remembered, or the pace of a clock may have changed.</summary>
    public bool HaveTruthsChanged()
    {
        bool changed = Array.Exists(Kernel.Programs.ChangesClocks, changes => changes);
        for (int e = 0; e < truths.Length; e++) changed |= Workspace[Kernel.Programs.Triggers + e] != 0 != truths[e];
        return changed;
    }

    /// <summary>Counts one firing, or anything else that must not go on without end.</summary>
    public void CountFiring(double t)
    {
        if (--Countdown > 0) return;
        Check(t);
        Countdown = FiringsBetweenChecks;
    }

    /// <summary>Remembers which triggers hold.</summary>
    public void RememberTruths()
    {
        for (int e = 0; e < truths.Length; e++) truths[e] = Workspace[Kernel.Programs.Triggers + e] != 0;
    }

    /// <summary>Looks at limits, once in <see cref="FiringsBetweenChecks"/> firings.</summary>
    public void Check(double t)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        countedFirings += FiringsBetweenChecks;
        TakePrograms();
        if (countedFirings >= options.MaximumFirings) throw new StochasticException(
            $"The run has fired {countedFirings} times, above the limit of {options.MaximumFirings}.", Where(t) + $"; {Largest()}",
            "Raise the limit on firings, end the run before, or use tau-leaping where amounts are large.");
        if (t == timeAtCheck) throw new StochasticException(
            $"Time stands still: {FiringsBetweenChecks} firings at almost one time.", Where(t) + $"; {Largest()}",
            "The amounts explode: limit the growth in the model, or end the run before.");
        timeAtCheck = t;
        for (int i = 0; i < Kernel.System.IsCounted.Length; i++)
        {
            if (!Kernel.System.IsCounted[i] || !(States[i] > options.MaximumAmount)) continue;
            throw new StochasticException($"'{Name(i)}' has grown to {States[i]:g6}, above the limit of {options.MaximumAmount:g6}.", Where(t),
                "Limit the growth in the model, end the run before, or raise the limit on amounts (to 2^53 at most).");
        }
    }

    public StochasticException BadPropensity(double t)
    {
        int k = 0;
        while (k < ChannelCount - 1 && Propensities[k] >= 0 && Propensities[k] <= double.MaxValue) k++;
        var channel = Kernel.System.Channels[k];
        string values = string.Join(", ", channel.Propensity.Symbols().Order(StringComparer.Ordinal).Take(8).Select(s => FormattableString.Invariant($"{s} = {Value(s):g6}")));
        return new StochasticException(
            FormattableString.Invariant($"The propensity of '{channel.Name}' is {(Propensities[k] is >= 0 and <= double.MaxValue ? double.PositiveInfinity : Propensities[k]):g6}."), Where(t) + (values.Length > 0 ? $"; {values}" : ""),
            Propensities[k] < 0
                ? "A propensity is a chance per time: split a reversible law into its forward and backward part, one process each."
                : "Check what its formula divides by, and the values in it.");
    }

    public string Where(double t) => FormattableString.Invariant($"network {Kernel.Network.Name}, t = {t:g6}, seed {Random.Seed}, run {Random.Member}");

    private StochasticException Overdrawn(int channel, int state, double t) => new(
        $"'{Kernel.System.Channels[channel].Name}' takes more of '{Name(state)}' than there is: {States[state]:g6} would be left.", Where(t),
        "Make its law 0 where too little of a reactant is left: a factor of the reactant's amount, or a condition.");

    private double Whole(double amount, int state)
    {
        double whole = Math.Round(amount);
        if (Math.Abs(amount - whole) > 1e-9 * Math.Max(1, Math.Abs(amount)) || whole < 0 || !(whole <= options.MaximumAmount))
        {
            throw new StochasticException($"The amount of '{Name(state)}' is {amount:g12}, which is no count.", Where(Time),
                "Give whole, not negative amounts (in molecules, not in moles); round what a formula or an event sets.");
        }
        return whole;
    }

    private void TakePrograms()
    {
        var programs = Kernel.Programs.Firings;
        for (int k = 0; k < Firings.Length; k++) Firings[k] = programs[k].Compiled ?? programs[k].First;
    }

    private string Largest()
    {
        int largest = -1;
        for (int i = 0; i < Kernel.System.IsCounted.Length; i++) if (Kernel.System.IsCounted[i] && (largest < 0 || States[i] > States[largest])) largest = i;
        return largest < 0 ? "nothing is counted" : FormattableString.Invariant($"the largest amount is '{Name(largest)}' with {States[largest]:g6}");
    }

    private double Value(string symbol)
    {
        for (int i = 0; i < Kernel.System.Equations.States.Length; i++) if (Name(i) == symbol) return States[i];
        for (int i = 0; i < Kernel.System.Equations.Parameters.Length; i++) if (Kernel.System.Equations.Parameters[i].Name == symbol) return Workspace[Kernel.Programs.Layout.Parameters + i];
        return double.NaN;
    }

    private string Name(int state) => Kernel.System.Equations.States[state].Name;
}
