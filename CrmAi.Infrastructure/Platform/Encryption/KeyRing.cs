using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmAi.Infrastructure.Platform.Encryption;

/// <summary>The secrets of one installation, kept in a file outside the database. Losing it loses every encrypted field.</summary>
internal sealed record KeyRing
{
    private const int KeySize = 32;

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
    public void SaveNew(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var temporary = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options)) JsonSerializer.Serialize(stream, this, Json);
        try { File.Move(temporary, file, overwrite: false); }
        catch (IOException) when (File.Exists(file)) { File.Delete(temporary); }
    }
}

/// <param name="Id">Stands in front of what it encrypted.</param>
internal sealed record FieldKey(int Id, byte[] Key);
