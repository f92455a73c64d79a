using System.Runtime.CompilerServices;

namespace Protonmotive.Kernels;

/// <summary>A tape translated to machine code, in a few methods that run one after the other.</summary>
internal sealed unsafe class CompiledProgram : Executable
{
    private readonly ProgramPart[] parts;

    /// <summary>Joins the parts.</summary>
    public CompiledProgram(ProgramPart[] parts) => this.parts = parts;

    /// <summary>The program as one call.</summary>
    public ProgramPart AsPart() => parts.Length == 1 ? parts[0] : Run;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(double* w)
    {
        foreach (var part in parts) part(w);
    }
}
