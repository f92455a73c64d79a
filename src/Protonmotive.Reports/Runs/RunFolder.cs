using System.Text.Json;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Runs;

/// <summary>
/// A run on disk: run.json, trajectory.arrow, ledger.arrow, figures/ and report.html. It is written beside its final name and
/// moved into place, so a stopped run leaves nothing half-written.
/// </summary>
public static class RunFolder
{
    /// <summary>File of the record.</summary>
    public const string RecordName = "run.json";
    private const string TrajectoryName = "trajectory.arrow";
    private const string LedgerName = "ledger.arrow";

    /// <summary>Name of the report in a run folder.</summary>
    public const string ReportName = "report.html";

    /// <summary>Name of the report as PDF, where one was asked for.</summary>
    public const string PdfName = "report.pdf";

    /// <summary>Writes a run.</summary>
    /// <param name="path">Final name of the folder.</param>
    /// <param name="run">What to write.</param>
    /// <param name="overwrite">Whether a run that is there is replaced.</param>
    /// <param name="cancellation">Stops the writing and leaves nothing.</param>
    /// <exception cref="RunFolderException">The target exists, or the disk refuses.</exception>
    public static void Write(string path, Run run, bool overwrite = false, CancellationToken cancellation = default) =>
        Write(path, run, _ => { }, overwrite, cancellation);

    /// <summary>Writes a run with more files.</summary>
    /// <param name="path">Final name of the folder.</param>
    /// <param name="run">What to write.</param>
    /// <param name="more">Writes what else belongs into the folder it is given, e.g. a network's weights.</param>
    /// <param name="overwrite">Whether a run that is there is replaced.</param>
    /// <param name="cancellation">Stops the writing and leaves nothing.</param>
    /// <exception cref="RunFolderException">The target exists, or the disk refuses.</exception>
    public static void Write(string path, Run run, Action<string> more, bool overwrite = false, CancellationToken cancellation = default) =>
        Write(path, run.Record, run.Trajectory, run.Figures, overwrite, temporary =>
        {
            using (var stream = File.Create(Path.Combine(temporary, LedgerName))) ArrowTable.Write(stream, run.Ledger);
            File.WriteAllText(Path.Combine(temporary, ReportName), run.Report);
            more(temporary);
        }, cancellation);

    /// <summary>Writes a run without a ledger: an ensemble of stochastic runs.</summary>
    /// <param name="path">Final name of the folder.</param>
    /// <param name="record">What is known of it.</param>
    /// <param name="trajectory">Its columns.</param>
    /// <param name="figures">Its figures, by file name.</param>
    /// <param name="overwrite">Whether a run that is there is replaced.</param>
    /// <param name="cancellation">Stops the writing and leaves nothing.</param>
    /// <exception cref="RunFolderException">The target exists, or the disk refuses.</exception>
    public static void Write(string path, RunRecord record, Trajectory trajectory, IEnumerable<(string Name, byte[] Bytes)> figures, bool overwrite = false, CancellationToken cancellation = default) =>
        Write(path, record, trajectory, figures, overwrite, _ => { }, cancellation);

    private static void Write(string path, RunRecord record, Trajectory trajectory, IEnumerable<(string Name, byte[] Bytes)> figures, bool overwrite, Action<string> writeMore, CancellationToken cancellation)
    {
        CheckTarget(path, overwrite);
        WholeFolder.Write(path, folder =>
        {
            using (var stream = File.Create(Path.Combine(folder, TrajectoryName))) ArrowTable.Write(stream, trajectory);
            foreach (var (name, bytes) in figures)
            {
                cancellation.ThrowIfCancellationRequested();
                Directory.CreateDirectory(Path.Combine(folder, "figures"));
                File.WriteAllBytes(Path.Combine(folder, "figures", name), bytes);
            }
            writeMore(folder);
            File.WriteAllText(Path.Combine(folder, RecordName), JsonSerializer.Serialize(record, RunJson.Default.RunRecord));
            cancellation.ThrowIfCancellationRequested();
        });
    }

    /// <summary>Reads a run's record, trajectory and ledger.</summary>
    /// <exception cref="RunFolderException">No run there, or it is damaged or of another version.</exception>
    public static (RunRecord Record, Trajectory Trajectory, Ledger Ledger) Read(string path)
    {
        var folder = Path.GetFullPath(path);
        if (!Directory.Exists(folder)) throw new RunFolderException("There is no such run.", $"folder {folder}", "Give the folder that 'pmf run' wrote.");
        return Read(name => File.OpenRead(Path.Combine(folder, name)), folder);
    }

    /// <summary>Reads a run that is kept elsewhere than in a folder, e.g. in an assembly.</summary>
    /// <param name="open">Opens a file of it by name; a <see cref="FileNotFoundException"/> says that there is none.</param>
    /// <param name="where">Where it is kept, for messages.</param>
    /// <exception cref="RunFolderException">A file is missing, or damaged, or of another version.</exception>
    public static (RunRecord Record, Trajectory Trajectory, Ledger Ledger) Read(Func<string, Stream> open, string where)
    {
        var record = Part(open, where, RecordName, stream => JsonSerializer.Deserialize(stream, RunJson.Default.RunRecord) ?? throw new InvalidDataException("it is empty"));
        if (record.Format != RunRecord.CurrentFormat) throw new RunFolderException(
            $"The run has format {record.Format}; this version reads {RunRecord.CurrentFormat}.", $"{where}/{RecordName}", "Read it with the version of pmf that wrote it, or run it again.");
        return (record, Part(open, where, TrajectoryName, ArrowTable.ReadTrajectory), Part(open, where, LedgerName, ArrowTable.ReadLedger));
    }

    /// <summary>Replaces a run's report and figures, each file by a finished one.</summary>
    /// <param name="path">Folder of the run.</param>
    /// <param name="report">The report as HTML.</param>
    /// <param name="figures">Its figures, by file name.</param>
    /// <param name="pdf">The report as PDF; null for none.</param>
    /// <exception cref="RunFolderException">The disk refuses.</exception>
    public static void WriteReport(string path, string report, IEnumerable<(string Name, byte[] Bytes)> figures, byte[]? pdf = null)
    {
        try
        {
            var directory = Directory.CreateDirectory(Path.Combine(path, "figures")).FullName;
            foreach (var (name, bytes) in figures) Replace(Path.Combine(directory, name), bytes);
            if (pdf is not null) Replace(Path.Combine(path, PdfName), pdf);
            Replace(Path.Combine(path, ReportName), System.Text.Encoding.UTF8.GetBytes(report));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"The report could not be written: {e.Message}", $"folder {path}", "Free space, or check that the folder may be written.", e);
        }
    }

    private static void Replace(string file, byte[] bytes)
    {
        var temporary = file + ".writing";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Whether a run may be written there; asked before the work, so that it is not lost after it.</summary>
    /// <exception cref="RunFolderException">It may not.</exception>
    public static void CheckTarget(string target, bool overwrite) => WholeFolder.CheckTarget(target, overwrite, RecordName);

    private static T Part<T>(Func<string, Stream> open, string where, string name, Func<Stream, T> read)
    {
        try
        {
            using var stream = open(name);
            return read(stream);
        }
        catch (FileNotFoundException e)
        {
            throw new RunFolderException($"The run has no {name}.", $"folder {where}", "It is no run, or a file was removed: run it again.", e);
        }
        catch (Exception e) when (e is not ProtonmotiveException and not OutOfMemoryException)
        {
            throw new RunFolderException($"{name} can't be read: {e.Message}", $"{where}/{name}", "It is truncated or of another kind: run it again.", e);
        }
    }
}

/// <summary>A run ready to be written.</summary>
/// <param name="Record">What is known of it.</param>
/// <param name="Trajectory">Its columns.</param>
/// <param name="Ledger">Its account.</param>
/// <param name="Figures">File name and content of each figure.</param>
/// <param name="Report">The report as HTML.</param>
public sealed record Run(RunRecord Record, Trajectory Trajectory, Ledger Ledger, IReadOnlyList<(string Name, byte[] Bytes)> Figures, string Report);

/// <summary>A run folder that can't be written or read.</summary>
public sealed class RunFolderException : ProtonmotiveException
{
    /// <inheritdoc/>
    public RunFolderException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }
}
