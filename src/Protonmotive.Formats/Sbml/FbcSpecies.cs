using System.Globalization;
using System.Xml.Linq;
using Protonmotive.Networks;

namespace Protonmotive.Formats.Sbml;

/// <summary>Charge and chemical formula of a species element.</summary>
/// <remarks>
/// Package fbc, versions 1 to 3 (Olivier and Bergmann 2018, J Integr Bioinform 15:20170082): attributes charge and
/// chemicalFormula. Level 2 and 1 have a charge of their own.
/// </remarks>
internal static class FbcSpecies
{
    private const string PackageName = "/fbc/version";

    // Letters such as R and X stand for groups of unknown composition.
    private static readonly HashSet<string> elements = [.. """
        H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd
        In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The charge number and the formula; null for what is not given, and for a formula with parts of unknown composition (R, X, brackets).</summary>
    public static (double? Charge, string? Formula) Of(XElement species)
    {
        double? charge = null;
        string? formula = null;
        foreach (var attribute in species.Attributes())
        {
            bool isPackage = attribute.Name.NamespaceName.Contains(PackageName, StringComparison.Ordinal);
            bool isCore = attribute.Name.NamespaceName.Length == 0;
            if ((isPackage || isCore) && attribute.Name.LocalName == "charge" && double.TryParse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)) charge = number;
            if (isPackage && attribute.Name.LocalName == "chemicalFormula" && attribute.Value.Trim() is { Length: > 0 } text && IsKnown(text)) formula = text;
        }
        return (charge, formula);
    }

    private static bool IsKnown(string formula)
    {
        try
        {
            return ChemicalFormula.Parse(formula).Keys.All(elements.Contains);
        }
        catch (NetworkException)
        {
            return false;
        }
    }
}
