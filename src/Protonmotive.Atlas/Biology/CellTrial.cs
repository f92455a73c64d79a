using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Biology;

/// <summary>Runs the self-maintaining cell in pieces, each with parameters and a start of its own.</summary>
internal sealed class CellTrial
{
    private static readonly Tolerance tolerance = new(1e-7, 1e-11);
    private readonly Kernel kernel;
    private readonly string[] names;
    private readonly CancellationToken cancellation;
    private readonly int membrane;

    public CellTrial(Network network, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        kernel = Kernel.Compile(network.Lower());
        names = [.. kernel.System.States.Select(s => s.Name)];
        membrane = Index("membrane.content");
        Grown = Run(default, 60, []).End;
    }

    /// <summary>The state after 60 h undisturbed, from which everything is tried.</summary>
    public ImmutableArray<double> Grown { get; }

    /// <summary>That state with parts of some contents left.</summary>
    public ImmutableArray<double> Left(params ReadOnlySpan<(string Content, double Part)> parts)
    {
        double[] state = [.. Grown];
        foreach (var (content, part) in parts) state[Index(content)] *= part;
        return [.. state];
    }

    /// <summary>State and number of divisions after some hours.</summary>
    public (ImmutableArray<double> End, int Divisions) Run(ImmutableArray<double> from, double hours, params ReadOnlySpan<(string Parameter, double Value)> changed)
    {
        cancellation.ThrowIfCancellationRequested();
        var overrides = ImmutableDictionary.CreateBuilder<string, double>();
        foreach (var (parameter, value) in changed) overrides[parameter] = value;
        var problem = new InitialValueProblem(kernel, 0, hours) { Overrides = overrides.ToImmutable(), InitialState = from };
        var solution = Ode.Solve(problem, new Rodas5P(), tolerance, SolveOptions.Default, OutputTimes.EndOnly, null, cancellation);
        return ([.. solution.FinalState], solution.Events.Length);
    }

    /// <summary>How fast the membrane grows from 30 to 40 h, divisions counted in, 1/h: the cell lives if it does.</summary>
    public double Growth(ImmutableArray<double> from, params ReadOnlySpan<(string Parameter, double Value)> changed)
    {
        var before = Run(from, 30, changed).End;
        var (after, divisions) = Run(before, 10, changed);
        return (Math.Log(after[membrane] / before[membrane]) + (divisions * Math.Log(2))) / 10;
    }

    /// <summary>Where life turns to death between two values, one of which it survives.</summary>
    public static double Threshold(Func<double, bool> lives, double survived, double deadly)
    {
        while (Math.Abs(deadly - survived) > 1e-4 * Math.Abs(deadly))
        {
            double middle = (survived + deadly) / 2;
            if (lives(middle)) survived = middle;
            else deadly = middle;
        }
        return (survived + deadly) / 2;
    }

    private int Index(string name) => Array.IndexOf(names, name);
}
