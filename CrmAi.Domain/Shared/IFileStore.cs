namespace CrmAi.Domain.Shared;

/// <summary>Keeps the bytes of uploaded files. What they are called and who may read them stands in the database.</summary>
public interface IFileStore
{
    /// <summary>Stores what the stream yields and answers where. Half-written files are removed when it fails.</summary>
    /// <exception cref="FileTooLargeException">More than <paramref name="limit"/> bytes came.</exception>
    Task<StoredFile> SaveAsync(Stream content, long limit, CancellationToken ct);

    /// <exception cref="FileNotFoundException">Nothing is stored under that key.</exception>
    Stream Open(string key);

    void Delete(string key);

    /// <summary>Keys of files that were begun, and last written to, before then (UTC); in no order, and read as they are asked for.</summary>
    IEnumerable<string> Before(DateTime at);
}

/// <param name="Key">Opaque, made by the store.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Head">The first bytes, up to 512, to tell what it is.</param>
public sealed record StoredFile(string Key, long Size, byte[] Sha256, byte[] Head);

public sealed class FileTooLargeException(long limit) : IOException($"More than {limit} bytes.");
