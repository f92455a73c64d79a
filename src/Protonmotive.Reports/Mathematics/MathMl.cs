using System.Globalization;
using System.Net;
using System.Text;
using static Protonmotive.Reports.Mathematics.Formula;

namespace Protonmotive.Reports.Mathematics;

/// <summary>Writes formulas as presentation MathML (MathML Core), which browsers draw and screen readers speak.</summary>
public static class MathMl
{
    private const string Thin = "0.1667em";

    /// <summary>A formula as a <c>math</c> element.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="isDisplay">Whether it stands alone, with fractions in full size; else it is part of a line of text.</param>
    public static string Write(Formula formula, bool isDisplay = true)
    {
        var text = new StringBuilder(isDisplay ? "<math display=\"block\">" : "<math>");
        Append(text, formula);
        return text.Append("</math>").ToString();
    }

    /// <summary>A formula as a <c>math</c> element, in several lines where it is longer than a width.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="width">Width of a line, in em.</param>
    public static string Write(Formula formula, float width) => Write(FormulaLines.Break(formula, width));

    private static void Append(StringBuilder text, Formula formula)
    {
        switch (formula)
        {
            case Row row: Element(text, "mrow", row.Items); break;
            case Identifier name: Append(text, name); break;
            case Number number: Leaf(text, "mn", number.Text); break;
            case Words words: Leaf(text, "mtext", words.Content.Replace(' ', '\u00a0')); break;
            case Operator sign: Append(text, sign); break;
            case Fraction fraction: Element(text, "mfrac", fraction.Numerator, fraction.Denominator); break;
            case Script { Below: { } below, Above: { } above } script: Element(text, "msubsup", script.Base, below, above); break;
            case Script { Below: { } below } script: Element(text, "msub", script.Base, below); break;
            case Script { Above: { } above } script: Element(text, "msup", script.Base, above); break;
            case Script script: Append(text, script.Base); break;
            case Root { Degree: { } degree } root: Element(text, "mroot", root.Radicand, degree); break;
            case Root root: Element(text, "msqrt", root.Radicand); break;
            case Fenced fenced: Append(text, fenced); break;
            case Call call: Append(text, call); break;
            case Cases cases: Append(text, cases); break;
            case Sum sum: Append(text, sum); break;
            case Lines lines: Append(text, lines); break;
            case Bracket bracket: Fence(text, bracket.Sign, bracket.IsOpen, " symmetric=\"false\""); break;
        }
    }

    private static void Element(StringBuilder text, string name, params IEnumerable<Formula> parts)
    {
        text.Append('<').Append(name).Append('>');
        foreach (var part in parts) Append(text, part);
        text.Append("</").Append(name).Append('>');
    }

    private static void Leaf(StringBuilder text, string element, string content) =>
        text.Append('<').Append(element).Append('>').Append(WebUtility.HtmlEncode(content)).Append("</").Append(element).Append('>');

    private static void Append(StringBuilder text, Identifier name)
    {
        // A letter alone is italic by itself, a word upright.
        if (!name.IsItalic && new StringInfo(name.Text).LengthInTextElements == 1) text.Append("<mi mathvariant=\"normal\">").Append(WebUtility.HtmlEncode(name.Text)).Append("</mi>");
        else Leaf(text, "mi", name.Text);
    }

    private static void Append(StringBuilder text, Operator sign)
    {
        string attributes = sign.Role switch
        {
            SignRole.Prefix => " form=\"prefix\" lspace=\"0\" rspace=\"0\"",
            SignRole.Postfix => " form=\"postfix\" lspace=\"0\" rspace=\"0\"",
            SignRole.Separator => $" separator=\"true\" lspace=\"0\" rspace=\"{Thin}\"",
            SignRole.Product => $" lspace=\"0\" rspace=\"{Thin}\"",
            SignRole.Beside => " lspace=\"0\" rspace=\"0.04em\"",
            SignRole.Application => " lspace=\"0\" rspace=\"0\"",
            _ => "",
        };
        string content = sign.Role switch
        {
            SignRole.Product or SignRole.Beside => "&#x2062;", // invisible times
            SignRole.Application when sign.Sign.Length == 0 => "&#x2061;", // function application
            _ => WebUtility.HtmlEncode(sign.Sign),
        };
        text.Append("<mo").Append(attributes).Append('>').Append(content).Append("</mo>");
    }

    private static void Fence(StringBuilder text, string sign, bool isOpen, string attributes = "")
    {
        if (sign.Length == 0) return;
        text.Append("<mo fence=\"true\" stretchy=\"true\" form=\"").Append(isOpen ? "prefix" : "postfix").Append('"').Append(attributes).Append('>').Append(WebUtility.HtmlEncode(sign)).Append("</mo>");
    }

    private static void Append(StringBuilder text, Fenced fenced)
    {
        text.Append("<mrow>");
        Fence(text, fenced.Open, true);
        Append(text, fenced.Content);
        Fence(text, fenced.Close, false);
        text.Append("</mrow>");
    }

    private static void Append(StringBuilder text, Call call)
    {
        text.Append("<mrow>");
        Append(text, call.Function);
        Append(text, new Operator("", SignRole.Application));
        Append(text, new Fenced("(", Arguments(call), ")"));
        text.Append("</mrow>");
    }

    /// <summary>The arguments of a call with commas between them.</summary>
    internal static Formula Arguments(Call call) => Of(call.Arguments.SelectMany((a, i) => i == 0 ? (Formula[])[a] : [new Operator(",", SignRole.Separator), a]));

    private static void Append(StringBuilder text, Cases cases)
    {
        text.Append("<mrow>");
        Fence(text, "{", true);
        text.Append("<mtable columnalign=\"left\">");
        foreach (var (value, condition) in cases.Rows)
        {
            text.Append("<mtr><mtd style=\"text-align:left\">");
            Append(text, value);
            text.Append("</mtd><mtd style=\"text-align:left\">");
            Leaf(text, "mtext", condition is null ? "otherwise" : "if\u00a0");
            if (condition is not null) Append(text, condition);
            text.Append("</mtd></mtr>");
        }
        text.Append("</mtable></mrow>");
    }

    private static void Append(StringBuilder text, Sum sum)
    {
        text.Append("<mrow><munderover><mo>∑</mo>");
        Element(text, "mrow", sum.Lower is null ? [] : [sum.Lower]);
        Element(text, "mrow", sum.Upper is null ? [] : [sum.Upper]);
        text.Append("</munderover>");
        Append(text, sum.Term);
        text.Append("</mrow>");
    }

    private static void Append(StringBuilder text, Lines lines)
    {
        text.Append("<mtable displaystyle=\"true\" scriptlevel=\"0\">");
        foreach (var (line, indent) in lines.Items)
        {
            text.Append("<mtr><mtd style=\"text-align:left\">");
            if (indent > 0) text.Append(CultureInfo.InvariantCulture, $"<mspace width=\"{indent:0.##}em\"/>");
            Append(text, line);
            text.Append("</mtd></mtr>");
        }
        text.Append("</mtable>");
    }
}
