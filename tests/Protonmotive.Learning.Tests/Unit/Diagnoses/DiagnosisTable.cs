using System.Globalization;
using System.Text;
using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Diagnoses;

namespace Protonmotive.Learning.Tests.Unit.Diagnoses;

/// <summary>How well the rules find planted faults, and how often they find what is not there.</summary>
/// <param name="Rows">A row for each fault.</param>
/// <param name="Others">Notes on what was found in healthy trainings.</param>
internal sealed record DiagnosisTable(IReadOnlyList<DiagnosisTable.Row> Rows, IReadOnlyList<string> Others)
{
    /// <summary>Trains every fault and every healthy training with each seed.</summary>
    public static DiagnosisTable Measure(IEnumerable<int> seeds)
    {
        var all = seeds.ToList();
        var healthy = new List<(string Of, string Where, IReadOnlyList<Diagnosis> Found)>();
        var planted = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var plant in Plants.All)
        {
            planted[plant.Finding] = all.Count(s => Rules.Judge(plant.Planted(s)).Any(d => d.Name == plant.Finding));
            foreach (var twin in plant.Twins) healthy.AddRange(all.Select(s => (plant.Finding, $"twin of {plant.Finding}, seed {s}", (IReadOnlyList<Diagnosis>)Rules.Judge(twin(s)))));
        }
        foreach (var (what, train) in Plants.Healthy) healthy.AddRange(all.Select(s => ("", $"{what}, seed {s}", (IReadOnlyList<Diagnosis>)Rules.Judge(train(s)))));
        return new DiagnosisTable(
            [.. Plants.All.Select(p =>
            {
                bool isAlarm = Rules.SeverityOf(p.Finding) == Severity.Alarm;
                var own = healthy.Where(h => h.Of == p.Finding).ToList();
                int Raised(IEnumerable<(string, string, IReadOnlyList<Diagnosis> Found)> runs) => runs.Count(h => h.Found.Any(d => d.Name == p.Finding));
                return new Row(p.Finding, isAlarm, p.What, planted[p.Finding], all.Count, Raised(own), own.Count, Raised(healthy), healthy.Count);
            })],
            [.. healthy.SelectMany(h => h.Found.Where(d => d.Severity == Severity.Alarm || d.Name == h.Of).Select(d => $"{h.Where}: {d.Name} in '{d.Layer}' from step {d.FirstStep}: {d.Evidence}"))]);
    }

    public override string ToString()
    {
        var text = new StringBuilder("\n| finding | | planted | found | raised in its twins | in all healthy trainings | precision |\n|---|---|---|---|---|---|---|\n");
        foreach (var r in Rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {r.Finding} | {(r.IsAlarm ? "alarm" : "notice")} | {r.What} | {r.Found} of {r.Planted} | {r.RaisedInTwins} of {r.Twins} | {r.RaisedInHealthy} of {r.Healthy} | {r.Precision:0.00} |");
        foreach (var other in Others) text.AppendLine(other);
        return text.ToString();
    }

    /// <summary>A fault.</summary>
    /// <param name="Finding">What must be found.</param>
    /// <param name="IsAlarm">Whether it is an alarm: a notice may be true of healthy trainings, so that only its twins tell false ones.</param>
    /// <param name="What">How it was planted.</param>
    /// <param name="Found">Planted trainings in which it was found.</param>
    /// <param name="Planted">Planted trainings.</param>
    /// <param name="RaisedInTwins">Twins in which it was found.</param>
    /// <param name="Twins">Twins.</param>
    /// <param name="RaisedInHealthy">Healthy trainings in which it was found, twins of all faults and others.</param>
    /// <param name="Healthy">Healthy trainings.</param>
    internal sealed record Row(string Finding, bool IsAlarm, string What, int Found, int Planted, int RaisedInTwins, int Twins, int RaisedInHealthy, int Healthy)
    {
        /// <summary>Share of the planted faults that was found.</summary>
        public double Recall => (double)Found / Planted;

        /// <summary>Share of healthy trainings in which it was found: of all for alarms, of the twins for notices.</summary>
        public double FalseShare => IsAlarm ? (double)RaisedInHealthy / Healthy : (double)RaisedInTwins / Twins;

        /// <summary>Share of true ones among what was raised.</summary>
        public double Precision => Found == 0 ? double.NaN : (double)Found / (Found + (IsAlarm ? RaisedInHealthy : RaisedInTwins));
    }
}
