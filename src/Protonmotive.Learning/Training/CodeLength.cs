using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Joules;

namespace Protonmotive.Learning.Training;

/// <summary>Length of the code of the items as they come for the first time, by the network as it then is, against one of ln K nats an item.</summary>
/// <param name="task">The training.</param>
/// <param name="saved">Nats saved before an interruption.</param>
/// <param name="items">Items coded before an interruption.</param>
/// <remarks>The loss is that of the batch before its step, in training mode: dropout makes the code longer. Of a window of text of which a part came before, the rest is coded at the window's mean.</remarks>
internal sealed class CodeLength(TrainingTask task, double saved = 0, double items = 0)
{
    private readonly LabelSet? labels = task.Labels;

    /// <summary>Nats saved.</summary>
    public double Saved { get; private set; } = saved;

    /// <summary>Items coded.</summary>
    public double Items { get; private set; } = items;

    /// <summary>Codes the fresh items of a step.</summary>
    public void Add(int step, double loss)
    {
        if (labels is null) return;
        double fresh = task.FreshItems(step);
        Saved += fresh * (Math.Log(labels.Outcomes) - loss);
        Items += fresh;
    }

    /// <summary>The bits learned; null where outcomes are not counted.</summary>
    public LearnedBits? Learned(TrainingAccount? account) =>
        labels is null ? null : new LearnedBits(account?.GainedInAll / Math.Log(2) * labels.Items, labels.Items, Saved / Math.Log(2), Items, labels.Item);
}
