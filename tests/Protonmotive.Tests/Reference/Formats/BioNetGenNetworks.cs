using Protonmotive.Formats.BioNetGen;
using Protonmotive.Kernels;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Formats;

/// <summary>
/// Groups at given times against two codes (scipy Radau and CVODE BDF with KLU, relative tolerance 1e-12), which agree to the
/// digits written here. Networks from SciMLBenchmarks.jl (MIT); egfr_net is Blinov et al. (2006), BioSystems 83, 136.
/// </summary>
public class BioNetGenNetworks
{
    [Theory]
    [InlineData("A_P", 92.361909, 1e-6)]
    [InlineData("A_unbound_P", 3.7218178, 1e-7)]
    [InlineData("A_bound_P", 88.640091, 1e-6)]
    [InlineData("RLA_P", 44.599082, 1e-6)]
    public void Multistate_at_20(string group, double expected, double lastDigit) => Holds(multistate, group, expected, lastDigit);

    [Theory]
    [InlineData("Rfree", 4215.871927, 1e-6)]
    [InlineData("Lfree", 42.478053, 1e-6)]
    [InlineData("A1P", 4932.650272, 1e-6)]
    public void Multisite2_at_2(string group, double expected, double lastDigit) => Holds(multisite2, group, expected, lastDigit);

    [Theory]
    [InlineData("Rfree", 364.8288772, 1e-7)]
    [InlineData("Lfree", 195.8154377, 1e-7)]
    [InlineData("A1P", 1450.847844, 1e-6)]
    public void Multisite2_at_a_fifth(string group, double expected, double lastDigit) => Holds(multisite2Early, group, expected, lastDigit);

    [Theory]
    [InlineData("Dimers", 129676.7914, 1e-4)]
    [InlineData("Sos_act", 16689.5082, 1e-4)]
    [InlineData("Y1068", 20062.83791, 1e-5)]
    [InlineData("Y1148", 77021.30417, 1e-5)]
    [InlineData("Shc_Grb", 80992.52029, 1e-5)]
    [InlineData("Shc_Grb_Sos", 44980.34729, 1e-5)]
    [InlineData("R_Grb2", 7767.70165, 1e-5)]
    [InlineData("R_Shc", 8009.19182, 1e-5)]
    [InlineData("R_ShcP", 61453.43091, 1e-5)]
    [InlineData("ShcP", 161656.08038, 1e-5)]
    [InlineData("R_G_S", 2893.54461, 1e-5)]
    [InlineData("R_S_G_S", 13795.9636, 1e-4)]
    [InlineData("Efgr_tot", 180000, 1e-4)]
    public void Growth_factor_network_at_10(string group, double expected, double lastDigit) => Holds(growthFactor, group, expected, lastDigit);

    [Fact]
    public void Sum_of_the_species_of_multistate() => Assert.Equal(5589.32427, multistate.Value.FinalState.Sum(), 1e-5);

    [Theory]
    [InlineData("ring100.net", 100, 300)]
    [InlineData("ring1000.net", 1000, 3000)]
    [InlineData("egfr_net.net", 356, 3749)]
    public void Sizes(string file, int species, int reactions)
    {
        var network = BioNetGenReader.Load(SharedData.Path("bionetgen", file));
        Assert.Equal(species, network.Stores.Length);
        Assert.Equal(reactions, network.Processes.Length);
    }

    private static readonly Lazy<Solution> multistate = new(() => Solve("multistate.net", 20));
    private static readonly Lazy<Solution> multisite2 = new(() => Solve("multisite2.net", 2));
    private static readonly Lazy<Solution> multisite2Early = new(() => Solve("multisite2.net", 0.2));
    private static readonly Lazy<Solution> growthFactor = new(() => Solve("egfr_net.net", 10));

    private static Solution Solve(string file, double end) =>
        Ode.Solve(new InitialValueProblem(Kernel.Compile(BioNetGenReader.Load(SharedData.Path("bionetgen", file)).Lower()), 0, end), new Rodas5P(), new Tolerance(1e-12, 1e-12), OutputTimes.EndOnly);

    // One unit of the last digit written: the reference is rounded there.
    private static void Holds(Lazy<Solution> solution, string group, double expected, double lastDigit)
    {
        SharedData.Path("bionetgen", "egfr_net.net");
        Assert.Equal(expected, solution.Value.ObservableColumn(group)[^1], lastDigit);
    }
}
