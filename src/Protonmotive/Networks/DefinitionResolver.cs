using System.Runtime.CompilerServices;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Substitutes definitions into formulas until only states, parameters and time are left.</summary>
internal sealed class DefinitionResolver
{
    private readonly string network;
    private readonly IReadOnlyDictionary<string, Expression> definitions;
    private readonly NodeMap<Expression?> resolved = new(null); // what stands in the place of every node met so far
    private readonly Stack<Expression> open = [];
    private readonly HashSet<Expression> followed = []; // names whose definition was asked for
    private readonly HashSet<string> free = new(StringComparer.Ordinal);

    public DefinitionResolver(string network, IReadOnlyDictionary<string, Expression> definitions)
    {
        this.network = network;
        this.definitions = definitions;
    }

    /// <summary>Names met that no definition gives.</summary>
    public IReadOnlyCollection<string> FreeNames => free;

    /// <summary>The formula without any defined name. What formulas share is rewritten once, however many hold it.</summary>
    /// <exception cref="NetworkException">Definitions need each other in a loop.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // walks every node: no slow first tier
    public Expression Resolve(Expression formula, string where)
    {
        if (resolved[formula] is { } known) return known;
        open.Push(formula);
        while (open.TryPeek(out var node))
        {
            int height = open.Count;
            foreach (var operand in node.Operands) if (resolved[operand] is null) open.Push(operand);
            if (open.Count > height) continue;
            if (resolved[node] is not null) open.Pop(); // asked for twice
            else if (node.Operation == Operation.Symbol && definitions.TryGetValue(node.Name, out var definition))
            {
                if (resolved[definition] is { } value) resolved[open.Pop()] = value;
                else if (followed.Add(node)) open.Push(definition);
                else ThrowLoop(node.Name, where); // it is needed to resolve its own definition
            }
            else
            {
                if (node.Operation == Operation.Symbol) free.Add(node.Name);
                resolved[open.Pop()] = node.Operands.IsEmpty ? node : Rewritten(node);
            }
        }
        return resolved[formula]!;
    }

    private Expression Rewritten(Expression node)
    {
        if (node.Operands.Length == 2) return node.With(resolved[node.Operands[0]]!, resolved[node.Operands[1]]!);
        var operands = new Expression[node.Operands.Length];
        for (int i = 0; i < operands.Length; i++) operands[i] = resolved[node.Operands[i]]!;
        return node.With(operands);
    }

    /// <summary>Follows definitions from a name that needs itself, to say by which.</summary>
    private void ThrowLoop(string name, string where)
    {
        open.Clear();
        var path = new List<string>();
        var onPath = new HashSet<string>(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var stack = new Stack<(string Name, bool Done)>();
        stack.Push((name, false));
        while (stack.TryPop(out var item))
        {
            if (item.Done)
            {
                path.RemoveAt(path.Count - 1);
                onPath.Remove(item.Name);
                done.Add(item.Name);
                continue;
            }
            if (done.Contains(item.Name)) continue;
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
