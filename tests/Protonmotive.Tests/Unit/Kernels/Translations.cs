using System.Runtime;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Xunit;

namespace Protonmotive.Tests.Unit.Kernels;

/// <summary>When kernels become machine code.</summary>
public sealed class Translations
{
    [Theory]
    [InlineData(KernelBackend.Compiled)]
    [InlineData(KernelBackend.Tiered)]
    public async Task A_ready_kernel_leaves_nothing_to_translate_for_its_first_call(KernelBackend backend)
    {
        RunOnce(await Ready(Systems.MassAction(30, 90, 1), backend)); // everything else that a call needs
        var kernel = await Ready(Systems.MassAction(30, 90, 2), backend);
        Assert.Equal(0, RunOnce(kernel));
    }

    private static async Task<Kernel> Ready(EquationSystem system, KernelBackend backend)
    {
        var kernel = Kernel.Compile(system, backend);
        await kernel.CompileAsync();
        return kernel;
    }

    /// <summary>Calls each program once; the number of methods that this thread translated for it.</summary>
    private static long RunOnce(Kernel kernel)
    {
        double[] parameters = kernel.Parameters(), y = kernel.InitialState(parameters), x = new double[kernel.Count];
        var instance = kernel.Bind(parameters);
        long before = JitInfo.GetCompiledMethodCount(currentThread: true);
        instance.Rates(0, y, x);
        instance.EvaluateJacobian(0, y);
        instance.Factorize(1);
        instance.Solve(x);
        return JitInfo.GetCompiledMethodCount(currentThread: true) - before;
    }
}
