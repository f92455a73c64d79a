namespace Protonmotive.Solvers.Stochastic;

/// <summary>What moves between firings in proportion to time: states with rate rules, and the conditions whose truth follows from them or from time.</summary>
internal sealed unsafe class Clocks
{
    // A condition is looked at a few units in the last place after it flips, so that rounding does not hide it.
    private const double Past = 1e-15;

    private readonly JumpWorkspace space;
    private readonly int[] moving;
    private readonly double[] from, rates;
    private double since;

    public Clocks(JumpWorkspace space)
    {
        this.space = space;
        moving = [.. space.Kernel.System.IsMoving.Select((is_, i) => (is_, i)).Where(x => x.is_).Select(x => x.i)];
        from = new double[moving.Length];
        rates = new double[moving.Length];
        IsEmpty = moving.Length == 0 && space.Kernel.Programs.Relations.Length == 0;
    }

    /// <summary>Whether nothing moves and no condition depends on time.</summary>
    public bool IsEmpty { get; }

    /// <summary>When the next condition flips; infinite where none does.</summary>
    public double NextFlip { get; private set; } = double.PositiveInfinity;

    /// <summary>Takes states and rates as they are now: from here on everything moves evenly.</summary>
    public void Restart()
    {
        since = space.Time;
        NextFlip = double.PositiveInfinity;
        if (IsEmpty) return;
        var programs = space.Kernel.Programs;
        space.Run(programs.Clocks);
        for (int i = 0; i < moving.Length; i++)
        {
            from[i] = space.States[moving[i]];
            rates[i] = space.Workspace[programs.Rates + moving[i]];
            if (!double.IsFinite(rates[i])) throw new StochasticException(
                $"The rate of '{space.Kernel.System.Equations.States[moving[i]].Name}' is {rates[i]}.", space.Where(since), "Check what its rate rule divides by.");
        }
        for (int r = 0; r < programs.Relations.Length; r++)
        {
            double root = space.Workspace[programs.Roots + r], slope = space.Workspace[programs.RootSlopes + r];
            double flip = since - (root / slope);
            if (!(flip > since)) continue; // also where the slope is 0
            NextFlip = Math.Min(NextFlip, flip + (Past * Math.Max(Math.Abs(flip), Math.Max(Math.Abs(since), flip - since))));
        }
    }

    /// <summary>Brings what moves to a time.</summary>
    public void MoveTo(double t)
    {
        for (int i = 0; i < moving.Length; i++) space.States[moving[i]] = from[i] + (rates[i] * (t - since));
        space.Time = t;
    }
}
