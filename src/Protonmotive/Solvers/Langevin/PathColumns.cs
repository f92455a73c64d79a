namespace Protonmotive.Solvers.Langevin;

/// <summary>Which number of a path's account stands where: stored at start and end, activity, drive, then a column for each held store, each event and each process.</summary>
/// <param name="Supplies">Held stores.</param>
/// <param name="Jumps">Events.</param>
/// <param name="Heats">Processes.</param>
internal sealed record PathColumns(int Supplies, int Jumps, int Heats)
{
    public const int StoredAtStart = 0, StoredAtEnd = 1, Activity = 2, Drive = 3, FirstSupply = 4;

    public int FirstJump => FirstSupply + Supplies;

    public int FirstHeat => FirstJump + Jumps;

    public int Count => FirstHeat + Heats;

    public static PathColumns Of(LangevinKernel kernel) =>
        new(kernel.System.Stores.Count(s => s.State < 0), kernel.System.Equations.Events.Length, kernel.System.Processes.Length);
}
