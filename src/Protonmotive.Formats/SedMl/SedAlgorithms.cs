using System.Globalization;
using Protonmotive.Solvers;

namespace Protonmotive.Formats.SedMl;

/// <summary>What an algorithm of KiSAO is run by.</summary>
/// <param name="IsStochastic">Whether it counts single molecules.</param>
/// <param name="Tolerance">Tolerance.</param>
/// <param name="Options">Limits.</param>
internal sealed record SedAlgorithms(bool IsStochastic, Tolerance Tolerance, SolveOptions Options)
{
    /// <summary>Method of every deterministic run: it takes stiff and other systems alike.</summary>
    public static Method Method { get; } = new Rodas5P();

    private const int RelativeTolerance = 209, AbsoluteTolerance = 211, MaximumSteps = 415, Seed = 488, MaximumStep = 467, InitialStep = 559;

    /// <summary>KiSAO's numbers of deterministic integrators and steady state finders that need no word.</summary>
    private static readonly HashSet<int> equivalent = [0, 19, 88, 89, 94, 71, 282, 283, 288, 304, 355, 407, 408, 409, 433, 560, 568, 569, 693, 694];

    /// <summary>Exact and approximate stochastic simulation, and hybrids of it.</summary>
    private static readonly HashSet<int> stochastic =
        [3, 15, 22, 27, 28, 29, 31, 38, 39, 40, 45, 48, 51, 74, 75, 76, 81, 82, 84, 231, 241, 263, 278, 319, 329, 330, 331, 333, 335, 350, 351, 352, 561, 562, 563, 564, 565, 566, 581, 586, 590];

    private static readonly HashSet<int> fluxBalance = [437, 526, 527, 528, 553, 554];

    public static SedAlgorithms Of(SedSimulation simulation, SedSettings settings, List<string> notes)
    {
        var algorithm = simulation.Algorithm;
        if (fluxBalance.Contains(algorithm.Kisao)) throw new SedMlException($"The algorithm {Text(algorithm.Kisao)} is flux balance.", algorithm.Where, "Run the model with 'pmf fba'.");
        bool isStochastic = stochastic.Contains(algorithm.Kisao);
        if (!isStochastic && !equivalent.Contains(algorithm.Kisao)) Add(notes, $"The algorithm {Text(algorithm.Kisao)} of '{simulation.Id}' is run as {Method.Name}.");
        foreach (int unused in algorithm.Parameters.Keys.Where(k => k is not (RelativeTolerance or AbsoluteTolerance or MaximumSteps or Seed or MaximumStep or InitialStep)).Order())
            Add(notes, $"The algorithm parameter {Text(unused)} of '{simulation.Id}' is not used.");
        double Number(int key, double standard) => !algorithm.Parameters.TryGetValue(key, out var text) ? standard
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
            : throw new SedMlException($"The algorithm parameter {Text(key)} is '{text}', no number.", algorithm.Where, "Mend it.");
        double steps = Number(MaximumSteps, 0), longest = Number(MaximumStep, 0), first = Number(InitialStep, 0), seed = Number(Seed, settings.Seed);
        var options = new SolveOptions
        {
            // CVODE counts steps between two outputs; here the limit is on the whole run, so it never falls below the usual one.
            MaximumSteps = Math.Max(SolveOptions.Default.MaximumSteps, steps is > 0 and < 1e15 ? (long)steps : 0),
            MaximumStep = longest > 0 ? longest : double.PositiveInfinity,
            InitialStep = first > 0 ? first : null,
            Seed = unchecked((ulong)(long)seed),
        };
        return new SedAlgorithms(isStochastic, new Tolerance(Number(RelativeTolerance, settings.Tolerance.Relative), Number(AbsoluteTolerance, settings.Tolerance.Absolute)), options);
    }

    private static string Text(int kisao) => kisao.ToString("'KISAO:'0000000", CultureInfo.InvariantCulture);

    private static void Add(List<string> notes, string note)
    {
        if (!notes.Contains(note)) notes.Add(note);
    }
}
