namespace Protonmotive.Kernels;

/// <summary>A program that a back end can run on a workspace.</summary>
internal abstract unsafe class Executable
{
    /// <summary>Runs the program once.</summary>
    public abstract void Run(double* w);
}
