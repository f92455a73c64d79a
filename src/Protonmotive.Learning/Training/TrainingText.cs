using System.Globalization;
using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Joules;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Learning.Training;

/// <summary>What a run tells a reader of its training in words.</summary>
internal static class TrainingText
{
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>What was measured, and what its words mean.</summary>
    public static string Scenario(TrainingTask task, TrainingAccount account)
    {
        var unit = account.LossUnit == "1" ? "" : $" in {account.LossUnit}";
        bool isRemainder = account.Audited.All(a => a.CurvatureSource == CurvatureSource.Remainder);
        return string.Join(' ', new[]
        {
            task.LossText,
            task.LayerText,
            $"{Audits(account)} To audit a step is to take losses and gradients before and after it, on its batch and on a probe of data held out.",
            $"P is the work of the batch's gradient along the step, W the loss{unit} that the step took off the probe. The rest of P is noise N, which the probe's gradient does not share, and curvature K, by which the loss turns up along the step{(isRemainder ? "; K is P − N − W, so that the books close by definition" : "")}.",
            "A layer's K is half the change of its gradient, times the step; what all these miss is the rest of curvature. Memorised is what the loss fell by on the batch alone. ‖Δ‖/‖θ‖ is the length of a layer's step over that of its parameters.",
            account.NonFinite is { } lost ? $"The training broke off at step {lost.Step}: {lost.What}" : "",
        }.Where(t => t.Length > 0));
    }

    /// <summary>What was learned, for what, in a line.</summary>
    public static string Learned(TrainingAccount account, EnergyBill bill)
    {
        string Loss(double value) => string.Create(culture, $"{value:g4}{(account.LossUnit == "1" ? "" : " " + account.LossUnit)}");
        if (account.NonFinite is { } lost) return $"Learned: nothing that stays. The training broke off at step {lost.Step}, where its numbers were lost; until the last audit before, {Loss(account.GainedInAll)} of held-out loss had been removed.";
        string gained = account.Efficiency is { } share ? string.Create(culture, $"{100 * share:0} % of what the batches supplied was gained on held-out data")
            : account.Gained < 0 ? $"the held-out loss rose by {Loss(-account.Gained)}" : $"the held-out loss fell by {Loss(account.Gained)}, though the batches supplied nothing";
        var text = $"Learned: {Loss(account.GainedInAll)} of held-out loss removed in {account.Steps} steps. In the {account.Audited.Length} audited ones, {gained}.";
        if (bill.LabelBitsPerJoule is not { } per) return text;
        var (bits, rate) = (Scaled(bill.Bits!.Label!.Value, "bit"), Scaled(per, "bit/J"));
        return text + string.Create(culture, $" {bits.Value:g3} {bits.Unit} of labels for {bill.Energy.Joules:g3} J, {bill.Energy.Source.ToString().ToLowerInvariant()}: {rate.Value:g3} {rate.Unit}.");
    }

    /// <summary>The energy, and what was learned for it.</summary>
    public static IEnumerable<ResultRecord> Bill(EnergyBill bill)
    {
        var source = bill.Energy.Source.ToString().ToLowerInvariant();
        yield return new ResultRecord("energy, " + source, bill.Energy.Joules, "J", bill.Energy.Detail + (bill.Energy.Remark.Length > 0 && bill.Energy.Source == EnergySource.Modelled ? "; modelled, since no counter of energy can be read here" : ""));
        if (bill.Bits is not { } bits) yield break;
        if (bits.Label is { } label) yield return Bits("label bits learned", label, "bit", $"what the probe's loss fell by, in bits, times the {bits.Items} {bits.Item}s: so much shorter the labels of as many new ones can be told");
        yield return Bits("code saved", bits.CodeSaved, "bit", $"each of {bits.CodedItems:0} {bits.Item}s when it first came, told by the network as it then was, against a code in which all labels are equally long");
        if (bill.LabelBitsPerJoule is { } perLabel) yield return Bits("label bits per joule", perLabel, "bit/J", $"joules {source}");
        if (bill.CodeBitsPerJoule is { } perCode) yield return Bits("code saved per joule", perCode, "bit/J", $"joules {source}");
    }

    private static ResultRecord Bits(string name, double value, string unit, string note)
    {
        var (scaled, of) = Scaled(value, unit);
        return new ResultRecord(name, scaled, of, note);
    }

    private static (double Value, string Unit) Scaled(double value, string unit) => Math.Abs(value) switch
    {
        >= 1e9 => (value / 1e9, "G" + unit),
        >= 1e6 => (value / 1e6, "M" + unit),
        >= 1e3 => (value / 1e3, "k" + unit),
        _ => (value, unit),
    };

    // Audits that were not taken at their turn would have gone beyond their share of the time.
    private static string Audits(TrainingAccount account)
    {
        if (account.Every is not { } every) return $"{account.Audited.Length} of {account.Steps} steps were audited.";
        long turns = (account.Steps + every - 1) / every, taken = account.Audited.Count(a => a.Step % every == 0), more = account.Audited.Length - taken;
        var words = new[] { more > 0 ? $"and {more} more, to time audits or spread over the training" : "", turns > taken ? $"but {turns - taken} {(turns - taken == 1 ? "was" : "were")} left out, since audits had used up their share of the time" : "" }.Where(w => w.Length > 0).ToList();
        return $"One step in {every} was audited{(words.Count > 0 ? $", {string.Join(", ", words)}" : "")}: {account.Audited.Length} of {account.Steps}.";
    }
}
