using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks function definitions.</summary>
/// <remarks>Rules 20301 to 20305.</remarks>
internal static class FunctionCheck
{
    public static void Check(ModelView view, Findings findings, MathCheck formulas)
    {
        var defined = new HashSet<string>(StringComparer.Ordinal);
        var calls = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var definition in view.Functions)
        {
            string id = view.Id(definition);
            if (ModelView.Math(definition) is not { } math) continue;
            var top = math.Elements().FirstOrDefault();
            if (top?.Name.LocalName == "semantics") top = top.Elements().FirstOrDefault();
            if (top is null && view.Edition.Number >= 32) continue;
            if (top?.Name.LocalName != "lambda" || math.Elements().Count() != 1)
            {
                findings.Error(definition, 20301, $"The function '{id}' is no <lambda>.", "Write <lambda>, the arguments each in a <bvar>, and the formula.");
                continue;
            }
            if (top.Elements().LastOrDefault() is not { } body || body.Name.LocalName == "bvar") findings.Error(definition, 20305, $"The function '{id}' has no formula after its arguments.", "Add the formula as the last child of <lambda>.");
            formulas.Function(definition, top);
            var called = top.Descendants().Where(e => e.Name.LocalName == "ci" && ModelView.IsHead(e)).ToList();
            calls.TryAdd(id, [.. called.Select(c => c.Value.Trim())]);
            foreach (var call in called.Where(c => view.Edition.Number == 21 && view.FunctionsById.ContainsKey(c.Value.Trim()) && !defined.Contains(c.Value.Trim()) && c.Value.Trim() != id))
                findings.Error(call, 20302, $"The function '{id}' calls '{call.Value.Trim()}', which is defined after it.", "Put the called function first.");
            defined.Add(id);
        }
        foreach (var cycle in DependencyCycles.Find(calls))
            findings.Error(view.FunctionsById[cycle[0]], 20303, $"Functions call each other in a circle: {string.Join(" → ", cycle.Append(cycle[0]))}.", "Write one of them without the others.");
    }
}
