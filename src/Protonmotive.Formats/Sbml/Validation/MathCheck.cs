using System.Xml.Linq;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks formulas: allowed elements, numbers of operands, identifiers, and kinds of value.</summary>
/// <remarks>Rules 10201 to 10223, 21001 and 21202; attributes and numbers in <see cref="MathTokens"/>. The tree is walked from its leaves in a loop, so that depth costs no stack.</remarks>
internal sealed class MathCheck(ModelView view, Findings findings, bool extended)
{
    private readonly MathTokens tokens = new(view, findings);
    private readonly Dictionary<XElement, MathKind> kinds = [];
    private readonly Dictionary<string, MathKind> functionKinds = new(StringComparer.Ordinal);
    private readonly HashSet<string> allLocals = [.. view.Reactions.SelectMany(r => r.Elements(view.Core + "kineticLaw")).SelectMany(view.Locals).Select(view.Id)];
    private HashSet<string> scope = [];
    private bool inFunction;

    /// <summary>Whether kinds are checked: Level 3 Version 2 lets numbers and truth values stand for each other.</summary>
    private bool Typed => view.Edition.Number is >= 21 and < 32;

    /// <summary>Checks the body of a function definition; its arguments are what it may name.</summary>
    public void Function(XElement definition, XElement lambda)
    {
        scope = [.. lambda.Elements().Where(e => e.Name.LocalName == "bvar").Select(e => e.Value.Trim())];
        inFunction = true;
        Walk(lambda);
        functionKinds[view.Id(definition)] = lambda.Elements().LastOrDefault() is { } body && body.Name.LocalName != "bvar" ? kinds.GetValueOrDefault(body) : MathKind.Unknown;
    }

    /// <summary>Checks the formula of an element; locals are the parameters of its kinetic law.</summary>
    public void Holder(XElement holder, IEnumerable<string> locals, MathKind expected, int rule)
    {
        scope = [.. locals];
        inFunction = false;
        if (view.Edition.Level == 1)
        {
            Text(holder);
            return;
        }
        if (ModelView.Math(holder) is not { } math) return;
        var content = math.Elements().ToList();
        if (content.Count != 1)
        {
            findings.Error(math, 10201, $"<math> has {content.Count} children, not one.", "Give one formula.");
        }
        Walk(math);
        if (content.Count != 1 || !Typed) return;
        var kind = kinds.GetValueOrDefault(content[0]);
        if (kind == MathKind.Unknown || kind == expected) return;
        findings.Error(math, rule, $"The formula of <{holder.Name.LocalName}> gives {Say(kind)}, not {Say(expected)}.", expected == MathKind.Boolean ? "Compare with a number, for instance by <gt/>." : "Choose numbers by <piecewise>.");
    }

    private void Text(XElement holder)
    {
        if (ModelView.Text(holder, "formula") is not { } formula) return;
        try
        {
            foreach (var name in InfixParser.Parse(formula).Symbols().Where(n => !scope.Contains(n) && !view.Symbols.ContainsKey(n)))
                findings.Error(holder, null, $"The formula names '{name}', which is not defined.", "Declare it as species, parameter or compartment, or mend its spelling.");
        }
        catch (ProtonmotiveException e)
        {
            findings.Error(holder, null, $"The formula can't be read: {e.What}", e.Mend);
        }
    }

    private void Walk(XElement root)
    {
        var order = new List<XElement>();
        var open = new Stack<XElement>([root]);
        while (open.TryPop(out var e))
        {
            order.Add(e);
            if (e.Name.LocalName is "annotation" or "annotation-xml") continue;
            foreach (var child in e.Elements()) open.Push(child);
        }
        for (int i = order.Count - 1; i >= 0; i--) kinds[order[i]] = Node(order[i]);
    }

    private MathKind Node(XElement e)
    {
        string name = e.Name.LocalName;
        if (e.Name.Namespace != MathVocabulary.Namespace) return Fault(e, 10201, $"<{name}> is not in the namespace of MathML.", "Declare xmlns=\"http://www.w3.org/1998/Math/MathML\" on <math>.");
        tokens.Attributes(e, name);
        switch (name)
        {
            case "math" or "annotation" or "annotation-xml" or "sep": return MathKind.Unknown;
            case "cn": tokens.Number(e); return MathKind.Number;
            case "ci": return Identifier(e);
            case "csymbol": return CSymbol(e);
            case "apply": return Apply(e);
            case "piecewise": return Piecewise(e);
            case "piece" or "otherwise" when e.Parent?.Name.LocalName == "piecewise": return Count(e, name == "piece" ? 2 : 1);
            case "degree" or "logbase" or "bvar": return Count(e, 1);
            case "semantics": return e.Elements().FirstOrDefault() is { } first ? kinds.GetValueOrDefault(first) : Count(e, 1);
            case "lambda":
                if (!(inFunction && e.Parent?.Name.LocalName is "math" or "semantics")) return Fault(e, 10208, "<lambda> stands outside a function definition.", "Define a function and call it.");
                return MathKind.Unknown;
        }
        if (MathVocabulary.Constant(name) is { } constant) return e.HasElements ? Count(e, 0) : constant;
        if (MathVocabulary.Find(name, extended) is not null)
            return ModelView.IsHead(e) ? MathKind.Unknown : Fault(e, 10201, $"The operator <{name}> does not stand first in an <apply>.", "Write <apply><" + name + "/>…</apply>.");
        bool later = MathVocabulary.Find(name, true) is not null;
        return Fault(e, 10202, $"<{name}> is not among the MathML elements of {view.Edition}.", later ? "Write it by other operators, or declare Level 3 Version 2." : "Use the operators that SBML allows.");
    }

    private MathKind Count(XElement e, int count)
    {
        int found = e.Elements().Count();
        return found == count ? MathKind.Unknown : Fault(e, 10218, $"<{e.Name.LocalName}> has {found} children, not {count}.", "Mend the formula.");
    }

    private MathKind Identifier(XElement e)
    {
        string name = e.Value.Trim();
        if (e.Parent?.Name.LocalName == "bvar") return MathKind.Unknown;
        if (ModelView.IsHead(e))
        {
            if (!view.FunctionsById.ContainsKey(name)) findings.Error(e, 10214, $"'{name}' is called, and there is no function of that name.", "Define it in listOfFunctionDefinitions, or mend its spelling.");
            return MathKind.Unknown;
        }
        if (scope.Contains(name)) return inFunction ? MathKind.Unknown : MathKind.Number;
        if (inFunction) return Fault(e, 20304, $"The function names '{name}', which is none of its arguments.", "Pass it as an argument.");
        if (!view.Symbols.TryGetValue(name, out var target))
        {
            bool local = allLocals.Contains(name);
            return Fault(e, local ? 10216 : 10215, local ? $"'{name}' is a parameter of another kinetic law." : $"'{name}' is not defined.", local ? "Declare it in listOfParameters." : "Declare it as species, parameter, compartment or reaction, or mend its spelling.");
        }
        if (view.Edition.Number == 25 && target.Name.LocalName == "compartment" && ModelView.Text(target, "spatialDimensions") == "0")
            findings.Error(e, 10222, $"The formula names the compartment '{name}', which has no dimensions and so no size.", "Leave it out, or give the compartment dimensions.");
        return MathKind.Number;
    }

    private MathKind CSymbol(XElement e)
    {
        var kind = MathVocabulary.Symbol(ModelView.Text(e, "definitionURL") ?? "", view.Edition);
        if (kind is null) return Fault(e, 10205, $"<csymbol> has the definitionURL '{AttributeCheck.Short((string?)e.Attribute("definitionURL") ?? "")}', which {view.Edition} does not have.", "Use http://www.sbml.org/sbml/symbols/time, delay, avogadro (Level 3) or rateOf (Level 3 Version 2).");
        bool isFunction = kind is "delay" or "rateOf" or "distrib";
        if (isFunction != ModelView.IsHead(e)) return Fault(e, 10205, isFunction ? $"The csymbol {kind} is a function and must stand first in an <apply>." : $"The csymbol {kind} is a value, not a function.", "Mend the formula.");
        return isFunction ? MathKind.Unknown : MathKind.Number;
    }

    private MathKind Apply(XElement e)
    {
        var parts = e.Elements().ToList();
        if (parts.Count == 0) return Fault(e, 10201, "<apply> is empty.", "Give it an operator and operands.");
        var head = parts[0];
        var operands = parts.Skip(1).Where(p => p.Name.LocalName is not ("degree" or "logbase" or "bvar")).ToList();
        string name = head.Name.LocalName;
        foreach (var stray in parts.Where(p => (p.Name.LocalName, name) is ("degree", not "root") or ("logbase", not "log") or ("bvar", _)))
            findings.Error(stray, 10201, $"<{stray.Name.LocalName}> does not belong to <{name}>.", "Remove it.");
        if (name == "ci") return Call(head, operands);
        if (name == "csymbol") return Symbol(head, operands);
        if (MathVocabulary.Find(name, extended) is not { } found)
        {
            if (name is "cn" or "apply" or "piecewise" or "semantics" || MathVocabulary.Constant(name) is not null) findings.Error(head, 10201, $"<{name}> is no operator, and stands first in an <apply>.", "Begin with an operator or the name of a function.");
            return MathKind.Unknown;
        }
        if (operands.Count < found.Least || operands.Count > found.Most)
            return Fault(head, 10218, $"<{name}> has {operands.Count} operand{(operands.Count == 1 ? "" : "s")}, not {(found.Most == int.MaxValue ? $"at least {found.Least}" : found.Least == found.Most ? $"{found.Least}" : $"{found.Least} or {found.Most}")}.", "Mend the formula.");
        if (!Typed) return found.Result;
        if (found.Operand == MathKind.Unknown) Alike(operands, 10211, $"<{name}> compares a number with a truth value.");
        foreach (var operand in operands.Where(o => found.Operand != MathKind.Unknown && kinds.GetValueOrDefault(o) is not MathKind.Unknown and var kind && kind != found.Operand))
            findings.Error(operand, found.Operand == MathKind.Boolean ? 10209 : 10210, $"<{name}> takes {(found.Operand == MathKind.Boolean ? "truth values" : "numbers")}, and is given {Say(kinds[operand])}.", "Mend the operand.");
        return found.Result;
    }

    private MathKind Call(XElement head, List<XElement> operands)
    {
        string name = head.Value.Trim();
        if (!view.FunctionsById.TryGetValue(name, out var function)) return MathKind.Unknown;
        var lambda = ModelView.Math(function)?.Descendants().FirstOrDefault(e => e.Name.LocalName == "lambda");
        int arguments = lambda?.Elements().Count(e => e.Name.LocalName == "bvar") ?? -1;
        if (arguments >= 0 && arguments != operands.Count)
            findings.Error(head, 10219, $"'{name}' is given {operands.Count} argument{(operands.Count == 1 ? "" : "s")} and takes {arguments}.", "Mend the call or the definition.");
        return functionKinds.GetValueOrDefault(name);
    }

    private MathKind Symbol(XElement head, List<XElement> operands)
    {
        switch (MathVocabulary.Symbol(ModelView.Text(head, "definitionURL") ?? "", view.Edition))
        {
            case "delay" when operands.Count != 2:
                return Fault(head, 10218, $"delay has {operands.Count} operands, not 2.", "Write delay(what, how long).");
            case "rateOf" when operands.Count != 1:
                return Fault(head, 10218, $"rateOf has {operands.Count} operands, not 1.", "Write rateOf(variable).");
            case "rateOf" when operands[0].Name.LocalName != "ci":
                return Fault(head, 10223, "rateOf is given a formula; it takes one identifier.", "Name the variable itself.");
        }
        return MathKind.Number;
    }

    private MathKind Piecewise(XElement e)
    {
        var values = new List<XElement>();
        foreach (var child in e.Elements())
        {
            var parts = child.Elements().ToList();
            if (child.Name.LocalName is not ("piece" or "otherwise")) findings.Error(child, 10201, $"<{child.Name.LocalName}> does not belong in <piecewise>.", "Use <piece> and <otherwise>.");
            else if (parts.Count > 0) values.Add(parts[0]);
            if (Typed && child.Name.LocalName == "piece" && parts.Count == 2 && kinds.GetValueOrDefault(parts[1]) == MathKind.Number)
                findings.Error(parts[1], 10213, "The condition of a piece is a number.", "Compare it with a number, for instance by <gt/>.");
        }
        if (e.Elements().Count(c => c.Name.LocalName == "otherwise") > 1) findings.Error(e, 10201, "<piecewise> has more than one <otherwise>.", "Keep one.");
        if (Typed) Alike(values, 10212, "The pieces of a <piecewise> give a number here and a truth value there.");
        return values.Select(v => kinds.GetValueOrDefault(v)).FirstOrDefault(k => k != MathKind.Unknown);
    }

    private void Alike(List<XElement> operands, int rule, string what)
    {
        var found = operands.Where(o => kinds.GetValueOrDefault(o) != MathKind.Unknown).ToList();
        if (found.Find(o => kinds[o] != kinds[found[0]]) is { } other) findings.Error(other, rule, what, "Use one kind throughout.");
    }

    private MathKind Fault(XElement e, int rule, string what, string mend)
    {
        findings.Error(e, rule, what, mend);
        return MathKind.Unknown;
    }

    private static string Say(MathKind kind) => kind == MathKind.Boolean ? "a truth value" : "a number";
}
