using System.Runtime.InteropServices;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Bench.Peers;

/// <summary>Parameter sets of an ensemble that both codes run: each rate constant times exp(s N(0,1)), in a temporary file.</summary>
internal sealed class MemberFile : IDisposable
{
    /// <summary>Deviation of the logarithms where nothing else is said.</summary>
    public const double UsualSpread = 0.3;

    private readonly double[] values;
    private readonly int width;

    /// <summary>Draws the members and writes the file.</summary>
    /// <param name="kernel">The system's kernel.</param>
    /// <param name="count">How many.</param>
    /// <param name="spread">Deviation of the logarithms.</param>
    public MemberFile(Kernel kernel, int count, double spread = UsualSpread)
    {
        Count = count;
        var system = kernel.System;
        var start = kernel.Parameters();
        width = start.Length;
        values = new double[count * width];
        int[] varied = RateConstants(system);
        var random = new RandomStream(1, 1);
        for (int m = 0; m < count; m++)
        {
            start.AsSpan().CopyTo(values.AsSpan(m * width));
            foreach (int k in varied) values[(m * width) + k] *= Math.Exp(spread * random.Normal());
        }
        Path = System.IO.Path.GetTempFileName();
        File.WriteAllBytes(Path, MemoryMarshal.AsBytes(values.AsSpan()));
        double[] table = [.. Enumerable.Range(0, count).SelectMany(m => varied.Select(k => values[(m * width) + k]))];
        Members = EnsembleMembers.Table(varied.Select(k => system.Parameters[k].Name), table);
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>Rows of all parameters, as binary doubles.</summary>
    public string Path { get; }

    /// <summary>The same for our side.</summary>
    public EnsembleMembers Members { get; }

    /// <summary>All parameters of a member.</summary>
    /// <param name="member">Its number.</param>
    public double[] Parameters(int member) => values[(member * width)..((member + 1) * width)];

    /// <summary>Removes the file.</summary>
    public void Dispose() => File.Delete(Path);

    // What the rates name, and no initial amount or definition of another parameter does.
    private static int[] RateConstants(EquationSystem system)
    {
        var named = system.States.SelectMany(s => s.Rate.Symbols()).ToHashSet(StringComparer.Ordinal);
        named.ExceptWith(system.States.SelectMany(s => s.Initial.Symbols()));
        named.ExceptWith(system.Parameters.SelectMany(p => p.Definition.Symbols()));
        return [.. Enumerable.Range(0, system.Parameters.Length).Where(k => named.Contains(system.Parameters[k].Name))];
    }
}
