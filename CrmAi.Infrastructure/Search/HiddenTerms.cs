using System.Buffers.Text;
using CrmAi.Domain.Contacts;
using CrmAi.Infrastructure.Platform.Encryption;

namespace CrmAi.Infrastructure.Search;

/// <summary>Terms for numbers and addresses that stand nowhere in clear: keyed digests, found as a whole and never by a part.</summary>
internal static class HiddenTerms
{
    // Folding leaves such a character out of what is typed: nobody reaches these terms by typing one, or its beginning.
    private const char Mark = '\u0001';

    public static string? Phone(string? text, FieldCipher cipher) => Of(cipher.Index(ContactKeys.Phone(text), "phone"));

    /// <summary>The last four digits.</summary>
    public static string? Tail(string? text, FieldCipher cipher) => Of(cipher.Index(ContactKeys.Tail(text), "tail"));

    public static string? Email(string? text, FieldCipher cipher) => Of(cipher.Index(ContactKeys.Email(text), "email"));

    public static string? Of(byte[]? digest) => digest is null ? null : Mark + Base64Url.EncodeToString(digest)[..(ContactSearchTerm.MaxLength - 1)];
}
