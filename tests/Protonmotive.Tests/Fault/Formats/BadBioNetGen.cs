using Protonmotive.Formats.BioNetGen;
using Xunit;

namespace Protonmotive.Tests.Fault.Formats;

/// <summary>Bad networks are answered with what, where (the line) and mend.</summary>
public class BadBioNetGen
{
    private const string Head = "begin parameters\n 1 k 1\nend parameters\nbegin species\n 1 A() 1\n 2 B() 2\nend species\n";

    [Theory]
    [InlineData("", "empty", "model.net")]
    [InlineData("# only a word\n\n", "empty", "model.net")]
    [InlineData("begin parameters\n 1 k 1\n", "has no end", "line 2")]
    [InlineData("begin parameters\nbegin species\n", "inside the block", "line 2")]
    [InlineData("begin parameters\nend species\n", "ends as 'species'", "line 2")]
    [InlineData("end species\n", "was not begun", "line 1")]
    [InlineData("begin wishes\nend wishes\n", "is not known", "line 1")]
    [InlineData("Once upon a time\n", "outside every block", "line 1")]
    [InlineData("begin parameters\n 1 k 1\nend parameters\n", "no block of species", "model.net")]
    [InlineData("begin parameters\n 1 k\nend parameters\nbegin species\n 1 A() 1\nend species\n", "has no value", "line 2")]
    [InlineData("begin parameters\n 1 k 1\n 2 k 2\nend parameters\nbegin species\n 1 A() 1\nend species\n", "declared twice", "line 3")]
    [InlineData("begin species\n 1 A()\nend species\n", "is no species", "line 2")]
    [InlineData("begin species\n 2 A() 1\nend species\n", "it is number 1", "line 2")]
    [InlineData("begin species\n 1 A() k*\nend species\n", "Found the end", "line 2")]
    [InlineData("begin species\n 1 A() kk\nend species\n", "'kk' is not declared", "line 2")]
    [InlineData(Head + "begin reactions\n 1 1 3 k\nend reactions\n", "no species '3'", "line 9")]
    [InlineData(Head + "begin reactions\n 1 1 x k\nend reactions\n", "no species 'x'", "line 9")]
    [InlineData(Head + "begin reactions\n 1 1 99999999999 k\nend reactions\n", "no species '99999999999'", "line 9")]
    [InlineData(Head + "begin reactions\n 1 1 2\nend reactions\n", "is no reaction", "line 9")]
    [InlineData(Head + "begin reactions\n 2 1 2 k\nend reactions\n", "it is number 1", "line 9")]
    [InlineData(Head + "begin reactions\n 1 1 2 2*(k\nend reactions\n", "Found", "line 9")]
    [InlineData(Head + "begin reactions\n 1 1 2 MM k k\nend reactions\n", "rate law 'MM'", "line 9")]
    [InlineData(Head + "begin groups\n 1 G x*1\nend groups\n", "no weight", "line 9")]
    [InlineData(Head + "begin functions\n 1 f(x) k*x\nend functions\n", "takes arguments", "line 9")]
    public void Says_what_and_where(string text, string what, string where)
    {
        var fault = Assert.Throws<BioNetGenException>(() => Read(text));
        Assert.Contains(what, fault.What);
        Assert.Contains(where, fault.Where);
        Assert.NotEmpty(fault.Mend);
    }

    [Fact]
    public void More_than_a_million_species() =>
        Assert.Contains("more than 1000000 species", Assert.Throws<BioNetGenException>(() => BioNetGenReader.Read(new Endless("begin species", " 1 A() 1"), "model.net")).What);

    [Fact]
    public void A_formula_nested_ten_thousand_deep_is_read() =>
        Assert.Single(Read($"begin species\n 1 A() {new string('(', 10_000)}1{new string(')', 10_000)}\nend species\n").Stores);

    private static Networks.Network Read(string text) => BioNetGenReader.Read(new StringReader(text), "model.net");

    /// <summary>A first line, then one line for ever.</summary>
    private sealed class Endless(string first, string then) : TextReader
    {
        private bool begun;

        public override string? ReadLine()
        {
            if (begun) return then;
            begun = true;
            return first;
        }
    }
}
