using System.Collections.Immutable;

namespace Protonmotive.Reports.Mathematics;

/// <summary>Mathematics as it is set: an immutable tree of rows, letters, fractions and so on, that knows no font and no page.</summary>
public abstract record Formula
{
    private Formula()
    {
    }

    /// <summary>Things beside each other.</summary>
    /// <param name="Items">From left to right.</param>
    public sealed record Row(ImmutableArray<Formula> Items) : Formula;

    /// <summary>A name.</summary>
    /// <param name="Text">Letters.</param>
    /// <param name="IsItalic">Whether it is a quantity of one letter; names of several stand upright.</param>
    public sealed record Identifier(string Text, bool IsItalic) : Formula;

    /// <summary>Digits.</summary>
    /// <param name="Text">With a point, without an exponent.</param>
    public sealed record Number(string Text) : Formula;

    /// <summary>Words.</summary>
    /// <param name="Content">The words.</param>
    public sealed record Words(string Content) : Formula;

    /// <summary>A sign between or before things.</summary>
    /// <param name="Sign">The sign; empty for a product or an application without one.</param>
    /// <param name="Role">What it does.</param>
    public sealed record Operator(string Sign, SignRole Role) : Formula;

    /// <summary>One over the other, with a bar.</summary>
    /// <param name="Numerator">Above.</param>
    /// <param name="Denominator">Below.</param>
    public sealed record Fraction(Formula Numerator, Formula Denominator) : Formula;

    /// <summary>A power, a subscript, or both.</summary>
    /// <param name="Base">What carries them.</param>
    /// <param name="Below">Subscript; null for none.</param>
    /// <param name="Above">Exponent; null for none.</param>
    public sealed record Script(Formula Base, Formula? Below, Formula? Above) : Formula;

    /// <summary>A root.</summary>
    /// <param name="Radicand">Of what.</param>
    /// <param name="Degree">Which; null for the square root.</param>
    public sealed record Root(Formula Radicand, Formula? Degree = null) : Formula;

    /// <summary>Something in brackets that are as tall as it is.</summary>
    /// <param name="Open">Opening bracket: ( [ { | ⌊ ⌈.</param>
    /// <param name="Content">What is inside.</param>
    /// <param name="Close">Closing bracket; empty for none.</param>
    public sealed record Fenced(string Open, Formula Content, string Close) : Formula;

    /// <summary>A function of its arguments.</summary>
    /// <param name="Function">Its name.</param>
    /// <param name="Arguments">Arguments, in order.</param>
    public sealed record Call(Formula Function, ImmutableArray<Formula> Arguments) : Formula;

    /// <summary>Values with the conditions under which each holds, behind a brace.</summary>
    /// <param name="Rows">In order.</param>
    public sealed record Cases(ImmutableArray<Case> Rows) : Formula;

    /// <summary>Σ of a term.</summary>
    /// <param name="Lower">Where it begins; null for none.</param>
    /// <param name="Upper">Where it ends; null for none.</param>
    /// <param name="Term">The term.</param>
    public sealed record Sum(Formula? Lower, Formula? Upper, Formula Term) : Formula;

    /// <summary>A formula broken into lines: what <see cref="FormulaLines"/> makes of one that is too long.</summary>
    /// <param name="Items">The lines, each with its indent in em.</param>
    public sealed record Lines(ImmutableArray<(Formula Line, float Indent)> Items) : Formula;

    /// <summary>One bracket of a pair that stands in two lines.</summary>
    /// <param name="Sign">The bracket.</param>
    /// <param name="IsOpen">Whether it opens.</param>
    /// <param name="Content">What the pair encloses: it is as tall as that.</param>
    public sealed record Bracket(string Sign, bool IsOpen, Formula Content) : Formula;

    /// <summary>A value and when it holds.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Condition">When; null for "otherwise".</param>
    public sealed record Case(Formula Value, Formula? Condition);

    /// <summary>Things beside each other; one alone is itself, and rows within are opened.</summary>
    public static Formula Of(params IEnumerable<Formula> items)
    {
        ImmutableArray<Formula> flat = [.. items.SelectMany(i => i is Row row ? row.Items : (IEnumerable<Formula>)[i])];
        return flat.Length == 1 ? flat[0] : new Row(flat);
    }

    /// <summary>One formula equal to another: left = right.</summary>
    public static Formula Equation(Formula left, Formula right) => Of(left, new Operator("=", SignRole.Relation), right);
}
