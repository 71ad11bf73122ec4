using System.Security.Cryptography;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Platform.Files;

/// <summary>Files in a folder, two levels deep, under names of our own making.</summary>
internal sealed class FolderFileStore(string root) : IFileStore
{
    private const int HeadSize = 512;

    public async Task<StoredFile> SaveAsync(Stream content, long limit, CancellationToken ct)
    {
        var key = Ids.Next().ToString("N");
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var head = new byte[HeadSize];
        var headLength = 0;
        long size = 0;
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
            {
                var buffer = new byte[1 << 16];
                for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
                {
                    size += read;
                    if (size > limit) throw new FileTooLargeException(limit);
                    var taken = Math.Min(HeadSize - headLength, read);
                    buffer.AsSpan(0, taken).CopyTo(head.AsSpan(headLength));
                    headLength += taken;
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), ct);
                }
            }
            return new(key, size, hash.GetHashAndReset(), head[..headLength]);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public Stream Open(string key) => new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: true);

    public void Delete(string key) => File.Delete(PathOf(key));

    public IEnumerable<string> Before(DateTime at) => !Directory.Exists(root) ? [] : new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(f => Guid.TryParseExact(f.Name, "N", out var id) && Ids.MadeAt(id) < at && f.LastWriteTimeUtc < at && f.FullName == Path.GetFullPath(PathOf(f.Name))).Select(f => f.Name);

    // Keys are ours, but a wrong one must not lead out of the folder.
    private string PathOf(string key) =>
        Guid.TryParseExact(key, "N", out _) ? Path.Combine(root, key[^2..], key[^4..^2], key) : throw new FileNotFoundException("No such file.");
}
