using Protonmotive.Reports.Documents;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

public class PrintedTests
{
    [Theory]
    [InlineData(0.0206491, 1e-6, "0.020649")]
    [InlineData(5.9244, 0.005, "5.9244")]
    [InlineData(1.103712345, 1e-9, "1.103712345")]
    [InlineData(2.39, 1e-4, "2.39")]
    [InlineData(-212.5251, 1e-3, "-212.525")]
    [InlineData(7.974e11, 6e9, "7.974e+11")]
    [InlineData(-6.2e-12, 1e-6, "0")]
    [InlineData(3e-7, 1e-6, "3.000e-7")]
    public void A_number_shows_the_digits_that_its_tolerance_speaks_of(double value, double tolerance, string expected) => Assert.Equal(expected, Printed.Number(value, tolerance));

    [Theory]
    [InlineData(0.0042, "0.0042")]
    [InlineData(1e-5, "1e-5")]
    [InlineData(2.5e-6, "2.5e-6")]
    [InlineData(120, "120")]
    [InlineData(6e9, "6e+9")]
    public void A_tolerance_has_two_digits(double tolerance, string expected) => Assert.Equal(expected, Printed.Tolerance(tolerance));
}
