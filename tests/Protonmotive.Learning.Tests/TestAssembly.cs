using System.Runtime.CompilerServices;
using Protonmotive.Learning.Native;
using Xunit;

// libtorch has one random generator for all: tests that draw from it take turns.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Protonmotive.Learning.Tests;

/// <summary>Loads libtorch before a test touches TorchSharp, which else looks for it by itself.</summary>
internal static class TestAssembly
{
    [ModuleInitializer]
    internal static void Load()
    {
        if (LibTorch.Serves(LibTorch.System)) LibTorch.Load();
    }
}
