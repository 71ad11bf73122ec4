using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmAi.Infrastructure.Platform.Encryption;

/// <summary>The secrets of one installation, kept in a file outside the database. Losing it loses every encrypted field.</summary>
internal sealed record KeyRing
{
    private const int KeySize = 32;

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);

    // What the system answers where another process has the file: Linux, macOS (EWOULDBLOCK), Windows (sharing, lock violation). A full disk answers otherwise.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>For blind indexes: never rotated without rebuilding them.</summary>
    public required byte[] Index { get; init; }

    /// <summary>For the digests and seals of the change history.</summary>
    public required byte[] History { get; init; }

    /// <summary>For fields; the last one encrypts, all decrypt.</summary>
    public required IReadOnlyList<FieldKey> Fields { get; init; }

    /// <summary>Tells rings apart without telling anything of them.</summary>
    [JsonIgnore]
    public string Fingerprint => field ??= Convert.ToHexString(HMACSHA256.HashData(Index, "fingerprint"u8))[..16];

    public static KeyRing Make() => new()
    {
        Index = RandomNumberGenerator.GetBytes(KeySize),
        History = RandomNumberGenerator.GetBytes(KeySize),
        Fields = [new(1, RandomNumberGenerator.GetBytes(KeySize))],
    };

    /// <exception cref="InvalidOperationException">The file is no key ring, or does not exist and may not be made.</exception>
    public static KeyRing Load(string file, bool makeWhenMissing)
    {
        if (!File.Exists(file))
        {
            if (!makeWhenMissing) throw new InvalidOperationException($"There is no key ring at Keys:File = '{file}'. Make one with the verb 'keys FILE' and keep a copy outside the database.");
            Make().SaveNew(file);
        }
        KeyRing? ring;
        try { ring = JsonSerializer.Deserialize<KeyRing>(File.ReadAllText(file), Json); }
        catch (JsonException) { ring = null; }
        return ring is { Index.Length: KeySize, History.Length: KeySize, Fields.Count: > 0 } && ring.Fields.All(k => k.Key.Length == KeySize)
            ? ring
            : throw new InvalidOperationException($"'{file}' is no key ring: every key must have {KeySize} bytes.");
    }

    /// <summary>Writes it readable by this account alone; an existing file stays, so that two first starts agree on one ring.</summary>
    /// <remarks>Under a lock held between processes: a rename alone would replace a ring made in the same moment.</remarks>
    public void SaveNew(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var alone = Lock($"{file}.lock");
        if (File.Exists(file)) return;
        var temporary = $"{file}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(temporary, OwnerOnly())) JsonSerializer.Serialize(stream, this, Json);
        File.Move(temporary, file, overwrite: false);
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    // Whoever comes later finds the ring in its place, also where the lock's file was removed between opening and locking it.
    private static FileStream Lock(string file)
    {
        FileStream? held = null;
        return SpinWait.SpinUntil(() => (held = TryLock(file)) is not null, LockPatience) ? held! : throw new IOException($"'{file}' is held by another process.");
    }

    private static FileStream? TryLock(string file)
    {
        try { return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose); }
        catch (IOException e) when (Held.Contains(e.HResult)) { return null; }
    }
}

/// <param name="Id">Stands in front of what it encrypted.</param>
internal sealed record FieldKey(int Id, byte[] Key);
