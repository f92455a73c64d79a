using System.Globalization;
using Protonmotive.Reports.Mathematics;
using Protonmotive.Thermodynamics;
using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Where the free energy goes: from carrier to carrier through the processes, with the heat that each one gives off.</summary>
public sealed class SankeyFigure : Figure
{
    private const string Heat = SankeyLayout.Heat, Unnamed = "other stores";
    private const int Most = 12, Low = 440, MostLow = 5, RowHeight = 44;
    private const float RibbonRoom = 130, HalfName = 36, Thick = 20;
    private const double Negligible = 1e-4;
    private readonly Ledger ledger;
    private readonly List<SankeyFlow> flows = [];
    private readonly HashSet<string> processes = new(StringComparer.Ordinal);
    private readonly HashSet<string> last = new(StringComparer.Ordinal) { Heat };
    private readonly HashSet<string> drawn;
    private readonly double scale;
    private readonly string unit;

    /// <summary>A figure of a ledger whose processes declare their carriers.</summary>
    public SankeyFigure(Ledger ledger)
    {
        this.ledger = ledger;
        (scale, unit) = LedgerText.EnergyScale(ledger);
        if (unit == "1") unit = "";
        var spending = ledger.Processes.Where(p => p.Spent > 0 && p.Status == AffinityStatus.Known && (!p.Carriers.IsEmpty || (p.Equation.Length > 0 && p.Power > 0))).ToList();
        // Of many processes the least are one.
        drawn = [.. spending.Select(p => p.Name)];
        var least = spending.Count <= Most ? [] : spending.OrderBy(p => p.Spent).Take(spending.Count - Most + 1).ToHashSet();
        foreach (var group in spending.GroupBy(p => least.Contains(p) ? $"{least.Count} more" : p.Name)) Add(group.Key, [.. group]);
        double most = flows.Select(f => f.Value).DefaultIfEmpty(0).Max();
        flows.RemoveAll(f => f.Value < Negligible * most);
        int rows = Layout(Low).Nodes.Where(n => n.Name != Heat).GroupBy(n => n.Column).Select(c => c.Count()).DefaultIfEmpty().Max();
        Height = Low + (Math.Max(0, rows - MostLow) * RowHeight);
    }

    /// <summary>Whether there is anything to draw: processes that hand energy from one carrier to another.</summary>
    public bool HasFlows => flows.Any(f => f.To != Heat && processes.Contains(f.From));

    /// <inheritdoc/>
    public override string Name => "free-energy";

    /// <inheritdoc/>
    public override string Caption => $"{char.ToUpperInvariant(ledger.Subject[0])}{ledger.Subject[1..]} from carrier to carrier between {ledger.Start:g6} and {ledger.End:g6}{LedgerText.Plural(ledger.TimeUnit)}{(unit.Length > 0 ? ", in " + unit : "")}{(ledger.Per.Length > 0 ? " per " + ledger.Per : "")}; red ribbons are {ledger.DissipatedName}. Shares are of all that carriers gave.{(HasStubs ? " After +: what a carrier hands on beyond what it is given, from its stores or from outside." : "")}{(HasStays && !HasReturns ? " What enters a carrier and does not leave it stays in its stores or goes outside." : "")}{(Uphill is { Length: > 0 } sources ? IsTraining ? $" More was gained than supplied in {sources}; {ledger.DissipatedName} here is of the others alone." : $" {sources}: gives more than it takes, since its law and its potentials do not agree; {ledger.DissipatedName} here is of the others alone." : "")}{(HasReturns ? " What stands to the right of held-out loss lost some of what the others gained; what was gained in all is the difference." : "")}{(LeftOut is { Length: > 0 } rest ? $" Left out: {rest}." : "")}{(IsNet ? " Each process is drawn with its net over the run; tables count apart what it spent and did either way." : "")}";

    /// <inheritdoc/>
    public override int Height { get; }

    private bool HasStubs => Layout(Height).Nodes.Any(n => FromElsewhere(n) > 0);

    private bool HasStays => Layout(Height).Nodes.Any(n => !processes.Contains(n.Name) && n.Out > 0 && n.In - n.Out > 0.005 * n.In);

    private string Uphill => string.Join(", ", ledger.Processes.Where(p => processes.Contains(p.Name) && -p.Power > 1e-6 * ledger.Activity).Select(p => p.Name));

    private bool IsTraining => ledger.Subject == "held-out loss";

    // Of a training, whose layers may lose what others gain.
    private bool HasReturns => IsTraining && flows.Any(f => f.From == ledger.Subject);

    // What stands between no carriers, where its energy can be seen.
    private string LeftOut => string.Join(", ", ledger.Processes.Where(p => p.Posts && !drawn.Contains(p.Name) && Math.Abs(p.Power) > 1e-3 * Math.Abs(ledger.Dissipated)).Select(p => $"{p.Name}, {(p.Power < 0 ? "−" : "")}{Number(Math.Abs(p.Power) * scale)}{(unit.Length > 0 ? " " + unit : "")}"));

    private bool IsNet => ledger.Processes.Any(p => !p.Carriers.IsEmpty && p.Spent > 1.002 * p.Carriers.GroupBy(c => Reservoir(c.Carrier)).Sum(c => Math.Max(0, c.Sum(x => x.Energy))));

    private void Add(string name, List<ProcessEntry> group)
    {
        processes.Add(name);
        var carriers = group.SelectMany(p => p.Carriers.IsEmpty ? [new CarrierEntry(Unnamed, p.Power)] : p.Carriers).ToList();
        foreach (var carrier in carriers.GroupBy(c => Reservoir(c.Carrier)))
        {
            double energy = carrier.Sum(c => c.Energy) * scale;
            if (energy > 0) flows.Add(new SankeyFlow(carrier.Key, name, energy));
            else if (energy < 0) flows.Add(new SankeyFlow(name, carrier.Key, -energy));
        }
        foreach (var end in group.GroupBy(p => p.IsLoad ? "work delivered" : Heat))
        {
            flows.Add(new SankeyFlow(name, end.Key, end.Sum(p => p.Power) * scale));
            last.Add(end.Key);
        }
    }

    private SankeyLayout Layout(int height) => SankeyLayout.Of(flows, last, 116, 34, Width - 116 - 120, height - 70, gap: 44);

    /// <summary>What a carrier on the way hands on beyond what it is given; 0 where that is less than is drawn.</summary>
    private double FromElsewhere(SankeyNode node) => !processes.Contains(node.Name) && node.In > 0 && node.Out - node.In > 0.005 * node.Out ? node.Out - node.In : 0;

    /// <summary>Charge and protons are two faces of one store, the proton-motive force; phosphate is ATP's phosphorylation potential.</summary>
    private static string Reservoir(string carrier) => carrier switch
    {
        "charge" or "protons" => "proton gradient",
        "phosphate" => "ATP",
        _ => carrier,
    };

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        var layout = Layout(Height);
        var nodes = layout.Nodes.ToDictionary(n => n.Name, StringComparer.Ordinal);
        // All that carriers gave, from outside or from what they held.
        double whole = layout.Nodes.Where(n => !processes.Contains(n.Name)).Sum(n => Math.Max(0, n.Out - n.In));
        bool isThin = layout.Ribbons.Max(r => r.Thickness) < Thick; // a ground for names would cut a notch into thick ribbons
        int lastColumn = layout.Nodes.Max(n => n.Column);
        float apart = layout.Nodes.Max(n => n.X) - layout.Nodes.Min(n => n.X), past = Math.Clamp((apart / Math.Max(1, lastColumn)) - RibbonRoom, 0, HalfName);
        foreach (var ribbon in layout.Ribbons.OrderBy(r => r.Flow.To == Heat ? 0 : 1)) DrawRibbon(pen, ribbon, nodes, past);
        foreach (var node in layout.Nodes) DrawNode(pen, node, whole, lastColumn, isThin);
        pen.Text($"{ledger.Subject}{(unit.Length > 0 ? ", " + unit : "")}{(ledger.Per.Length > 0 ? " per " + ledger.Per : "")}, {ledger.Start:g6} to {ledger.End:g6}{LedgerText.Plural(ledger.TimeUnit)}", 16, 20, 11, Palette.Soft);
    }

    private void DrawRibbon(Pen pen, SankeyRibbon ribbon, Dictionary<string, SankeyNode> nodes, float past)
    {
        var (from, to) = (nodes[ribbon.Flow.From], nodes[ribbon.Flow.To]);
        float x0 = from.X + SankeyLayout.NodeWidth, x1 = to.X;
        var color = ribbon.Flow.To == Heat ? Palette.Heat : Color(processes.Contains(ribbon.Flow.From) ? ribbon.Flow.To : ribbon.Flow.From);
        using var path = new SKPath();
        path.MoveTo(x0, ribbon.Y0);
        if (ribbon.Flow.To == Heat)
        {
            // Down as soon as it is past the names, then along the bottom: it passes under whatever stands further right.
            float after = x0 + past, turn = past + 74;
            path.CubicTo(after + 46, ribbon.Y0, after + 20, ribbon.Y1, x0 + turn, ribbon.Y1);
            path.LineTo(x1, ribbon.Y1);
            path.LineTo(x1, ribbon.Y1 + ribbon.Thickness);
            path.LineTo(x0 + turn, ribbon.Y1 + ribbon.Thickness);
            path.CubicTo(after + 20 - Math.Min(ribbon.Thickness, 20), ribbon.Y1 + ribbon.Thickness, after + 46 - Math.Min(ribbon.Thickness, 40), ribbon.Y0 + ribbon.Thickness, x0, ribbon.Y0 + ribbon.Thickness);
        }
        else
        {
            float bend = x1 > x0 ? (x1 - x0) / 2 : 60;
            path.CubicTo(x0 + bend, ribbon.Y0, x1 - bend, ribbon.Y1, x1, ribbon.Y1);
            path.LineTo(x1, ribbon.Y1 + ribbon.Thickness);
            path.CubicTo(x1 - bend, ribbon.Y1 + ribbon.Thickness, x0 + bend, ribbon.Y0 + ribbon.Thickness, x0, ribbon.Y0 + ribbon.Thickness);
        }
        path.Close();
        pen.Fill(color.WithAlpha(ribbon.Flow.To == Heat ? (byte)0x70 : (byte)0x68), path);
    }

    private void DrawNode(Pen pen, SankeyNode node, double whole, int lastColumn, bool isThin)
    {
        bool isProcess = processes.Contains(node.Name);
        pen.Fill(node.Name == Heat ? Palette.Heat : node.Name == "work delivered" ? Palette.Work : isProcess ? Palette.Ink : Color(node.Name), node.X, node.Y, SankeyLayout.NodeWidth, node.Height);
        double size = Math.Max(node.In, node.Out);
        double elsewhere = FromElsewhere(node);
        if (elsewhere > 0) DrawStub(pen, node, (float)(node.Height * node.In / size));
        string share = isProcess || whole <= 0 ? "" : $" ({Share(size / whole)})", value = Number(size) + (unit.Length > 0 ? " " + unit : "") + share;
        if (node.Column == 0)
        {
            pen.Text(FormulaNames.Words(node.Name), node.X - 8, node.Y + (node.Height / 2) - 2, 12, Color(node.Name), Pen.Align.Right, isBold: true);
            pen.Text(value, node.X - 8, node.Y + (node.Height / 2) + 13, 10, Palette.Soft, Pen.Align.Right);
        }
        else if (node.Column == lastColumn)
        {
            pen.Text(node.Name == Heat ? ledger.DissipatedName : NameOf(node), node.X + SankeyLayout.NodeWidth + 7, node.Y + (node.Height / 2) - 1, 12, node.Name == Heat ? Palette.Heat : Palette.Work, isBold: true);
            pen.Text(value, node.X + SankeyLayout.NodeWidth + 7, node.Y + (node.Height / 2) + 14, 10, Palette.Soft);
        }
        else
        {
            // Between others there is little room; the unit stands above the figure.
            float middle = node.X + (SankeyLayout.NodeWidth / 2), y = node.Y - 4;
            if (elsewhere > 0)
            {
                pen.TextOnTop("+ " + Number(elsewhere), middle, y, 9.5f, Palette.Soft, hasGround: isThin);
                y -= 11;
            }
            pen.TextOnTop(Number(size) + share, middle, y, 9.5f, Palette.Soft, hasGround: isThin);
            pen.TextOnTop(NameOf(node), middle, y - 12, 12, isProcess ? Palette.Ink : Color(node.Name), isBold: true, isThin);
        }
    }

    /// <summary>What comes from a carrier's own stores: a short ribbon that begins at nothing, below what it is given.</summary>
    private static void DrawStub(Pen pen, SankeyNode node, float given)
    {
        const float length = 22;
        using var path = new SKPath();
        path.AddPoly([new(node.X, node.Y + given), new(node.X - length, node.Y + given + Math.Min(6, (node.Height - given) / 3)), new(node.X - length + 8, node.Y + ((given + node.Height) / 2)), new(node.X - length, node.Y + node.Height - Math.Min(6, (node.Height - given) / 3)), new(node.X, node.Y + node.Height)]);
        pen.Fill(Color(node.Name).WithAlpha(0x68), path);
    }

    /// <summary>A carrier that is what the account is of is what was stored of it: held-out loss removed.</summary>
    private string NameOf(SankeyNode node) => node.Name == ledger.Subject ? ledger.StoredName : FormulaNames.Words(node.Name);

    private static string Share(double share) => share < 0.005 ? "< 1 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    private static SKColor Color(string reservoir) => reservoir == "work delivered" ? Palette.Work : Palette.Carrier(reservoir switch { "proton gradient" => "protons", "ATP" => "phosphate", _ => reservoir });

    private static string Number(double v) => v.ToString(v >= 1e5 ? "0.00e+0" : v >= 100 ? "0" : v >= 10 ? "0.0" : v >= 0.1 ? "0.00" : v >= 0.01 ? "0.000" : "0.0e+0", CultureInfo.InvariantCulture);
}
