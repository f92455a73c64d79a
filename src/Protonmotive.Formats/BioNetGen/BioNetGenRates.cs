using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.BioNetGen;

/// <summary>Expressions and rate laws of a BioNetGen network.</summary>
/// <remarks>
/// Elementary and functional rates multiply the counts of the reactants. Saturation laws: Sat k K₁ … gives k Π x / Π (Kᵢ + xᵢ);
/// MM kcat Km with substrate S and enzyme E the tight-binding form kcat·E·s/(Km + s), s = ((S − Km − E) + √((S − Km − E)² + 4 Km S))/2;
/// Hill k K h gives k xʰ/(Kʰ + xʰ) times the other reactants.
/// </remarks>
internal sealed class BioNetGenRates(string file, HashSet<string> names)
{
    private readonly Dictionary<string, Expression> read = new(StringComparer.Ordinal);

    /// <summary>An expression in declared names.</summary>
    public Expression Formula(string text, BioNetGenLine line)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)) return number;
        if (names.Contains(text)) return Expression.Symbol(text);
        if (read.TryGetValue(text, out var known)) return known;
        Expression parsed;
        try
        {
            parsed = InfixParser.Parse(WithoutEmptyCalls(text));
        }
        catch (ExpressionSyntaxException e)
        {
            throw BioNetGenException.At(file, line.Number, e.What, e.Mend, e);
        }
        var constants = new Dictionary<Expression, Expression>();
        foreach (var symbol in parsed.Symbols())
        {
            if (names.Contains(symbol)) continue;
            constants[Expression.Symbol(symbol)] = symbol switch
            {
                "_pi" => Math.PI,
                "_e" => Math.E,
                _ => throw BioNetGenException.At(file, line.Number, $"The name '{BioNetGenReader.Shown(symbol)}' is not declared.", "Declare it as a parameter, function or group, or mend its spelling."),
            };
        }
        return read[text] = parsed.Substitute(constants);
    }

    /// <summary>The flux of a reaction from its rate as written and its reactants, each as often as it reacts.</summary>
    public Expression Flux(string rate, ImmutableArray<Expression> reactants, BioNetGenLine line)
    {
        if (names.Contains(rate)) return Expression.Symbol(rate) * Expression.Product(reactants);
        var words = rate.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int star = words[0].LastIndexOf('*');
        var law = star < 0 ? words[0] : words[0][(star + 1)..];
        if (words.Length == 1 || names.Contains(law) || law is not ("Sat" or "MM" or "Hill" or "Ele" or "FunctionProduct" or "Arrhenius"))
            return Formula(rate, line) * Expression.Product(reactants);

        var factor = star < 0 ? Expression.One : Formula(words[0][..star], line);
        var k = words[1..].Select(w => Formula(w, line)).ToArray();
        return factor * (law switch
        {
            "Ele" when k.Length == 1 => k[0] * Expression.Product(reactants),
            "Sat" when k.Length >= 1 && k.Length - 1 <= reactants.Length =>
                k[0] * Expression.Product(reactants) / Expression.Product(k.Skip(1).Select((K, i) => K + reactants[i])),
            "MM" when k.Length == 2 && reactants.Length == 2 => TightBinding(k[0], k[1], reactants[0], reactants[1]),
            "Hill" when k.Length == 3 && reactants.Length >= 1 =>
                k[0] * Expression.Power(reactants[0], k[2]) / (Expression.Power(k[1], k[2]) + Expression.Power(reactants[0], k[2])) * Expression.Product(reactants.Skip(1)),
            _ => throw BioNetGenException.At(file, line.Number, $"The rate law '{law}' with {k.Length} constants and {reactants.Length} reactants is not read.",
                "Read are Sat k K…, MM kcat Km (substrate and enzyme), Hill k K h, and expressions."),
        });
    }

    private static Expression TightBinding(Expression kcat, Expression Km, Expression S, Expression E)
    {
        var b = S - Km - E;
        var free = (b + Expression.Sqrt((b * b) + (4 * Km * S))) / 2;
        return kcat * E * free / (Km + free);
    }

    /// <summary>Functions and groups are called as f(); in formulas they are names. time() is the time.</summary>
    private static string WithoutEmptyCalls(string text) => text.Contains("()", StringComparison.Ordinal) ? text.Replace("()", "", StringComparison.Ordinal) : text;
}
