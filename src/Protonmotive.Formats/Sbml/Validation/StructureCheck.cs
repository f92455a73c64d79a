using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks elements, their attributes, their number and their order against <see cref="SbmlGrammar"/>.</summary>
internal sealed class StructureCheck(SbmlEdition edition, XNamespace core, Findings findings)
{
    private static readonly XNamespace math = MathVocabulary.Namespace, html = "http://www.w3.org/1999/xhtml";

    private readonly AttributeCheck attributes = new(edition, findings);

    /// <summary>Checks an element of core and all below it.</summary>
    public void Check(XElement e, ElementGrammar grammar)
    {
        attributes.Check(e, grammar);
        var seen = new Dictionary<string, XElement>(StringComparer.Ordinal);
        int last = -2; // place of the last child in the order: notes -2, annotation -1, then the grammar's
        foreach (var child in e.Elements())
        {
            string name = child.Name.LocalName;
            bool isMath = name == "math" && (child.Name.Namespace == math || child.Name.Namespace == core);
            if (child.Name.Namespace != core && !isMath)
            {
                if (!IsPackage(child)) findings.Error(child, 10102, $"<{name}> in <{grammar.Name}> is of a namespace that is not SBML's: '{AttributeCheck.Short(child.Name.NamespaceName)}'.", "Move it into an annotation.");
                continue;
            }
            if (!Place(child, grammar, seen, ref last)) continue;
            if (name is "notes" or "annotation" or "math" or "message") Content(child);
            else if (SbmlGrammar.Find(name) is { } below) Check(child, below);
        }
        Missing(e, grammar, seen);
    }

    /// <summary>Whether the child belongs here; reports a repeated or misplaced one.</summary>
    private bool Place(XElement child, ElementGrammar grammar, Dictionary<string, XElement> seen, ref int last)
    {
        string name = child.Name.LocalName;
        bool isNotes = name == "notes", isAnnotation = name == "annotation" || (name == "annotations" && edition.Number == 11);
        var known = isNotes || isAnnotation ? null : grammar.Child(name, edition);
        if (!isNotes && !isAnnotation && known is null)
        {
            bool elsewhere = SbmlGrammar.Find(name) is not null || name is "math" or "message";
            findings.Error(child, edition.Level == 3 && grammar.ChildRule != 0 ? grammar.ChildRule : 10102,
                $"<{name}> does not belong in <{grammar.Name}>{(elsewhere ? $" in {edition}" : "; SBML has no such element")}.", "Move or remove it, or mend its spelling.");
            return false;
        }
        int repeated = isNotes ? 10805 : isAnnotation ? 10404 : known!.Repeated;
        if (!seen.TryAdd(name, child) && repeated != 0)
            findings.Error(child, edition.Level == 3 || repeated is 10805 or 10404 ? repeated : 10103, $"<{grammar.Name}> has a second <{name}>.", "Join the two, or remove one.");
        int place = isNotes ? -2 : isAnnotation ? -1 : grammar.OrderRule == 0 && grammar.ChildRule != 0 ? 0 : Array.IndexOf(grammar.Children, known);
        if (place < last && edition.Level < 3)
            findings.Error(child, isNotes || isAnnotation ? 10103 : grammar.OrderRule != 0 ? grammar.OrderRule : 10103, $"<{name}> stands too late in <{grammar.Name}>.", "Put the children in the order of the specification: " + Order(grammar) + ".");
        last = Math.Max(last, place);
        return true;
    }

    private string Order(ElementGrammar grammar) => string.Join(", ", grammar.Children.Where(c => c.Allowed.Holds(edition)).Select(c => c.Name).Prepend("annotation").Prepend("notes"));

    private void Missing(XElement e, ElementGrammar grammar, Dictionary<string, XElement> seen)
    {
        foreach (var child in grammar.Children)
        {
            bool required = child.Required.Holds(edition) || (grammar.Name == "sbml" && edition.Number != 32);
            if (!required || seen.ContainsKey(child.Name)) continue;
            int rule = grammar.Name switch { "sbml" => 20201, "event" => child.Missing, "unitDefinition" => 20409, _ => edition.Level == 3 ? child.Missing : 10103 };
            findings.Error(e, rule, $"<{grammar.Name}> has no <{child.Name}>.", $"Add one; {edition} asks for it.");
        }
        if (grammar.Name.StartsWith("listOf", StringComparison.Ordinal) && edition.Number < 32 && !e.Elements().Any(c => c.Name.LocalName is not ("notes" or "annotation")))
            findings.Error(e, EmptyRule(e), $"<{grammar.Name}> is empty.", "Remove it, or fill it.");
    }

    private int EmptyRule(XElement list) => (list.Name.LocalName, list.Parent?.Name.LocalName) switch
    {
        ("listOfUnits", _) => edition.Level == 3 ? 20413 : 20409,
        ("listOfReactants" or "listOfProducts" or "listOfModifiers", _) => 21103,
        ("listOfLocalParameters", _) or ("listOfParameters", "kineticLaw") => 21123,
        ("listOfEventAssignments", _) => 21203,
        _ => 20203,
    };

    /// <summary>Notes are XHTML; annotations hold elements of other namespaces, each namespace once.</summary>
    private void Content(XElement e)
    {
        if (e.Name.LocalName is "notes" or "message")
        {
            foreach (var child in e.Elements().Where(c => c.Name.Namespace != html))
            {
                findings.Error(child, e.Name.LocalName == "notes" ? 10801 : 21003, $"<{child.Name.LocalName}> in <{e.Name.LocalName}> is not XHTML.", "Declare xmlns=\"http://www.w3.org/1999/xhtml\" on it.");
                break;
            }
        }
        else if (e.Name.LocalName == "annotation" && edition.Number >= 22)
        {
            var namespaces = new HashSet<string>(StringComparer.Ordinal);
            foreach (var child in e.Elements())
            {
                if (child.Name.NamespaceName == edition.Namespace || child.Name.NamespaceName.Length == 0)
                {
                    if (edition.Level == 2 || child.Name.NamespaceName.Length == 0)
                        findings.Error(child, child.Name.NamespaceName.Length == 0 ? 10401 : 10403, $"<{child.Name.LocalName}> in an annotation has {(child.Name.NamespaceName.Length == 0 ? "no namespace" : "the namespace of SBML")}.", "Give it a namespace of its own.");
                }
                else if (!namespaces.Add(child.Name.NamespaceName))
                {
                    findings.Error(child, 10402, $"An annotation has a second element of the namespace '{AttributeCheck.Short(child.Name.NamespaceName)}'.", "Join the two elements.");
                }
            }
        }
    }

    private bool IsPackage(XElement child) => edition.Level == 3 && child.Name.NamespaceName.StartsWith("http://www.sbml.org/sbml/level3/", StringComparison.Ordinal);
}
