using System.Globalization;
using System.Xml.Linq;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Formats.Sbml;

/// <summary>Reads content MathML as SBML uses it. Depth is bounded by <see cref="SafeXml.DeepestNesting"/>.</summary>
internal sealed class MathMl
{
    private static readonly string[] csymbolsNotRead = ["delay", "rateOf"];
    private readonly string file;
    private readonly IReadOnlyDictionary<string, FunctionDefinition> functions;
    private readonly Func<string, string?> find;

    /// <param name="file">For errors.</param>
    /// <param name="functions">Function definitions by id.</param>
    /// <param name="find">Gives the network's name of an identifier (local parameters differ); null for an unknown one.</param>
    public MathMl(string file, IReadOnlyDictionary<string, FunctionDefinition> functions, Func<string, string?> find)
    {
        this.file = file;
        this.functions = functions;
        this.find = find;
    }

    /// <summary>The expression of a math element.</summary>
    public Expression Read(XElement math)
    {
        var content = math.Elements().FirstOrDefault() ?? throw Fault(math, "The math element is empty.", "Give a formula.");
        return Node(content, new Dictionary<string, Expression>(StringComparer.Ordinal));
    }

    private Expression Node(XElement e, IReadOnlyDictionary<string, Expression> bound) => e.Name.LocalName switch
    {
        "cn" => Number(e),
        "ci" => bound.TryGetValue(e.Value.Trim(), out var value) ? value : Symbol(Identifier(e)),
        "csymbol" => CSymbol(e),
        "pi" => Math.PI,
        "exponentiale" => Math.E,
        "true" => One,
        "false" => Zero,
        "infinity" => double.PositiveInfinity,
        "notanumber" => double.NaN,
        "apply" => Apply(e, bound),
        "piecewise" => Piecewise(e, bound),
        "semantics" => Node(e.Elements().First(), bound),
        _ => throw Fault(e, $"The element <{e.Name.LocalName}> is no MathML that SBML allows.", "Mend the formula."),
    };

    private string Identifier(XElement e)
    {
        var name = e.Value.Trim();
        if (name.Length == 0) throw Fault(e, "An identifier is empty.", "Name a symbol.");
        return find(name) ?? throw Fault(e, $"The symbol '{name}' is not defined.", "Declare it as a species, parameter, compartment or reaction, or mend its spelling.");
    }

    private Expression CSymbol(XElement e)
    {
        var url = (string?)e.Attribute("definitionURL") ?? "";
        var kind = url[(url.LastIndexOf('/') + 1)..];
        if (kind == "time") return Time;
        if (kind == "avogadro") return 6.02214179e23; // CODATA 2006, as SBML Level 3 defines it
        throw Fault(e, $"The symbol '{kind}' is not supported{(csymbolsNotRead.Contains(kind) ? " yet" : "")}.", "Rewrite the formula without it.");
    }

    private Expression Number(XElement e)
    {
        var type = (string?)e.Attribute("type") ?? "real";
        var parts = e.Nodes().OfType<XText>().Select(t => t.Value.Trim()).Where(t => t.Length > 0).ToArray();
        double Part(int i) => i < parts.Length && double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v
            : throw Fault(e, $"'{e.Value.Trim()}' is no number of type {type}.", "Mend the number.");
        return type switch
        {
            "e-notation" => double.Parse(FormattableString.Invariant($"{parts[0]}e{Part(1)}"), CultureInfo.InvariantCulture),
            "rational" => Part(0) / Part(1),
            _ => Part(0),
        };
    }

    private Expression Piecewise(XElement e, IReadOnlyDictionary<string, Expression> bound)
    {
        Expression result = e.Elements().FirstOrDefault(x => x.Name.LocalName == "otherwise") is { } otherwise ? Node(Only(otherwise, 1)[0], bound) : double.NaN;
        foreach (var piece in e.Elements().Where(x => x.Name.LocalName == "piece").Reverse())
        {
            var parts = Only(piece, 2);
            result = Select(Node(parts[1], bound), Node(parts[0], bound), result);
        }
        return result;
    }

    private Expression Apply(XElement e, IReadOnlyDictionary<string, Expression> bound)
    {
        var parts = e.Elements().ToList();
        if (parts.Count == 0) throw Fault(e, "An <apply> has no operator.", "Mend the formula.");
        var (head, operands) = (parts[0], parts.Skip(1).ToList());
        var name = head.Name.LocalName;
        if (name == "ci") return Call(head, operands.ConvertAll(o => Node(o, bound)));
        if (name == "csymbol") return CSymbol(head);
        var qualifiers = operands.Where(o => o.Name.LocalName is "degree" or "logbase" or "bvar").ToList();
        var x = operands.Except(qualifiers).Select(o => Node(o, bound)).ToArray();
        var qualifier = qualifiers.Count > 0 ? Node(Only(qualifiers[0], 1)[0], bound) : null;
        try
        {
            return MathMlOperators.Apply(name, x, qualifier) ?? throw Fault(head, $"The operator <{name}> is not known.", "Use the operators that SBML allows.");
        }
        catch (IndexOutOfRangeException)
        {
            throw Fault(head, $"<{name}> has {x.Length} operand{(x.Length == 1 ? "" : "s")}, too few.", "Mend the formula.");
        }
    }

    private Expression Call(XElement head, List<Expression> arguments)
    {
        var name = head.Value.Trim();
        if (!functions.TryGetValue(name, out var function)) throw Fault(head, $"The function '{name}' is not defined.", "Define it in listOfFunctionDefinitions, before it is used.");
        if (function.Arguments.Length != arguments.Count)
            throw Fault(head, $"'{name}' takes {function.Arguments.Length} arguments and is given {arguments.Count}.", "Mend the call.");
        return function.Body.Substitute(function.Arguments.Zip(arguments).ToDictionary(a => Symbol(a.First), a => a.Second));
    }

    private List<XElement> Only(XElement e, int count)
    {
        var children = e.Elements().ToList();
        return children.Count == count ? children : throw Fault(e, $"<{e.Name.LocalName}> has {children.Count} children, not {count}.", "Mend the formula.");
    }

    private SbmlException Fault(XElement e, string what, string mend) => SbmlException.At(e, file, what, mend);
}

/// <summary>A function definition: its argument names (made unique) and its body.</summary>
/// <param name="Arguments">Names as they stand in the body.</param>
/// <param name="Body">The body.</param>
internal sealed record FunctionDefinition(string[] Arguments, Expression Body);
