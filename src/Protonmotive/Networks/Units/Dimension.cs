namespace Protonmotive.Networks;

/// <summary>Exponents of the seven SI base units; they may be fractions, as of a root.</summary>
/// <param name="Metre">Of length.</param>
/// <param name="Kilogram">Of mass.</param>
/// <param name="Second">Of time.</param>
/// <param name="Ampere">Of electric current.</param>
/// <param name="Kelvin">Of temperature.</param>
/// <param name="Mole">Of amount of substance.</param>
/// <param name="Candela">Of luminous intensity.</param>
public readonly record struct Dimension(
    double Metre = 0, double Kilogram = 0, double Second = 0, double Ampere = 0, double Kelvin = 0, double Mole = 0, double Candela = 0)
{
    /// <summary>Whether every exponent is 0.</summary>
    public bool IsNone => this == default;

    /// <summary>Dimension of a product.</summary>
    public static Dimension operator *(Dimension left, Dimension right) => new(
        left.Metre + right.Metre, left.Kilogram + right.Kilogram, left.Second + right.Second, left.Ampere + right.Ampere,
        left.Kelvin + right.Kelvin, left.Mole + right.Mole, left.Candela + right.Candela);

    /// <summary>Dimension of a quotient.</summary>
    public static Dimension operator /(Dimension left, Dimension right) => left * right.Power(-1);

    /// <summary>Dimension of a power.</summary>
    public Dimension Power(double exponent) => IsNone ? default : new(
        Metre * exponent, Kilogram * exponent, Second * exponent, Ampere * exponent, Kelvin * exponent, Mole * exponent, Candela * exponent);

    /// <summary>In base units, such as "m2 kg/(s3 A)"; "1" for none.</summary>
    public override string ToString()
    {
        (string Name, double Exponent)[] parts =
            [("m", Metre), ("kg", Kilogram), ("s", Second), ("A", Ampere), ("K", Kelvin), ("mol", Mole), ("cd", Candela)];
        string above = Side(parts.Where(p => p.Exponent > 0));
        string below = Side(parts.Where(p => p.Exponent < 0));
        if (below.Length == 0) return above.Length == 0 ? "1" : above;
        return $"{(above.Length == 0 ? "1" : above)}/{(below.Contains(' ', StringComparison.Ordinal) ? $"({below})" : below)}";
    }

    private static string Side(IEnumerable<(string Name, double Exponent)> parts) => string.Join(" ", parts.Select(p =>
        Math.Abs(p.Exponent) == 1 ? p.Name : FormattableString.Invariant($"{p.Name}{Math.Abs(p.Exponent):0.######}")));
}
