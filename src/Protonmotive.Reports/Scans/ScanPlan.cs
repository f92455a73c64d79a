using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Runs;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Designs;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Reports.Scans;

/// <summary>A scan made ready: the compiled problem, its members, rows, columns and parts. Everything is checked here, before any folder is touched.</summary>
public sealed class ScanPlan
{
    private const int PartNumbers = 1 << 21, LargestPart = 20_000, SmallestPart = 512, Parts = 64;

    private readonly IPartSolver solver;

    /// <summary>Makes a scan ready.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">How it is scanned.</param>
    /// <exception cref="ProtonmotiveException">A name is unknown, a setting is of no use, or the model is at fault.</exception>
    public ScanPlan(Model model, ScanSettings settings)
    {
        Settings = settings;
        HasLedger = settings.Outputs.Any(o => o.StartsWith(ScanModel.LedgerPrefix, StringComparison.Ordinal));
        Model = new ScanModel(model, settings.Overrides, HasLedger);
        Names = [.. settings.Design.Names.Select(Model.Resolve)];
        Members = EnsembleMembers.Of(settings.Design, Names);
        Outputs = new ScanOutputs(Model, settings.Outputs);
        double end = settings.End ?? model.Scenario?.End ?? Simulation.DefaultEnd;
        if (!double.IsFinite(end) || end < 0) throw new ScanException($"The end time {end.ToString(CultureInfo.InvariantCulture)} is of no use.", "--end", "Give a finite time after 0.");
        Problem = new InitialValueProblem(Model.Kernel, 0, end) { Overrides = Model.Overrides };
        Times = RowTimes(settings, end);
        Method = settings.Method is Automatic ? Pilot(settings) : settings.Method;
        VariedQuantities = [.. settings.Design.Names.Select((n, i) => new ScanQuantity(Names[i], Model.UnitOf(n), model.Network.Find(n)?.Description ?? "", IsLogarithmic(settings.Design, i)))];
        long perMember = 1 + Names.Length + ((long)Times.Length * Outputs.Quantities.Length);
        if (perMember > PartNumbers) throw new ScanException($"A member has {perMember} numbers.", "outputs and times of the scan", "Ask for fewer outputs or fewer times.");
        PartSize = (int)Math.Max(1, Math.Min(Math.Clamp((settings.Design.Count + Parts - 1) / Parts, SmallestPart, LargestPart), PartNumbers / perMember));
        var ensemble = new EnsemblePartSolver(this); // also checks names
        solver = settings.Steady || (Outputs.NeedsJumps && !Model.Kernel.System.Events.IsEmpty) ? new SinglePartSolver(this) : ensemble;
    }

    /// <summary>How it is scanned.</summary>
    public ScanSettings Settings { get; }

    /// <summary>The compiled model.</summary>
    public ScanModel Model { get; }

    /// <summary>Whether ledger numbers are among the outputs.</summary>
    public bool HasLedger { get; }

    /// <summary>Names of what varies, in the equations.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>What varies, for tables and figures.</summary>
    public ImmutableArray<ScanQuantity> VariedQuantities { get; }

    /// <summary>The outputs.</summary>
    public ImmutableArray<ScanQuantity> OutputQuantities => Outputs.Quantities;

    /// <summary>Times of the rows of a member; of steady states the one time 0.</summary>
    public ImmutableArray<double> Times { get; }

    /// <summary>The problem without what varies.</summary>
    public InitialValueProblem Problem { get; }

    /// <summary>The members.</summary>
    public EnsembleMembers Members { get; }

    /// <summary>Members in a part, except the last.</summary>
    public int PartSize { get; }

    /// <summary>The method of all members.</summary>
    public Method Method { get; }

    /// <summary>Number of parts.</summary>
    public int PartCount => checked((int)((Members.Count + PartSize - 1) / PartSize));

    /// <summary>How members run: side by side or one at a time, and why.</summary>
    public string Form => solver.Form;

    internal ScanOutputs Outputs { get; }

    /// <summary>First member and number of members of a part.</summary>
    public (long First, int Count) Part(int index) => ((long)index * PartSize, (int)Math.Min(PartSize, Members.Count - ((long)index * PartSize)));

    /// <summary>Solves a part.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal ScanPart Solve(int part, Action<long> done, CancellationToken cancellation)
    {
        var (first, count) = Part(part);
        return Solve(first, count, done, cancellation);
    }

    /// <summary>Solves some members.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal ScanPart Solve(long first, int count, Action<long> done, CancellationToken cancellation) => solver.Solve(first, count, done, cancellation);

    /// <summary>What varies of some members, shape [count · names].</summary>
    internal double[] Varied(long first, int count)
    {
        var values = new double[count * Names.Length];
        for (int k = 0; k < count; k++) Members.Values(first + k, values.AsSpan(k * Names.Length, Names.Length));
        return values;
    }

    /// <summary>The method that the problem without what varies ends with.</summary>
    private Method Pilot(ScanSettings settings)
    {
        try
        {
            return Ode.Solve(Problem, new Automatic(), settings.Tolerance, new SolveOptions { MaximumSteps = settings.MaximumSteps, Seed = settings.Seed }, OutputTimes.EndOnly).Method;
        }
        catch (SolverException)
        {
            return new Rodas5P(); // members say themselves what is wrong
        }
    }

    private static ImmutableArray<double> RowTimes(ScanSettings settings, double end)
    {
        bool several = settings.Points is not null || !settings.Times.IsEmpty;
        if (settings.Steady && several) throw new ScanException("A steady state has no times.", "--steady with --points or --times", "Leave one of them out.");
        if (settings.Steady) return [0];
        if (settings.Points is < 2) throw new ScanException($"{settings.Points} times are asked for.", "--points", "Ask for at least 2, or leave it out for the end alone.");
        if (settings.Points is { } points) return [.. Enumerable.Range(0, points).Select(i => i == points - 1 ? end : end * i / (points - 1))];
        if (settings.Times.IsEmpty) return [end];
        if (settings.Times.FirstOrDefault(t => !(t >= 0 && t <= end), double.NaN) is var bad && !double.IsNaN(bad) || settings.Times.Any(double.IsNaN))
            throw new ScanException("A time is outside the scan.", $"--times; the scan runs from 0 to {end.ToString("g6", CultureInfo.InvariantCulture)}", "Give times inside, or a later --end.");
        return [.. settings.Times.Distinct().Order()];
    }

    /// <summary>Evenly sampled in the logarithm; of a table: positive over more than two decades.</summary>
    private static bool IsLogarithmic(Design design, int i)
    {
        var range = design switch { GridDesign g => g.Ranges[i], SampledDesign s => s.Ranges[i], SaltelliDesign s => s.Ranges[i], _ => null };
        if (range is not null) return range.IsLogarithmic;
        var (least, most, point) = (double.PositiveInfinity, double.NegativeInfinity, new double[design.Names.Length]);
        for (long member = 0; member < Math.Min(design.Count, 10_000); member++)
        {
            design.Point(member, point);
            (least, most) = (Math.Min(least, point[i]), Math.Max(most, point[i]));
        }
        return least > 0 && most > 100 * least;
    }
}
