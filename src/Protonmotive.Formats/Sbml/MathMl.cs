using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Formats.Sbml;

/// <summary>Reads content MathML as SBML uses it. Depth is bounded by <see cref="SafeXml.DeepestNesting"/>.</summary>
internal sealed class MathMl
{
    private static readonly Dictionary<string, (Distribution Distribution, int Arguments)> distributions = new(StringComparer.Ordinal)
    {
        ["normal"] = (Distribution.Normal, 2), ["uniform"] = (Distribution.Uniform, 2), ["bernoulli"] = (Distribution.Bernoulli, 1),
        ["binomial"] = (Distribution.Binomial, 2), ["cauchy"] = (Distribution.Cauchy, 2), ["chisquare"] = (Distribution.ChiSquare, 1),
        ["exponential"] = (Distribution.Exponential, 1), ["gamma"] = (Distribution.Gamma, 2), ["laplace"] = (Distribution.Laplace, 2),
        ["lognormal"] = (Distribution.LogNormal, 2), ["poisson"] = (Distribution.Poisson, 1), ["rayleigh"] = (Distribution.Rayleigh, 1),
    };

    private readonly string file;
    private readonly IReadOnlyDictionary<string, FunctionDefinition> functions;
    private readonly Func<string, string?> find;
    private readonly Func<Distribution, ImmutableArray<Expression>, Expression?, Expression?, Expression>? draw;

    /// <param name="file">For errors.</param>
    /// <param name="functions">Function definitions by id.</param>
    /// <param name="find">Gives the network's name of an identifier (local parameters differ); null for an unknown one.</param>
    /// <param name="draw">Makes the symbol of a random number; null where there are none.</param>
    public MathMl(string file, IReadOnlyDictionary<string, FunctionDefinition> functions, Func<string, string?> find,
        Func<Distribution, ImmutableArray<Expression>, Expression?, Expression?, Expression>? draw = null)
    {
        this.draw = draw;
        this.file = file;
        this.functions = functions;
        this.find = find;
    }

    /// <summary>The expression of a math element, or of what stands in one.</summary>
    public Expression Read(XElement math)
    {
        var content = math.Name.LocalName is "math" or "lambda" ? math.Elements().FirstOrDefault() ?? throw Fault(math, "The math element is empty.", "Give a formula.") : math;
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
        "semantics" => Node(e.Elements().FirstOrDefault() ?? throw Fault(e, "<semantics> is empty.", "Give a formula."), bound),
        _ => throw Fault(e, $"The element <{e.Name.LocalName}> is no MathML that SBML allows.", "Mend the formula."),
    };

    private string Identifier(XElement e)
    {
        var name = e.Value.Trim();
        if (name.Length == 0) throw Fault(e, "An identifier is empty.", "Name a symbol.");
        return find(name) ?? throw Fault(e, $"The symbol '{name}' is not defined.", "Declare it as a species, parameter, compartment or reaction, or mend its spelling.");
    }

    /// <summary>The distribution that a csymbol of the package distrib names; null for any other.</summary>
    internal static string? DistributionOf(XElement csymbol)
    {
        var url = (string?)csymbol.Attribute("definitionURL") ?? "";
        return url.Contains("/distrib/", StringComparison.Ordinal) ? url[(url.LastIndexOf('/') + 1)..] : null;
    }

    private Expression CSymbol(XElement e)
    {
        var url = ((string?)e.Attribute("definitionURL") ?? "").Trim();
        var kind = url[(url.LastIndexOf('/') + 1)..];
        return kind switch
        {
            "time" => Time,
            "avogadro" => 6.02214179e23, // CODATA 2006, as SBML Level 3 defines it
            "delay" or "rateOf" => throw Fault(e, $"The function '{kind}' stands without arguments.", "Call it in an <apply>."),
            _ => throw Fault(e, $"The symbol '{kind}' is not known.", "Rewrite the formula without it."),
        };
    }

    private Expression CSymbolCall(XElement e, List<XElement> operands, IReadOnlyDictionary<string, Expression> bound)
    {
        if (DistributionOf(e) is { } distribution) return Draw(e, distribution, operands.ConvertAll(o => Node(o, bound)));
        var url = ((string?)e.Attribute("definitionURL") ?? "").Trim();
        switch (url[(url.LastIndexOf('/') + 1)..])
        {
            case "delay":
                return operands.Count == 2 ? Delay(Node(operands[0], bound), Node(operands[1], bound)) : throw Fault(e, $"delay has {operands.Count} operands, not 2.", "Give it a formula and a time.");
            case "rateOf":
                if (operands.Count != 1) throw Fault(e, $"rateOf has {operands.Count} operands, not 1.", "Give it one identifier.");
                var of = Node(operands[0], bound);
                return of.Operation == Operation.Symbol ? Symbol(Network.RateName(of.Name)) : throw Fault(operands[0], "rateOf is given a formula.", "Give it one identifier.");
            default:
                return CSymbol(e);
        }
    }

    /// <summary>A random number: the distribution's own arguments, then perhaps a lowest and a highest value.</summary>
    private Expression Draw(XElement e, string name, List<Expression> arguments)
    {
        if (!distributions.TryGetValue(name, out var known)) throw Fault(e, $"The distribution '{name}' is not known.", $"Known: {string.Join(", ", distributions.Keys)}.");
        if (draw is null) throw Fault(e, $"The distribution '{name}' stands where no random number is drawn.", "Use it in initial assignments, rules or events.");
        // A scale alone is a distribution around 0.
        if (known.Distribution is Distribution.Cauchy or Distribution.Laplace && arguments.Count is 1 or 3) arguments.Insert(0, Zero);
        bool isBounded = arguments.Count == known.Arguments + 2;
        if (arguments.Count != known.Arguments && !isBounded)
            throw Fault(e, $"'{name}' has {arguments.Count} operands.", $"Give it {known.Arguments}, or {known.Arguments + 2} with a lowest and a highest value.");
        return draw(known.Distribution, [.. arguments.Take(known.Arguments)], isBounded ? arguments[^2] : null, isBounded ? arguments[^1] : null);
    }

    private Expression Number(XElement e)
    {
        var type = (string?)e.Attribute("type") ?? "real";
        var parts = e.Nodes().OfType<XText>().Select(t => t.Value.Trim()).Where(t => t.Length > 0).ToArray();
        double Part(int i) => i < parts.Length && double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v
            : throw Fault(e, $"'{e.Value.Trim()}' is no number of type {type}.", "Mend the number.");
        return type switch
        {
            "e-notation" when Part(0) is var _ && Part(1) is var _ => double.TryParse($"{parts[0]}e{parts[1]}", NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : throw Fault(e, $"'{e.Value.Trim()}' is no number.", "Mend the number."),
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
        if (name == "csymbol") return CSymbolCall(head, operands, bound);
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
        if (!functions.TryGetValue(name, out var function)) throw Fault(head, $"The function '{name}' is not defined.", "Define it in listOfFunctionDefinitions.");
        if (function.Arguments.Length != arguments.Count)
            throw Fault(head, $"'{name}' takes {function.Arguments.Length} arguments and is given {arguments.Count}.", "Mend the call.");
        var body = function.Body;
        var given = function.Arguments.Zip(arguments).ToDictionary(a => Symbol(a.First), a => a.Second);
        foreach (var (own, value) in function.Arguments.Zip(arguments))
            if (value.Operation == Operation.Symbol) given[Symbol(Network.RateName(own))] = Symbol(Network.RateName(value.Name));
        return body.Substitute(given);
    }

    private List<XElement> Only(XElement e, int count)
    {
        var children = e.Elements().ToList();
        return children.Count == count ? children : throw Fault(e, $"<{e.Name.LocalName}> has {children.Count} children, not {count}.", "Mend the formula.");
    }

    private SbmlException Fault(XElement e, string what, string mend) => SbmlException.At(e, file, what, mend);
}
