using System.Collections.Immutable;
using Protonmotive.Learning.Accounts;

namespace Protonmotive.Learning.Diagnoses;

/// <summary>A rule that looks at audited steps in a row.</summary>
/// <param name="Name">Name of the finding.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Threshold">The rule in words, with its number.</param>
/// <param name="Source">Where the number comes from.</param>
/// <param name="Remedy">What to do first.</param>
/// <param name="Find">Where it holds in a step, with the evidence, given the steps up to it, the last being that step.</param>
internal sealed record Rule(string Name, Severity Severity, string Threshold, string Source, string Remedy, Func<ImmutableArray<StepAccount>, int, IEnumerable<(string Layer, string Evidence)>> Find)
{
    /// <summary>Audits in a row that a rule must hold in before it is said: one reading is chance. A convention of ours.</summary>
    public const int Consecutive = 3;

    /// <summary>The findings of a training, each layer once, at its first time.</summary>
    public IEnumerable<Diagnosis> Apply(TrainingAccount account)
    {
        var runs = new Dictionary<string, (long First, int Length)>(StringComparer.Ordinal);
        var said = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < account.Audited.Length; i++)
        {
            var held = Find(account.Audited, i).ToList();
            foreach (var layer in runs.Keys.Except(held.Select(h => h.Layer)).ToList()) runs.Remove(layer);
            foreach (var (layer, evidence) in held)
            {
                var run = runs.TryGetValue(layer, out var r) ? (r.First, r.Length + 1) : (account.Audited[i].Step, 1);
                runs[layer] = run;
                if (run.Item2 >= Consecutive && said.Add(layer)) yield return new Diagnosis(Name, Severity, layer, run.Item1, evidence, Threshold, Source, Remedy);
            }
        }
    }
}
