using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Antimony;

/// <summary>Reads the formulas of a flat model: it knows the functions and collects the random numbers.</summary>
internal sealed class AntimonyFormulas
{
    /// <summary>Largest function body, in nodes: functions of functions grow without bound otherwise.</summary>
    private const int LargestBody = 100_000;

    /// <summary>Nodes that all calls together may make.</summary>
    private const long MostNodes = 20_000_000;

    private const int MostDraws = 100_000;

    private readonly AntimonyFlattener flat;
    private readonly Dictionary<string, Body> bodies = new(StringComparer.Ordinal);
    private readonly List<Draw> draws = [];
    private long nodes;

    public AntimonyFormulas(AntimonyLibrary library, AntimonyFlattener flat)
    {
        this.flat = flat;
        foreach (var function in library.Functions) Define(function);
        draws.Clear();
    }

    /// <summary>A function as it is called: its body over the symbols of its arguments, and the random numbers in it.</summary>
    private sealed record Body(ImmutableArray<string> Arguments, Expression Formula, int Size, ImmutableArray<Draw> Draws);

    /// <summary>Random numbers met so far.</summary>
    public IReadOnlyList<Draw> Draws => draws;

    /// <summary>A value as a formula over the flat model; null where it uses something that was deleted.</summary>
    public Expression? Read(AntimonyValue value)
    {
        var read = value.Number is { } number ? (Expression)number : Read(value.Formula, value.Scope);
        if (read is null) return null;
        foreach (var factor in value.Factors) read *= Use(factor);
        return read;
    }

    /// <summary>A formula as one over the flat model; null where it uses something that was deleted.</summary>
    public Expression? Read(AntimonyFormula formula, AntimonyScope scope)
    {
        if (formula.IsBlank) throw formula.Source.Fault(formula.First, "A formula is missing.", "Write it here.");
        var language = new AntimonyLanguage(this, flat, formula, scope);
        var read = Parse(formula, language);
        return language.UsesDeleted ? null : read;
    }

    /// <summary>The symbol of an element, which is noted as used.</summary>
    /// <exception cref="AntimonyException">Nothing gives it a value.</exception>
    public static Expression Use(AntimonyElement element)
    {
        var canonical = element.Canonical;
        canonical.IsUsed = true;
        return Expression.Symbol(canonical.Name);
    }

    /// <summary>The function that a name calls; null where there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="source">The file of the call.</param>
    /// <param name="token">Where the call stands.</param>
    public InfixFunction? Function(string name, AntimonySource source, int token)
    {
        if (!bodies.TryGetValue(name, out var body)) return AntimonyFunctions.Find(name) ?? AntimonyFunctions.Random(name, (d, a) => Draw(d, a, source, token));
        return new InfixFunction([name], body.Arguments.Length, body.Arguments.Length, a => Call(body, a, source, token));
    }

    private static Expression Parse(AntimonyFormula formula, AntimonyLanguage language) => InfixParser.Parse("", language, formula.First);

    private void Define(AntimonyFunctionDefinition function)
    {
        draws.Clear();
        var names = function.Arguments.ToDictionary(a => a, a => $"{function.Name}({a})", StringComparer.Ordinal);
        var body = Parse(function.Body, new AntimonyLanguage(this, flat, function.Body, names));
        // exp(x) - 1 under this name is what a writer makes of the operation that is accurate near 0.
        if (function is { Name: "expm1", Arguments.Length: 1 } && ReferenceEquals(body, Expression.Exp(Expression.Symbol(names[function.Arguments[0]])) - 1))
            body = Expression.Expm1(Expression.Symbol(names[function.Arguments[0]]));
        int size = ExpressionGraph.PostOrder(body).Count;
        if (size > LargestBody) throw function.Body.Source.Fault(function.Token, $"The function '{function.Name}' grows to {size} operations.", $"At most {LargestBody} are read: use assignment rules for what it computes.");
        bodies[function.Name] = new Body([.. function.Arguments.Select(a => names[a])], body, size, [.. draws]);
    }

    private Expression Call(Body body, ImmutableArray<Expression> arguments, AntimonySource source, int token)
    {
        nodes += body.Size;
        if (nodes > MostNodes) throw source.Fault(token, $"The calls of functions make more than {MostNodes} operations.", "Use assignment rules for what the functions compute.");
        var replaced = body.Arguments.Zip(arguments).ToDictionary(a => Expression.Symbol(a.First), a => a.Second);
        foreach (var draw in body.Draws)
        {
            replaced[Expression.Symbol(draw.Name)] = Add(draw with
            {
                Arguments = [.. draw.Arguments.Select(a => a.Substitute(replaced))],
                Lowest = draw.Lowest?.Substitute(replaced),
                Highest = draw.Highest?.Substitute(replaced),
            }, source, token);
        }
        return body.Formula.Substitute(replaced);
    }

    /// <summary>A new random number; arguments beyond the distribution's parameters cut it off.</summary>
    private Expression Draw(Distribution distribution, ImmutableArray<Expression> arguments, AntimonySource source, int token)
    {
        int own = AntimonyFunctions.Parameters(distribution);
        return Add(new Draw("", distribution, arguments[..own])
        {
            Lowest = arguments.Length > own ? arguments[own] : null,
            Highest = arguments.Length > own + 1 ? arguments[own + 1] : null,
        }, source, token);
    }

    private Expression Add(Draw draw, AntimonySource source, int token)
    {
        if (draws.Count >= MostDraws) throw source.Fault(token, $"The model draws more than {MostDraws} random numbers.", "Draw fewer.");
        draws.Add(draw with { Name = $"draw.{draws.Count}" });
        return Expression.Symbol(draws[^1].Name);
    }
}
