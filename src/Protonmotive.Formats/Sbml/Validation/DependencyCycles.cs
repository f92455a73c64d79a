namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Finds circles among things that depend on each other.</summary>
internal static class DependencyCycles
{
    /// <summary>One circle for each group of names that depend on each other, in the order of dependence.</summary>
    /// <remarks>Tarjan (1972), SIAM J. Comput. 1:146, in a loop; then a shortest circle through a member by breadth-first search.</remarks>
    public static IReadOnlyList<IReadOnlyList<string>> Find(IReadOnlyDictionary<string, List<string>> needs)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var low = new Dictionary<string, int>(StringComparer.Ordinal);
        var inPath = new HashSet<string>(StringComparer.Ordinal);
        var path = new Stack<string>();
        var result = new List<IReadOnlyList<string>>();
        foreach (var start in needs.Keys)
        {
            if (index.ContainsKey(start)) continue;
            var open = new Stack<(string Name, int Next)>();
            open.Push((start, 0));
            while (open.TryPop(out var frame))
            {
                var (name, next) = frame;
                if (next == 0)
                {
                    index[name] = low[name] = index.Count;
                    path.Push(name);
                    inPath.Add(name);
                }
                else if (needs[name][next - 1] is var child && inPath.Contains(child))
                {
                    low[name] = Math.Min(low[name], low[child]);
                }
                while (next < needs[name].Count && (!needs.ContainsKey(needs[name][next]) || index.ContainsKey(needs[name][next])))
                {
                    var seen = needs[name][next++];
                    if (inPath.Contains(seen)) low[name] = Math.Min(low[name], index[seen]);
                }
                if (next < needs[name].Count)
                {
                    open.Push((name, next + 1));
                    open.Push((needs[name][next], 0));
                    continue;
                }
                if (low[name] != index[name]) continue;
                var group = new List<string>();
                string member;
                do
                {
                    member = path.Pop();
                    inPath.Remove(member);
                    group.Add(member);
                }
                while (member != name);
                if (group.Count > 1 || needs[name].Contains(name)) result.Add(Circle(name, [.. group], needs));
            }
        }
        return result;
    }

    /// <summary>A shortest circle through a name, inside its group.</summary>
    private static List<string> Circle(string name, HashSet<string> group, IReadOnlyDictionary<string, List<string>> needs)
    {
        var from = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>([name]);
        while (open.TryDequeue(out var at))
        {
            foreach (var next in needs[at])
            {
                if (next == name)
                {
                    var circle = new List<string>();
                    for (var step = at; step != name; step = from[step]) circle.Add(step);
                    circle.Add(name);
                    circle.Reverse();
                    return circle;
                }
                if (group.Contains(next) && from.TryAdd(next, at)) open.Enqueue(next);
            }
        }
        return [name];
    }
}
