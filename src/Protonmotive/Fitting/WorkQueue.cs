using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Protonmotive.Fitting;

/// <summary>Items shared among threads with deep stacks. The first error stops the others and is thrown.</summary>
internal static class WorkQueue
{
    /// <summary>Does the work for all items.</summary>
    /// <param name="items">What to do.</param>
    /// <param name="workers">Threads; 0 for all cores.</param>
    /// <param name="work">Does one.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void Run<T>(IEnumerable<T> items, int workers, Action<T, CancellationToken> work, CancellationToken cancellation)
    {
        var queue = new ConcurrentQueue<T>(items);
        Exception? first = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void Loop()
        {
            try
            {
                while (!stop.IsCancellationRequested && queue.TryDequeue(out var item)) work(item, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Told below.
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref first, e, null);
                stop.Cancel();
            }
        }

        int count = Math.Min(workers > 0 ? workers : Environment.ProcessorCount, Math.Max(1, queue.Count));
        var threads = Enumerable.Range(1, count - 1).Select(k => new Thread(Loop, 16 << 20) { IsBackground = true, Name = $"fit {k}" }).ToList();
        foreach (var thread in threads) thread.Start();
        Loop();
        foreach (var thread in threads) thread.Join();
        if (first is not null) ExceptionDispatchInfo.Throw(first);
        cancellation.ThrowIfCancellationRequested();
    }
}
