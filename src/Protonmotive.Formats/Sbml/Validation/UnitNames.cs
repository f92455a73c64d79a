namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>The names of units that need no definition.</summary>
internal static class UnitNames
{
    private static readonly HashSet<string> always = new(StringComparer.Ordinal)
    {
        "ampere", "becquerel", "candela", "coulomb", "dimensionless", "farad", "gram", "gray", "henry", "hertz", "item", "joule", "katal", "kelvin", "kilogram", "litre",
        "lumen", "lux", "metre", "mole", "newton", "ohm", "pascal", "radian", "second", "siemens", "sievert", "steradian", "tesla", "volt", "watt", "weber",
    };

    private static readonly HashSet<string> builtIn = new(StringComparer.Ordinal) { "substance", "volume", "area", "length", "time" };

    /// <summary>A unit of the specification's table.</summary>
    public static bool IsBase(string name, SbmlEdition edition) =>
        always.Contains(name) || name switch
        {
            "liter" or "meter" => edition.Level == 1,
            "Celsius" => edition.Number <= 21,
            "avogadro" => edition.Level == 3,
            _ => false,
        };

    /// <summary>A name that Levels 1 and 2 give a meaning before any definition.</summary>
    public static bool IsBuiltIn(string name, SbmlEdition edition) =>
        edition.Level < 3 && builtIn.Contains(name) && (edition.Level == 2 || name is "substance" or "volume" or "time");
}
