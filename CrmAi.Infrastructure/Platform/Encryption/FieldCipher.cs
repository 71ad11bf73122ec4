using System.Buffers.Binary;
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

    public string Fingerprint => ring.Fingerprint;

    public byte[] Encrypt(string text, string field) => Encrypt(Encoding.UTF8.GetBytes(text), field);

    public byte[] Encrypt(byte[] plain, string field)
    {
        var key = ring.Fields[^1];
        var sealedBytes = new byte[Head + Nonce + plain.Length + Tag];
        BinaryPrimitives.WriteInt32BigEndian(sealedBytes, key.Id);
        var nonce = sealedBytes.AsSpan(Head, Nonce);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Key, Tag);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(Head + Nonce, plain.Length), sealedBytes.AsSpan(Head + Nonce + plain.Length), Encoding.UTF8.GetBytes(field));
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
        using var aes = new AesGcm(key.Key, Tag);
        aes.Decrypt(stored.AsSpan(Head, Nonce), stored.AsSpan(Head + Nonce, plain.Length), stored.AsSpan(Head + Nonce + plain.Length), plain, Encoding.UTF8.GetBytes(field));
        return plain;
    }

    /// <summary>The blind index of a normalised value: 16 bytes, null for null.</summary>
    public byte[]? Index(string? value, string kind) =>
        value is null ? null : HMACSHA256.HashData(ring.Index, Encoding.UTF8.GetBytes($"{kind}\0{value}"))[..16];

    /// <summary>A keyed digest for the change history.</summary>
    public byte[] HistoryDigest(ReadOnlySpan<byte> content) => HMACSHA256.HashData(ring.History, content);
}
