using Protonmotive.Formats.Sbml;
using Protonmotive.Formats.Sbml.Validation;
using Protonmotive.Kernels;
using Protonmotive.Solvers;

namespace Protonmotive.Fuzzing;

/// <summary>Takes a file through all that a user would: validate, read, lower, compile, solve.</summary>
internal static class Trial
{
    /// <summary>How far the file came: the error of ours that ended it, or "solved".</summary>
    /// <exception cref="Exception">Anything but an error of ours: a fault that fuzzing has found.</exception>
    public static string Run(byte[] bytes, string name, ref string stage)
    {
        stage = "validate";
        SbmlValidator.Validate(new MemoryStream(bytes), name);
        try
        {
            stage = "read";
            var network = SbmlReader.Read(new MemoryStream(bytes), name);
            stage = "lower";
            var system = network.Lower();
            stage = "compile";
            var kernel = Kernel.Compile(system, KernelBackend.Interpreted);
            stage = "solve";
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            Method method = bytes.Length % 2 == 0 ? new Rodas5P() : new Tsit5();
            Ode.Solve(new InitialValueProblem(kernel, 0, 1), method, new Tolerance(1e-4, 1e-6), new SolveOptions { MaximumSteps = 1000 }, cancellation: limit.Token);
            return "solved";
        }
        catch (ProtonmotiveException e)
        {
            return e.GetType().Name;
        }
        catch (OperationCanceledException)
        {
            return "stopped after 2 s";
        }
    }
}
