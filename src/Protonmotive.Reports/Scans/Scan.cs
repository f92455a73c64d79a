using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Protonmotive.Reports.Documents;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Scans;

/// <summary>
/// Scans a model into a folder: scan.json, members.arrow and members.parquet, statistics.arrow and .parquet, failures.csv, figures/ and
/// report.html. Until all is done the folder holds finished parts, and the same scan goes on from them; its results are those of an
/// uninterrupted one bit for bit.
/// </summary>
public sealed class Scan
{
    private const string RecordName = "scan.json", LockName = "scan.lock", PartsName = "parts", TableName = "members", StatisticsName = "statistics", FailuresName = "failures.csv";

    private readonly ScanPlan plan;
    private readonly string folder;
    private readonly ImmutableSortedDictionary<string, string> identity;
    private readonly PartFolder parts;

    private Scan(ScanPlan plan, string folder)
    {
        (this.plan, this.folder) = (plan, Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        identity = ScanIdentity.Of(plan);
        parts = new PartFolder(plan, ScanIdentity.Key(identity), Path.Combine(this.folder, PartsName));
    }

    /// <summary>Runs a scan, or goes on with it where the folder holds an unfinished one with the same settings.</summary>
    /// <param name="plan">The scan.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="overwrite">Whether another scan that is there, finished or not, is replaced.</param>
    /// <param name="progress">Told how far it is; from any thread.</param>
    /// <param name="cancellation">Stops it; finished parts stay.</param>
    /// <returns>What came of it: a finished scan that is there already is only read.</returns>
    /// <exception cref="ScanException">The folder holds something else, or a scan with other settings.</exception>
    /// <exception cref="RunFolderException">The folder can't be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ScanRecord Run(ScanPlan plan, string folder, bool overwrite = false, IProgress<ScanProgress>? progress = null, CancellationToken cancellation = default)
    {
        var scan = new Scan(plan, folder);
        try
        {
            return scan.Execute(overwrite, progress, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"The scan could not be written: {e.Message}", $"folder {scan.folder}", "Free space, or choose another folder with --out; finished parts stay, and the same command goes on from them.", e);
        }
    }

    private ScanRecord Execute(bool overwrite, IProgress<ScanProgress>? progress, CancellationToken cancellation)
    {
        var there = Existing();
        if (there is not null && ScanIdentity.Difference(there.Settings, identity) is { } difference)
        {
            if (!overwrite) throw new ScanException($"The folder holds {(there.IsFinished ? "a" : "an unfinished")} scan with other settings: {difference}.", folder, "Give the settings it was begun with to go on, replace it with --overwrite, or choose another folder with --out.");
            there = null;
        }
        if (there is { IsFinished: true } && !overwrite) return there;
        if (there is null or { IsFinished: true }) Clear();
        Directory.CreateDirectory(folder);
        using var held = Hold();
        PartFolder.Replace(Path.Combine(folder, RecordName), JsonSerializer.SerializeToUtf8Bytes(Record(), ScanJson.Default.ScanRecord));
        Directory.CreateDirectory(Path.Combine(folder, PartsName));
        var digest = plan.Settings.Reduce ? Reduce(progress, cancellation) : Keep(progress, cancellation);
        var record = Finish(digest, cancellation);
        Directory.Delete(Path.Combine(folder, PartsName), recursive: true);
        return record;
    }

    /// <summary>Solves the missing parts and joins all.</summary>
    private ScanDigest Keep(IProgress<ScanProgress>? progress, CancellationToken cancellation)
    {
        var missing = Enumerable.Range(0, plan.PartCount).Where(i => !parts.Has(i)).ToList();
        long before = plan.Members.Count - missing.Sum(i => (long)plan.Part(i).Count), done = before;
        foreach (int index in missing)
        {
            long start = done;
            var part = plan.Solve(index, n => progress?.Report(new ScanProgress(start + n, before, plan.Members.Count)), cancellation);
            parts.Write(index, part);
            done += part.Count;
        }
        var digest = new ScanDigest(plan);
        var table = new MemberTable(plan);
        using var file = new TableFile(Path.Combine(folder, TableName), table.Schema);
        for (int index = 0; index < plan.PartCount; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = parts.Read(index);
            digest.Add(part);
            using var batch = table.Batch(part);
            file.Add(batch);
        }
        file.Finish();
        return digest;
    }

    /// <summary>Solves the parts that the digest has not seen.</summary>
    private ScanDigest Reduce(IProgress<ScanProgress>? progress, CancellationToken cancellation)
    {
        var (digest, seen) = parts.ReadDigest();
        long before = Math.Min(plan.Members.Count, (long)seen * plan.PartSize);
        for (int index = seen; index < plan.PartCount; index++)
        {
            long start = (long)index * plan.PartSize;
            var part = plan.Solve(index, n => progress?.Report(new ScanProgress(start + n, before, plan.Members.Count)), cancellation);
            digest.Add(part);
            parts.Write(index, part, digest);
        }
        return digest;
    }

    private ScanRecord Finish(ScanDigest digest, CancellationToken cancellation)
    {
        WriteFailures();
        var statistics = new StatisticsTable(plan, digest.Summary);
        using (var file = new TableFile(Path.Combine(folder, StatisticsName), StatisticsTable.Schema))
        {
            using var batch = statistics.Batch();
            file.Add(batch);
            file.Finish();
        }
        cancellation.ThrowIfCancellationRequested();
        var record = Record() with { IsFinished = true, Failed = digest.Summary.Failed, Statistics = statistics.LastRow() };
        var figures = ScanFigures.Of(plan, digest).ToList();
        var drawn = new Dictionary<Figure, byte[]>();
        foreach (var figure in figures)
        {
            drawn[figure] = figure.ToSvg();
            PartFolder.Replace(Path.Combine(folder, "figures", figure.Name + ".svg"), drawn[figure]);
            PartFolder.Replace(Path.Combine(folder, "figures", figure.Name + ".png"), figure.ToPng());
        }
        PartFolder.Replace(Path.Combine(folder, RunFolder.ReportName), Encoding.UTF8.GetBytes(HtmlWriter.Write(ScanDocument.Of(record, figures, [.. Failures().Take(20)]), figure => drawn[figure])));
        PartFolder.Replace(Path.Combine(folder, RecordName), JsonSerializer.SerializeToUtf8Bytes(record, ScanJson.Default.ScanRecord));
        return record;
    }

    private void WriteFailures()
    {
        var path = Path.Combine(folder, FailuresName);
        File.Delete(path);
        if (!Failures().Any()) return;
        using (var writer = new StreamWriter(path + ".writing"))
        {
            writer.NewLine = "\n";
            writer.WriteLine("member,time,reason");
            foreach (var f in Failures()) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{f.Member},{f.Time:R},\"{f.Reason.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\""));
        }
        File.Move(path + ".writing", path, overwrite: true);
    }

    private IEnumerable<ScanFailure> Failures() => Enumerable.Range(0, plan.PartCount).SelectMany(parts.Failures);

    private ScanRecord Record() => new()
    {
        Settings = identity,
        Title = plan.Model.Model.System?.Title ?? plan.Model.Model.Network.Name,
        Command = plan.Settings.Command,
        Design = plan.Settings.Design.Description,
        Members = plan.Members.Count,
        PartSize = plan.PartSize,
        Form = plan.Form,
        Varied = plan.VariedQuantities,
        Outputs = plan.OutputQuantities,
        Times = plan.Times,
        TimeUnit = plan.Model.Kernel.System.TimeUnit,
    };

    /// <summary>The scan that is there; null where the folder is empty or missing.</summary>
    private ScanRecord? Existing()
    {
        if (File.Exists(folder)) throw new ScanException("A file has that name.", folder, "Choose another folder with --out.");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any(f => Path.GetFileName(f) is not LockName)) return null;
        var path = Path.Combine(folder, RecordName);
        if (!File.Exists(path)) throw new ScanException("The folder is no scan, so nothing is written to it.", folder, "Choose another folder with --out.");
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllText(path), ScanJson.Default.ScanRecord);
            if (record is { Format: ScanRecord.CurrentFormat }) return record;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new ScanException($"{RecordName} can't be read: it is damaged, or of another version.", path, "Remove the folder, or choose another with --out.");
    }

    /// <summary>Removes what a scan wrote, and nothing else.</summary>
    private void Clear()
    {
        foreach (var name in (string[])[RecordName, TableName + ".arrow", TableName + ".parquet", StatisticsName + ".arrow", StatisticsName + ".parquet", FailuresName, RunFolder.ReportName]) if (Directory.Exists(folder)) File.Delete(Path.Combine(folder, name));
        foreach (var name in (string[])[PartsName, "figures"]) if (Directory.Exists(Path.Combine(folder, name))) Directory.Delete(Path.Combine(folder, name), recursive: true);
    }

    /// <summary>Keeps another process from scanning into the same folder.</summary>
    private FileStream Hold()
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new ScanException("Another process is scanning into this folder.", folder, "Wait for it, or choose another folder with --out.", e);
        }
    }
}
