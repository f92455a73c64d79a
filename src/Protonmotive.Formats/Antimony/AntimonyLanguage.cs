using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Antimony;

/// <summary>The formulas of Antimony for <see cref="InfixParser"/>: a position is the number of a token in the file.</summary>
internal sealed class AntimonyLanguage : InfixLanguage
{
    private readonly AntimonyFormulas formulas;
    private readonly AntimonyFlattener flat;
    private readonly AntimonyFormula formula;
    private readonly AntimonyScope? scope;
    private readonly IReadOnlyDictionary<string, string>? arguments;

    /// <summary>For a formula of a model.</summary>
    public AntimonyLanguage(AntimonyFormulas formulas, AntimonyFlattener flat, AntimonyFormula formula, AntimonyScope scope)
        : this(formulas, flat, formula) => this.scope = scope;

    /// <summary>For the body of a function, which knows its arguments alone.</summary>
    public AntimonyLanguage(AntimonyFormulas formulas, AntimonyFlattener flat, AntimonyFormula formula, IReadOnlyDictionary<string, string> arguments)
        : this(formulas, flat, formula) => this.arguments = arguments;

    private AntimonyLanguage(AntimonyFormulas formulas, AntimonyFlattener flat, AntimonyFormula formula)
    {
        this.formulas = formulas;
        this.flat = flat;
        this.formula = formula;
    }

    /// <summary>Whether the formula uses something that was deleted.</summary>
    public bool UsesDeleted { get; private set; }

    /// <inheritdoc/>
    public override bool ChainsRelations => true;

    /// <inheritdoc/>
    /// <remarks>libSBML's parser, which Antimony's is made of, reads &amp;&amp; and || from left to right alike.</remarks>
    public override Binding OrBinding => Binding.And;

    /// <inheritdoc/>
    public override InfixToken TokenAt(string text, int position)
    {
        if (position >= formula.End) return new InfixToken(InfixTokenKind.End, "", 0, formula.End, formula.End);
        var token = formula.Source.Tokens[position];
        switch (token.Kind)
        {
            case AntimonyTokenKind.Number:
                return new InfixToken(InfixTokenKind.Number, token.Text, token.Value, position, HasUnit(position) ? position + 2 : position + 1);
            case AntimonyTokenKind.Word:
                int end = position + 1;
                var name = token.Text;
                while (end + 1 < formula.End && formula.Source.Tokens[end].Is(".") && formula.Source.Tokens[end + 1].Kind == AntimonyTokenKind.Word)
                {
                    name += "." + formula.Source.Tokens[end + 1].Text;
                    end += 2;
                }
                return new InfixToken(InfixTokenKind.Word, name, 0, position, end);
            case AntimonyTokenKind.Sign when token.Text is "..." or "--" or "=" or "'":
                throw Fault(text, position, token.Shown, token.Text switch
                {
                    "=" => "an operator ('==' compares)",
                    "..." => "a formula: what stands upstream in a strand of DNA is not read",
                    "--" => "an operator (write 'a - -b' for a double minus)",
                    _ => "an operator",
                });
            case AntimonyTokenKind.Sign:
                return new InfixToken(InfixTokenKind.Sign, token.Text, 0, position, position + 1);
            default:
                throw Fault(text, position, token.Shown, "a number, a name or an operator");
        }
    }

    /// <inheritdoc/>
    public override Expression Named(InfixToken token)
    {
        if (AntimonyFunctions.Constant(token.Text) is { } constant)
            return ReferenceEquals(constant, Expression.Time) ? Time() : constant;
        if (arguments is not null)
        {
            return Expression.Symbol(arguments.GetValueOrDefault(token.Text) ?? throw formula.Source.Fault(token.Start,
                $"'{token.Text}' is no argument of this function.", "A function sees its arguments alone: add it to them."));
        }
        return Quantity(token);
    }

    /// <inheritdoc/>
    public override InfixFunction? Function(InfixToken token)
    {
        if (token.Text == "rateOf") return new InfixFunction(["rateOf"], 1, 1, a => RateOf(token, a[0]));
        if (token.Text == "delay" && scope is not null && TimeFactor(scope) is { } factor)
            return new InfixFunction(["delay"], 2, 2, a => Expression.Delay(a[0], a[1] * factor));
        return formulas.Function(token.Text, formula.Source, token.Start) ?? throw formula.Source.Fault(token.Start, $"There is no function '{token.Text}' before this line.",
            "Define a function before it is used ('function f(x) … end'), mend its name, or write '*' before '('.");
    }

    /// <inheritdoc/>
    public override string Place(int position) => formula.Source.Place(position);

    /// <inheritdoc/>
    public override ProtonmotiveException Fault(string text, int position, string found, string expected) =>
        formula.Source.Fault(position, found == "the end" ? $"The formula ends here, expected {expected}." : $"Found {found}, expected {expected}.", $"Write {expected} here.");

    /// <summary>What one unit of an instance's time is in the main model's; null for 1.</summary>
    public Expression? TimeFactor(AntimonyScope? instance) => Conversion(instance, s => s.TimeConversion);

    /// <summary>What one unit of an instance's extents is in the main model's; null for 1.</summary>
    public Expression? ExtentFactor(AntimonyScope? instance) => Conversion(instance, s => s.ExtentConversion);

    private Expression? Conversion(AntimonyScope? instance, Func<AntimonyScope, AntimonyArgument?> of)
    {
        Expression? product = null;
        for (; instance?.Parent is { } parent; instance = parent)
        {
            if (of(instance) is not { } argument) continue;
            var factor = argument.Name is null ? argument.Number : AntimonyFormulas.Use(flat.Find(argument.Name, parent));
            product = product is null ? factor : product * factor;
        }
        return product;
    }

    private Expression Time() => scope is not null && TimeFactor(scope) is { } factor ? Expression.Time / factor : Expression.Time;

    private Expression Quantity(InfixToken token)
    {
        var reference = new AntimonyReference(formula.Source, token.Start, [.. token.Text.Split('.')]);
        if (AntimonyKeywords.IsKeyword(reference.Path[0])) throw formula.Source.Fault(token.Start, $"'{token.Text}' is a word of the language, so it can't stand in a formula.", "End the statement before it with ';', or mend the name.");
        if (AntimonyFunctions.IsFunction(token.Text)) throw formula.Source.Fault(token.Start, $"'{token.Text}' is a function and has no arguments here.", $"Write '{token.Text}(…)'.");
        var element = flat.Find(reference, scope!);
        var canonical = element.Canonical;
        if (canonical.IsDeleted)
        {
            UsesDeleted = true;
            return Expression.Zero;
        }
        if (canonical.Type is "event" or "interaction") throw formula.Source.Fault(token.Start, $"'{token.Text}' is an {canonical.Type}, which has no value.", "Name a quantity.");
        if (canonical.Type is "" or "formula" && !canonical.HasValue) throw formula.Source.Fault(token.Start, $"'{token.Text}' has no value.", $"Give it one ('{token.Text} = 1'), or mend the name.");
        var value = AntimonyFormulas.Use(canonical);
        foreach (var factor in element.FactorsToCanonical.Reverse()) value /= AntimonyFormulas.Use(factor);
        if (canonical.Type == "reaction")
        {
            if (TimeFactor(scope) is { } time) value *= time;
            if (ExtentFactor(scope) is { } extent) value /= extent;
        }
        return value;
    }

    private Expression RateOf(InfixToken token, Expression of)
    {
        if (of.Operation != Operation.Symbol) throw formula.Source.Fault(token.Start, "rateOf takes the name of a quantity.", "Write 'rateOf(x)' for a species, parameter or compartment x.");
        var rate = Expression.Symbol(Network.RateName(of.Name));
        return TimeFactor(scope) is { } factor ? rate * factor : rate;
    }

    /// <summary>Whether the word after a number is its unit.</summary>
    private bool HasUnit(int position)
    {
        if (position + 1 >= formula.End) return false;
        var next = formula.Source.Tokens[position + 1];
        if (next.Kind != AntimonyTokenKind.Word || (position + 2 < formula.End && formula.Source.Tokens[position + 2].Is("."))) return false;
        return AntimonyUnits.IsUnit(next.Text, scope) ? true : throw formula.Source.Fault(position + 1, $"'{next.Text}' follows a number and is no unit.", $"Write '*' before it to multiply, or define it: 'unit {next.Text} = …'.");
    }
}
