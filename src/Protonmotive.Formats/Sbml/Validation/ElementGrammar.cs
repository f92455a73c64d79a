namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>What an element of SBML core may hold, in all editions.</summary>
/// <param name="Name">The element.</param>
/// <param name="AttributeRule">Rule broken, in Level 3, by a wrong, missing or badly typed attribute.</param>
/// <param name="Attributes">Its attributes, beside metaid and sboTerm, which all have.</param>
/// <param name="Children">Its children in their order, beside notes and annotation, which all have.</param>
/// <param name="OrderRule">Rule broken, in Levels 1 and 2, by children in another order.</param>
/// <param name="ChildRule">Rule broken, in Level 3, by a child that does not belong here.</param>
internal sealed record ElementGrammar(string Name, int AttributeRule, AttributeGrammar[] Attributes, ChildGrammar[] Children, int OrderRule, int ChildRule)
{
    public static ElementGrammar Parse(string name, int attributeRule, string attributes, string children = "", int orderRule = 0, int childRule = 0) => new(
        name,
        attributeRule,
        [.. attributes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(AttributeGrammar.Parse)],
        [.. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ChildGrammar.Parse)],
        orderRule,
        childRule);

    public AttributeGrammar? Attribute(string name, SbmlEdition edition) => Array.Find(Attributes, a => a.Name == name && a.Allowed.Holds(edition));

    public ChildGrammar? Child(string name, SbmlEdition edition) => Array.Find(Children, c => c.Name == name && c.Allowed.Holds(edition));
}
