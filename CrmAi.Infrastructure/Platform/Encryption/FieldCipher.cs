using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace CrmAi.Infrastructure.Platform.Encryption;

/// <summary>
/// Encrypts single fields with AES-256-GCM (NIST SP 800-38D) and makes keyed digests (HMAC-SHA-256) to find them by.
/// Stored: key id (4 bytes), nonce (12), text, tag (16). The field's name is authenticated too, so a value cannot be moved to another column.
/// </summary>
internal sealed class FieldCipher(KeyRing ring)
{
    private const int Head = 4, Nonce = 12, Tag = 16;

    // Each serves one at a time, and to make one costs more than to decrypt a field. One that fails is left behind.
    private readonly FrozenDictionary<int, ConcurrentBag<AesGcm>> free = ring.Fields.ToFrozenDictionary(k => k.Id, _ => new ConcurrentBag<AesGcm>());

    public string Fingerprint => ring.Fingerprint;

    public byte[] Encrypt(string text, string field) => Encrypt(Encoding.UTF8.GetBytes(text), field);

    public byte[] Encrypt(byte[] plain, string field)
    {
        var key = ring.Fields[^1];
        var sealedBytes = new byte[Head + Nonce + plain.Length + Tag];
        BinaryPrimitives.WriteInt32BigEndian(sealedBytes, key.Id);
        var nonce = sealedBytes.AsSpan(Head, Nonce);
        RandomNumberGenerator.Fill(nonce);
        var aes = Take(key);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(Head + Nonce, plain.Length), sealedBytes.AsSpan(Head + Nonce + plain.Length), Encoding.UTF8.GetBytes(field));
        free[key.Id].Add(aes);
        return sealedBytes;
    }

    public string DecryptText(byte[] stored, string field) => Encoding.UTF8.GetString(Decrypt(stored, field));

    /// <exception cref="CryptographicException">Not made by this ring, changed since, or another field's.</exception>
    public byte[] Decrypt(byte[] stored, string field)
    {
        if (stored.Length < Head + Nonce + Tag) throw new CryptographicException("Too short to be an encrypted field.");
        var id = BinaryPrimitives.ReadInt32BigEndian(stored);
        var key = ring.Fields.FirstOrDefault(k => k.Id == id) ?? throw new CryptographicException($"The key ring has no field key {id}.");
        var plain = new byte[stored.Length - Head - Nonce - Tag];
        var aes = Take(key);
        aes.Decrypt(stored.AsSpan(Head, Nonce), stored.AsSpan(Head + Nonce, plain.Length), stored.AsSpan(Head + Nonce + plain.Length), plain, Encoding.UTF8.GetBytes(field));
        free[key.Id].Add(aes);
        return plain;
    }

    private AesGcm Take(FieldKey key) => free[key.Id].TryTake(out var aes) ? aes : new(key.Key, Tag);

    /// <summary>The blind index of a normalised value: 16 bytes, null for null.</summary>
    public byte[]? Index(string? value, string kind) =>
        value is null ? null : HMACSHA256.HashData(ring.Index, Encoding.UTF8.GetBytes($"{kind}\0{value}"))[..16];

    /// <summary>A keyed digest for the change history.</summary>
    public byte[] HistoryDigest(ReadOnlySpan<byte> content) => HMACSHA256.HashData(ring.History, content);
}
