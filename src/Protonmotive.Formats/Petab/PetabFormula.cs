using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Petab;

/// <summary>Reads PEtab's mathematical expressions: log is the natural logarithm, time the time.</summary>
internal static class PetabFormula
{
    /// <summary>Reads a formula.</summary>
    /// <exception cref="PetabException">It can't be read.</exception>
    public static Expression Parse(string text, string where)
    {
        try
        {
            return InfixParser.Parse(text);
        }
        catch (ExpressionSyntaxException e)
        {
            throw new PetabException($"The formula '{text}' can't be read: {e.What}", where, e.Mend, e);
        }
    }
}
