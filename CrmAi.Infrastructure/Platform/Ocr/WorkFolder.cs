namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>A folder for one card, gone with everything in it when the card is read or not.</summary>
internal sealed class WorkFolder : IDisposable
{
    private WorkFolder(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="IOException">There is no room, or no such place.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public static WorkFolder Make(string? parent)
    {
        var path = System.IO.Path.Combine(string.IsNullOrEmpty(parent) ? System.IO.Path.GetTempPath() : parent, $"crmai-card-{Guid.NewGuid():N}");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(path);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
