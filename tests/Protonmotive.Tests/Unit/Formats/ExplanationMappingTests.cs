using System.Collections.Immutable;
using Protonmotive.Fitting.Problems;
using Protonmotive.Formats;
using Protonmotive.Formats.Measurements;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats;

public class ExplanationMappingTests
{
    private const string Head = "model: model.ant\ndata: data.csv\nobserve: A ± 0.2\n", Data = "time,A\n0,10\n1,6\n";

    [Fact]
    public void Ranges_of_which_one_holds_have_labels_and_the_models_value_as_reference()
    {
        using var folder = new MappingFolder(Head + "estimate: B=0..2\none of:\n  - 'k=5%..200%:log (the decay)'\n  - A=0..20\n", Data);
        var problem = folder.Read();
        Assert.Equal(["B.start", "k", "A.start"], problem.Parameters.Select(p => p.Name));
        Assert.Equal([("the decay", 1), ("A", 2)], problem.Explanations.Select(e => (e.Label, e.Index)));
        Assert.Equal(Math.Log10(0.5), problem.Parameters[1].Nominal, 1e-12);
        Assert.Equal(10, problem.Parameters[2].Nominal);
    }

    [Fact]
    public void A_reference_may_be_set()
    {
        using var folder = new MappingFolder(Head + "one of: k=5%..200%:log\nset: k=2", Data);
        var parameter = Assert.Single(folder.Read().Parameters);
        Assert.Equal((Math.Log10(2), Math.Log10(0.1), Math.Log10(4)), (parameter.Nominal, parameter.Lower, parameter.Upper));
    }

    [Theory]
    [InlineData("one of: k=1..2", "reference value 0.5 of 'k' is outside")]
    [InlineData("estimate: k=0..1\none of: k=0..2", "estimated twice")]
    [InlineData("one of: nosuch=1..2", "no parameter 'nosuch'")]
    [InlineData("one of: k=1,2", "listed values")]
    public void What_can_not_be_a_set_of_explanations_is_refused(string mapping, string what)
    {
        using var folder = new MappingFolder(Head + mapping, Data);
        Assert.Contains(what, Assert.ThrowsAny<ProtonmotiveException>(() => folder.Read()).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_star_takes_every_column_that_begins_so_as_replicates()
    {
        using var folder = new MappingFolder("model: model.ant\ndata: data.csv\ntime: A_time\nobserve: A* ± 0.2\nestimate: k=0.1..10:log", "A_time,A_1,B,A_2\n0,10,1,9\n1,6,,5.5\n");
        var measured = Assert.Single(folder.Read().Experiments).Measurements;
        Assert.Equal([("A", "A_1", 10.0), ("A", "A_2", 9), ("A", "A_1", 6), ("A", "A_2", 5.5)], measured.Select(m => (m.Observable, m.DataSet, m.Value)));
        Assert.Single(measured.Select(m => m.Simulated).Distinct());
    }

    [Fact]
    public void A_column_that_measured_the_same_twice_is_refused()
    {
        using var folder = new MappingFolder("model: model.ant\ndata: data.csv\nobserve: A ± 0.2; A ± 0.1\nestimate: k=0.1..10:log", Data);
        Assert.Contains("'A' measured 'A' twice", Assert.Throws<MeasurementException>(() => folder.Read()).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_star_without_columns_is_refused()
    {
        using var folder = new MappingFolder("model: model.ant\ndata: data.csv\nobserve: C* = A ± 0.2\nestimate: k=0.1..10:log", Data);
        Assert.Contains("no column that begins with 'C'", Assert.Throws<MeasurementException>(() => folder.Read()).What, StringComparison.Ordinal);
    }

    // A = 10 e^(−t/2): replicates of a time scatter about it by 5 % + 0.1 of it; 20,000 draws give mean and deviation to 1 % and 2 % of the deviation.
    [Fact]
    public void Virtual_measurements_scatter_about_the_model_as_stated()
    {
        using var folder = new MappingFolder(Head, Data);
        var table = VirtualMeasurements.Draw(ModelFormats.Load(folder.File("model.ant")), ["A ± 5 % + 0.1", "twice = 2*A ± 0.3 log-normal", "B ± 0.2 laplace"], [0, 2], 20_000, 7);
        Assert.Equal(60_001, table.Columns.Length);
        Assert.Equal(["time", "A_1", "A_2"], table.Columns.Take(3));
        double a = 10 * Math.Exp(-1), σ = (0.05 * a) + 0.1;
        var (mean, deviation) = Moments(table, 1, 1, v => v);
        Assert.Equal(a, mean, 3 * σ / Math.Sqrt(20_000));
        Assert.Equal(σ, deviation, 0.02 * σ);
        (mean, deviation) = Moments(table, 1, 20_001, Math.Log);
        Assert.Equal(Math.Log(2 * a), mean, 3 * 0.3 / Math.Sqrt(20_000));
        Assert.Equal(0.3, deviation, 0.02 * 0.3);
        (mean, deviation) = Moments(table, 1, 40_001, v => v);
        Assert.Equal(10 - a, mean, 3 * 0.2 * Math.Sqrt(2) / Math.Sqrt(20_000)); // a Laplace distribution of scale b has the variance 2b²
        Assert.Equal(0.2 * Math.Sqrt(2), deviation, 0.03 * 0.2);
    }

    [Fact]
    public void Virtual_measurements_depend_on_seed_time_and_replicate_alone()
    {
        using var folder = new MappingFolder(Head, Data);
        var network = ModelFormats.Load(folder.File("model.ant"));
        string Csv(ulong seed, int replicates = 2) => VirtualMeasurements.Draw(network, ["A ± 5 %"], [0, 1, 2], replicates, seed, ImmutableDictionary<string, double>.Empty.Add("A", 20)).ToCsv();
        Assert.Equal(Csv(1), Csv(1));
        Assert.NotEqual(Csv(1), Csv(2));
        Assert.StartsWith(Csv(1).Split('\n')[1], Csv(1, 3).Split('\n')[1], StringComparison.Ordinal);
        Assert.Equal("time,A\n0,20\n", VirtualMeasurements.Draw(network, ["A ± 0"], [0], 1, 1, ImmutableDictionary<string, double>.Empty.Add("A", 20)).ToCsv());
    }

    [Theory]
    [InlineData("A", "scatter")]
    [InlineData("nosuch ± 1", "nosuch")]
    [InlineData("A = log(-A) ± 1", "simulated as")]
    public void What_can_not_be_measured_is_refused(string observe, string what)
    {
        using var folder = new MappingFolder(Head, Data);
        var network = ModelFormats.Load(folder.File("model.ant"));
        Assert.Contains(what, Assert.ThrowsAny<ProtonmotiveException>(() => VirtualMeasurements.Draw(network, [observe], [0, 1], 1, 1)).What, StringComparison.Ordinal);
    }

    private static (double Mean, double Deviation) Moments(MeasurementTable table, int row, int first, Func<double, double> scale)
    {
        double[] values = [.. Enumerable.Range(first, 20_000).Select(k => scale(table.Number(row, k)!.Value))];
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }
}
