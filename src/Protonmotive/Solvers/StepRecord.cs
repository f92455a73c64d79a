namespace Protonmotive.Solvers;

/// <summary>One accepted step; valid only while it is observed.</summary>
public readonly ref struct StepRecord
{
    internal StepRecord(double time, double step, ReadOnlySpan<double> start, ReadOnlySpan<double> end, ReadOnlySpan<double> stages, int segment, Method method)
    {
        Time = time;
        Step = step;
        Start = start;
        End = end;
        Stages = stages;
        Segment = segment;
        Method = method;
    }

    /// <summary>t at the start of the step.</summary>
    public double Time { get; }

    /// <summary>h.</summary>
    public double Step { get; }

    /// <summary>y(t), shape [n].</summary>
    public ReadOnlySpan<double> Start { get; }

    /// <summary>y(t + h), shape [n].</summary>
    public ReadOnlySpan<double> End { get; }

    /// <summary>Stage vectors (<see cref="Stepper.Stages"/>), shape [stages·n].</summary>
    public ReadOnlySpan<double> Stages { get; }

    /// <summary>Index of the segment of constant parameters and modes it lies in.</summary>
    public int Segment { get; }

    /// <summary>The method that took it; an automatic choice may change it on the way.</summary>
    public Method Method { get; }
}
