using System.Diagnostics;
using Protonmotive.Learning.Training;

namespace Protonmotive.Learning.Cli;

/// <summary>What a training tells while it runs: a line that is rewritten, on a terminal, and a line that stays for each evaluation, on standard error.</summary>
internal sealed class TrainingLine : IProgress<TrainingProgress>, IProgress<Evaluation>, IDisposable
{
    private readonly TrainingTask task;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private TimeSpan next;
    private int shown, first = -1;
    private TrainingProgress? last;

    public TrainingLine(TrainingTask task) => this.task = task;

    public void Report(TrainingProgress value)
    {
        last = value;
        if (first < 0) first = value.Step - 1;
        if (!isTerminal || watch.Elapsed < next) return;
        next = watch.Elapsed + TimeSpan.FromSeconds(0.3);
        double left = watch.Elapsed.TotalSeconds * (value.Steps - value.Step) / (value.Step - first);
        var text = $"step {value.Step} of {value.Steps}  loss {value.Loss:0.0000}  rate {value.Rate:0.0e+0}{Totals(value)}  {left:0} s left";
        if (!Console.IsErrorRedirected && Console.WindowWidth > 20) text = text[..Math.Min(text.Length, Console.WindowWidth - 1)];
        Console.Error.Write("\r" + text.PadRight(shown));
        shown = text.Length;
    }

    public void Report(Evaluation value)
    {
        Clear();
        var measure = value.Measures[0];
        Console.Error.WriteLine($"step {value.Step} of {task.Rate.Steps}  loss {value.BatchLoss:0.0000}  {measure.Name} {measure.Value:0.000} {measure.Unit}  rate {task.Rate.At(value.Step - 1):0.0e+0}{(last is null ? "" : Totals(last))}  {watch.Elapsed.TotalSeconds:0} s");
    }

    public void Dispose() => Clear();

    private void Clear()
    {
        if (shown > 0) Console.Error.Write("\r" + new string(' ', shown) + "\r");
        shown = 0;
    }

    private static string Totals(TrainingProgress value) => value.Audited.Count == 0 ? "" :
        $"  P {value.Audited.Sum(a => a.Supplied):0.000} = N {value.Audited.Sum(a => a.Noise):0.000} + K {value.Audited.Sum(a => a.Curvature):0.000} + W {value.Audited.Sum(a => a.Gained):0.000}";
}
