using System.Globalization;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Tests.Reference.Kernels;

/// <summary>Reads the reactions of a BioNetGen .net file: enough for mass action, for tests only.</summary>
internal sealed class ReactionFile
{
    public required Dictionary<string, double> Parameters { get; init; }
    public required int SpeciesCount { get; init; }
    public required List<(int[] Reactants, int[] Products, double Factor, string Rate)> Reactions { get; init; }

    public static ReactionFile Read(string path)
    {
        var file = new ReactionFile { Parameters = [], Reactions = [], SpeciesCount = File.ReadLines(path).SkipWhile(l => l.Trim() != "begin species").Skip(1).TakeWhile(l => l.Trim() != "end species").Count(l => l.Trim().Length > 0) };
        string section = "";
        foreach (string line in File.ReadLines(path))
        {
            string[] words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            if (words[0] is "begin" or "end") section = words[0] == "begin" ? words[1] : "";
            else if (section == "parameters") file.Parameters[words[1]] = double.Parse(words[2], CultureInfo.InvariantCulture);
            else if (section == "reactions")
            {
                string[] rate = words[3].Split('*');
                double factor = rate.Length == 2 ? double.Parse(rate[0], CultureInfo.InvariantCulture) : 1;
                file.Reactions.Add((Species(words[1]), Species(words[2]), factor, rate[^1]));
            }
        }
        return file;
    }

    public EquationSystem Equations()
    {
        var terms = Enumerable.Range(0, SpeciesCount).Select(_ => new List<Expression>()).ToArray();
        foreach (var (reactants, products, factor, rate) in Reactions)
        {
            var flux = factor * Expression.Symbol(rate);
            foreach (int i in reactants) flux *= Expression.Symbol($"s{i}");
            foreach (int i in reactants) terms[i].Add(-flux);
            foreach (int i in products) terms[i].Add(flux);
        }
        return new EquationSystem
        {
            Name = "reactions",
            States = [.. terms.Select((t, i) => new StateVariable($"s{i}", "1", 1 + (i % 5), Expression.Sum(t)))],
            Parameters = [.. Parameters.Select(p => new ParameterDefinition(p.Key, "", p.Value))],
        };
    }

    private static int[] Species(string list) => [.. list.Split(',').Select(i => int.Parse(i, CultureInfo.InvariantCulture) - 1).Where(i => i >= 0)];
}
