namespace Protonmotive.Kernels;

/// <summary>How a kernel's programs run. All give the same bits.</summary>
public enum KernelBackend
{
    /// <summary>
    /// Starts interpreted, at once; what proves busy is translated to machine code beside the run, which goes over to it when it
    /// is ready.
    /// </summary>
    Tiered,

    /// <summary>One instruction at a time.</summary>
    Interpreted,

    /// <summary>
    /// Machine code from the start for what a solver calls at every step (rates, Jacobian, time derivative, factorisation,
    /// solution) as far as a program is small enough to be worth its translation: up to 50,000 instructions, and 8,000 for the
    /// factorisation, above which loops over index lists are as fast. The rest is interpreted.
    /// </summary>
    Compiled,
}
