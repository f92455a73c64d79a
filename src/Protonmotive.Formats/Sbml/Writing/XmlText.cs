using System.Globalization;
using System.Text;
using System.Xml;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>Writes indented XML, with parts that are passed through as they are.</summary>
internal sealed class XmlText(TextWriter writer)
{
    private const int DeepestIndent = 40;
    private readonly Stack<string> open = new();
    private bool isStarting;

    /// <summary>How many elements are open.</summary>
    public int Depth => open.Count;

    public void Declaration() => writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    /// <summary>Opens an element; attributes whose value is null are left out.</summary>
    public void Start(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Line();
        writer.Write('<');
        writer.Write(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is null) continue;
            writer.Write(' ');
            writer.Write(attribute);
            writer.Write("=\"");
            writer.Write(Escape(value));
            writer.Write('"');
        }
        open.Push(name);
        isStarting = true;
    }

    /// <summary>Closes the innermost element.</summary>
    public void End()
    {
        var name = open.Pop();
        if (isStarting)
        {
            writer.Write("/>\n");
            isStarting = false;
            return;
        }
        Indent();
        writer.Write($"</{name}>\n");
    }

    /// <summary>An element without children.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        End();
    }

    /// <summary>An element that holds XML as it is.</summary>
    public void Leaf(string name, string content, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        isStarting = false;
        open.Pop();
        writer.Write($">{content}</{name}>\n");
    }

    /// <summary>XML as it is, on lines of its own.</summary>
    public void Raw(string xml)
    {
        Line();
        writer.Write(xml);
        writer.Write('\n');
    }

    /// <summary>A number as XML Schema writes it, with every bit; null where there is none (NaN).</summary>
    public static string? Number(double value) =>
        double.IsNaN(value) ? null : double.IsPositiveInfinity(value) ? "INF" : double.IsNegativeInfinity(value) ? "-INF" : value.ToString("R", CultureInfo.InvariantCulture);

    public static string Flag(bool value) => value ? "true" : "false";

    /// <summary>Text for an attribute or element; what XML can't hold becomes U+FFFD.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                result.Append(c).Append(text[++i]);
                continue;
            }
            _ = c switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                '\n' or '\r' or '\t' => result.Append(CultureInfo.InvariantCulture, $"&#{(int)c};"),
                _ => result.Append(XmlConvert.IsXmlChar(c) ? c : '\uFFFD'),
            };
        }
        return result.ToString();
    }

    private void Line()
    {
        if (isStarting) writer.Write(">\n");
        isStarting = false;
        Indent();
    }

    private void Indent()
    {
        for (int i = 0; i < Math.Min(open.Count, DeepestIndent); i++) writer.Write("  ");
    }
}
