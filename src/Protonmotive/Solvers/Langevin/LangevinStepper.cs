using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers.Stochastic;

namespace Protonmotive.Solvers.Langevin;

/// <summary>
/// The trapezoidal rule for dx = f dt + Σ b_r ∘ dW_r: x₁ = x₀ + h/2 (f(x₀) + f(x₁)) + ½ Σ (b_r(x₀) + b_r(x̃)) ΔW_r with x̃ = x₀ + Σ b_r(x₀) ΔW_r, implicit in the
/// drift and Heun's in the noise.
/// </summary>
/// <remarks>
/// Kloeden and Platen (1992), Numerical Solution of Stochastic Differential Equations, sections 12.2 and 15.4: strong order 1 and weak order 2 where the noise is
/// additive; strong order 1 with one noise (or commuting ones) and weak order 1 where it depends on the state. On linear drift with additive noise the variance at rest
/// and, without friction, the energy are exact for every step, since the rule is then a Cayley transform.
/// </remarks>
internal sealed class LangevinStepper
{
    private const int MostIterations = 60;
    private const double Accuracy = 1e-13, SlowConvergence = 0.3;

    private readonly LangevinKernel kernel;
    private readonly KernelInstance instance;
    private readonly int n;
    private readonly int[] offsets; // of each process in the vector of motions: rate, amplitude, amounts
    private readonly int[] moves;   // of each process in the vector of displacements
    private readonly double[] drift, nextDrift, foreseen, correction, size, noise, foreseenMotion, guess;
    private bool isFactorized;

    public LangevinStepper(LangevinKernel kernel, KernelInstance instance)
    {
        this.kernel = kernel;
        this.instance = instance;
        n = kernel.Motion.StateCount;
        var processes = kernel.System.Processes;
        (offsets, moves) = (new int[processes.Length + 1], new int[processes.Length + 1]);
        for (int k = 0; k < processes.Length; k++)
        {
            offsets[k + 1] = offsets[k] + 2 + processes[k].Changes.Length;
            moves[k + 1] = moves[k] + processes[k].Changes.Length;
        }
        (drift, nextDrift, foreseen, correction, size, guess) = (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        (Motion, NextMotion, foreseenMotion) = (new double[offsets[^1]], new double[offsets[^1]], new double[offsets[^1]]);
        Displacements = new double[moves[^1]];
        noise = new double[moves[^1]];
        Increments = new double[processes.Length];
        Next = new double[n];
    }

    /// <summary>ΔW of each process, to be set before a step; shape [processes].</summary>
    public double[] Increments { get; }

    /// <summary>The state after the step, shape [states].</summary>
    public double[] Next { get; }

    /// <summary>What each process brought into each store that it changes, one after the other; Σ over processes is the step of the state.</summary>
    public double[] Displacements { get; }

    /// <summary>Where the displacements of each process begin, and the end of all.</summary>
    public ReadOnlySpan<int> Moves => moves;

    private double[] Motion { get; set; }

    private double[] NextMotion { get; set; }

    /// <summary>Begins at a state: the start of a path, or after a jump.</summary>
    public void Begin(double t, ReadOnlySpan<double> state)
    {
        isFactorized = false;
        for (int i = 0; i < n; i++) size[i] = Math.Max(Math.Abs(state[i]), double.Epsilon);
        instance.Rates(t, state, drift);
        instance.Observables(t, state, Motion);
    }

    /// <summary>One step, from the state where the last one ended.</summary>
    /// <returns>Null, or why it failed.</returns>
    public string? Step(double t, double h, ReadOnlySpan<double> state)
    {
        if (!Shake(t, state)) return "a mobility is negative";
        state.CopyTo(guess);
        AddTo(guess, noise);
        for (int i = 0; i < n; i++)
        {
            foreseen[i] = guess[i] + (h / 2 * drift[i]);
            size[i] = Math.Max(size[i], Math.Abs(guess[i]));
        }
        if (!Solve(t + h, h)) return "the implicit step does not converge";
        instance.Observables(t + h, Next, NextMotion);
        Displace(h);
        // The state goes where the processes brought it, to the last digit, so that the books close however far the iteration went.
        foreach (var store in kernel.System.Stores) if (store.State >= 0) Next[store.State] = state[store.State];
        AddTo(Next, Displacements);
        (Motion, NextMotion) = (NextMotion, Motion);
        nextDrift.CopyTo(drift, 0);
        foreach (double x in Next) if (!double.IsFinite(x)) return "a state is not finite";
        return null;
    }

    // ½ (ν s at x₀ + ν s at x̃) ΔW, for each store of each process.
    private bool Shake(double t, ReadOnlySpan<double> state)
    {
        foreach (int r in kernel.Noises)
            for (int c = 0; c < moves[r + 1] - moves[r]; c++) noise[moves[r] + c] = Motion[offsets[r] + 2 + c] * Motion[offsets[r] + 1] * Increments[r];
        bool isSound = true;
        if (!kernel.IsAdditive)
        {
            state.CopyTo(guess);
            AddTo(guess, noise);
            instance.Observables(t, guess, foreseenMotion);
            foreach (int r in kernel.Noises)
                for (int c = 0; c < moves[r + 1] - moves[r]; c++)
                    noise[moves[r] + c] = (noise[moves[r] + c] + (foreseenMotion[offsets[r] + 2 + c] * foreseenMotion[offsets[r] + 1] * Increments[r])) / 2;
        }
        foreach (double x in noise) isSound &= !double.IsNaN(x);
        return isSound;
    }

    // x − h/2 f(x) = foreseen, by Newton's method with a kept Jacobian from where noise alone would lead.
    private bool Solve(double t, double h)
    {
        double before = double.NaN;
        bool isKept = isFactorized;
        guess.CopyTo(Next, 0);
        if (!kernel.IsSteady && kernel.IsLinear) isFactorized = false;
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            instance.Rates(t, Next, nextDrift);
            if (!isFactorized)
            {
                instance.EvaluateJacobian(t, Next);
                if (!instance.Factorize(2 / h)) return false;
                isFactorized = true;
            }
            for (int i = 0; i < n; i++) correction[i] = 2 / h * (foreseen[i] + (h / 2 * nextDrift[i]) - Next[i]);
            instance.Solve(correction);
            double change = 0;
            for (int i = 0; i < n; i++)
            {
                Next[i] += correction[i];
                size[i] = Math.Max(size[i], Math.Abs(Next[i]));
                change = Math.Max(change, Math.Abs(correction[i]) / size[i]);
            }
            if (!double.IsFinite(change)) return false;
            double ratio = change / before;
            if (kernel.IsLinear || change <= Accuracy || (ratio < 1 && change * ratio / (1 - ratio) <= Accuracy))
            {
                instance.Rates(t, Next, nextDrift);
                return true;
            }
            if (ratio > SlowConvergence) isFactorized = false;
            if (ratio > SlowConvergence && isKept)
            {
                guess.CopyTo(Next, 0); // an old Jacobian may have led far away
                isKept = false;
                change = double.NaN;
            }
            before = change;
        }
        return false;
    }

    private void Displace(double h)
    {
        for (int r = 0; r < moves.Length - 1; r++)
        {
            int o = offsets[r];
            double rate = h / 2 * Motion[o], nextRate = h / 2 * NextMotion[o];
            for (int c = 0; c < moves[r + 1] - moves[r]; c++)
                Displacements[moves[r] + c] = (Motion[o + 2 + c] * rate) + (NextMotion[o + 2 + c] * nextRate) + noise[moves[r] + c];
        }
    }

    private void AddTo(double[] state, double[] displacements)
    {
        var (processes, stores) = (kernel.System.Processes, kernel.System.Stores);
        for (int r = 0; r < processes.Length; r++)
        {
            var changes = processes[r].Changes;
            for (int c = 0; c < changes.Length; c++) if (stores[changes[c].Store].State is >= 0 and var i) state[i] += displacements[moves[r] + c];
        }
    }

    /// <summary>The error of a step that failed.</summary>
    public StochasticException Failed(string why, double t, double h, ulong seed, ulong path) => new(
        $"A step of {h:g3} {kernel.System.Equations.TimeUnit} fails: {why}.",
        $"network {kernel.Network.Name}, t = {t:g6}, seed {seed}, path {path}",
        why.Contains("mobility", StringComparison.Ordinal) ? "Give the process a mobility that is 0 or more at every state." : "Take more steps, or an energy whose slope changes less between two of them.");
}
