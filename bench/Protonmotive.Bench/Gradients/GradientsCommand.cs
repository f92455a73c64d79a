using Protonmotive.Bench.Peers;
using Protonmotive.Formats;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Solvers;

namespace Protonmotive.Bench.Gradients;

/// <summary>gradients: their cost over the solve alone, and against CVODES' adjoint at equal achieved error, every answer checked.</summary>
internal static class GradientsCommand
{
    private const double SmallSpread = 0.03; // of what is temperature, volume and power of concentrations too
    private const int Large = 50;
    private static readonly string[] names = ["ROBER", "HIRES", "POLLU", "mitochondrion", "ring100"];

    /// <summary>Runs both.</summary>
    /// <param name="args">After the word gradients.</param>
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
        string driver = Surroundings.Driver("cvodes_adjoint_driver.c");
        var report = new GradientsReport(options.Rounds);
        foreach (var peer in Problems(options))
        {
            Console.Error.WriteLine($"{peer.Name} …");
            var system = peer.System();
            var kernel = Kernel.Compile(system, KernelBackend.Compiled);
            var problem = new GradientProblem(peer, kernel);
            using var members = new MemberFile(kernel, kernel.StateCount > Large ? Math.Max(LaneWidth.Best, options.Members / 4) : options.Members, peer.Name is "mitochondrion" or Switched ? SmallSpread : MemberFile.UsualSpread);
            foreach (Method method in new Method[] { new Rodas4(), new Rodas5P() })
            {
                report.Costs.Add(GradientCost.OfTrajectory(problem, method, options.Rounds));
                if (options.WithEnsembles) report.Costs.Add(GradientCost.OfMembers(problem, method, members, options.Rounds));
            }
            Save(report, options);
            if (peer.Name == Switched || !options.WithCvodes) continue; // no C is written for what switches
            var program = CvodeProgram.Compile(GeneratedC.Write(system, kernel.InitialState(kernel.Parameters()), kernel.Parameters(), withAdjoints: true), driver);
            report.Trajectories.Add(GradientPeers.OfTrajectory(problem, program, options.Rounds));
            if (options.WithEnsembles) report.Ensembles.Add(GradientPeers.OfMembers(problem, program, members, options.Rounds));
            Save(report, options);
        }
        Console.WriteLine(report.Markdown());
        return 0;
    }

    private const string Switched = "MODEL1006230034";

    private static IEnumerable<PeerProblem> Problems(PeersOptions options)
    {
        var all = PeerProblem.All(options.Networks).Where(p => names.Contains(p.Name));
        string? model = options.Networks is { } networks ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(networks))!, "biomodels", Switched + ".xml") : null;
        if (File.Exists(model)) all = all.Append(new PeerProblem(Switched, 100, 1e-4, 0, () => ModelFormats.Load(model).Lower()));
        return all.Where(p => options.Problems.Count == 0 || options.Problems.Contains(p.Name, StringComparer.OrdinalIgnoreCase));
    }

    // After every problem, so that a run that is stopped leaves what it has.
    private static void Save(GradientsReport report, PeersOptions options)
    {
        if (options.Out is not null) File.WriteAllText(options.Out, report.Markdown());
    }
}
