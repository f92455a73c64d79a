using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Substitutes definitions into formulas until only states, parameters and time are left.</summary>
internal sealed class DefinitionResolver
{
    private readonly string network;
    private readonly IReadOnlyDictionary<string, Expression> definitions;
    private readonly Dictionary<Expression, Expression> resolved = [];

    public DefinitionResolver(string network, IReadOnlyDictionary<string, Expression> definitions)
    {
        this.network = network;
        this.definitions = definitions;
    }

    /// <summary>The formula without any defined name.</summary>
    /// <exception cref="NetworkException">Definitions need each other in a loop.</exception>
    public Expression Resolve(Expression formula, string where)
    {
        foreach (var symbol in formula.Symbols()) ResolveName(symbol, where);
        return formula.Substitute(resolved);
    }

    private void ResolveName(string name, string where)
    {
        if (!definitions.ContainsKey(name) || resolved.ContainsKey(Expression.Symbol(name))) return;
        var path = new List<string>();
        var onPath = new HashSet<string>(StringComparer.Ordinal);
        var stack = new Stack<(string Name, bool Done)>();
        stack.Push((name, false));
        while (stack.TryPop(out var item))
        {
            var symbol = Expression.Symbol(item.Name);
            if (item.Done)
            {
                path.RemoveAt(path.Count - 1);
                onPath.Remove(item.Name);
                resolved[symbol] = definitions[item.Name].Substitute(resolved);
                continue;
            }
            if (resolved.ContainsKey(symbol)) continue;
            if (!onPath.Add(item.Name))
            {
                var loop = path.SkipWhile(n => n != item.Name).Append(item.Name);
                throw new NetworkException($"Definitions need each other in a loop: {string.Join(" → ", loop)}.",
                    $"network {network}, {where}", "Break the loop: make one of them a state with a rate, or solve the equation by hand.");
            }
            path.Add(item.Name);
            stack.Push((item.Name, true));
            foreach (var needed in definitions[item.Name].Symbols())
            {
                if (definitions.ContainsKey(needed)) stack.Push((needed, false));
            }
        }
    }
}
