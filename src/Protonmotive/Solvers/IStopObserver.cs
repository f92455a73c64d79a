namespace Protonmotive.Solvers;

/// <summary>Sees what happens at the stops of a solve, in order: what the derivative of a jump needs. Points are those before the act they are told with.</summary>
internal interface IStopObserver
{
    /// <summary>A stop begins.</summary>
    /// <param name="point">Where.</param>
    /// <param name="forced">The modes whose roots were met; null where the stop is at the start or at a time known beforehand.</param>
    void Begin(in StopPoint point, bool[]? forced);

    /// <summary>Algebraic variables were solved for.</summary>
    /// <param name="point">Where, with these variables as they are now.</param>
    /// <param name="solved">Their indices.</param>
    void Restored(in StopPoint point, int[] solved);

    /// <summary>An event triggered.</summary>
    /// <param name="point">Where.</param>
    /// <param name="id">Names this triggering in later calls.</param>
    /// <param name="index">Which event.</param>
    /// <param name="computesValues">Whether it computed its new values now.</param>
    void Triggered(in StopPoint point, int id, int index, bool computesValues);

    /// <summary>An event is about to be carried out.</summary>
    /// <param name="point">Where.</param>
    /// <param name="id">Which triggering.</param>
    /// <param name="index">Which event.</param>
    /// <param name="assigned">The value of each of its assignments.</param>
    /// <param name="computesValues">Whether they were computed now.</param>
    void Assigning(in StopPoint point, int id, int index, ReadOnlySpan<double> assigned, bool computesValues);

    /// <summary>The stop is over.</summary>
    /// <param name="point">Where, after it.</param>
    void End(in StopPoint point);
}
