using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Protonmotive.Bench;

/// <summary>parts: BenchmarkDotNet on the parts of a step.</summary>
internal static class PartsCommand
{
    /// <summary>Runs all parts, or what BenchmarkDotNet's own arguments ask for (--filter '*Factorisation*', --join, …).</summary>
    /// <param name="args">After the word parts.</param>
    public static int Run(string[] args)
    {
        // In this process: a project made beside the build output would be taken for one of the repository's.
        var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        BenchmarkSwitcher.FromTypes([typeof(Parts)]).Run(args.Length > 0 ? args : ["--filter", "*"], ManualConfig.Create(DefaultConfig.Instance).AddJob(job));
        return 0;
    }
}
