using System.Xml.Linq;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml;

/// <summary>Formulas of Level 1, which are text.</summary>
internal static class LevelOneFormula
{
    public static Expression Read(string formula, Func<string, string?> find, XElement at, string file)
    {
        Expression parsed;
        try
        {
            parsed = InfixParser.Parse(formula);
        }
        catch (ExpressionSyntaxException e)
        {
            throw SbmlException.At(at, file, e.What, e.Mend);
        }
        var names = parsed.Symbols().ToDictionary(Expression.Symbol, name => Expression.Symbol(find(name)
            ?? throw SbmlException.At(at, file, $"The symbol '{name}' is not defined.", "Declare it as species, parameter or compartment, or mend its spelling.")));
        return parsed.Substitute(names);
    }
}
