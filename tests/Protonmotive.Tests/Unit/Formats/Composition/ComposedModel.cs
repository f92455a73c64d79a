using System.Xml.Linq;
using Protonmotive.Formats.Sbml.Composition;

namespace Protonmotive.Tests.Unit.Formats.Composition;

/// <summary>Short composed documents for tests.</summary>
internal static class ComposedModel
{
    public const string Core = "http://www.sbml.org/sbml/level3/version2/core";

    public static readonly XNamespace Sbml = Core;

    public static readonly XNamespace Math = "http://www.w3.org/1998/Math/MathML";

    /// <summary>A document from the content of its main model and of its definitions.</summary>
    public static XDocument Document(string model, string definitions, string attributes = "") => XDocument.Parse($"""
        <sbml xmlns="{Core}" xmlns:comp="http://www.sbml.org/sbml/level3/version1/comp/version1" xmlns:fbc="http://www.sbml.org/sbml/level3/version1/fbc/version2"
              xmlns:m="http://www.w3.org/1998/Math/MathML" level="3" version="2" comp:required="true">
        <model id="main" {attributes}>{model}</model>{definitions}</sbml>
        """, LoadOptions.SetLineInfo);

    /// <summary>Definitions by id and content.</summary>
    public static string Definitions(params (string Id, string Content)[] models) =>
        $"<comp:listOfModelDefinitions>{string.Concat(models.Select(m => $"<comp:modelDefinition id=\"{m.Id}\">{m.Content}</comp:modelDefinition>"))}</comp:listOfModelDefinitions>";

    /// <summary>A list of one submodel.</summary>
    public static string Submodel(string id, string model, string attributes = "", string deletions = "") =>
        $"<comp:listOfSubmodels><comp:submodel comp:id=\"{id}\" comp:modelRef=\"{model}\" {attributes}>{(deletions.Length > 0 ? $"<comp:listOfDeletions>{deletions}</comp:listOfDeletions>" : "")}</comp:submodel></comp:listOfSubmodels>";

    /// <summary>A list of parameters; a content follows the id after '|'.</summary>
    public static string Parameters(params string[] parameters) =>
        $"<listOfParameters>{string.Concat(parameters.Select(p => p.Split('|')).Select(p => $"<parameter id=\"{p[0]}\" metaid=\"m_{p[0]}\" value=\"1\" constant=\"false\">{(p.Length > 1 ? p[1] : "")}</parameter>"))}</listOfParameters>";

    /// <summary>What an element replaces.</summary>
    public static string Replaces(string attributes, string inside = "") => $"<comp:listOfReplacedElements><comp:replacedElement {attributes}>{inside}</comp:replacedElement></comp:listOfReplacedElements>";

    public static XDocument Flatten(string model, string definitions, string attributes = "") => SbmlComposition.Flatten(Document(model, definitions, attributes), "model.xml");

    /// <summary>Ids of all elements of a kind, in the order of the document.</summary>
    public static string Ids(XDocument flat, string element) => string.Join(' ', flat.Descendants(Sbml + element).Select(e => (string?)e.Attribute("id")));

    /// <summary>The first formula inside an element of a kind, as nested calls.</summary>
    public static string Formula(XDocument flat, string element) => Text(flat.Descendants(Sbml + element).First().Element(Math + "math")!.Elements().Single());

    private static string Text(XElement e) => e.Name.LocalName switch
    {
        "apply" => $"{Text(e.Elements().First())}({string.Join(", ", e.Elements().Skip(1).Select(Text))})",
        "ci" or "cn" => e.Value.Trim(),
        "csymbol" => ((string)e.Attribute("definitionURL")!).Split('/')[^1],
        _ => e.Name.LocalName,
    };
}
