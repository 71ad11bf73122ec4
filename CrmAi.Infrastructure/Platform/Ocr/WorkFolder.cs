using System.Collections.Concurrent;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>A folder for one card, gone with everything in it when the card is read or not.</summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Name = "crmai-card-";

    // No card takes nearly so long: whoever made it was killed.
    private static readonly TimeSpan Left = TimeSpan.FromHours(1);
    private static readonly ConcurrentDictionary<string, bool> Swept = new();

    private WorkFolder(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="IOException">There is no room, or no such place.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public static WorkFolder Make(string? parent)
    {
        var root = string.IsNullOrEmpty(parent) ? System.IO.Path.GetTempPath() : parent;
        if (Swept.TryAdd(root, true)) Sweep(root);
        var path = System.IO.Path.Combine(root, $"{Name}{Guid.NewGuid():N}");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(path);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }

    // What a process that was killed in mid-read left of somebody's card.
    private static void Sweep(string root)
    {
        if (!Directory.Exists(root)) return;
        var before = TimeProvider.System.GetUtcNow().UtcDateTime - Left; // folders go by the machine's clock
        foreach (var old in Directory.GetDirectories(root, Name + "*").Where(d => Directory.GetLastWriteTimeUtc(d) < before))
        {
            try { Directory.Delete(old, recursive: true); }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException) { } // somebody else's, or gone in between
        }
    }
}
