using System.Diagnostics;
using Xunit;

namespace Protonmotive.Tests.Fault.Cli;

/// <summary>Tests that start the program itself, in an empty folder of their own.</summary>
public abstract class PmfTests : IDisposable
{
    /// <summary>Working folder of the program.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("pmf-").FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a file into the folder.</summary>
    protected void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>Runs the program to its end.</summary>
    protected (int Code, string Output, string Error) Pmf(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Starts the program.</summary>
    protected Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "pmf.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Folder,
    })!;

    /// <summary>Sends SIGINT, as ctrl-C does, and waits for the end.</summary>
    protected static void Interrupt(Process process)
    {
        Interrupts.Send(process);
        Assert.True(process.WaitForExit(15_000), "the program went on after SIGINT");
    }
}
