using Protonmotive.Formats.Sbml;
using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>pmf convert, as a user meets it.</summary>
public sealed class ConvertCommandLine : PmfTests
{
    private const string Model = """
        <sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model id="decay">
        <listOfParameters><parameter id="x" value="1" constant="false"/></listOfParameters>
        <listOfRules><rateRule variable="x"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><minus/><ci>x</ci></apply></math></rateRule></listOfRules></model></sbml>
        """;

    public ConvertCommandLine() => File.WriteAllText(Path.Combine(Folder, "in.xml"), Model);

    [Fact]
    public void A_file_and_a_system_are_written()
    {
        var (code, output, error) = Pmf("convert", "in.xml", "out.sbml");
        Assert.Equal((0, "out.sbml: SBML\n", ""), (code, output, error));
        Assert.Single(SbmlReader.Load(Path.Combine(Folder, "out.sbml")).Rates);

        (code, output, error) = Pmf("convert", "mitochondrion", "mitochondrion.txt", "--to", "sbml");
        Assert.Equal(0, code);
        Assert.Contains("left out", output, StringComparison.Ordinal);
        Assert.Contains("warning: membrane 'DeltaPsi'", error, StringComparison.Ordinal);
        Assert.NotEmpty(SbmlReader.Load(Path.Combine(Folder, "mitochondrion.txt")).Processes);
    }

    [Fact]
    public void Feasible_constants_follow_from_potentials_in_the_file()
    {
        // The cycle turns with k1 k3 k5/(k2 k4 k6) = 2, so each of its six constants moves by ln 2/6.
        Write("cycle.ant", "model cycle\n ab: A -> B; k1*A - k2*B\n bc: B -> C; k3*B - k4*C\n ca: C -> A; k5*C - k6*A\n A = 1; B = 0; C = 0; k1 = 1; k2 = 1; k3 = 1; k4 = 1; k5 = 2; k6 = 1\nend");
        Assert.Equal(1, Pmf("check", "cycle.ant").Code);
        var (code, output, _) = Pmf("convert", "cycle.ant", "feasible.xml", "--feasible");
        Assert.Equal(0, code);
        Assert.Contains("2 standard potentials", output, StringComparison.Ordinal);
        Assert.Contains("3 conductances (K_ab, K_bc, K_ca)", output, StringComparison.Ordinal);
        Assert.Contains("6 moved to close every cycle", output, StringComparison.Ordinal);
        Assert.Equal(0, Pmf("check", "feasible.xml").Code);
        Assert.Contains(SbmlReader.Load(Path.Combine(Folder, "feasible.xml")).Parameters, p => p.Name == "mu0_B" || p.Name == "mu0_C");
        (code, _, var error) = Pmf("convert", "in.xml", "out.xml", "--feasible");
        Assert.Equal(2, code);
        Assert.Contains("No reversible step", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder, "out.xml")));
    }

    [Theory]
    [InlineData("no such file", "nosuch.xml", "out.xml")]
    [InlineData("tells no format", "in.xml", "out.abc")]
    [InlineData("no format 'abc'", "in.xml", "out.xml", "--to", "abc")]
    [InlineData("is read, not written", "in.xml", "out.net")]
    [InlineData("is the input", "in.xml", "in.xml")]
    [InlineData("is the input", "in.xml", "./in.xml", "--force")]
    [InlineData("is the input", "in.xml", "link.xml", "--force")]
    [InlineData("there already", "in.xml", "there.xml")]
    [InlineData("folder of the output", "in.xml", "no/such/out.xml")]
    [InlineData("is a folder", "in.xml", "sub", "--to", "sbml")]
    [InlineData("well-formed", "bad.xml", "out.xml")]
    public void Bad_input_gets_what_where_mend_and_leaves_all_as_it_was(string what, params string[] arguments)
    {
        File.WriteAllText(Path.Combine(Folder, "there.xml"), "mine");
        File.WriteAllText(Path.Combine(Folder, "bad.xml"), "<sbml>");
        File.CreateSymbolicLink(Path.Combine(Folder, "link.xml"), Path.Combine(Folder, "in.xml"));
        Directory.CreateDirectory(Path.Combine(Folder, "sub"));
        var before = Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var (code, _, error) = Pmf(["convert", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains("mend:", error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Folder, "there.xml")));
        Assert.Equal(Model, File.ReadAllText(Path.Combine(Folder, "in.xml")));
    }

    [Fact]
    public void Force_replaces_what_is_there()
    {
        File.WriteAllText(Path.Combine(Folder, "there.xml"), "mine");
        Assert.Equal(0, Pmf("convert", "in.xml", "there.xml", "--force").Code);
        Assert.StartsWith("<?xml", File.ReadAllText(Path.Combine(Folder, "there.xml")), StringComparison.Ordinal);
    }
}
