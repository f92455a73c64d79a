namespace Protonmotive.Kernels;

/// <summary>How a kernel's programs run. Both give the same bits.</summary>
public enum KernelBackend
{
    /// <summary>One instruction at a time: starts at once.</summary>
    Interpreted,

    /// <summary>
    /// Machine code for what a solver calls at every step (rates, Jacobian, time derivative, factorisation, solution) as far
    /// as a program is small enough to be worth its translation: up to 50,000 instructions, and 8,000 for the factorisation,
    /// above which loops over index lists are as fast. The rest is interpreted.
    /// </summary>
    Compiled,
}
