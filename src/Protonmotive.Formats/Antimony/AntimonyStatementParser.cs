using System.Collections.Immutable;

namespace Protonmotive.Formats.Antimony;

/// <summary>Reads the statements of a model.</summary>
internal sealed class AntimonyStatementParser
{
    private static readonly string[] arrows = ["->", "=>", "-|", "-o"];
    private readonly AntimonyCursor cursor;
    private readonly AntimonyLibrary library;
    private readonly AntimonyEventParser events;

    public AntimonyStatementParser(AntimonyCursor cursor, AntimonyLibrary library)
    {
        this.cursor = cursor;
        this.library = library;
        events = new AntimonyEventParser(cursor);
    }

    private AntimonySource Source => cursor.Source;

    /// <summary>Reads one statement into a model; the cursor stands on its first token.</summary>
    public void Read(AntimonyModel model)
    {
        int start = cursor.Index;
        var token = cursor.Current;
        switch (token.Kind)
        {
            case AntimonyTokenKind.Word when AntimonyKeywords.IsKeyword(token.Text):
                Keyword(model, token.Text);
                return;
            case AntimonyTokenKind.Word when !IsInfinity(token):
            case AntimonyTokenKind.Sign when token.Text == "$":
                Named(model);
                return;
            case AntimonyTokenKind.Number when cursor.Ahead(1).Is("="):
                cursor.Index++;
                model.Statements.Add(AlgebraicRule(start, token));
                break;
            case AntimonyTokenKind.Number when cursor.Ahead(1).Kind == AntimonyTokenKind.Word || cursor.Ahead(1).Is("$"):
            case AntimonyTokenKind.Sign when arrows.Contains(token.Text):
                model.Statements.Add(Reaction(start, null, null));
                break;
            case AntimonyTokenKind.Number:
            case AntimonyTokenKind.Word:
            case AntimonyTokenKind.Sign when token.Text == "-":
                Remark(model, start, "a constraint");
                break;
            case AntimonyTokenKind.Sign when token.Text == "--":
                throw Strand(start);
            default:
                throw cursor.Unexpected("a statement");
        }
        cursor.EndStatement();
    }

    /// <summary>An annotation; the cursor stands behind what it describes, which is the model where <paramref name="target"/> is null.</summary>
    public AntimonyStatement Annotation(int start, AntimonyReference? target)
    {
        if (cursor.Current.IsWord("is"))
        {
            cursor.Index++;
            if (cursor.Current.Kind != AntimonyTokenKind.String) throw cursor.Unexpected("a name in quotes");
            return End(new AntimonyDisplayName(Source, start, target, cursor.Take().Text));
        }
        if (cursor.TakeSign("."))
        {
            if (!string.Equals(cursor.Current.Text, "sboTerm", StringComparison.OrdinalIgnoreCase)) throw cursor.Unexpected("'sboTerm'");
            cursor.Index++;
            return SboTerm(start, target);
        }
        var keyword = cursor.Take().Text;
        if (cursor.TakeSign(".")) keyword += "." + cursor.Take().Text;
        var values = ImmutableArray.CreateBuilder<string>();
        do
        {
            cursor.SkipLines(semicolons: false);
            if (cursor.Current.Kind is not (AntimonyTokenKind.String or AntimonyTokenKind.Number)) throw cursor.Unexpected("a text in quotes");
            values.Add(cursor.Take().Text);
        }
        while (cursor.TakeSign(","));
        return End(new AntimonyAnnotation(Source, start, target, keyword, values.ToImmutable()));
    }

    private static bool IsInfinity(AntimonyToken token) => AntimonyFunctions.IsConstant(token.Text);

    private T End<T>(T statement)
    {
        cursor.EndStatement();
        return statement;
    }

    private void Keyword(AntimonyModel model, string word)
    {
        int start = cursor.Index;
        switch (word)
        {
            case "at":
                model.Statements.Add(events.Read(start, null));
                break;
            case "unit":
                cursor.Index++;
                var name = cursor.Name("the name of a unit");
                var formula = cursor.TakeSign("=") ? cursor.Formula() : new AntimonyFormula(Source, cursor.Index, cursor.Index);
                model.Statements.Add(new AntimonyUnitDefinition(Source, start, name, formula));
                break;
            case "delete":
                do
                {
                    cursor.Index++;
                    model.Statements.Add(new AntimonyDeletion(Source, start, cursor.Reference("what to delete")));
                }
                while (cursor.Current.Is(","));
                break;
            case "constraint":
                Remark(model, start, "a constraint");
                break;
            case "maximize" or "minimize":
                Remark(model, start, "an objective of flux balance");
                break;
            case "species" or "formula" or "reaction" or "DNA" or "gene" or "operator" or "compartment" or "var" or "const" or "ext" or "substanceOnly":
                Declarations(model);
                break;
            default:
                throw cursor.Unexpected("a statement");
        }
        cursor.EndStatement();
    }

    private void Remark(AntimonyModel model, int start, string subject)
    {
        cursor.SkipStatement();
        model.Statements.Add(new AntimonyRemark(Source, start, subject));
    }

    private void Declarations(AntimonyModel model)
    {
        int start = cursor.Index;
        bool? constant = null;
        bool substanceOnly = false;
        var type = "";
        for (; cursor.Current.Kind == AntimonyTokenKind.Word && AntimonyKeywords.IsKeyword(cursor.Current.Text); cursor.Index++)
        {
            switch (cursor.Current.Text)
            {
                case "var": constant = false; break;
                case "const" or "ext": constant = true; break;
                case "substanceOnly": substanceOnly = true; type = "species"; break;
                case "species" or "formula" or "reaction" or "DNA" or "gene" or "operator" or "compartment": type = cursor.Current.Text; break;
                default: throw cursor.Unexpected("a name");
            }
        }
        do
        {
            var target = cursor.Reference("a name");
            bool isTerm = IsTerm(target);
            if (isTerm) target = target with { Path = target.Path[..^1] };
            model.Statements.Add(new AntimonyDeclaration(Source, start, target, type, constant, substanceOnly));
            Placed(model, target);
            if (isTerm) model.Statements.Add(Term(start, target));
            else if (cursor.Current.Is("=") || cursor.Current.Is(":=") || cursor.Current.Is("'")) Assignment(model, target, stopsAtComma: true);
            else if (cursor.Current.IsWord("has")) HasUnit(model, target, stopsAtComma: true);
            else if (cursor.Current.IsWord("is")) model.Statements.Add(Is(target));
        }
        while (cursor.TakeSign(","));
    }

    private bool Placed(AntimonyModel model, AntimonyReference target)
    {
        if (!cursor.Current.IsWord("in")) return false;
        int start = cursor.Index++;
        model.Statements.Add(new AntimonyPlacement(Source, start, target, cursor.Reference("a compartment")));
        return true;
    }

    /// <summary>A statement that begins with a name.</summary>
    private void Named(AntimonyModel model)
    {
        int start = cursor.Index;
        if (cursor.Ahead(1).Is("(") && library.FindModel(cursor.Current.Text) is not null)
        {
            model.Statements.Add(End(Submodel(start, null)));
            return;
        }
        if (cursor.Ahead(1).Is("(")) throw Source.Fault(start, $"There is no model '{cursor.Current.Text}' before this line.", "Define a model before it is used, or mend its name.");
        var target = cursor.Reference("a name");
        if (target.Path.Length > 1 && AntimonyKeywords.IsUncertainty(target.Path[^1]) && (cursor.Current.Is("=") || cursor.Current.IsWord("is")))
        {
            Remark(model, start, "the uncertainty of a value");
            cursor.EndStatement();
            return;
        }
        if (IsTerm(target))
        {
            model.Statements.Add(SboTerm(start, target with { Path = target.Path[..^1] }));
            return;
        }
        bool placed = Placed(model, target);
        var token = cursor.Current;
        if (token.Is(":")) Labelled(model, start, target);
        else if (token.Is("=") || token.Is(":=") || token.Is("'")) Assignment(model, target, stopsAtComma: false);
        else if (token.IsWord("has")) HasUnit(model, target, stopsAtComma: false);
        else if (token.IsWord("is") && cursor.Ahead(1).Kind == AntimonyTokenKind.String)
        {
            model.Statements.Add(Annotation(start, target));
            return;
        }
        else if (token.IsWord("is")) model.Statements.Add(Is(target));
        else if (token.Is("*")) model.Statements.Add(Scaled(target));
        else if (token.Kind == AntimonyTokenKind.Sign && token.Text is "<" or "<=" or ">" or ">=" or "==" or "!=") Remark(model, start, "a constraint");
        else if (token.Is("--")) throw Strand(start);
        else if (IsAnnotation())
        {
            model.Statements.Add(Annotation(start, target));
            return;
        }
        else if (token.Is("+") || token.Is("-") || token.Kind == AntimonyTokenKind.Word || token.Is("$") || IsArrow(token))
        {
            cursor.Index = start;
            model.Statements.Add(Reaction(start, null, null));
        }
        else if (!placed) throw cursor.Unexpected("'=', ':=', ''=', ':', '->', 'is', 'in' or 'has' after a name");
        cursor.EndStatement();
    }

    private bool IsAnnotation() => cursor.Current.Kind == AntimonyTokenKind.Word && (cursor.Ahead(1).Kind == AntimonyTokenKind.String
        || (cursor.Ahead(1).Is(".") && cursor.Ahead(3).Kind is AntimonyTokenKind.String or AntimonyTokenKind.Number));

    /// <summary>What stands after <c>name:</c>.</summary>
    private void Labelled(AntimonyModel model, int start, AntimonyReference name)
    {
        cursor.Index++;
        var token = cursor.Current;
        if (token.IsWord("at")) model.Statements.Add(events.Read(start, name));
        else if (token.Kind == AntimonyTokenKind.Word && token.Text is "maximize" or "minimize") Remark(model, start, "an objective of flux balance");
        else if (token.Kind == AntimonyTokenKind.Number && cursor.Ahead(1).Is("="))
        {
            cursor.Index++;
            model.Statements.Add(AlgebraicRule(start, token));
        }
        else if (token.Kind == AntimonyTokenKind.Word && cursor.Ahead(1).Is("(")) model.Statements.Add(Submodel(start, name));
        else if (token.Is("--") || StrandAhead()) throw Strand(start);
        else model.Statements.Add(Reaction(start, name, null));
    }

    private bool StrandAhead()
    {
        for (int i = 0; !cursor.Ahead(i).EndsStatement; i++)
            if (cursor.Ahead(i).Is("--")) return true;
        return false;
    }

    private AntimonyException Strand(int start) => Source.Fault(start, "This is a strand of DNA ('--'), which is not read.", "Write the rates of its genes as formulas.");

    private AntimonyAlgebraicRule AlgebraicRule(int start, AntimonyToken zero)
    {
        if (zero.Kind == AntimonyTokenKind.Number && cursor.Current.Kind == AntimonyTokenKind.Number) cursor.Index++;
        if (zero.Value != 0) throw Source.Fault(start, $"'{zero.Text}' can't be set.", "Write an algebraic rule as '0 = formula'.");
        cursor.Expect("=", "after 0");
        return new AntimonyAlgebraicRule(Source, start, cursor.Formula());
    }

    private void Assignment(AntimonyModel model, AntimonyReference target, bool stopsAtComma)
    {
        int start = cursor.Index;
        var kind = cursor.Take().Text switch { "=" => AntimonyAssignmentKind.Initial, ":=" => AntimonyAssignmentKind.Always, _ => AntimonyAssignmentKind.Rate };
        if (kind == AntimonyAssignmentKind.Rate) cursor.Expect("=", "after the apostrophe of a rate");
        model.Statements.Add(new AntimonyAssignment(Source, start, target, kind, cursor.Formula(stopsAtComma)));
    }

    private void HasUnit(AntimonyModel model, AntimonyReference target, bool stopsAtComma)
    {
        int start = cursor.Index++;
        model.Statements.Add(new AntimonyHasUnit(Source, start, target, cursor.Formula(stopsAtComma)));
    }

    private AntimonyStatement Is(AntimonyReference target)
    {
        int start = cursor.Index++;
        if (cursor.Current.Kind == AntimonyTokenKind.String) return new AntimonyDisplayName(Source, start, target, cursor.Take().Text);
        var right = cursor.Reference("a name, or a text in quotes");
        return new AntimonySynchronization(Source, start, target, right, cursor.TakeSign("/") ? cursor.Reference("a conversion factor") : null);
    }

    private AntimonySynchronization Scaled(AntimonyReference target)
    {
        int start = cursor.Index++;
        var factor = cursor.Reference("a conversion factor");
        if (!cursor.Current.IsWord("is")) throw cursor.Unexpected("'is'");
        cursor.Index++;
        return new AntimonySynchronization(Source, start, target, cursor.Reference("a name"), factor);
    }

    /// <summary>Whether a name is one of a thing with <c>.sboTerm</c> behind it, and is set.</summary>
    private bool IsTerm(AntimonyReference target) =>
        target.Path.Length > 1 && string.Equals(target.Path[^1], "sboTerm", StringComparison.OrdinalIgnoreCase) && cursor.Current.Is("=");

    private AntimonyAnnotation SboTerm(int start, AntimonyReference? target) => End(Term(start, target));

    private AntimonyAnnotation Term(int start, AntimonyReference? target)
    {
        cursor.Expect("=", "after sboTerm");
        if (cursor.Current.Kind != AntimonyTokenKind.Number) throw cursor.Unexpected("a number, such as 236 or SBO:0000236");
        return new AntimonyAnnotation(Source, start, target, "sboTerm", [$"SBO:{cursor.Take().Value:0000000}"]);
    }

    private AntimonySubmodel Submodel(int start, AntimonyReference? name)
    {
        int place = cursor.Index;
        var model = library.FindModel(cursor.Current.Text) ?? throw Source.Fault(place, $"There is no model '{cursor.Current.Text}' before this line.", "Define a model before it is used, or mend its name.");
        cursor.Index += 2;
        var arguments = ImmutableArray.CreateBuilder<AntimonyArgument>();
        while (!cursor.TakeSign(")"))
        {
            if (arguments.Count > 0) cursor.Expect(",", "or ')' after an argument");
            arguments.Add(Argument());
        }
        if (arguments.Count > model.Interface.Count)
            throw Source.Fault(place, $"'{model.Name}' is given {arguments.Count} arguments and shows {model.Interface.Count}.", $"Give at most {model.Interface.Count}, or name more in 'model {model.Name}(…)'.");
        AntimonyArgument? time = null, extent = null;
        while (cursor.TakeSign(","))
        {
            int at = cursor.Index;
            var word = cursor.Take().Text;
            if (word is not ("timeconv" or "extentconv")) throw Source.Fault(at, $"Found '{word}', expected 'timeconv' or 'extentconv'.", "Write ', timeconv = 60' or ', extentconv = 1000' after the submodel.");
            cursor.Expect("=", $"after {word}");
            if (word == "timeconv") time = Argument(); else extent = Argument();
        }
        AntimonyReference? compartment = null;
        if (cursor.Current.IsWord("in"))
        {
            cursor.Index++;
            compartment = cursor.Reference("a compartment");
        }
        return new AntimonySubmodel(Source, start, name, model, arguments.ToImmutable(), time, extent, compartment);
    }

    private AntimonyArgument Argument()
    {
        int at = cursor.Index;
        bool negative = cursor.TakeSign("-");
        if (cursor.Current.Kind == AntimonyTokenKind.Number) return new AntimonyArgument(null, negative ? -cursor.Take().Value : cursor.Take().Value, at);
        return negative ? throw cursor.Unexpected("a number") : new AntimonyArgument(cursor.Reference("a name or a number"), 0, at);
    }

    private bool IsArrow(AntimonyToken token) => (token.Kind == AntimonyTokenKind.Sign && arrows.Contains(token.Text)) || (token.Is("-") && cursor.Ahead(1).Is("("));

    /// <summary>A reaction or an interaction; the cursor stands on its left side.</summary>
    private AntimonyStatement Reaction(int start, AntimonyReference? name, AntimonyReference? compartment)
    {
        var left = Side();
        var arrow = cursor.Current.Text;
        if (!IsArrow(cursor.Current)) throw cursor.Unexpected("'+', or an arrow: '->' (reversible), '=>' (irreversible), '-o', '-|' or '-(' (interactions)");
        cursor.Index += arrow == "-" ? 2 : 1;
        var right = cursor.Current.EndsStatement ? [] : Side();
        if (arrow is not ("->" or "=>")) return Interaction(start, name, left, right);
        var rate = new AntimonyFormula(Source, cursor.Index, cursor.Index);
        if (cursor.Current is { Kind: AntimonyTokenKind.LineEnd, Text: ";" })
        {
            cursor.Index++;
            rate = cursor.Formula();
            if (!rate.IsBlank && LooksLikeReaction(rate)) throw Source.Fault(rate.First, "Another reaction follows ';', where the rate of the one before is expected.", "Write a second ';' or a new line after a reaction without rate.");
        }
        if (cursor.Current.IsWord("in"))
        {
            cursor.Index++;
            compartment = cursor.Reference("a compartment");
        }
        return new AntimonyReaction(Source, start, name, left, right, arrow == "->", rate, compartment);
    }

    private bool LooksLikeReaction(AntimonyFormula formula)
    {
        for (int i = formula.First; i < formula.End; i++)
            if (Source.Tokens[i].Is("->") || Source.Tokens[i].Is("=>")) return true;
        return false;
    }

    private AntimonyInteraction Interaction(int start, AntimonyReference? name, ImmutableArray<AntimonyParticipant> left, ImmutableArray<AntimonyParticipant> right)
    {
        if (left.IsEmpty || right.IsEmpty) throw Source.Fault(start, "An interaction lacks one of its sides.", "Write who acts and on which reaction: 'S -o J'.");
        if (cursor.Current is { Kind: AntimonyTokenKind.LineEnd, Text: ";" } && cursor.Ahead(1) is { Kind: AntimonyTokenKind.LineEnd, Text: ";" }) cursor.Index++;
        return new AntimonyInteraction(Source, start, name, left, right);
    }

    private ImmutableArray<AntimonyParticipant> Side()
    {
        var side = ImmutableArray.CreateBuilder<AntimonyParticipant>();
        if (IsArrow(cursor.Current)) return [];
        do
        {
            if (cursor.Current.Kind == AntimonyTokenKind.Number)
            {
                double number = cursor.Take().Value;
                side.Add(new AntimonyParticipant(cursor.Reference("a species"), number, null));
                continue;
            }
            var first = cursor.Reference("a species");
            bool hasSymbol = cursor.Current.Is("$") || (cursor.Current.Kind == AntimonyTokenKind.Word && !AntimonyKeywords.IsKeyword(cursor.Current.Text));
            side.Add(hasSymbol ? new AntimonyParticipant(cursor.Reference("a species"), double.NaN, first) : new AntimonyParticipant(first, 1, null));
        }
        while (cursor.TakeSign("+"));
        return side.ToImmutable();
    }
}
