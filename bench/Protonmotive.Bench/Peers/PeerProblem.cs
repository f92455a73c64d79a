using System.Globalization;
using System.Text.RegularExpressions;
using Protonmotive.Atlas;
using Protonmotive.Formats;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Bench.Peers;

/// <summary>A problem that both codes solve.</summary>
/// <param name="Name">Short name.</param>
/// <param name="End">Solved from 0 to here.</param>
/// <param name="AbsoluteFactor">Absolute tolerance over relative tolerance.</param>
/// <param name="Members">Members of its ensemble; 0 for none.</param>
/// <param name="System">Makes its equations.</param>
internal sealed record PeerProblem(string Name, double End, double AbsoluteFactor, int Members, Func<EquationSystem> System)
{
    /// <summary>End state to 13 digits or more, computed in quadruple precision; null where none is known.</summary>
    public double[]? Published { get; init; }

    /// <summary>All problems; those of files only where the files are.</summary>
    /// <param name="networks">Folder of the .net files; null where there is none.</param>
    public static IEnumerable<PeerProblem> All(string? networks)
    {
        yield return new PeerProblem("ROBER", 1e5, 1e-4, 1000, Robertson)
        {
            Published = [1.7865921142099464e-02, 7.2747514684363187e-08, 9.8213400611038585e-01],
        };
        yield return new PeerProblem("HIRES", 321.8122, 1e-4, 1000, Hires)
        {
            Published = [0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2, 0.2386356198831331e-2, 0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2],
        };
        yield return new PeerProblem("POLLU", 60, 1e-4, 1000, Pollu)
        {
            Published =
            [
                5.6462554800227692e-02, 1.3424841304223385e-01, 4.1397343310994269e-09, 5.5231402074843599e-03, 2.0189772623021960e-07, 1.4645418634939657e-07, 7.7842491189979641e-02,
                3.2450753533960182e-01, 7.4940133838804055e-03, 1.6222931573015603e-08, 1.1358638332570748e-08, 2.2305059757213598e-03, 2.0871628827986300e-04, 1.3969210168401577e-05,
                8.9648848568982941e-03, 4.3528463693301036e-18, 6.8992196962634054e-03, 1.0078030373659459e-04, 1.7721465139699845e-06, 5.6829432923163934e-05,
            ],
        };
        yield return new PeerProblem("mitochondrion", 5, 1e-4, 0, Mitochondrion); // still on its way to rest
        if (networks is null) yield break;
        foreach (var (name, end, members) in new[] { ("multistate", 20.0, 1000), ("ring100", 10, 128), ("multisite2", 2, 128), ("egfr_net", 10, 0), ("ring1000", 10, 16) })
        {
            yield return new PeerProblem(name, end, 1e-2, members, () => ModelFormats.Load(Path.Combine(networks, name + ".net")).Lower());
        }
    }

    private static EquationSystem Mitochondrion()
    {
        var system = AtlasCatalogue.Systems.Get("mitochondrion-at-rest");
        return system.Build(system.Scenarios[0]).Lower();
    }

    // Constants and reactions: Robertson (1966); IVP Test Set (Mazzia and Magherini), HIRES and POLLU.
    private static EquationSystem Robertson() => MassAction("ROBER", [1, 0, 0], "0.04 1 > 2; 3e7 2 2 > 2 3; 1e4 2 3 > 1 3");

    private static EquationSystem Hires() => MassAction("HIRES", [1, 0, 0, 0, 0, 0, 0, 0.0057],
        "1.71 1 > 2; 0.43 2 > 1; 8.32 3 > 1; 0.0007 > 1; 8.32 2 > 4; 1.71 3 > 4; 0.43 4 > 3; 0.035 5 > 3; 1.71 5 > 6; 0.69 4 > 6; 0.43 6 > 5; 0.43 7 > 5 8; 0.69 7 > 6 8; 280 6 8 > 7; 0.69 7 > 8");

    private static EquationSystem Pollu()
    {
        var y = new double[20];
        (y[1], y[3], y[6], y[7], y[8], y[16]) = (0.2, 0.04, 0.1, 0.3, 0.01, 0.007);
        return MassAction("POLLU", y,
            ".35 1 > 2 3; 26.6 2 4 > 1; 1.23e4 5 2 > 6 1; 8.6e-4 7 > 5 5 8; 8.2e-4 7 > 8; 1.5e4 7 6 > 8 5; 1.3e-4 9 > 5 10 8; 2.4e4 9 6 > 11; 1.65e4 11 2 > 1 10 12; " +
            "9e3 11 1 > 13; .022 13 > 11 1; 1.2e4 10 2 > 14 1; 1.88 14 > 7 5; 1.63e4 1 6 > 15; 4.8e6 3 > 4; 3.5e-4 4 > 16; .0175 4 > 3; 1e8 16 > 6 6; 4.44e11 16 > 3; " +
            "1240 17 6 > 18 5; 2.1 19 > 2; 5.78 19 > 3 1; .0474 1 4 > 19; 1780 19 1 > 20; 3.12 20 > 19 1");
    }

    // "k reactants > products; …": each rate constant is a parameter.
    private static EquationSystem MassAction(string name, double[] initial, string reactions)
    {
        var y = Enumerable.Range(1, initial.Length).Select(i => Expression.Symbol($"y{i}")).ToArray();
        var terms = initial.Select(_ => new List<Expression>()).ToArray();
        var parameters = new List<ParameterDefinition>();
        foreach (string reaction in reactions.Split(';', StringSplitOptions.TrimEntries))
        {
            var sides = reaction.Split('>');
            var left = Regex.Split(sides[0].Trim(), " +");
            var k = new ParameterDefinition($"k{parameters.Count + 1}", "", double.Parse(left[0], CultureInfo.InvariantCulture));
            parameters.Add(k);
            int[] reactants = [.. left.Skip(1).Select(int.Parse)], products = [.. sides[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
            var rate = reactants.Aggregate(Expression.Symbol(k.Name), (product, i) => product * y[i - 1]);
            for (int i = 1; i <= y.Length; i++)
            {
                int change = products.Count(p => p == i) - reactants.Count(r => r == i);
                if (change != 0) terms[i - 1].Add(change == 1 ? rate : change == -1 ? -rate : change * rate);
            }
        }
        return new EquationSystem { Name = name, Parameters = [.. parameters], States = [.. initial.Select((v, i) => new StateVariable($"y{i + 1}", "", v, Expression.Sum(terms[i])))] };
    }
}
