using System.Xml.Linq;
using static Protonmotive.Formats.Sbml.Composition.CompositionNames;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>A product of powers of parameters of the flattened model.</summary>
internal sealed class ConversionFactor
{
    private readonly SortedDictionary<string, int> powers;

    private ConversionFactor(SortedDictionary<string, int> powers) => this.powers = powers;

    public static ConversionFactor One { get; } = new(new(StringComparer.Ordinal));

    public bool IsOne => powers.Count == 0;

    /// <summary>The parameters in it.</summary>
    public IEnumerable<string> Names => powers.Keys;

    public static ConversionFactor Of(string parameter) => new(new(StringComparer.Ordinal) { [parameter] = 1 });

    public static ConversionFactor operator *(ConversionFactor a, ConversionFactor b) => Combine(a, b, 1);

    public static ConversionFactor operator /(ConversionFactor a, ConversionFactor b) => Combine(a, b, -1);

    /// <summary>A formula times the factor.</summary>
    public XElement Times(XElement formula)
    {
        XElement At(string name, params XElement[] children)
        {
            var made = PlacedElement.At(formula, MathNamespace + name);
            foreach (var child in children) made.Add(child);
            return made;
        }

        XElement Product(XElement? first, int sign)
        {
            var factors = powers.SelectMany(p => Enumerable.Repeat(p.Key, Math.Max(0, sign * p.Value))).Select(name =>
            {
                var ci = At("ci");
                ci.Add(new XText(name));
                return ci;
            }).ToList();
            if (first is not null) factors.Insert(0, first);
            return factors.Count == 1 ? factors[0] : At("apply", [At("times"), .. factors]);
        }

        var product = Product(formula, 1);
        return powers.Values.Any(p => p < 0) ? At("apply", At("divide"), product, Product(null, -1)) : product;
    }

    private static ConversionFactor Combine(ConversionFactor a, ConversionFactor b, int sign)
    {
        if (b.IsOne) return a;
        var powers = new SortedDictionary<string, int>(a.powers, StringComparer.Ordinal);
        foreach (var (name, power) in b.powers)
        {
            int sum = powers.GetValueOrDefault(name) + (sign * power);
            if (sum == 0) powers.Remove(name); else powers[name] = sum;
        }
        return new ConversionFactor(powers);
    }
}
