using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using CrmAi.Domain.Contacts;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>A place in one order of the list: the values of its columns, the id last. Opaque to callers as text.</summary>
internal sealed record ContactPlace(ContactOrder Order, bool Reversed, object?[] Values)
{
    private const int MaxLength = 1000;

    public override string ToString()
    {
        var bytes = new List<byte> { (byte)Order, Flag(Reversed) };
        foreach (var value in Values)
        {
            byte[] stored = value switch
            {
                null => [],
                DateTime at => Number(at.Ticks),
                double number => Number(BitConverter.DoubleToInt64Bits(number)),
                Guid id => id.ToByteArray(bigEndian: true),
                string text => Encoding.UTF8.GetBytes(text),
                _ => throw new InvalidOperationException($"No list is ordered by {value.GetType()}."),
            };
            bytes.AddRange([Flag(value is not null), (byte)(stored.Length >> 8), (byte)stored.Length, .. stored]);
        }
        return Base64Url.EncodeToString(bytes.ToArray());
    }

    /// <summary>Null where the text is not one of ours, or belongs to another order.</summary>
    public static ContactPlace? Parse(string text, ContactOrdering ordering)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) return null;
        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < 2 || bytes[0] != (byte)ordering.Order || bytes[1] != Flag(ordering.Reversed)) return null;
        bytes = bytes[2..];
        var values = new List<object?>();
        foreach (var kind in ordering.Kinds)
        {
            if (bytes.Length < 3 || BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]) is var length && bytes.Length < 3 + length) return null;
            var stored = bytes[3..(3 + length)];
            if (bytes[0] == 0 ? length > 0 || Nullable.GetUnderlyingType(kind) is null : Value(kind, stored) is null) return null;
            values.Add(bytes[0] == 0 ? null : Value(kind, stored));
            bytes = bytes[(3 + length)..];
        }
        return bytes.IsEmpty ? new(ordering.Order, ordering.Reversed, [.. values]) : null;
    }

    private static object? Value(Type kind, ReadOnlySpan<byte> stored)
    {
        if (kind == typeof(string)) return Encoding.UTF8.GetString(stored);
        if ((Nullable.GetUnderlyingType(kind) ?? kind) == typeof(Guid)) return stored.Length == 16 ? new Guid(stored, bigEndian: true) : null;
        if (stored.Length != 8) return null;
        var number = BinaryPrimitives.ReadInt64BigEndian(stored);
        if (kind == typeof(double)) return BitConverter.Int64BitsToDouble(number) is var value && double.IsFinite(value) ? value : null;
        return number >= 0 && number <= DateTime.MaxValue.Ticks ? new DateTime(number, DateTimeKind.Utc) : null;
    }

    private static byte Flag(bool value) => value ? (byte)1 : (byte)0;

    private static byte[] Number(long value)
    {
        var stored = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(stored, value);
        return stored;
    }
}
