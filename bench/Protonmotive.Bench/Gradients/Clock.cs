namespace Protonmotive.Bench.Gradients;

/// <summary>The median processor time of something short that is done again and again, warm.</summary>
internal sealed class Clock
{
    private const int MostRepeats = 200, WarmCalls = 60;
    private const double Milliseconds = 40, WarmMilliseconds = 400;

    private bool isWarm;

    /// <summary>Microseconds of one call.</summary>
    /// <param name="action">What is done.</param>
    public double Microseconds(Action action)
    {
        // The runtime compiles a method well only after some thirty calls, beside the run: both calls and time have to pass.
        double begin = ProcessorTime.Milliseconds;
        for (int call = 0; !isWarm && (call < 3 || ProcessorTime.Milliseconds - begin < WarmMilliseconds); call++)
        {
            action();
            if (call == WarmCalls) Thread.Sleep(150);
        }
        isWarm = true;
        var times = new List<double>();
        action();
        for (double spent = 0; times.Count < MostRepeats && (times.Count == 0 || spent < Milliseconds); spent += times[^1])
        {
            double before = ProcessorTime.Milliseconds;
            action();
            times.Add(ProcessorTime.Milliseconds - before);
        }
        return 1e3 * times.Order().ElementAt(times.Count / 2);
    }
}
