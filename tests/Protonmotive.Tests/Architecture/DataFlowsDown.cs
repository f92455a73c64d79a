using System.Text.RegularExpressions;
using Xunit;

namespace Protonmotive.Tests.Architecture;

/// <summary>A folder of the engine uses only what stands above it; assemblies likewise.</summary>
public class DataFlowsDown
{
    private static readonly string[] folders = ["Symbolics", "Networks", "Kernels", "Solvers", "Thermodynamics", "Sensitivities", "Fitting", "Catalogue"];

    [Fact]
    public void Folders_of_the_engine_use_only_what_stands_above_them()
    {
        var architecture = new ArchUnitNET.Loader.ArchLoader().LoadAssemblies(typeof(Networks.Network).Assembly).Build();
        var faults = new List<string>();
        foreach (var type in architecture.Types)
        {
            int own = Level(type.Namespace?.FullName);
            if (own < 0) continue;
            faults.AddRange(type.Dependencies.Select(d => d.Target)
                .Where(target => Level(target.Namespace?.FullName) > own && !target.FullName.Contains("+<", StringComparison.Ordinal)) // type parameters are taken for each other
                .Select(target => $"{type.FullName} uses {target.FullName}"));
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults.Distinct()));
    }

    [Fact]
    public void No_namespace_of_the_engine_names_a_domain()
    {
        string[] domains = ["Physics", "Chemistry", "Biology", "Cognition", "Learning", "Mitochondri", "Neuron", "Cell"];
        var named = typeof(Networks.Network).Assembly.GetTypes().Select(t => t.Namespace ?? "").Distinct().Where(n => domains.Any(d => n.Contains(d, StringComparison.OrdinalIgnoreCase)));
        Assert.Empty(named);
    }

    [Theory]
    [InlineData(typeof(Networks.Network), "MathNet.Numerics")]
    [InlineData(typeof(Protonmotive.Atlas.AtlasCatalogue), "Protonmotive")]
    [InlineData(typeof(Protonmotive.Formats.Sbml.SbmlReader), "Protonmotive", "YamlDotNet", "Sylvan.Data.Csv")]
    [InlineData(typeof(Protonmotive.Trainings.Training), "Protonmotive", "Protonmotive.Formats", "Protonmotive.Reports", "YamlDotNet")]
    [InlineData(typeof(Protonmotive.FluxBalance.FluxBalanceModel), "Protonmotive", "Protonmotive.Formats", "Google.OrTools")]
    public void Assemblies_drag_in_nothing_else(Type type, params string[] allowed) =>
        Assert.All(type.Assembly.GetReferencedAssemblies().Select(a => a.Name!), name =>
            Assert.True(allowed.Contains(name) || name.StartsWith("System", StringComparison.Ordinal), name));

    [Fact]
    public void One_type_alone_touches_the_native_library()
    {
        var architecture = new ArchUnitNET.Loader.ArchLoader().LoadAssemblies(typeof(Protonmotive.FluxBalance.FluxBalanceModel).Assembly).Build();
        var users = architecture.Types.Where(t => t.Dependencies.Any(d => d.Target.FullName.StartsWith("Google.OrTools", StringComparison.Ordinal)))
            .Select(t => t.FullName.Split('/', '+')[0]).Distinct();
        Assert.Equal(["Protonmotive.FluxBalance.Programs.LinearProgram"], users);
    }

    [Fact]
    public void Sources_speak_of_the_project_alone()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Protonmotive.slnx"))) root = root.Parent;
        Assert.SkipWhen(root is null, "The sources are not beside the tests.");
        var machine = new Regex(@"(?<![\w./])/(work|home|Users|root)/");
        var faults = Directory.EnumerateFiles(Path.Combine(root!.FullName, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && machine.IsMatch(File.ReadAllText(f)));
        Assert.Empty(faults);
    }

    private static int Level(string? name)
    {
        for (int i = 0; i < folders.Length; i++)
        {
            if (name == "Protonmotive." + folders[i] || name?.StartsWith("Protonmotive." + folders[i] + ".", StringComparison.Ordinal) == true) return i;
        }
        return -1;
    }
}
