using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Antimony;

/// <summary>Writes formulas; what the network has names for and Antimony has not becomes a variable with an assignment rule.</summary>
internal sealed class AntimonyFormulaWriter
{
    /// <summary>Longest formula written: one whose parts are shared may be far longer as text than it is.</summary>
    private const int LongestFormula = 5_000_000;

    private readonly Network network;
    private readonly AntimonyNames names;
    private readonly AntimonyNotation notation;
    private readonly Dictionary<string, Draw> draws;
    private readonly Dictionary<string, string> drawsWritten = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> helpers = new(StringComparer.Ordinal);
    private readonly Queue<(string Name, Func<string> Text, bool IsStart)> waiting = new();
    private readonly Dictionary<Expression, Expression> contents = [];

    public AntimonyFormulaWriter(Network network, AntimonyNames names)
    {
        this.network = network;
        this.names = names;
        notation = new AntimonyNotation(Name);
        draws = network.Draws.ToDictionary(d => d.Name, StringComparer.Ordinal);
        foreach (var species in network.Stores.OfType<Species>()) contents[species.Content] = species.InAmounts ? species.Symbol : species.Symbol * species.Compartment.Symbol;
    }

    /// <summary>What a formula means otherwise in the file than in the network.</summary>
    public HashSet<string> Warnings { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the file must define expm1.</summary>
    public bool UsesExpm1 => notation.UsesExpm1;

    /// <summary>A formula as text.</summary>
    public string Text(Expression formula)
    {
        var text = Infix.Print(formula.Substitute(contents), notation, LongestFormula);
        if (text.EndsWith('…')) throw new AntimonyException($"A formula is longer than {LongestFormula} characters as text.", $"network {network.Name}", "Give its parts names of their own by assignment rules.");
        return text;
    }

    /// <summary>A new variable with a formula; returns its name.</summary>
    public string Helper(string like, Expression formula, bool atStart = false)
    {
        return Helper(like, () => Text(formula), atStart || formula.IsConstant);
    }

    /// <summary>Statements for the variables that were made; they may make more.</summary>
    public IEnumerable<(string Line, bool IsStart)> Helpers()
    {
        while (waiting.TryDequeue(out var helper)) yield return ($"{helper.Name} {(helper.IsStart ? "=" : ":=")} {helper.Text()};", helper.IsStart);
    }

    private string Helper(string like, Func<string> text, bool isStart)
    {
        var name = names.Fresh(like);
        waiting.Enqueue((name, text, isStart));
        return name;
    }

    private string Name(string symbol)
    {
        if (names.Find(symbol) is { } name) return name;
        if (draws.TryGetValue(symbol, out var draw)) return Call(draw);
        if (symbol.StartsWith("rate.", StringComparison.Ordinal) && names.Find(symbol[5..]) is { } moved) return $"rateOf({moved})";
        if (helpers.TryGetValue(symbol, out var helper)) return helper;
        var formula = Definition(symbol) ?? throw new AntimonyException($"The symbol '{symbol}' is not defined.", $"network {network.Name}", "Declare it as a parameter, species, compartment or variable.");
        return helpers[symbol] = Helper(symbol, formula);
    }

    /// <summary>What a name of the lowered network stands for: a potential or an affinity.</summary>
    private Expression? Definition(string symbol)
    {
        foreach (var store in network.Stores)
        {
            if (Affinities.PotentialName(store) != symbol || store.Potential is not { } potential) continue;
            return Expression.Sum(network.SharedEnergies.Where(e => e.Stores.Contains(store)).Select(e => e.Energy.Derivative(store.Content)).Prepend(potential));
        }
        foreach (var process in network.Processes)
            if ("affinity." + process.Name == symbol) return process.Affinity(network.Constants, [.. network.Membranes]);
        return null;
    }

    /// <summary>A random number as a call. Each call is a number of its own, so one that stands in several places gets a name.</summary>
    private string Call(Draw draw)
    {
        if (drawsWritten.TryGetValue(draw.Name, out var written)) return written;
        if (Uses(draw.Name) > 1)
        {
            Warnings.Add($"The random number '{draw.Name}' stands in several formulas; it is written as a value drawn once, at the start.");
            return drawsWritten[draw.Name] = Helper(draw.Name, () => Written(draw), isStart: true);
        }
        return Written(draw);
    }

    private string Written(Draw draw)
    {
        var arguments = draw.Arguments.AsEnumerable();
        if (draw.Lowest is not null || draw.Highest is not null) arguments = [.. arguments, draw.Lowest ?? double.NegativeInfinity, draw.Highest ?? double.PositiveInfinity];
        return $"{AntimonyFunctions.NameOf(draw.Distribution)}({string.Join(", ", arguments.Select(Text))})";
    }

    /// <summary>How often a random number stands in the formulas as they are written, where shared parts are written at each use.</summary>
    private double Uses(string draw)
    {
        var symbol = Expression.Symbol(draw);
        double all = 0;
        foreach (var formula in Formulas())
        {
            var counts = new Dictionary<Expression, double>();
            foreach (var node in ExpressionGraph.PostOrder(formula)) counts[node] = ReferenceEquals(node, symbol) ? 1 : node.Operands.Sum(o => counts[o]);
            all += counts[formula];
        }
        return all;
    }

    private IEnumerable<Expression> Formulas() =>
        network.Assignments.Select(a => a.Value).Concat(network.Rates.Select(r => r.Value)).Concat(network.AlgebraicRules.Select(r => r.Residual)).Concat(network.InitialAssignments.Select(i => i.Value))
            .Concat(network.Parameters.Select(p => p.Value)).Concat(network.Events.SelectMany(e => e.Assignments.Select(a => a.Value).Append(e.Trigger).Append(e.Delay ?? Expression.Zero).Append(e.Priority ?? Expression.Zero)))
            .Concat(network.Processes.Select(p => p.Law.Fluxes(p, network.Constants, [.. network.Membranes]).Net))
            .Concat(network.Draws.SelectMany(d => d.Arguments.Append(d.Lowest ?? Expression.Zero).Append(d.Highest ?? Expression.Zero)));
}
