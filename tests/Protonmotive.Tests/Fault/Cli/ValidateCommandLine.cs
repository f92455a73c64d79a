using System.Text.Json;
using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>pmf validate as a user meets it.</summary>
public sealed class ValidateCommandLine : PmfTests
{
    private const string Good = "<sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' version='2'><model id='m'/></sbml>";

    [Fact]
    public void Problems_of_all_files_are_listed_counted_and_written()
    {
        File.WriteAllText(Path.Combine(Folder, "good.xml"), Good);
        File.WriteAllText(Path.Combine(Folder, "bad.xml"), Good.Replace("<model id='m'/>", "<model id='m'>\n<listOfParameters><parameter id='p' value='x'/></listOfParameters></model>", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(Folder, "bad.net"), "begin parameters\n  1 k (\nend parameters\nbegin species\n  1 A() 1\nend species\n");
        var (code, output, _) = Pmf("validate", "good.xml", "bad.xml", "bad.net", "--json", "problems.json");
        Assert.Equal(1, code);
        Assert.Contains("bad.xml:2:20: error 20706: The attribute value is 'x', which is not a number.", output, StringComparison.Ordinal);
        Assert.Contains("bad.net:2:", output, StringComparison.Ordinal);
        Assert.Contains("3 files: 3 errors, 0 warnings", output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "problems.json")));
        Assert.Equal(20706, json.RootElement[1].GetProperty("problems")[0].GetProperty("rule").GetInt32());
    }

    [Fact]
    public void The_exit_code_tells()
    {
        File.WriteAllText(Path.Combine(Folder, "good.xml"), Good);
        Assert.Equal(0, Pmf("validate", "good.xml").Code);
        Assert.Equal(2, Pmf("validate", "good.xml", "nosuch.xml").Code);
    }
}
