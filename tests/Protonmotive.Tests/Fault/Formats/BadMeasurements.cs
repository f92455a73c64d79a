using Protonmotive.Tests.Unit.Formats;
using Xunit;

namespace Protonmotive.Tests.Fault.Formats;

/// <summary>Tables and mappings that can't be used say what, where and how to mend it.</summary>
public class BadMeasurements
{
    private const string Head = "model: model.ant\ndata: data.csv\n", Whole = Head + "observe: A ± 0.2\nestimate: k=0.1..10:log";

    [Theory]
    [InlineData("", "is empty", "fit.yaml")]
    [InlineData("a: [1", "no YAML", "line 2")]
    [InlineData("data: data.csv", "'model' is missing", "fit.yaml")]
    [InlineData(Head + "estimate: k=1..2", "'observe' is missing", "fit.yaml")]
    [InlineData(Head + "observe: A ± 0.2", "'estimate' is missing", "fit.yaml")]
    [InlineData(Whole + "\nobserved: B", "'observed' is nothing", "line 5")]
    [InlineData("model: no.ant\ndata: data.csv\nobserve: A ± 1\nestimate: k=1..2", "model is not there", "no.ant")]
    [InlineData("model: model.ant\ndata: no.csv\nobserve: A ± 1\nestimate: k=1..2", "data are not there", "no.csv")]
    [InlineData(Head + "observe: A\nestimate: k=1..2", "scatter", "line 3")]
    [InlineData(Head + "observe: A ± -1\nestimate: k=1..2", "no spread", "line 3")]
    [InlineData(Head + "observe: A ± 5 % of it\nestimate: k=1..2", "no part", "line 3")]
    [InlineData(Head + "observe: C ± 1\nestimate: k=1..2", "no column 'C'", "line 3")]
    [InlineData(Head + "observe: A = A +* 2 ± 1\nestimate: k=1..2", "can't be read", "line 3")]
    [InlineData(Head + "observe: A = A*nosuch ± 1\nestimate: k=1..2", "nosuch", "fit.yaml")]
    [InlineData(Head + "observe: A ± 1\nestimate: q=1..2", "no parameter 'q'", "fit.yaml")]
    [InlineData(Head + "observe: A ± 1\nestimate: q=10%..200%", "no parameter 'q'", "fit.yaml")]
    [InlineData(Head + "observe: A ± 1\nestimate: k=1,2", "listed values", "fit.yaml")]
    [InlineData(Head + "observe: A ± 1\nestimate: k=2..1", "no range", "k")]
    [InlineData(Head + "observe: A ± 1\nestimate: k=1..2; k=1..3", "twice", "fit.yaml")]
    [InlineData(Whole + "\nset: k=1", "set too", "fit.yaml")]
    [InlineData(Whole + "\nset: k", "no setting", "line 5")]
    [InlineData(Whole + "\nconditions: dose = k", "no column 'dose'", "fit.yaml")]
    [InlineData(Whole + "\ntime: hours", "no column 'hours'", "fit.yaml")]
    [InlineData(Whole + "\nconditions: dose/2 = k", "no column 'dose'", "fit.yaml")]
    [InlineData(Whole + "\nconditions: A/ = k", "can't be read", "fit.yaml")]
    [InlineData(Head + "observe: A ± 1\nestimate: k[row=1..2", "for which parts", "line 4")]
    [InlineData(Head + "observe: A ± 1\nestimate: k=1..2 where A > 1", "one value in all", "line 4")]
    [InlineData(Head + "observe: A ± 1\nestimate: k[batch]=1..2", "no column 'batch'", "line 4")]
    [InlineData(Head + "observe: A ± 1\nestimate: k[row]=1..2 where dose > 1", "no column 'dose'", "line 4")]
    [InlineData(Head + "observe: A ± 1\nestimate: k[row]=1..2 where A > 1000", "No row is meant", "line 4")]
    [InlineData(Head + "observe: A = f*A ± 1\nestimate: f[row]=1..2 where A > 7", "has no value in the rows", "line 4")]
    [InlineData(Head + "observe: A ± 1\nestimate: k[row]=1..2\nset: k=1", "set too", "fit.yaml")]
    public void Mappings(string mapping, string what, string where) => Faults(mapping, "time,A\n0,10\n1,6\n", what, where);

    [Theory]
    [InlineData("", "is empty", "data.csv")]
    [InlineData("time,A\n", "no rows", "data.csv")]
    [InlineData("time,A\n0,10\n1\n", "has 1 cells, the header 2", "line 3")]
    [InlineData("time,A,A\n0,1,1\n", "there twice", "data.csv")]
    [InlineData("time,A\n0,10\n\n1,NaN\n", "'NaN' is no number", "line 4, column 'A'")]
    [InlineData("time,A\n0,\"1,5\"\n", "'1,5' is no number", "line 2, column 'A'")]
    [InlineData("time,A\n0,inf\n", "infinite", "line 2, column 'A'")]
    [InlineData("time,A\n0,10\n,6\n", "'time' is empty", "line 3, column 'time'")]
    [InlineData("time,A\n0,\n1,\n", "no measurements", "data.csv")]
    [InlineData("time,A,k\n0,10,1\n", "name of a parameter", "data.csv")]
    public void Tables(string data, string what, string where) => Faults(Whole, data, what, where);

    [Fact]
    public void A_part_of_zero_is_no_noise() => Faults(Head + "observe: A ± 5 %\nestimate: k=0.1..10:log", "time,A\n0,10\n9,0\n", "noise of 'A' is 0", "line 3, column 'A'");

    private static void Faults(string mapping, string data, string what, string where)
    {
        using var folder = new MappingFolder(mapping, data);
        var fault = Assert.ThrowsAny<ProtonmotiveException>(() => folder.Read());
        Assert.Contains(what, fault.What, StringComparison.Ordinal);
        Assert.Contains(where, fault.Where, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Mend);
    }
}
