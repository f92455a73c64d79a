using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Protonmotive.Bench.Peers;

/// <summary>A problem compiled with a driver of bench/sundials, and its calls.</summary>
internal sealed class CvodeProgram
{
    private readonly string path;

    private CvodeProgram(string path) => this.path = path;

    /// <summary>Place of a SUNDIALS built for this machine; null for Debian's package.</summary>
    public static string? Root => Environment.GetEnvironmentVariable("SUNDIALS_ROOT") is { Length: > 0 } root ? root : null;

    /// <summary>Which build is timed.</summary>
    public static string Build => Root is null ? "Debian's libsundials-dev, which is 3 to 5 times slower than a build for the machine" : "built from source for the machine, static (SUNDIALS_ROOT)";

    /// <summary>Its version, from the header that the driver is compiled with.</summary>
    public static string Version
    {
        get
        {
            string header = Path.Combine(Root ?? "/usr", "include", "sundials", "sundials_config.h");
            return File.Exists(header) ? File.ReadLines(header).FirstOrDefault(l => l.StartsWith("#define SUNDIALS_VERSION ", StringComparison.Ordinal))?.Split('"')[1] ?? "?" : "?";
        }
    }

    /// <summary>Compiles a problem, or takes it from the temporary folder where it is unchanged.</summary>
    /// <param name="source">The generated C.</param>
    /// <param name="driver">bench/sundials/cvode_driver.c, or cvodes_adjoint_driver.c.</param>
    public static CvodeProgram Compile(string source, string driver)
    {
        string key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(source + File.ReadAllText(driver) + Root)))[..16];
        string folder = Path.Combine(Path.GetTempPath(), "protonmotive-bench"), path = Path.Combine(folder, key);
        if (File.Exists(path)) return new CvodeProgram(path);
        Directory.CreateDirectory(folder);
        File.WriteAllText(path + ".c", source);
        string include = Root is { } root ? $"-I{root}/include -L{root}/lib" : "";
        Run("gcc", $"-O3 -march=native -std=gnu11 {include} -I/usr/include/suitesparse {path}.c {driver} -o {path}.part -lsundials_{(Path.GetFileName(driver).StartsWith("cvodes", StringComparison.Ordinal) ? "cvodes" : "cvode")} -lsundials_sunlinsolklu -lsundials_sunlinsoldense -lsundials_sunlinsolspgmr -lsundials_sunmatrixsparse -lsundials_sunmatrixdense -lsundials_nvecserial -lklu -lamd -lcolamd -lbtf -lsuitesparseconfig -lm");
        File.Move(path + ".part", path);
        return new CvodeProgram(path);
    }

    /// <summary>Solves, and takes the median time.</summary>
    /// <param name="solver">Linear solver.</param>
    /// <param name="relative">Relative tolerance.</param>
    /// <param name="absolute">Absolute tolerance.</param>
    /// <param name="end">Solved from 0 to here.</param>
    /// <param name="repeats">Solves after one to warm up, at most.</param>
    /// <param name="seconds">No further solve after so long.</param>
    /// <param name="members">Parameter sets; null for one trajectory.</param>
    /// <param name="first">Only so many of them.</param>
    public PeerResult Solve(string solver, double relative, double absolute, double end, int repeats, double seconds, MemberFile? members, int? first = null)
    {
        int count = first ?? members?.Count ?? 1;
        string output = Run(path, string.Create(CultureInfo.InvariantCulture, $"{solver} {relative:R} {absolute:R} {end:R} {repeats} {seconds:R}{(members is null ? "" : $" {members.Path} {count}")}"));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        double[] head = Numbers(lines[0]);
        string work = count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{head[1] / count:0.0} steps, {head[2] / count:0.0} f, {head[4] / count:0.0} LU")
            : $"{head[1]} + {head[3]} steps, {head[2]} f, {head[4]} {(head[5] > 0 ? $"ILU, {head[5]} iterations" : "LU")}";
        return new PeerResult(head[0], [.. lines.Skip(1).Select(Numbers)], work);
    }

    /// <summary>Gradients by the adjoint, with the median time; for a program of cvodes_adjoint_driver.c.</summary>
    /// <param name="setup">Linear solver, interpolation and the part of the quadratures in the error test, in the words of the driver.</param>
    /// <param name="relative">Relative tolerance.</param>
    /// <param name="absolute">Absolute tolerance of states and adjoints.</param>
    /// <param name="ofQuadratures">Absolute tolerance of the gradient.</param>
    /// <param name="end">Solved from 0 to here and back.</param>
    /// <param name="repeats">Gradients after one to warm up, at most.</param>
    /// <param name="seconds">No further gradient after so long.</param>
    /// <param name="members">Parameter sets; null for one trajectory.</param>
    /// <param name="first">Only so many of them.</param>
    public PeerResult Gradient(string setup, double relative, double absolute, double ofQuadratures, double end, int repeats, double seconds, MemberFile? members, int? first = null)
    {
        int count = first ?? members?.Count ?? 1;
        string output = Run(path, string.Create(CultureInfo.InvariantCulture, $"{setup} {relative:R} {absolute:R} {ofQuadratures:R} {end:R} {repeats} {seconds:R}{(members is null ? "" : $" {members.Path} {count}")}"));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        double[] head = Numbers(lines[0]);
        string work = string.Create(CultureInfo.InvariantCulture, $"{head[1] / count:0.#} steps, {head[2] / count:0.#} f; back {head[3] / count:0.#} steps, {head[4] / count:0.#} f; {head[5] / count:0.#} checkpoints beside the start");
        return new PeerResult(head[0], [.. lines.Skip(1).Select(Numbers)], work);
    }

    private static double[] Numbers(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Contains("nan", StringComparison.Ordinal) ? double.NaN : double.Parse(v, CultureInfo.InvariantCulture))];

    private static string Run(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}: {errors.Result}");
    }
}
