using Protonmotive.Fitting.Problems;
using Protonmotive.Formats.Petab;

namespace Protonmotive.Tests.Unit.Formats;

/// <summary>A small PEtab problem, A = 10 exp(−k t) measured twice, in a folder of its own; its files may be changed one by one.</summary>
public sealed class PetabFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("petab-").FullName;

    public PetabFolder()
    {
        Write("model.ant", "model decay\n J: A -> ; k*A\n A = 10; k = 1\nend");
        Write("problem.yaml", "format_version: 1\nparameter_file: parameters.tsv\nproblems:\n- condition_files: [conditions.tsv]\n  measurement_files: [measurements.tsv]\n  observable_files: [observables.tsv]\n  sbml_files: [model.ant]\n");
        Write("parameters.tsv", "parameterId\tparameterScale\tlowerBound\tupperBound\tnominalValue\testimate\nk\tlog10\t0.001\t100\t0.5\t1\n");
        Write("conditions.tsv", "conditionId\nc0\n");
        Write("observables.tsv", "observableId\tobservableFormula\tnoiseFormula\nobs\tA\t0.5\n");
        Write("measurements.tsv", "observableId\tsimulationConditionId\tmeasurement\ttime\nobs\tc0\t10\t0\nobs\tc0\t4\t2\n");
    }

    /// <summary>Replaces a text in one of its files, or the file where the text is empty.</summary>
    public PetabFolder With(string name, string old, string text)
    {
        string now = old.Length == 0 ? text : System.IO.File.ReadAllText(File(name)).Replace(old, text, StringComparison.Ordinal);
        Write(name, now);
        return this;
    }

    /// <summary>Reads the problem.</summary>
    public FitProblem Read() => PetabProblem.Read(File("problem.yaml"));

    /// <summary>Path of a file in it.</summary>
    public string File(string name) => Path.Combine(path, name);

    public void Dispose() => Directory.Delete(path, recursive: true);

    private void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);
}
