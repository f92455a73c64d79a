using System.Collections.Immutable;

namespace Protonmotive.Formats.Antimony;

/// <summary>Reads files into a library of models and functions: what stands at the top level.</summary>
internal sealed class AntimonyParser
{
    private readonly AntimonyCursor cursor;
    private readonly AntimonyLibrary library;
    private readonly AntimonyImports imports;
    private readonly AntimonyStatementParser statements;

    public AntimonyParser(AntimonySource source, AntimonyLibrary library, AntimonyImports imports)
    {
        cursor = new AntimonyCursor(source);
        this.library = library;
        this.imports = imports;
        statements = new AntimonyStatementParser(cursor, library);
    }

    /// <summary>Reads the whole file.</summary>
    public void Read()
    {
        while (true)
        {
            cursor.SkipLines();
            var token = cursor.Current;
            if (token.Kind == AntimonyTokenKind.End) return;
            if (token.IsWord("import")) Import();
            else if (token.IsWord("function")) Function();
            else if (token.Kind == AntimonyTokenKind.Word && token.Text is "model" or "module") Model();
            else if (token.IsWord("end")) throw cursor.Source.Fault(cursor.Index, "An 'end' stands outside of any model or function.", "Remove it, or write the 'model NAME' it belongs to.");
            else if (Described() is { } model) model.Statements.Add(statements.Annotation(cursor.Index, null));
            else statements.Read(library.Bare);
        }
    }

    /// <summary>The model that a top-level statement describes (<c>name is "…"</c>); null for other statements.</summary>
    private AntimonyModel? Described()
    {
        if (cursor.Current.Kind != AntimonyTokenKind.Word) return null;
        var next = cursor.Ahead(1);
        bool describes = next.IsWord("is") || next.Is(".") || (next.Kind == AntimonyTokenKind.Word && (cursor.Ahead(2).Kind == AntimonyTokenKind.String || cursor.Ahead(2).Is(".")));
        if (!describes) return null;
        var model = library.FindModel(cursor.Current.Text);
        // A function's name and annotations say nothing about the network.
        if (model is null && library.FindFunction(cursor.Current.Text) is not null) model = new AntimonyModel("", false);
        if (model is not null) cursor.Index++;
        return model;
    }

    private void Import()
    {
        int start = cursor.Index++;
        if (cursor.Current.Kind != AntimonyTokenKind.String) throw cursor.Unexpected("the name of a file in quotes");
        var imported = imports.Open(cursor.Source, start, cursor.Take().Text);
        cursor.EndStatement();
        if (imported is not null) new AntimonyParser(imported, library, imports).Read();
    }

    private void Function()
    {
        int start = cursor.Index++;
        int place = cursor.Index;
        if (cursor.Current.Kind == AntimonyTokenKind.Word && AntimonyFunctions.IsFunction(cursor.Current.Text))
            throw cursor.Source.Fault(place, $"'{cursor.Current.Text}' is a function of the language already.", "Give yours another name.");
        var name = cursor.Name("the name of a function");
        cursor.Expect("(", "before the arguments");
        var arguments = ImmutableArray.CreateBuilder<string>();
        while (!cursor.TakeSign(")"))
        {
            if (arguments.Count > 0) cursor.Expect(",", "or ')' after an argument");
            int at = cursor.Index;
            arguments.Add(cursor.Name("the name of an argument"));
            if (arguments.IndexOf(arguments[^1]) < arguments.Count - 1) throw cursor.Source.Fault(at, $"The argument '{arguments[^1]}' stands twice.", "Give one of them another name.");
        }
        cursor.SkipLines();
        var body = cursor.Formula();
        cursor.SkipLines();
        if (!cursor.Current.IsWord("end")) throw cursor.Source.Fault(cursor.Index, $"Found {cursor.Current.Shown}, expected the 'end' of the function that begins at {cursor.Source.Place(start)}.", "A function is one formula; write 'end' after it.");
        cursor.Index++;
        if (body.IsBlank) throw cursor.Source.Fault(place, $"The function '{name}' has no formula.", "Write its formula before 'end'.");
        if (!library.Add(new AntimonyFunctionDefinition(name, place, arguments.ToImmutable(), body))) throw cursor.Source.Fault(place, $"'{name}' is defined twice.", "Give one of them another name.");
    }

    private void Model()
    {
        int start = cursor.Index++;
        bool isMain = cursor.TakeSign("*");
        int place = cursor.Index;
        var model = new AntimonyModel(cursor.Name("the name of a model"), isMain);
        if (cursor.TakeSign("("))
        {
            while (!cursor.TakeSign(")"))
            {
                if (model.Interface.Count > 0) cursor.Expect(",", "or ')' after a name");
                model.Interface.Add(cursor.Reference("the name of an element"));
            }
        }
        while (true)
        {
            cursor.SkipLines();
            if (cursor.Current.IsWord("end")) break;
            if (cursor.Current.Kind == AntimonyTokenKind.End)
                throw cursor.Source.Fault(start, $"The model '{model.Name}' has no 'end'.", "Write 'end' after its last statement.");
            if (cursor.Current.Kind == AntimonyTokenKind.Word && cursor.Current.Text is "function" or "import" or "model" or "module" && !DescribesThisModel())
                throw cursor.Source.Fault(cursor.Index, $"'{cursor.Current.Text}' stands within the model '{model.Name}', which begins at {cursor.Source.Place(start)}.", $"Write the 'end' of '{model.Name}' before it.");
            if (cursor.Current.Kind == AntimonyTokenKind.Word && cursor.Current.Text is "model" or "module")
            {
                cursor.Index++;
                model.Statements.Add(statements.Annotation(cursor.Index - 1, null));
                continue;
            }
            statements.Read(model);
        }
        cursor.Index++;
        if (!library.Add(model)) throw cursor.Source.Fault(place, $"'{model.Name}' is defined twice.", "Give one of them another name.");
    }

    /// <summary>Whether 'model' begins an annotation: <c>model notes "…"</c>, <c>model.sboTerm = 4</c>, <c>model created.year 2020</c>.</summary>
    private bool DescribesThisModel()
    {
        var next = cursor.Ahead(1);
        if (next.Is(".")) return true;
        var afterwards = cursor.Ahead(2);
        return next.Kind == AntimonyTokenKind.Word && (afterwards.Kind == AntimonyTokenKind.String || (afterwards.Is(".") && cursor.Ahead(4).Kind is AntimonyTokenKind.String or AntimonyTokenKind.Number));
    }
}
