using Protonmotive.Networks;
using Xunit;

namespace Protonmotive.Tests.Unit.Networks;

using Unit = Protonmotive.Networks.Unit;

/// <summary>Units are read, printed, multiplied and converted.</summary>
public class UnitTests
{
    [Theory]
    [InlineData("1", 1, "1")]
    [InlineData("V", 1, "m2 kg/(s3 A)")]
    [InlineData("mV", 1e-3, "m2 kg/(s3 A)")]
    [InlineData("M", 1e3, "mol/m3")]
    [InlineData("mM", 1, "mol/m3")]
    [InlineData("mol/L", 1e3, "mol/m3")]
    [InlineData("μmol/l", 1e-3, "mol/m3")]
    [InlineData("kJ/mol", 1e3, "m2 kg/(s2 mol)")]
    [InlineData("J/(mol K)", 1, "m2 kg/(s2 K mol)")]
    [InlineData("J/mol/K", 1, "m2 kg/(s2 K mol)")]
    [InlineData("J mol^-1 K⁻¹", 1, "m2 kg/(s2 K mol)")]
    [InlineData("mol/s/L", 1e3, "mol/(m3 s)")]
    [InlineData("mol/(s M2)", 1e-6, "m6/(s mol)")]
    [InlineData("1/s", 1, "1/s")]
    [InlineData("nmol/min", 1e-9 / 60, "mol/s")]
    [InlineData("F", 1, "s4 A2/(m2 kg)")]
    [InlineData("C", 1, "s A")]
    [InlineData("mmHg", 133.322387415, "kg/(m s2)")]
    [InlineData("10^-3 mol", 1e-3, "mol")]
    [InlineData("(mol/L)^2", 1e6, "mol2/m6")]
    [InlineData("%", 0.01, "1")]
    [InlineData("kg", 1, "kg")]
    [InlineData("h", 3600, "s")]
    [InlineData("dimensionless", 1, "1")]
    public void Texts_are_read(string text, double factor, string dimension)
    {
        var unit = Unit.Parse(text);
        Assert.Equal(factor, unit.Factor, 1e-12 * factor);
        Assert.Equal(dimension, unit.Dimension.ToString());
        Assert.Equal(text, unit.ToString());
        Assert.True(Unit.Parse(dimension).IsComparableTo(unit));
    }

    [Theory]
    [InlineData("J/mol K", "in two ways")]
    [InlineData("furlong", "'furlong' is no known unit")]
    [InlineData("mol/", "missing at the end")]
    [InlineData("(mol", "')' is missing")]
    [InlineData("mol)", "was not expected")]
    [InlineData("", "missing")]
    [InlineData("0 mol", "above 0")]
    [InlineData("m^x", "whole number")]
    public void A_text_that_is_no_unit_is_explained(string text, string part) =>
        Assert.Contains(part, Assert.Throws<UnitException>(() => Unit.Parse(text)).What, StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_refused_not_followed() => Assert.Throws<UnitException>(() => Unit.Parse(new string('(', 100_000)));

    [Fact]
    public void Conversions_multiply_and_mismatches_name_both()
    {
        Assert.Equal(1000, Unit.ConversionFactor(Unit.Parse("V"), Unit.Parse("mV")), 1e-9);
        Assert.Equal(60, Unit.ConversionFactor(Unit.Parse("mol/s"), Unit.Parse("mol/min")), 1e-12);
        var error = Assert.Throws<UnitException>(() => Unit.ConversionFactor(Unit.Parse("mV"), Unit.Parse("mM")));
        Assert.Contains("'mV' is no 'mM'", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Products_and_powers_print_as_common_units()
    {
        Assert.Equal("J", (Unit.Parse("V") * Unit.Parse("C")).ToString());
        Assert.Equal("V", (Unit.Parse("J/mol") / Unit.Parse("C/mol")).ToString());
        Assert.Equal("M", Unit.Parse("M2").Power(0.5).ToString());
        Assert.Equal("0.001", (Unit.Parse("mM") / Unit.Parse("M")).ToString());
        Assert.Equal("m2", Unit.Parse("m").Power(2).ToString());
    }
}
