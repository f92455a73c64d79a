using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Protonmotive.Fitting;

/// <summary>
/// A folder of JSON files that belong to one identity. A file is written beside its name and moved into place, so a crash leaves the old
/// one or the new one.
/// </summary>
public sealed class SavedFiles
{
    private const string IdentityName = "identity.json", InUseName = "in-use";

    // Held until the process ends, whatever ends it; one process may open a folder again.
    private static readonly ConcurrentDictionary<string, FileStream> held = new(StringComparer.Ordinal);

    private SavedFiles(string folder, FitIdentity identity) => (Folder, Identity) = (folder, identity);

    /// <summary>Where they are.</summary>
    public string Folder { get; }

    /// <summary>What they were made of.</summary>
    public FitIdentity Identity { get; private set; }

    /// <summary>Opens a folder that is there, whatever it was made of; null where there is none that can be read.</summary>
    /// <param name="folder">Its path.</param>
    public static SavedFiles? There(string folder)
    {
        var files = new SavedFiles(folder, new FitIdentity(System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty));
        if (files.Read(IdentityName, SavedJson.Default.FitIdentity) is not { } identity) return null;
        files.Identity = identity;
        return files;
    }

    /// <summary>Opens the folder, or begins it.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="identity">What is to be done.</param>
    /// <exception cref="FitException">The folder holds other work, another process works in it, its identity can't be read, or the disk refuses.</exception>
    public static SavedFiles Open(string folder, FitIdentity identity)
    {
        Hold(folder);
        var files = new SavedFiles(folder, identity);
        var path = Path.Combine(folder, IdentityName);
        if (File.Exists(path))
        {
            var there = files.Read(IdentityName, SavedJson.Default.FitIdentity)
                ?? throw new FitException("The record of an earlier run can't be read.", path, "Choose another folder, or remove this one to begin again.");
            if (identity.DifferenceFrom(there) is { } difference)
                throw new FitException($"An earlier run there was of something else: {difference}.", folder, "Go on with the problem and options it was begun with, choose another folder, or replace the run with --overwrite.");
            return files;
        }
        files.Write(IdentityName, identity, SavedJson.Default.FitIdentity);
        return files;
    }

    /// <summary>Removes a folder that holds saved work; leaves any other alone.</summary>
    /// <param name="folder">Its path.</param>
    /// <exception cref="FitException">Another process works in it.</exception>
    public static void Remove(string folder)
    {
        if (There(folder) is null) return;
        Hold(folder);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A file's content; null where it is absent or damaged: that part is done again.</summary>
    internal T? Read<T>(string name, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(Folder, name));
            return JsonSerializer.Deserialize(stream, type);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException or NotSupportedException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FitException($"What an earlier run saved can't be read: {e.Message}", Path.Combine(Folder, name), "Look at its rights, or choose another folder.", e);
        }
    }

    /// <summary>Keeps other processes from working in a folder until this one ends; it is made where it is not there. Two would write over each other's state.</summary>
    /// <param name="folder">Its path.</param>
    /// <exception cref="FitException">Another process works in it, or the disk refuses.</exception>
    public static void Hold(string folder)
    {
        string path = Path.GetFullPath(Path.Combine(folder, InUseName));
        if (held.ContainsKey(path) && File.Exists(path)) return;
        try
        {
            Directory.CreateDirectory(folder);
            if (held.TryRemove(path, out var before)) before.Dispose();
            held[path] = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new FitException($"The folder can't be written to: {e.Message}", folder, "Choose another one with --out, or mend its rights.", e);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new FitException("Another run works in this folder.", folder, "Wait for it, stop it, or choose another folder with --out.", e);
        }
        catch (IOException e)
        {
            throw new FitException($"The folder can't be made: {e.Message}", folder, "Free space, or choose another one with --out.", e);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="FitException">The disk refuses.</exception>
    internal void Write<T>(string name, T value, JsonTypeInfo<T> type)
    {
        var path = Path.Combine(Folder, name);
        var temporary = path + ".writing";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = File.Create(temporary))
            {
                JsonSerializer.Serialize(stream, value, type);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FitException($"The state could not be saved: {e.Message}", path, "Free space or choose another folder; what was saved before stays.", e);
        }
    }
}
