using System.Diagnostics;

namespace Protonmotive.Learning.Joules;

/// <summary>The energy of a training: measured where there are counters, else modelled from counts of operations; never one in the other's name.</summary>
public sealed class EnergyMeter
{
    private static readonly TimeSpan interval = TimeSpan.FromSeconds(10);

    private readonly PowercapCounter? counter;
    private readonly string obstacle;
    private readonly double before;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan next = interval;

    /// <summary>Begins to measure, if there is something to measure by.</summary>
    /// <param name="before">Joules of the training's part before it was interrupted.</param>
    public EnergyMeter(double before = 0)
        : this(PowercapCounter.TryOpen(out var obstacle), obstacle, before)
    {
    }

    internal EnergyMeter(PowercapCounter? counter, string obstacle, double before = 0) => (this.counter, this.obstacle, this.before) = (counter, obstacle, before);

    /// <summary>Joules measured so far, those before an interruption too; 0 where nothing is measured.</summary>
    public double Measured => counter is null ? before : before + counter.Joules;

    /// <summary>To be called now and then: reads the counters every ten seconds, so that none begins again unseen.</summary>
    public void Tick()
    {
        if (counter is null || watch.Elapsed < next) return;
        counter.Sample();
        next = watch.Elapsed + interval;
    }

    /// <summary>The energy so far.</summary>
    /// <param name="step">What a step computes; null where it was not counted.</param>
    /// <param name="steps">Steps taken.</param>
    public EnergyReading Read(OperationCount? step, long steps)
    {
        counter?.Sample();
        if (counter is not null) return new EnergyReading(counter.IsRelayed ? EnergySource.Relayed : EnergySource.Measured, Measured, counter.Detail);
        return step is { } counted ? OperationCost.Horowitz.Read(counted, steps, obstacle) : new EnergyReading(EnergySource.Unavailable, double.NaN, obstacle);
    }
}
