using System.Buffers.Binary;
using System.Buffers.Text;

namespace CrmAi.Infrastructure.Data;

/// <summary>Where a page ended: a time and the id as tiebreak, opaque to callers.</summary>
internal readonly record struct Cursor(DateTime At, Guid Id)
{
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At.Ticks);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null where the text is not a cursor of ours.</summary>
    public static Cursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[24];
        if (!Base64Url.IsValid(text) || text.Length != 32 || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != 24) return null;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new(new(ticks, DateTimeKind.Utc), new(bytes[8..], bigEndian: true));
    }
}
