using Protonmotive.Formats.Sbml;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Reference.Formats;

/// <summary>SBML files of others (BioModels, CC0), as they are shipped.</summary>
public class BioModels
{
    public static TheoryData<string> Names() =>
    [
        "BIOMD0000000003", "BIOMD0000000010", "BIOMD0000000012", "BIOMD0000000013", "BIOMD0000000040", "BIOMD0000000064", "BIOMD0000000090",
        "BIOMD0000000117", "BIOMD0000000206", "BIOMD0000000232", "MODEL1006230034", "MODEL1006230114", "MODEL4151491057", "MODEL8686121468",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_runs(string name)
    {
        var account = Account.Of(SbmlReader.Load(SharedData.Path("biomodels", name + ".xml")));
        var solution = Ode.Solve(new InitialValueProblem(account.Compile(), 0, 100), new Rodas4(), new Tolerance(1e-6), OutputTimes.Uniform(11));
        Assert.All(solution.FinalState, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Beard_2005_settles_where_an_independent_code_found_it()
    {
        // reference/mitochondrion.md, section B.6, item 1; to the digits shown there.
        var network = SbmlReader.Load(SharedData.Path("biomodels", "MODEL4151491057.xml"));
        var kernel = Account.Of(network).Compile();
        var solution = Ode.Solve(new InitialValueProblem(kernel, 0, 10), new Rodas4(), new Tolerance(1e-9), OutputTimes.EndOnly);
        double Value(string name) => kernel.System.States.Any(s => s.Name == name) ? solution.Column(name)[^1] : solution.ObservableColumn(name)[^1];
        Assert.Equal(157.8416, Value("dPsi"), 1e-3);
        Assert.Equal(7.12562, -Math.Log10(Value("H_x")), 1e-5);
        Assert.Equal(0.29117, Value("NADH_x") / 2.97e-3, 1e-5);
        Assert.Equal(0.65689, Value("QH2") / 1.35e-3, 1e-5);
        Assert.Equal(0.01046, Value("Cred") / 2.7e-3, 1e-5);
        Assert.Equal(0.14141, Value("K_x"), 1e-5);
        Assert.Equal(2.2304e-3, Value("J_C4"), 1e-7);
        Assert.Equal(4.7922e-3, Value("J_F1"), 1e-7);
        Assert.Equal(3.1348e-3, Value("J_Hle"), 1e-7);
    }
}
