using Protonmotive.Kernels;

namespace Protonmotive.Bench.Peers;

/// <summary>peers: ours against CVODE at equal achieved error, in turns, every answer checked.</summary>
internal static class PeersCommand
{
    /// <summary>Runs the comparison.</summary>
    /// <param name="args">After the word peers.</param>
    public static int Run(string[] args)
    {
        PeersOptions options;
        try
        {
            options = PeersOptions.Read(args);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
        string driver = Surroundings.Driver("cvode_driver.c");
        var report = new PeersReport(options.Rounds);
        foreach (var problem in PeerProblem.All(options.Networks))
        {
            if (options.Problems.Count > 0 && !options.Problems.Contains(problem.Name, StringComparer.OrdinalIgnoreCase)) continue;
            Console.Error.WriteLine($"{problem.Name} …");
            var system = problem.System();
            var kernel = Kernel.Compile(system, KernelBackend.Compiled);
            var parameters = kernel.Parameters();
            var program = CvodeProgram.Compile(GeneratedC.Write(system, kernel.InitialState(parameters), parameters), driver);
            report.Trajectories.Add(Trajectories.Run(problem, kernel, program, options.Rounds));
            if (problem.Members > 0 && options.WithEnsembles) report.Ensembles.Add(Ensembles.Run(problem, kernel, program, kernel.StateCount <= 30 ? options.Rounds : (options.Rounds + 1) / 2));
            Save(report, options);
        }
        if (options.Networks is { } networks && options.Problems.Count == 0)
        {
            Console.Error.WriteLine("kernels, first time point, memory …");
            foreach (string name in new[] { "ring100", "ring1000" }) report.Ready[name] = Readiness.Kernels(Path.Combine(networks, name + ".net"));
            string large = Path.Combine(networks, "ring1000.net");
            report.FirstTimePoint = (Readiness.FirstTimePointCold(large), Readiness.FirstTimePoint(large).Later);
            report.Memory = Readiness.Memory();
        }
        Save(report, options);
        Console.WriteLine(report.Markdown());
        return 0;
    }

    // After every problem, so that a run that is stopped leaves what it has.
    private static void Save(PeersReport report, PeersOptions options)
    {
        if (options.Out is not null) File.WriteAllText(options.Out, report.Markdown());
        if (options.Figures is not null) WorkPrecisionFigure.Save(options.Figures, report);
    }
}
