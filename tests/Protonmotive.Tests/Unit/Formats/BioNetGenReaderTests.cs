using Protonmotive.Formats.BioNetGen;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats;

public class BioNetGenReaderTests
{
    private const string Model = """
        # made by hand
        substanceUnits("Number")
        begin parameters
            1 k1 2 # Constant
            2 k2 3*k1^2
            3 half 0.5
        end parameters
        begin functions
            1 f() if(Total>1, k1, 0) + time()
        end functions
        begin species
            1 A(b) 4
            2 B(a) k2/4
            3 $F() 10
        end species
        begin reactions
            1 1,1 2 0.5*k1 #_R1
            2 2 0 f #decay
            3 3 1,3 k2
            4 1,2 2 3*Sat k1 half
            5 1 2 Hill k1 half 2
            6 2,1 1 MM k1 half
            7 0 1 k1
        end reactions
        begin groups
            1 Total 2*1,2
            2 None
        end groups
        """;

    [Theory]
    // A = 4, B = 3, F = 10, k1 = 2, k2 = 12, half = 0.5, all by hand
    [InlineData("R1", 0.5 * 2 * 4 * 4)]
    [InlineData("R2", 2 * 3)]
    [InlineData("R3", 12 * 10)]
    [InlineData("R4", 3 * 2 * 4 * 3 / 4.5)]
    [InlineData("R5", 2 * 16 / 16.25)]
    [InlineData("R6", 2 * 4 * 0.31173763131 / 0.81173763131)] // s = ((3 − 0.5 − 4) + √(2.25 + 6))/2 is set below
    [InlineData("R7", 2)]
    [InlineData("Total", 11)]
    [InlineData("None", 0)]
    public void Fluxes_and_groups(string name, double expected)
    {
        if (name == "R6")
        {
            double s = (-1.5 + Math.Sqrt(2.25 + 6)) / 2;
            expected = 2 * 4 * s / (0.5 + s);
        }
        Assert.Equal(expected, At0(name), 1e-12);
    }

    [Fact]
    public void Fixed_species_are_held_and_patterns_are_kept()
    {
        var network = Read(Model);
        Assert.True(network.Stores.Single(s => s.Name == "S3").IsReservoir);
        Assert.Equal("A(b)", network.Stores[0].Description);
        Assert.Equal("rule R1", network.Processes[0].Description);
        Assert.Equal("2 S1 → S2", network.Processes[0].Equation);
    }

    [Fact]
    public void Declared_names_that_look_like_numbers_are_left_alone()
    {
        var network = Read("begin parameters\n 1 S1 5\nend parameters\nbegin species\n 1 A() S1\nend species\n");
        Assert.Equal("S_1", network.Stores.Single().Name);
        Assert.Equal(5, Kernel.Compile(network.Lower(), KernelBackend.Interpreted).InitialState(Kernel.Compile(network.Lower(), KernelBackend.Interpreted).Parameters())[0]);
    }

    private static Network Read(string text) => BioNetGenReader.Read(new StringReader(text), "model.net");

    private static double At0(string name)
    {
        var kernel = Kernel.Compile(Read(Model).Lower(), KernelBackend.Interpreted);
        var parameters = kernel.Parameters();
        var values = new double[kernel.System.Observables.Length];
        kernel.Bind(parameters).Observables(0, kernel.InitialState(parameters), values);
        return values[kernel.System.Observables.ToList().FindIndex(o => o.Name == name)];
    }
}
