using System.Xml.Linq;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml;

/// <summary>A function definition: its argument names (made unique) and its body, read when it is first called.</summary>
internal sealed class FunctionDefinition
{
    private readonly string id, file;
    private readonly XElement? body;
    private readonly MathMl reader;
    private readonly bool drawsNumbers;
    private Expression? value;
    private bool isBeingRead;

    /// <param name="element">The functionDefinition element.</param>
    /// <param name="id">Its id.</param>
    /// <param name="file">For errors.</param>
    /// <param name="math">Makes a reader of formulas whose identifiers are found by the given function.</param>
    public FunctionDefinition(XElement element, string id, string file, Func<Func<string, string?>, MathMl> math)
    {
        this.id = id;
        this.file = file;
        var lambda = element.Descendants().FirstOrDefault(x => x.Name.LocalName == "lambda");
        var names = lambda?.Elements().Where(x => x.Name.LocalName == "bvar").Select(b => b.Value.Trim()).ToList() ?? [];
        if (names.Count != names.Distinct().Count()) throw SbmlException.At(element, file, $"The function '{id}' has two arguments of one name.", "Give each argument a name of its own.");
        var own = names.ToDictionary(a => a, a => $"{id}({a})", StringComparer.Ordinal);
        Arguments = [.. names.Select(a => own[a])];
        body = lambda?.Elements().LastOrDefault(x => x.Name.LocalName != "bvar");
        reader = math(own.GetValueOrDefault);
        // Every call of a function that draws random numbers draws its own.
        drawsNumbers = body is not null && body.DescendantsAndSelf().Any(x => x.Name.LocalName == "csymbol" && MathMl.DistributionOf(x) is not null);
    }

    /// <summary>Names as they stand in the body.</summary>
    public string[] Arguments { get; }

    /// <summary>The body; NaN where the definition has none.</summary>
    /// <exception cref="SbmlException">It calls itself, or is no formula.</exception>
    public Expression Body
    {
        get
        {
            if (value is not null && !drawsNumbers) return value;
            if (body is null) return double.NaN;
            if (isBeingRead) throw SbmlException.At(body, file, $"The function '{id}' calls itself.", "Write it without recursion; SBML has none.");
            isBeingRead = true;
            try
            {
                return value = reader.Read(body);
            }
            finally
            {
                isBeingRead = false;
            }
        }
    }
}
