using Protonmotive.Kernels;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>Some steps of one method, one after the other without a stop between: with all stages, or as a checkpoint from which they are computed again.</summary>
internal sealed class StepBlock
{
    private const int MostSteps = 32;
    private readonly int n, stages;
    private readonly double[] first;
    private readonly double[] times = new double[MostSteps], lengths = new double[MostSteps];
    private double[]? numbers;

    /// <summary>An empty block that begins at a state.</summary>
    public StepBlock(Method method, int n, int stages, ReadOnlySpan<double> first, int item)
    {
        Method = method;
        this.n = n;
        this.stages = stages;
        this.first = first.ToArray();
        Item = item;
        numbers = new double[MostSteps * Size];
    }

    /// <summary>The method of its steps.</summary>
    public Method Method { get; }

    /// <summary>Its place in the log.</summary>
    public int Item { get; }

    /// <summary>Number of steps.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no step can be added.</summary>
    public bool IsFull => Count == MostSteps;

    private int Size => (stages + 1) * n;

    /// <summary>Adds a step and returns its index.</summary>
    public int Add(in StepRecord step)
    {
        (times[Count], lengths[Count]) = (step.Time, step.Step);
        var place = numbers.AsSpan(Count * Size, Size);
        step.Start.CopyTo(place);
        step.Stages.CopyTo(place[n..]);
        return Count++;
    }

    /// <summary>Start and length of a step.</summary>
    public (double Time, double Length) Span(int step) => (times[step], lengths[step]);

    /// <summary>Forgets all but the first state; returns how many numbers that frees.</summary>
    public long DropStages()
    {
        numbers = null;
        return (long)Count * Size;
    }

    /// <summary>State at the start of each step, then its stages, shape [steps][1 + stages][n]; computed again where they were dropped.</summary>
    /// <param name="kernel">The system.</param>
    /// <param name="parameters">Parameters, modes last.</param>
    /// <param name="norm">As in the solve.</param>
    /// <exception cref="SensitivityException">The steps do not come out again.</exception>
    public double[] Numbers(Kernel kernel, double[] parameters, ErrorNorm norm)
    {
        if (numbers is not null) return numbers;
        var stepper = Method.CreateStepper(kernel.Bind(parameters), norm);
        var again = new double[Count * Size];
        double[] y = [.. first], next = new double[n], error = new double[n];
        for (int k = 0; k < Count; k++)
        {
            var place = again.AsSpan(k * Size, Size);
            y.CopyTo(place);
            if (!stepper.TryStep(times[k], y, lengths[k], next, error)) throw new SensitivityException("A step of the solve does not come out a second time.", $"t = {times[k]:g6}.", "Allow the sensitivities more memory, so that steps are kept.");
            stepper.Stages.CopyTo(place[n..]);
            stepper.Advance();
            (y, next) = (next, y);
        }
        return again;
    }
}
