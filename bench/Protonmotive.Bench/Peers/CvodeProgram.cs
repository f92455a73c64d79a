using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Protonmotive.Bench.Peers;

/// <summary>A problem compiled with bench/sundials/cvode_driver.c, and its calls.</summary>
internal sealed class CvodeProgram
{
    private readonly string path;

    private CvodeProgram(string path) => this.path = path;

    /// <summary>Place of a SUNDIALS built for this machine; null for Debian's package.</summary>
    public static string? Root => Environment.GetEnvironmentVariable("SUNDIALS_ROOT") is { Length: > 0 } root ? root : null;

    /// <summary>Which build is timed.</summary>
    public static string Build => Root is null ? "Debian's libsundials-dev, which is 3 to 5 times slower than a build for the machine" : "built from source with -O3 -march=native, static";

    /// <summary>Compiles a problem, or takes it from the temporary folder where it is unchanged.</summary>
    /// <param name="source">The generated C.</param>
    /// <param name="driver">bench/sundials/cvode_driver.c.</param>
    public static CvodeProgram Compile(string source, string driver)
    {
        string key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(source + File.ReadAllText(driver) + Root)))[..16];
        string folder = Path.Combine(Path.GetTempPath(), "protonmotive-bench"), path = Path.Combine(folder, key);
        if (File.Exists(path)) return new CvodeProgram(path);
        Directory.CreateDirectory(folder);
        File.WriteAllText(path + ".c", source);
        string include = Root is { } root ? $"-I{root}/include -L{root}/lib" : "";
        Run("gcc", $"-O3 -march=native -std=gnu11 {include} -I/usr/include/suitesparse {path}.c {driver} -o {path}.part -lsundials_cvode -lsundials_sunlinsolklu -lsundials_sunlinsoldense -lsundials_sunlinsolspgmr -lsundials_sunmatrixsparse -lsundials_sunmatrixdense -lsundials_nvecserial -lklu -lamd -lcolamd -lbtf -lsuitesparseconfig -lm");
        File.Move(path + ".part", path);
        return new CvodeProgram(path);
    }

    /// <summary>Solves, and takes the median time.</summary>
    public PeerResult Solve(string solver, double relative, double absolute, double end, int repeats, string? members = null, int count = 1)
    {
        string output = Run(path, string.Create(CultureInfo.InvariantCulture, $"{solver} {relative:R} {absolute:R} {end:R} {repeats}{(members is null ? "" : $" {members} {count}")}"));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var head = lines[0].Split(' ');
        return new PeerResult(double.Parse(head[0], CultureInfo.InvariantCulture), [.. lines.Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray())],
            $"{head[1]} steps, {head[2]} f, {head[3]} {(solver == "gmres" ? "iterations" : "LU")}");
    }

    private static string Run(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}: {errors.Result}");
    }
}
