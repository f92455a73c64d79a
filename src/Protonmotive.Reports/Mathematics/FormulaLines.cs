using static Protonmotive.Reports.Mathematics.Formula;

namespace Protonmotive.Reports.Mathematics;

/// <summary>Breaks long formulas into lines: before + and − first, then at products, within brackets only where it must be.</summary>
public static class FormulaLines
{
    private const float MeasuredSize = 16;
    private const float Indent = 2;
    private const float WidestLeftSide = 9;
    private const float AtProduct = 4;
    private const float Deeper = 10;
    private const float Ragged = 30;

    /// <summary>The formula in lines that are no longer than a width, as far as its parts allow.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="width">Width of a line, in em: multiples of the size of its letters.</param>
    public static Formula Break(Formula formula, float width) => float.IsFinite(width) ? Break(formula, width * MeasuredSize, new FormulaLayout(MeasuredSize)) : formula;

    private static Formula Break(Formula formula, float width, FormulaLayout layout)
    {
        if (layout.Of(formula).Width <= width) return formula;
        layout = layout.InLines;
        var items = formula is Row row ? row.Items : [formula];
        var (start, hang) = Hang(items, layout);
        var tokens = new List<Token>();
        foreach (var item in items) Open(item, 0, width - (hang * layout.Size), layout, tokens);
        var lines = new List<(Formula, float)>();
        float indent = 0, em = layout.Size;
        int from = 0;
        while (from < tokens.Count)
        {
            indent = lines.Count == 0 ? 0 : hang + (0.8f * tokens[from].Depth);
            int to = End(tokens, from, lines.Count == 0 ? start : 0, width - (indent * em));
            lines.Add((Line(tokens, from, to), indent));
            from = to;
            if (from < tokens.Count && tokens[from].Item is Operator { Role: SignRole.Product or SignRole.Beside }) tokens[from] = tokens[from] with { Item = new Operator("×", SignRole.Binary) };
        }
        return lines.Count == 1 ? lines[0].Item1 : new Lines([.. lines]);
    }

    /// <param name="Item">What stands there.</param>
    /// <param name="Depth">Brackets it stands in.</param>
    /// <param name="Width">Its width with the room about it, in points.</param>
    private readonly record struct Token(Formula Item, int Depth, float Width);

    /// <summary>The items of a row; those that are longer than a line are opened.</summary>
    private static void Open(Formula item, int depth, float width, FormulaLayout layout, List<Token> tokens)
    {
        float own = layout.Of(item).Width, room = width - (0.8f * depth * layout.Size);
        if (own <= room) Add(item);
        else switch (item)
        {
            case Row row:
                foreach (var part in row.Items) Open(part, depth, width, layout, tokens);
                break;
            case Fenced fenced:
                OpenBrackets(fenced, null);
                break;
            case Script { Base: Fenced fenced } power:
                OpenBrackets(fenced, power);
                break;
            case Call call:
                Add(call.Function);
                Add(new Operator("", SignRole.Application));
                OpenBrackets(new Fenced("(", MathMl.Arguments(call), ")"), null);
                break;
            case Fraction fraction:
                Add(new Fraction(Break(fraction.Numerator, room - (0.4f * layout.Size), layout with { IsDisplay = false }), Break(fraction.Denominator, room - (0.4f * layout.Size), layout with { IsDisplay = false })));
                break;
            case Root root:
                Add(root with { Radicand = Break(root.Radicand, room - layout.Size, layout) });
                break;
            case Cases cases:
                Add(new Cases([.. cases.Rows.Select(c => new Case(Break(c.Value, 0.6f * room, layout with { IsDisplay = false }), c.Condition is null ? null : Break(c.Condition, (0.4f * room) - (2.6f * layout.Size), layout with { IsDisplay = false })))]));
                break;
            default:
                Add(item);
                break;
        }

        void Add(Formula part)
        {
            var (before, after) = layout.Room(part);
            tokens.Add(new Token(part, depth, before + layout.Of(part).Width + after));
        }

        void OpenBrackets(Fenced fenced, Script? power)
        {
            Add(new Bracket(fenced.Open, true, fenced.Content));
            foreach (var part in fenced.Content is Row row ? row.Items : [fenced.Content]) Open(part, depth + 1, width, layout, tokens);
            Formula close = new Bracket(fenced.Close, false, fenced.Content);
            Add(power is null ? close : power with { Base = close });
        }
    }

    /// <summary>How far lines after the first stand in, in em: under what follows an = near the start; and how many items that is.</summary>
    private static (int Items, float Indent) Hang(IReadOnlyList<Formula> items, FormulaLayout layout)
    {
        float x = 0;
        for (int i = 0; i < items.Count; i++)
        {
            var (before, after) = layout.Room(items[i]);
            x += before + layout.Of(items[i]).Width + after;
            if (x > WidestLeftSide * layout.Size) break;
            if (items[i] is Operator { Role: SignRole.Relation }) return (i + 1, x / layout.Size);
        }
        return (0, Indent);
    }

    /// <summary>Where a line that begins at a token ends: at the best place that leaves it within the width.</summary>
    private static int End(List<Token> tokens, int from, int start, float width)
    {
        float x = 0, best = float.PositiveInfinity;
        int end = -1;
        for (int i = from; i < tokens.Count; i++)
        {
            if (i > Math.Max(from, start) && Cost(tokens[i]) is { } cost && (x <= width || end < 0))
            {
                float unused = Math.Abs(width - x) / width;
                cost += (x > width ? 1000 : 0) + (Ragged * unused * unused);
                if (cost <= best) (best, end) = (cost, i);
            }
            x += tokens[i].Width;
            if (x > width && end >= 0) return end;
        }
        return x <= width || end < 0 ? tokens.Count : end;
    }

    /// <summary>What it costs to begin a line with a token; null where none can begin.</summary>
    private static float? Cost(Token token) => token.Item switch
    {
        Operator { Role: SignRole.Relation } or Operator { Role: SignRole.Binary, Sign: "+" or "−" } or Words { Content: " and " or " or " or " or else " } => Deeper * token.Depth,
        Operator { Role: SignRole.Product or SignRole.Beside or SignRole.Binary } => AtProduct + (Deeper * token.Depth),
        _ => null,
    };

    private static Formula Line(List<Token> tokens, int from, int to) => Formula.Of(tokens[from..to].Select(t => t.Item));
}
