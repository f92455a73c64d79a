using System.Collections.Immutable;
using static Protonmotive.Reports.Mathematics.Formula;

namespace Protonmotive.Reports.Mathematics;

/// <summary>Puts the parts of a formula in their places.</summary>
/// <param name="Size">Size of the letters here, in points.</param>
/// <param name="IsDisplay">Whether fractions have full size.</param>
/// <param name="Level">0 for the formula, 1 for its scripts, 2 for theirs.</param>
/// <remarks>The distances are those of TeX for Computer Modern: Knuth (1986), The TeXbook, appendix G, with the parameters of cmsy10 and cmex10.</remarks>
internal sealed record FormulaLayout(float Size, bool IsDisplay = true, int Level = 0)
{
    /// <summary>Height of the axis of fractions and signs, in em.</summary>
    public const float Axis = 0.25f;

    private const float Rule = 0.045f;

    private FormulaLayout Smaller => new(Size * (Level switch { 0 => 0.7f, 1 => 0.78f, _ => 1f }), false, Level + 1);

    private FormulaLayout Inside => IsDisplay ? this with { IsDisplay = false } : Smaller;

    /// <summary>What is long enough to be broken has fractions in full size, even above and below a bar.</summary>
    public FormulaLayout InLines => Level == 0 ? this with { IsDisplay = true } : this;

    private FormulaLayout Plain => this with { IsDisplay = false };

    /// <summary>The formula, measured.</summary>
    public Box Of(Formula formula) => formula switch
    {
        Row row => Row(row.Items),
        Identifier name => LetterBox.Of(name.Text, name.IsItalic, Size),
        Number number => LetterBox.Of(number.Text, false, Size),
        Words words => Spaced(words.Content),
        Operator sign => Sign(sign),
        Fraction fraction => Fraction(fraction),
        Script script => Script(script),
        Root root => Root(root),
        Fenced fenced => Fenced(fenced),
        Call call => Row([call.Function, new Operator("", SignRole.Application), new Fenced("(", MathMl.Arguments(call), ")")]),
        Cases cases => Cases(cases),
        Sum sum => Sum(sum),
        Lines lines => Lines(lines),
        Bracket bracket => Of(bracket.Content) is var content ? Brackets.Of(bracket.Sign, content.Ascent, content.Descent, Size) : GroupBox.Of(),
        _ => throw new ArgumentOutOfRangeException(nameof(formula), formula, "No such formula."),
    };

    /// <summary>Room that a sign takes before and after itself, in points.</summary>
    public (float Before, float After) Room(Formula item) => item is not Operator sign ? (0, 0) : sign.Role switch
    {
        SignRole.Binary => Level == 0 ? (0.222f * Size, 0.222f * Size) : (0.09f * Size, 0.09f * Size),
        SignRole.Relation => Level == 0 ? (0.278f * Size, 0.278f * Size) : (0.12f * Size, 0.12f * Size),
        SignRole.Separator => (0, 0.167f * Size),
        SignRole.Product => (0, (Level == 0 ? 0.167f : 0.12f) * Size),
        SignRole.Beside => (0, 0.04f * Size),
        SignRole.Prefix => (0, 0.03f * Size),
        _ => (0, 0),
    };

    private GroupBox Row(ImmutableArray<Formula> items)
    {
        var parts = ImmutableArray.CreateBuilder<(Box, float, float)>(items.Length);
        float x = 0;
        for (int i = 0; i < items.Length; i++)
        {
            var box = Of(items[i]);
            var (before, after) = Room(items[i]);
            if (i > 0) x += before;
            parts.Add((box, x, 0));
            x += box.Width + (i + 1 < items.Length || items[i] is Operator { Role: SignRole.Separator } ? after : 0);
        }
        var group = GroupBox.Of(parts.DrainToImmutable());
        return group with { Width = Math.Max(group.Width, x) };
    }

    /// <summary>Words, whose spaces at the ends count.</summary>
    private GroupBox Spaced(string words)
    {
        float space = 0.3f * Size;
        var letters = LetterBox.Of(words.Trim(), false, Size);
        float before = words.StartsWith(' ') ? space : 0, after = words.EndsWith(' ') ? space : 0;
        var group = GroupBox.Of((letters, before, 0));
        return group with { Width = before + letters.Width + after };
    }

    private Box Sign(Operator sign) => sign.Sign switch
    {
        "" => GroupBox.Of(),
        "·" => LetterBox.Of("⋅", false, Size),
        "≠" => Struck(LetterBox.Of("=", false, Size)),
        _ => LetterBox.Of(sign.Sign, false, Size),
    };

    /// <summary>A sign with a stroke through it.</summary>
    private GroupBox Struck(LetterBox sign)
    {
        float w = sign.Width, half = 0.36f * Size, axis = Axis * Size, lean = 0.16f * Size, thick = 0.045f * Size;
        var stroke = new ShapeBox(w, axis + half, half - axis, path =>
        {
            path.MoveTo((w / 2) + lean, -axis - half);
            path.LineTo((w / 2) + lean + thick, -axis - half);
            path.LineTo((w / 2) - lean + thick, -axis + half);
            path.LineTo((w / 2) - lean, -axis + half);
            path.Close();
        });
        return GroupBox.Of((sign, 0, 0), (stroke, 0, 0));
    }

    private GroupBox Fraction(Fraction fraction)
    {
        Box above = Inside.Of(fraction.Numerator), below = Inside.Of(fraction.Denominator);
        float rule = Rule * Size, axis = Axis * Size, gap = (IsDisplay ? 3 : 1.6f) * rule, side = 0.1f * Size;
        float up = Math.Max((IsDisplay ? 0.677f : 0.444f) * Size, axis + (rule / 2) + gap + above.Descent);
        float down = Math.Max((IsDisplay ? 0.686f : 0.345f) * Size, below.Ascent + gap + (rule / 2) - axis);
        float bar = Math.Max(above.Width, below.Width) + (2 * side * 0.6f);
        var group = GroupBox.Of(
            (above, side + ((bar - above.Width) / 2), -up),
            (ShapeBox.Bar(bar, axis + (rule / 2), (rule / 2) - axis), side, 0),
            (below, side + ((bar - below.Width) / 2), down));
        return group with { Width = bar + (2 * side) };
    }

    private Box Script(Script script)
    {
        var @base = Of(script.Base);
        if (script.Below is null && script.Above is null) return @base;
        float x = @base.Width + (0.03f * Size), low = x - @base.Slant, small = Smaller.Size;
        Box? above = script.Above is null ? null : Smaller.Of(script.Above), below = script.Below is null ? null : Smaller.Of(script.Below);
        bool isLetter = script.Base is Identifier or Number;
        float up = above is null ? 0 : Math.Max((IsDisplay ? 0.413f : 0.363f) * Size, Math.Max(isLetter ? 0 : @base.Ascent - (0.36f * small), above.Descent + (0.108f * Size)));
        float down = below is null ? 0 : Math.Max((above is null ? 0.15f : 0.247f) * Size, Math.Max(isLetter ? 0 : @base.Descent + (0.05f * small), below.Ascent - (0.345f * Size)));
        if (above is not null && below is not null)
        {
            float gap = up - above.Descent - (below.Ascent - down);
            if (gap < 4 * Rule * Size) down += (4 * Rule * Size) - gap;
        }
        var parts = ImmutableArray.CreateBuilder<(Box, float, float)>(3);
        parts.Add((@base, 0, 0));
        if (below is not null) parts.Add((below, low, down));
        if (above is not null) parts.Add((above, x, -up));
        var group = GroupBox.Of(parts.ToImmutable());
        return new GroupBox(group.Width + (0.05f * Size), group.Ascent, group.Descent, [.. parts, (GroupBox.Of(), group.Width, 0)]);
    }

    private GroupBox Root(Root root)
    {
        var inside = Of(root.Radicand);
        float bar = Rule * Size, gap = (IsDisplay ? 0.15f : 0.1f) * Size;
        float ascent = Math.Max(inside.Ascent, 0.5f * Size) + gap + bar, descent = Math.Max(inside.Descent, 0.05f * Size) + (0.04f * Size), hook = 0.78f * Size;
        var sign = Brackets.Root(hook, inside.Width + (0.08f * Size), ascent, descent, bar, Size);
        float before = 0;
        var parts = new List<(Box, float, float)>();
        if (root.Degree is not null)
        {
            var degree = Smaller.Smaller.Of(root.Degree);
            before = Math.Max(0, degree.Width - (0.3f * Size));
            parts.Add((degree, 0, descent - (0.6f * (ascent + descent)) - (0.1f * Size)));
        }
        parts.AddRange([(sign, before, 0), (inside, before + hook + (0.04f * Size), 0)]);
        var group = GroupBox.Of([.. parts]);
        return group with { Width = group.Width + (0.06f * Size), Parts = [.. group.Parts, (GroupBox.Of(), group.Width, 0)] };
    }

    private GroupBox Fenced(Fenced fenced)
    {
        var inside = Of(fenced.Content);
        Box open = Brackets.Of(fenced.Open, inside.Ascent, inside.Descent, Size), close = Brackets.Of(fenced.Close, inside.Ascent, inside.Descent, Size);
        float room = fenced.Open == "|" ? 0 : 0.03f * Size;
        return GroupBox.Of((open, 0, 0), (inside, open.Width + room, 0), (close, open.Width + inside.Width + (2 * room), 0));
    }

    private GroupBox Cases(Cases cases)
    {
        var inner = Plain;
        float size = Size;
        var rows = cases.Rows.Select(c => (Value: inner.Of(c.Value), Condition: c.Condition is null
            ? (Box)LetterBox.Of("otherwise", false, size) : inner.Row([new Words("if "), c.Condition]))).ToList();
        float left = rows.Count == 0 ? 0 : rows.Max(r => r.Value.Width);
        return Braced([.. rows.Select(r => GroupBox.Of((r.Value, 0, 0), (r.Condition, left + size, 0)))]);
    }

    /// <summary>Rows under each other, centred on the axis, behind a brace.</summary>
    private GroupBox Braced(ImmutableArray<GroupBox> rows)
    {
        float gap = 0.32f * Size, height = rows.Sum(r => Math.Max(r.Ascent, 0.7f * Size) + Math.Max(r.Descent, 0.22f * Size)) + (gap * Math.Max(0, rows.Length - 1));
        float y = -(Axis * Size) - (height / 2), x = 0.66f * Size;
        var parts = new List<(Box, float, float)>();
        foreach (var row in rows)
        {
            y += Math.Max(row.Ascent, 0.7f * Size);
            parts.Add((row, x, y));
            y += Math.Max(row.Descent, 0.22f * Size) + gap;
        }
        var brace = Brackets.Of("{", (height / 2) + (Axis * Size), (height / 2) - (Axis * Size), Size);
        return GroupBox.Of([(brace, 0.08f * Size, 0), .. parts, (GroupBox.Of(), 0, 0)]);
    }

    private GroupBox Sum(Sum sum)
    {
        var sign = LetterBox.Of("Σ", false, 1.45f * Size);
        float drop = ((sign.Ascent - sign.Descent) / 2) - (Axis * Size), size = Size;
        var parts = new List<(Box Box, float X, float Y)> { (sign, 0, drop) };
        if (sum.Upper is not null && Smaller.Of(sum.Upper) is var upper) parts.Add((upper, (sign.Width - upper.Width) / 2, drop - sign.Ascent - upper.Descent - (0.12f * size)));
        if (sum.Lower is not null && Smaller.Of(sum.Lower) is var lower) parts.Add((lower, (sign.Width - lower.Width) / 2, drop + sign.Descent + lower.Ascent + (0.12f * size)));
        float left = -parts.Min(p => p.X), right = parts.Max(p => p.X + p.Box.Width) + left;
        parts.Add((Of(sum.Term), right - left + (0.167f * size), 0));
        return GroupBox.Of([.. parts.Select(p => (p.Box, p.X + left, p.Y))]);
    }

    private GroupBox Lines(Lines lines)
    {
        var inner = InLines;
        var parts = ImmutableArray.CreateBuilder<(Box, float, float)>();
        float y = 0, gap = 0.42f * Size, descent = 0;
        foreach (var (line, indent) in lines.Items)
        {
            var box = inner.Of(line);
            if (parts.Count > 0) y += descent + gap + Math.Max(box.Ascent, 0.7f * Size);
            parts.Add((box, indent * Size, y));
            descent = Math.Max(box.Descent, 0.22f * Size);
        }
        parts.Add((GroupBox.Of(), 0, 0));
        return GroupBox.Of(parts.ToImmutable());
    }
}
