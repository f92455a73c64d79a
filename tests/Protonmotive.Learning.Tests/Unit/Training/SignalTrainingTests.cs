using System.Collections.Immutable;
using System.Text;
using Protonmotive.Atlas;
using Protonmotive.Kernels;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using Protonmotive.Learning.Training;
using Protonmotive.Learning.Training.Configs;
using Protonmotive.Solvers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Training;

public sealed class SignalTrainingTests : IDisposable
{
    private const string Small = "network: {transformer: {layers: 1, heads: 2, width: 16, context: 16}}\noptimiser: {kind: adam, rate: 5e-3}\nschedule: {end: 1e-4}\nbatch: 32\n";
    private readonly string folder = Directory.CreateTempSubdirectory("pmf-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>x_t = 0.5 + 1.2 x_{t−1} − 0.5 x_{t−2} + noise of deviation 1, and a second quantity that follows the first: order and coefficients, within 5 standard errors (some 1/√N).</summary>
    [Fact]
    public void An_autoregression_is_found_again()
    {
        using var scope = NewDisposeScope();
        const int n = 20_000;
        var found = Autoregression.Fit([Process(n)], 8);
        Assert.Equal(2, found.Order);
        double Coefficient(int k, int c) => found.Coefficients[k, c].item<double>();
        double tolerance = 5 / Math.Sqrt(n) * 2;
        Assert.Equal(0.5, Coefficient(0, 0), 3 * tolerance);
        Assert.Equal(1.2, Coefficient(1, 0), tolerance);
        Assert.Equal(-0.5, Coefficient(3, 0), tolerance);
        Assert.Equal(0.7, Coefficient(1, 1), tolerance);
        Assert.Equal(0, Coefficient(2, 1), tolerance);
        // one prediction by hand
        var course = Process(10);
        double by = Coefficient(0, 0);
        for (int k = 0; k < 2; k++) by += (Coefficient(1 + (2 * k), 0) * course[4 - k, 0].item<double>()) + (Coefficient(2 + (2 * k), 0) * course[4 - k, 1].item<double>());
        Assert.Equal(by, found.Predict(course, 5)[0, 0].item<double>(), 1e-12);
    }

    /// <summary>The logistic map x → 3.9 x (1 − x) is as good as noise to a linear prediction, and a parabola to a network.</summary>
    [Fact]
    public void A_network_predicts_what_a_line_cannot()
    {
        using var scope = NewDisposeScope();
        double x = 0.3;
        File.WriteAllLines(Path.Combine(folder, "map.csv"), Enumerable.Range(0, 3000).Select(_ => (x = 3.9 * x * (1 - x)).ToString("r", System.Globalization.CultureInfo.InvariantCulture)).Prepend("x"));
        using var task = ConfiguredTraining.Make(ConfigReader.Parse(Small + "data: {signal: map.csv, columns: [x]}\nsteps: 400", Path.Combine(folder, "t.yaml")));
        var result = Trainer.Run(task, new TrainerSettings());
        var measures = result.Evaluations[^1].Measures;
        Assert.InRange(measures[2].Value, 0, 0.5);
        TrainingRun.Write(Path.Combine(folder, "run"), task, result, "pmf train t.yaml");
        Assert.True(File.Exists(Path.Combine(folder, "run", "figures", "prediction.svg")));
    }

    /// <summary>Where nothing varies, every member is the system's own course, as the engine solves it alone.</summary>
    [Fact]
    public void Courses_of_an_ensemble_are_the_systems_own()
    {
        using var scope = NewDisposeScope();
        using var set = EnsembleCourses.Of(AtlasCatalogue.Systems, new SystemData("m", "mitochondrion", null, 6, 1, 10), seed: 1);
        Assert.Equal((1, 5), (set.Held.Length, set.Train.Length));
        var system = AtlasCatalogue.Systems.Get("mitochondrion");
        var alone = Ode.Solve(new InitialValueProblem(Kernel.Compile(system.Build(system.Scenario(null)).Lower()), 0, 200), new Rodas5P(), new Tolerance(1e-8, 1e-12), OutputTimes.At(Enumerable.Range(0, 21).Select(i => 10.0 * i)) with { IncludesJumps = false });
        for (int c = 0; c < set.Channels.Length; c++)
        {
            var expected = alone.ObservableColumn(set.Channels[c]);
            foreach (var course in set.Train) for (int i = 0; i < 21; i++) Assert.Equal(expected[i], course[i, c].item<double>(), 1e-5 * (1e-6 + Math.Abs(expected[i])));
        }
        using var varied = EnsembleCourses.Of(AtlasCatalogue.Systems, new SystemData("m", "mitochondrion", null, 6, 2, 10), seed: 1);
        Assert.False(varied.Train[0].allclose(varied.Train[1]));
    }

    [Fact]
    public void Arrays_of_numpy_are_read_and_damage_is_told()
    {
        static byte[] File(string header, params byte[] data) => [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.Latin1.GetBytes(header), .. data];
        const string two = "{'descr': '<u2', 'fortran_order': False, 'shape': (2,), }";
        Assert.Equal([513.0, 4], NpyFile.Parse(File(two, 1, 2, 4, 0), "a"));
        Assert.Contains("truncated", Assert.Throws<DataException>(() => NpyFile.Parse(File(two, 1, 2, 4), "a")).Mend, StringComparison.Ordinal);
        Assert.Contains("axis", Assert.Throws<DataException>(() => NpyFile.Parse(File(two.Replace("(2,)", "(1, 2)", StringComparison.Ordinal), 1, 2, 4, 0), "a")).What, StringComparison.Ordinal);
        Assert.Contains("no file of numpy", Assert.Throws<DataException>(() => NpyFile.Parse(new byte[20], "a")).What, StringComparison.Ordinal);
    }

    /// <summary>As Debian's package has it: 108,000 samples.</summary>
    [Fact]
    public void The_electrocardiogram_is_read()
    {
        Assert.SkipUnless(System.IO.File.Exists("/usr/lib/python3/dist-packages/scipy/misc/ecg.dat"), "python3-scipy is not installed");
        using var set = SignalSet.Electrocardiogram();
        Assert.Equal(97_200, set.Train[0].shape[0]);
        Assert.Equal(10_800, set.Held[0].shape[0]);
    }

    [Fact]
    public void Courses_that_are_too_short_or_have_gaps_are_told()
    {
        using var scope = NewDisposeScope();
        File.WriteAllLines(Path.Combine(folder, "short.csv"), Enumerable.Range(0, 30).Select(i => $"{i}").Prepend("x"));
        var config = ConfigReader.Parse(Small + "data: {signal: short.csv}\nsteps: 4", Path.Combine(folder, "t.yaml"));
        Assert.Contains("shorter context", Assert.Throws<DataException>(() => ConfiguredTraining.Make(config)).Mend, StringComparison.Ordinal);
        File.AppendAllText(Path.Combine(folder, "short.csv"), "NaN\n");
        Assert.Contains("missing", Assert.Throws<DataException>(() => ConfiguredTraining.Make(config)).What, StringComparison.Ordinal);
    }

    private static Tensor Process(int n)
    {
        var random = new Philox(3);
        double Normal(uint kind, int i) => Math.Sqrt(-2 * Math.Log(1 - random.Uniform(kind, (uint)(2 * i)))) * Math.Cos(2 * Math.PI * random.Uniform(kind, (uint)((2 * i) + 1)));
        var x = new double[n * 2];
        for (int t = 2; t < n; t++)
        {
            x[2 * t] = 0.5 + (1.2 * x[2 * (t - 1)]) - (0.5 * x[2 * (t - 2)]) + Normal(0, t);
            x[(2 * t) + 1] = (0.7 * x[2 * (t - 1)]) + Normal(1, t);
        }
        return tensor(x, [n, 2]);
    }
}
