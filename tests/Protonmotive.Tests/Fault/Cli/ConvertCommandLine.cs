using System.Diagnostics;
using Protonmotive.Formats.Sbml;
using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>pmf convert, as a user meets it.</summary>
public sealed class ConvertCommandLine : IDisposable
{
    private const string Model = """
        <sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model id="decay">
        <listOfParameters><parameter id="x" value="1" constant="false"/></listOfParameters>
        <listOfRules><rateRule variable="x"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><minus/><ci>x</ci></apply></math></rateRule></listOfRules></model></sbml>
        """;

    private readonly string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pmf-" + Path.GetRandomFileName())).FullName;

    public ConvertCommandLine() => File.WriteAllText(Path.Combine(folder, "in.xml"), Model);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_and_a_system_are_written()
    {
        var (code, output, error) = Pmf("convert", "in.xml", "out.sbml");
        Assert.Equal((0, "out.sbml: SBML\n", ""), (code, output, error));
        Assert.Single(SbmlReader.Load(Path.Combine(folder, "out.sbml")).Rates);

        (code, output, error) = Pmf("convert", "mitochondrion", "mitochondrion.txt", "--to", "sbml");
        Assert.Equal(0, code);
        Assert.Contains("left out", output, StringComparison.Ordinal);
        Assert.Contains("warning: membrane 'DeltaPsi'", error, StringComparison.Ordinal);
        Assert.NotEmpty(SbmlReader.Load(Path.Combine(folder, "mitochondrion.txt")).Processes);
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
        File.WriteAllText(Path.Combine(folder, "there.xml"), "mine");
        File.WriteAllText(Path.Combine(folder, "bad.xml"), "<sbml>");
        File.CreateSymbolicLink(Path.Combine(folder, "link.xml"), Path.Combine(folder, "in.xml"));
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        var before = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var (code, _, error) = Pmf(["convert", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains("mend:", error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder, "there.xml")));
        Assert.Equal(Model, File.ReadAllText(Path.Combine(folder, "in.xml")));
    }

    [Fact]
    public void Force_replaces_what_is_there()
    {
        File.WriteAllText(Path.Combine(folder, "there.xml"), "mine");
        Assert.Equal(0, Pmf("convert", "in.xml", "there.xml", "--force").Code);
        Assert.StartsWith("<?xml", File.ReadAllText(Path.Combine(folder, "there.xml")), StringComparison.Ordinal);
    }

    private (int Code, string Output, string Error) Pmf(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Protonmotive.Reports.RunReport).Assembly.Location.Replace("Protonmotive.Reports.dll", "pmf.dll", StringComparison.Ordinal), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
