using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Protonmotive.Fuzzing;

/// <summary>Moves, copies, swaps, deletes, nests and multiplies parts of the tree.</summary>
internal static class StructureMutation
{
    private const string MathMl = "http://www.w3.org/1998/Math/MathML";

    private static readonly string[] operators =
    [
        "plus", "minus", "times", "divide", "power", "root", "exp", "ln", "log", "abs", "floor", "ceiling", "factorial", "eq", "neq", "gt", "lt", "geq", "leq", "and", "or", "xor", "not", "implies",
        "sin", "cos", "tan", "sec", "csc", "cot", "sinh", "arcsin", "arccos", "arctan", "arccsch", "arcsech", "arccoth", "max", "min", "quotient", "rem", "wizard",
    ];

    /// <summary>The changed text; the text itself where it is no XML.</summary>
    public static byte[] Apply(byte[] text, Random random)
    {
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 20_000_000 });
            document = XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return text;
        }
        var elements = document.Root!.DescendantsAndSelf().ToList();
        if (elements.Count < 3) return text;
        Change(elements, random);
        try
        {
            using var stream = new MemoryStream();
            using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) })) document.Save(writer);
            return stream.ToArray();
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            return text; // a name that XML can't write
        }
    }

    private static void Change(List<XElement> elements, Random random)
    {
        XElement Any() => elements[1 + random.Next(elements.Count - 1)];
        XElement AnyMath() => elements.FindAll(e => e.Name.NamespaceName == MathMl && e.Name.LocalName is "ci" or "cn" or "apply" or "csymbol") is { Count: > 0 } math ? math[random.Next(math.Count)] : Any();
        var one = Any();
        var other = Any();
        switch (random.Next(14))
        {
            case 0: one.Remove(); break;
            case 1: one.AddAfterSelf(new XElement(one)); break;
            case 2 when !one.AncestorsAndSelf().Contains(other) && !other.AncestorsAndSelf().Contains(one): other.Add(new XElement(one)); one.Remove(); break;
            case 3 when !one.AncestorsAndSelf().Contains(other) && !other.AncestorsAndSelf().Contains(one):
                var copy = new XElement(one);
                one.ReplaceWith(new XElement(other));
                other.ReplaceWith(copy);
                break;
            case 4: Replace(AnyMath(), new XElement(AnyMath())); break;
            case 5: Swap(one, other, random); break;
            case 6: if (one.Attributes().Where(a => !a.IsNamespaceDeclaration).ToList() is { Count: > 0 } own) own[random.Next(own.Count)].Remove(); break;
            case 7: Nest(AnyMath(), 1 + random.Next(random.Next(3) == 0 ? 3000 : 60), random); break;
            case 8: Multiply(one, random.Next(4) == 0 ? 500 : 20); break;
            case 9:
                var applied = elements.FindAll(e => e.Name.LocalName == "apply" && e.HasElements);
                if (applied.Count > 0) applied[random.Next(applied.Count)].Elements().First().ReplaceWith(new XElement(XName.Get(operators[random.Next(operators.Length)], MathMl)));
                break;
            case 10: one.Add(new XElement(other)); break;
            case 11: Rename(one, other); break;
            case 12: if (one.Parent is { } parent) parent.ReplaceNodes(parent.Elements().Reverse().Select(e => new XElement(e)).ToList()); break;
            default: Flip(elements, random); break;
        }
    }

    private static void Replace(XElement old, XElement with)
    {
        if (old.Parent is not null) old.ReplaceWith(with);
    }

    private static void Swap(XElement one, XElement other, Random random)
    {
        var left = one.Attributes().Where(a => !a.IsNamespaceDeclaration).ToList();
        var right = other.Attributes().Where(a => !a.IsNamespaceDeclaration).ToList();
        if (left.Count == 0 || right.Count == 0) return;
        var (a, b) = (left[random.Next(left.Count)], right[random.Next(right.Count)]);
        (a.Value, b.Value) = (b.Value, a.Value);
    }

    /// <summary>Wraps a formula many times.</summary>
    private static void Nest(XElement inner, int depth, Random random)
    {
        if (inner.Parent is null) return;
        string name = operators[random.Next(operators.Length)];
        bool twice = random.Next(4) == 0 && depth <= 14; // doubles at each level: a small file, a large formula
        var nested = new XElement(inner);
        for (int i = 0; i < depth; i++)
        {
            nested = new XElement(XName.Get("apply", MathMl), new XElement(XName.Get(name, MathMl)), nested);
            if (twice) nested.Add(new XElement(nested.Elements().Last()));
            else if (random.Next(2) == 0) nested.Add(new XElement(XName.Get("cn", MathMl), "1.5"));
        }
        inner.ReplaceWith(nested);
    }

    /// <summary>Many copies beside it, with ids of their own.</summary>
    private static void Multiply(XElement e, int count)
    {
        if (e.Parent is null || e.Name.LocalName == "model") return;
        for (int i = 0; i < count; i++)
        {
            var copy = new XElement(e);
            foreach (var id in copy.Attributes().Where(a => a.Name.LocalName is "id" or "metaid" or "variable").ToList()) id.Value += i.ToString(CultureInfo.InvariantCulture);
            e.AddAfterSelf(copy);
        }
    }

    private static void Rename(XElement one, XElement other)
    {
        if (one.Parent is not null) one.Name = other.Name;
    }

    /// <summary>Turns a truth value, such as constant, boundaryCondition or persistent, into its contrary.</summary>
    private static void Flip(List<XElement> elements, Random random)
    {
        var flags = elements.Attributes().Where(a => a.Value is "true" or "false").ToList();
        if (flags.Count == 0) return;
        var flag = flags[random.Next(flags.Count)];
        flag.Value = flag.Value == "true" ? "false" : "true";
    }
}
