using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Catalogue;
using Protonmotive.Kernels;
using Protonmotive.Learning.Data;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;
using TorchSharp;

namespace Protonmotive.Learning.Training.Configs;

/// <summary>Courses of a system for a network to learn: an ensemble of the engine whose activities vary, by seed.</summary>
internal static class EnsembleCourses
{
    /// <summary>Runs it. What varies are the parameters whose names begin with X_, the activities of the atlas; what is learned is what the system's own figures show.</summary>
    /// <exception cref="CatalogueException">There is no such system.</exception>
    /// <exception cref="ConfigException">It has no activities, or a member can't be solved.</exception>
    public static SignalSet Of(SystemCatalogue systems, SystemData data, ulong seed)
    {
        var system = systems.Get(data.System);
        var scenario = system.Scenario(data.Scenario);
        var kernel = Kernel.Compile(system.Build(scenario).Lower());
        string[] varied = [.. kernel.System.Parameters.Where(p => p.Name.StartsWith("X_", StringComparison.Ordinal) && kernel.Parameters()[kernel.ParameterIndex(p.Name)] > 0).Select(p => p.Name)];
        if (varied.Length == 0) throw new ConfigException($"'{data.System}' has no activities to vary.", "data of a training", "Choose a system of mitochondria.");
        var values = kernel.Parameters();
        var random = new Philox(seed);
        var table = new double[data.Members * varied.Length];
        for (int m = 0; m < data.Members; m++)
        {
            for (int k = 0; k < varied.Length; k++) table[(m * varied.Length) + k] = values[kernel.ParameterIndex(varied[k])] * Math.Pow(data.Vary, (2 * random.Uniform((uint)m, (uint)k)) - 1);
        }
        var shown = system.Panels.SelectMany(p => p.Curves.Select(c => (c.Observable, Label: p.Curves.Length == 1 ? p.Label : $"{c.Label}, {p.Label}"))).DistinctBy(c => c.Observable).ToList();
        ImmutableArray<string> outputs = [.. shown.Select(c => c.Observable)];
        var times = OutputTimes.At(Enumerable.Range(0, (int)(scenario.End / data.Every) + 1).Select(i => i * data.Every)) with { IncludesJumps = false };
        var solution = Ensemble.Solve(new EnsembleProblem(new InitialValueProblem(kernel, 0, scenario.End), EnsembleMembers.Table(varied, table)) { Outputs = outputs }, new Rodas5P(), new Tolerance(1e-8, 1e-12), times);
        if (!solution.Failures.IsEmpty) throw new ConfigException($"A member can't be solved: {solution.Failures[0]}", $"system '{data.System}'", "Vary less.");
        int held = Math.Max(1, data.Members / 6);
        ImmutableArray<torch.Tensor> Courses(int from, int count) => [.. Enumerable.Range(from, count).Select(m => torch.tensor(solution.Member(m).ToArray(), [solution.Times.Length, outputs.Length]))];
        return new SignalSet(data.Name, outputs, Courses(held, data.Members - held), Courses(0, held))
        {
            Labels = [.. shown.Select(c => c.Label)],
            Sample = string.Create(CultureInfo.InvariantCulture, $"{data.Every:g} {kernel.System.TimeUnit}"),
        };
    }
}
