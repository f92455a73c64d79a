using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Biology;

/// <summary>The five published statements about the protocell, judged over the range and by the measures of docs/decisions/protocell.md, which were fixed beforehand.</summary>
internal static class ProtocellPredictions
{
    private const int PerDecade = 2, Lowest = -7, Highest = 0;
    private const double Lives = 0.1, Allowed = 0.1;
    private static readonly string[] cases = ["neither", "antiporter", "pump", "both"];

    /// <summary>The settings, one change at a time from the base.</summary>
    private static readonly ImmutableArray<(string Name, string Parameter, double Value)> settings =
    [
        ("base", "pH_acid", 7), ("acid pH 5", "pH_acid", 5), ("acid pH 6", "pH_acid", 6),
        ("pumps ÷ 10", "pumps", Protocell.Density / 10), ("pumps × 10", "pumps", Protocell.Density * 10),
        ("antiporters ÷ 10", "antiporters", Protocell.Density / 10), ("antiporters × 10", "antiporters", Protocell.Density * 10),
        ("synthases ÷ 10", "synthases", Protocell.Density / 10), ("synthases × 10", "synthases", Protocell.Density * 10),
        ("other ions 10⁻⁷", "P_ratio", 1e-7), ("other ions 10⁻⁵", "P_ratio", 1e-5),
        ("45 kJ/mol ATP", "dG_ATP", 45e3), ("55 kJ/mol ATP", "dG_ATP", 55e3), ("no Na⁺ in synthases", "share_Na", 0),
    ];

    /// <summary>Scans all settings, cases and permeabilities.</summary>
    public static Findings Of(Network network, CancellationToken cancellation)
    {
        var scan = new ProtocellScan(network, cancellation);
        ImmutableArray<double> permeabilities = [.. Enumerable.Range(0, ((Highest - Lowest) * PerDecade) + 1).Select(i => Math.Pow(10, Lowest + ((double)i / PerDecade)))];
        int leaky = permeabilities.Index().MinBy(p => Math.Abs(Math.Log(p.Item / Protocell.Leaky))).Index, tight = permeabilities.Index().MinBy(p => Math.Abs(Math.Log(p.Item / Protocell.Tight))).Index;
        var verdicts = new List<bool[]>();
        Dictionary<string, ProtocellState[]>? first = null;
        (double Plain, double Antiporter) least = default;
        foreach (var setting in settings)
        {
            var found = new Dictionary<string, ProtocellState[]>(StringComparer.Ordinal);
            foreach (string at in cases) found[at] = Sweep(scan, Case(at, setting), permeabilities);
            (double, double) ratios = (LeastRatio(scan, Case("neither", setting), found["neither"][leaky]), LeastRatio(scan, Case("antiporter", setting), found["antiporter"][leaky]));
            if (first is null) (first, least) = (found, ratios);
            verdicts.Add(Judge(found, leaky, tight, ratios));
        }
        return new(Results(scan, first!, verdicts, leaky, tight, least), Plots(scan, permeabilities, first!));
    }

    private static readonly (string Name, string Statement)[] predictions =
    [
        ("1", "without antiporter and pump a leaky cell has a tenth of the most power or more, a tight one less"),
        ("2", "without them a tight cell has at most a tenth of the power of a leaky one, and a proton releases less in it"),
        ("3a", "a pump adds less than a tenth to the power of a leaky cell"),
        ("3b", "with a membrane a thousandfold tighter a pump gives no more than a tenth above what the leaky cell has without"),
        ("3c", "the same, strictly: no more than a tenth above what that tight cell has without"),
        ("4a", "an antiporter adds a fifth to twice the power of a leaky cell"),
        ("4b", "with an antiporter it lives on a gradient 5 to 500 times smaller"),
        ("5", "with an antiporter, what a pump adds grows steadily from the leaky membrane to the tight one"),
    ];

    private static bool[] Judge(Dictionary<string, ProtocellState[]> found, int leaky, int tight, (double Plain, double Antiporter) ratios)
    {
        double P(string at, int row) => found[at][row].Power;
        double added = (P("antiporter", leaky) / P("neither", leaky)) - 1, fold = ratios.Plain / ratios.Antiporter;
        double[] gains = [.. Enumerable.Range(tight, leaky - tight + 1).Select(row => P("both", row) - P("antiporter", row))];
        return
        [
            P("neither", leaky) >= Lives && P("neither", tight) < Lives,
            P("neither", tight) <= P("neither", leaky) / 10 && found["neither"][tight].Proton < found["neither"][leaky].Proton,
            P("pump", leaky) < P("neither", leaky) * (1 + Allowed),
            P("pump", tight) <= P("neither", leaky) * (1 + Allowed),
            P("pump", tight) < P("neither", tight) * (1 + Allowed),
            P("neither", leaky) > 0 && added is >= 0.2 and <= 2,
            fold is >= 5 and <= 500,
            gains[0] > gains[^1] && gains.Zip(gains.Skip(1)).All(g => g.First >= g.Second),
        ];
    }

    private static ImmutableArray<NamedResult> Results(ProtocellScan scan, Dictionary<string, ProtocellState[]> found, List<bool[]> verdicts, int leaky, int tight, (double Plain, double Antiporter) least)
    {
        const string oracle = "the same equations by an independent code, nested root searches"; // tests/oracle/protocell.py
        // Of neither, antiporter, pump, both: energy of a proton in kJ/mol and power, leaky and tight.
        (double Proton, double Power)[] leakyIndependent = [(14.9927492, 0.19842231), (14.8961332, 0.308432698), (16.5630005, 0.214598131), (16.4620796, 0.348555273)];
        (double Proton, double Power)[] tightIndependent = [(12.5091799, 0.0034141655), (12.508073, 0.00341478989), (19.9267587, 0.499704806), (19.8449287, 0.621570828)];
        var results = ImmutableArray.CreateBuilder<NamedResult>();
        foreach (var (where, row, known) in (ReadOnlySpan<(string, int, (double, double)[])>)[("leaky", leaky, leakyIndependent), ("tight", tight, tightIndependent)])
        {
            for (int i = 0; i < cases.Length; i++)
            {
                results.Add(new NamedResult($"{where}, {cases[i]}: energy of an entering proton", found[cases[i]][row].Proton, "kJ/mol").Against(known[i].Item1, 1e-5, oracle));
                results.Add(new NamedResult($"{where}, {cases[i]}: power", found[cases[i]][row].Power, "of the most").Against(known[i].Item2, 1e-6, oracle));
            }
        }
        results.Add(new("antiporter, leaky: power added", 100 * ((found["antiporter"][leaky].Power / found["neither"][leaky].Power) - 1), "%", "some 60 % in the abstract, of another system"));
        results.Add(new("least ratio of H⁺ between the flows to live on, with neither", least.Plain, "1"));
        results.Add(new("least ratio of H⁺ between the flows to live on, with an antiporter", least.Antiporter, "1"));
        for (int k = 0; k < predictions.Length; k++) results.Add(new($"prediction {predictions[k].Name}: settings that agree", verdicts.Count(v => v[k]), $"of {verdicts.Count}", string.Join("; ", new[] { predictions[k].Statement, Against(verdicts, k) }.Where(t => t.Length > 0))));
        results.Add(new NamedResult("processes that ran uphill", scan.Uphill, $"at {scan.Count} steady states").Against(0, 0.5, "second law"));
        return results.ToImmutable();
    }

    private static string Against(List<bool[]> verdicts, int prediction)
    {
        string Those(bool agrees) => string.Join(", ", verdicts.Index().Where(v => v.Item[prediction] == agrees).Select(v => settings[v.Index].Name));
        int count = verdicts.Count(v => v[prediction]);
        return count == 0 || count == verdicts.Count ? "" : count < verdicts.Count / 2 ? "only: " + Those(true) : "not: " + Those(false);
    }

    private static ImmutableArray<Plot> Plots(ProtocellScan scan, ImmutableArray<double> permeabilities, Dictionary<string, ProtocellState[]> found)
    {
        var x = new PlotAxis("permeability for H⁺", "cm/s", true);
        ImmutableArray<PlotLine> Lines(Func<ProtocellState, double> of) => [.. cases.Select(c => new PlotLine(c, permeabilities, [.. found[c].Select(of)]) { IsDashed = c is "pump" or "both" })];
        return
        [
            new LinePlot("proton-energy", "What a proton releases as it enters from the acid side, at steady state", x, new("energy of a proton", "kJ/mol"), Lines(s => s.Proton)),
            new LinePlot("power", "ATP made at steady state, over the most the synthases can make", x, new("power", "share of the most"), Lines(s => s.Power)),
            .. ((string[])["neither", "both"]).Select(c => Map(scan, c, permeabilities)),
        ];
    }

    private static MapPlot Map(ProtocellScan scan, string at, ImmutableArray<double> permeabilities)
    {
        ImmutableArray<double> acid = [.. Enumerable.Range(0, 13).Select(i => 10 - (i / 2.0))];
        var setting = Case(at, settings[0]);
        return new MapPlot("power-" + at, $"Power over permeability and natural gradient, {(at == "both" ? "with antiporter and pump" : "with neither antiporter nor pump")}", new PlotAxis("permeability for H⁺", "cm/s", true), new PlotAxis("pH, alkaline less acid"), new PlotAxis("power; 0 where ATP is spent", "share of the most"),
            permeabilities, [.. acid.Select(pH => 10 - pH)], [.. acid.SelectMany(pH => Sweep(scan, setting.SetItem("pH_acid", pH), permeabilities)).Select(s => Math.Max(0, s.Power))]);
    }

    private static ImmutableDictionary<string, double> Case(string name, (string Name, string Parameter, double Value) setting)
    {
        var all = ImmutableDictionary<string, double>.Empty.Add("antiporters", name is "antiporter" or "both" ? Protocell.Density : 0).Add("pumps", name is "pump" or "both" ? Protocell.Density : 0);
        return all.TryGetValue(setting.Parameter, out double there) && there == 0 ? all : all.SetItem(setting.Parameter, setting.Value);
    }

    private static ProtocellState[] Sweep(ProtocellScan scan, ImmutableDictionary<string, double> setting, ImmutableArray<double> permeabilities)
    {
        var found = new ProtocellState[permeabilities.Length];
        for (int row = permeabilities.Length - 1; row >= 0; row--) // the leaky end settles from anywhere
            found[row] = scan.At(setting.SetItem("P_H", permeabilities[row]), row + 1 < permeabilities.Length ? found[row + 1].State : default);
        return found;
    }

    /// <summary>The least ratio of H⁺ between the flows, at pH 10 on the alkaline side, at which a leaky cell lives; NaN if it does at none of 10³, 10⁴ and 10⁵.</summary>
    private static double LeastRatio(ProtocellScan scan, ImmutableDictionary<string, double> setting, ProtocellState near)
    {
        double Power(double pH) => scan.At(setting.SetItem("pH_acid", pH).SetItem("P_H", Protocell.Leaky), near.State).Power;
        double low = ((double[])[7, 6, 5]).FirstOrDefault(pH => Power(pH) >= Lives, double.NaN), high = 10; // pH of the acid side
        while (high - low > 1e-3)
        {
            double middle = (low + high) / 2;
            if (Power(middle) >= Lives) low = middle;
            else high = middle;
        }
        return Math.Pow(10, 10 - low);
    }
}
