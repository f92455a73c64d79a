using static Protonmotive.Reports.Mathematics.Formula;

namespace Protonmotive.Reports.Mathematics;

/// <summary>How long a formula looks, in letters, before anything is measured; and its flat form.</summary>
internal static class FormulaLength
{
    /// <summary>Letters it takes, about.</summary>
    public static int Of(Formula formula) => formula switch
    {
        Row row => row.Items.Sum(Of),
        Identifier name => name.Text.Length,
        Number number => number.Text.Length,
        Words words => words.Content.Length,
        Operator sign => sign.Sign.Length,
        Fraction fraction => Math.Max(Of(fraction.Numerator), Of(fraction.Denominator)),
        Script script => Of(script.Base) + Math.Max(script.Below is null ? 0 : Of(script.Below), script.Above is null ? 0 : Of(script.Above)),
        Root root => 1 + Of(root.Radicand),
        Fenced fenced => 2 + Of(fenced.Content),
        Call call => Of(call.Function) + 1 + call.Arguments.Sum(a => 1 + Of(a)),
        Cases cases => cases.Rows.Sum(c => Of(c.Value)),
        _ => 10,
    };

    /// <summary>Whether it has a fraction, a root or cases: what is no line of letters.</summary>
    public static bool IsTall(Formula formula) => formula switch
    {
        Row row => row.Items.Any(IsTall),
        Fraction or Root or Cases => true,
        Script script => IsTall(script.Base),
        Fenced fenced => IsTall(fenced.Content),
        Call call => call.Arguments.Any(IsTall),
        _ => false,
    };

    /// <summary>The formula with its fractions in the line: a/b, with the brackets that need.</summary>
    public static Formula Flat(Formula formula) => formula switch
    {
        Row row => Formula.Of(row.Items.Select((item, i) => item is Fraction f && i + 1 < row.Items.Length && IsFactor(row.Items[i + 1])
            ? FormulaComposer.Bracketed(Flat(f)) : Flat(item))),
        Fraction fraction => Formula.Of(Tight(Flat(fraction.Numerator), false), new Operator("/", SignRole.Application), Tight(Flat(fraction.Denominator), true)),
        Fenced fenced => fenced with { Content = Flat(fenced.Content) },
        Call call => call with { Arguments = [.. call.Arguments.Select(Flat)] },
        _ => formula,
    };

    private static bool IsFactor(Formula item) => item is Operator { Role: SignRole.Product or SignRole.Beside } or Operator { Sign: "·" or "×" };

    /// <summary>In brackets where a slash would part it: a sum on either side, a product below.</summary>
    private static Formula Tight(Formula formula, bool isBelow) => formula is Row row
        && row.Items.Any(i => i is Operator sign && (sign is { Role: SignRole.Relation } or { Role: SignRole.Prefix, Sign: "−" } or { Sign: "+" or "−" } || (isBelow && (IsFactor(sign) || sign.Sign == "/"))))
        ? FormulaComposer.Bracketed(formula) : formula;
}
