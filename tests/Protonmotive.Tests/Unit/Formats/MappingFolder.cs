using Protonmotive.Fitting.Problems;
using Protonmotive.Formats.Measurements;

namespace Protonmotive.Tests.Unit.Formats;

/// <summary>A model of decay, a table and its mapping, in a folder of their own.</summary>
public sealed class MappingFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("mapping-").FullName;

    public MappingFolder(string mapping, string data, string name = "data.csv")
    {
        System.IO.File.WriteAllText(File("model.ant"), "model decay\n J: A -> B; k*A\n A = 10; B = 0; k = 0.5\nend");
        System.IO.File.WriteAllText(File("fit.yaml"), mapping);
        System.IO.File.WriteAllText(File(name), data);
    }

    /// <summary>Path of a file in it.</summary>
    public string File(string name) => Path.Combine(path, name);

    /// <summary>Reads the problem.</summary>
    public FitProblem Read(Func<string, MeasurementTable>? table = null) => MeasurementProblem.Read(File("fit.yaml"), null, table);

    public void Dispose() => Directory.Delete(path, recursive: true);
}
