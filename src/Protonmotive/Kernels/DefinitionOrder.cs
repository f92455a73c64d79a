using Protonmotive.Networks;

namespace Protonmotive.Kernels;

/// <summary>Orders parameters so that each comes after those its definition needs.</summary>
internal static class DefinitionOrder
{
    /// <summary>Indices of the parameters in order of evaluation.</summary>
    /// <exception cref="AlgebraicLoopException">Definitions need each other in a loop.</exception>
    public static int[] Of(EquationSystem system)
    {
        var parameters = system.Parameters;
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < parameters.Length; i++) index.TryAdd(parameters[i].Name, i);
        var needs = new int[parameters.Length][];
        for (int i = 0; i < needs.Length; i++)
        {
            if (parameters[i] is { Draw: null, Definition.IsConstant: true })
            {
                needs[i] = [];
                continue;
            }
            var formulas = parameters[i].Draw is { } draw ? RunPrograms.DrawFormulas(draw).Select(f => f.Value) : [parameters[i].Definition];
            needs[i] = [.. formulas.Where(f => !f.IsConstant).SelectMany(f => f.Symbols()).Distinct().Where(index.ContainsKey).Select(n => index[n]).Order()];
        }

        var order = new List<int>(parameters.Length);
        var state = new byte[parameters.Length]; // 0 unseen, 1 on the path, 2 done
        var path = new Stack<(int Parameter, int Next)>();
        for (int root = 0; root < parameters.Length; root++)
        {
            if (state[root] != 0) continue;
            state[root] = 1;
            path.Push((root, 0));
            while (path.TryPop(out var item))
            {
                var (parameter, next) = item;
                if (next == needs[parameter].Length)
                {
                    state[parameter] = 2;
                    order.Add(parameter);
                    continue;
                }
                path.Push((parameter, next + 1));
                int needed = needs[parameter][next];
                if (state[needed] == 1)
                {
                    var loop = path.Select(p => p.Parameter).Reverse().SkipWhile(p => p != needed).Select(p => parameters[p].Name);
                    throw new AlgebraicLoopException(system.Name, [.. loop]);
                }
                if (state[needed] == 0)
                {
                    state[needed] = 1;
                    path.Push((needed, 0));
                }
            }
        }
        return [.. order];
    }
}
