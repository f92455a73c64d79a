using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace Protonmotive.Learning.Native;

/// <summary>Loads libtorch, on systems with an older C++ library too.</summary>
/// <remarks>
/// TorchSharp's bridge asks for GLIBCXX_3.4.32, which Debian 12 does not have, through a symbol that nothing in it uses. Where the normal
/// load fails, a temporary copy in which such needs are weak (<see cref="ElfVersionNeeds"/>) is loaded instead; the file itself stays as it is.
/// </remarks>
public static class LibTorch
{
    private const string Bridge = "LibTorchSharp";

    /// <summary>The systems TorchSharp 0.107 has a bridge for.</summary>
    private static readonly string[] servedSystems = ["linux-x64", "win-x64", "win-arm64", "osx-arm64"];

    /// <summary>What the bridge needs loaded before, in this order; a package for GPUs has more, which these load themselves.</summary>
    private static readonly string[] libraries = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    private static readonly Lock gate = new();
    private static bool isLoaded;

    /// <summary>This system as package names write it: linux-x64.</summary>
    public static string System { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsLinux() ? "linux" : "unknown") + "-" +
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>Whether TorchSharp has native files for a system.</summary>
    /// <param name="system">The system, e.g. linux-x64.</param>
    public static bool Serves(string system) => servedSystems.Contains(system);

    /// <summary>Loads libtorch once; call it before anything of TorchSharp is touched. Memory that libtorch frees is then kept for the next step.</summary>
    /// <param name="threads">
    /// How many threads an operation may use. One by default: results are then the same on every run, and on a machine that others
    /// use too, two threads are slower than one. Further calls change the number.
    /// </param>
    /// <exception cref="LibTorchException">The system is not served, the package is not there, or the system's C++ library is too old.</exception>
    public static void Load(int threads = 1)
    {
        lock (gate)
        {
            if (!isLoaded)
            {
                CheckSystem(System);
                FreedMemory.Keep();
                if (OperatingSystem.IsLinux()) AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => name is Bridge or "lib" + Bridge ? LoadCured() : 0;
                Start();
                isLoaded = true;
            }
            torch.set_num_threads(threads);
        }
    }

    /// <exception cref="LibTorchException">TorchSharp does not serve the system.</exception>
    internal static void CheckSystem(string system)
    {
        if (!Serves(system)) throw new LibTorchException(
            "TorchSharp has no libtorch for this system.", $"system {system}; it serves {string.Join(", ", servedSystems)}",
            "Train on one of these systems. All of pmf but 'train' and 'diagnose' works here.");
    }

    private static void Start()
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception e) when (e is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw new LibTorchException("libtorch could not be loaded: " + FirstLine(e.InnerException ?? e), $"system {System}, looked in {string.Join(", ", NativeFolders())}",
                $"Let the application refer to the package libtorch-cpu-{System} 2.10.0, and restore it.", e);
        }
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();

    /// <summary>Called after the normal load of the bridge failed.</summary>
    private static nint LoadCured()
    {
        var bridge = Find($"lib{Bridge}.so");
        if (bridge is null) return 0;
        var needs = ElfVersionNeeds.Read(File.ReadAllBytes(bridge));
        if (needs is null) return 0;
        foreach (var library in libraries)
        {
            if (Find(library) is not { } path || !NativeLibrary.TryLoad(path, out _)) return 0;
        }
        var folder = Directory.CreateTempSubdirectory("protonmotive-");
        try
        {
            var copy = Path.Combine(folder.FullName, Path.GetFileName(bridge));
            File.WriteAllBytes(copy, needs.WithUnusedMadeWeak());
            return NativeLibrary.TryLoad(copy, out nint handle) ? handle : 0;
        }
        finally
        {
            folder.Delete(recursive: true); // what is loaded stays loaded
        }
    }

    private static string? Find(string file) => NativeFolders().Select(f => Path.Combine(f, file)).FirstOrDefault(File.Exists);

    /// <summary>Beside the program (published for one system), in its runtimes folder (built for all), and where the host was told to look.</summary>
    private static IEnumerable<string> NativeFolders()
    {
        var beside = (string[])[AppContext.BaseDirectory, Path.GetDirectoryName(typeof(torch).Assembly.Location) is { Length: > 0 } own ? own : AppContext.BaseDirectory];
        var host = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return beside.SelectMany(f => (string[])[f, Path.Combine(f, "runtimes", System, "native")]).Concat(host).Select(Path.TrimEndingDirectorySeparator).Distinct();
    }
}
