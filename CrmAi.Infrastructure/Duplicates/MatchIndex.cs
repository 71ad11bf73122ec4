using System.Buffers.Binary;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>What contacts are found by when they may be duplicates. Whoever writes contacts past the change tracker writes <see cref="Rows"/> beside them, and the full scan puts right what they left out.</summary>
internal static class MatchIndex
{
    public static MatchForm Form(MatchFields fields) => MatchForm.Of(fields, Pinyin.Names);

    public static MatchFields Fields(Contact contact, string? company) => new()
    {
        Name = contact.Name, EnglishName = contact.EnglishName, Mobile = contact.Mobile, Phone = contact.Phone, Email = contact.Email, WeChat = contact.WeChat, Company = company, Others = contact.SocialProfiles,
    };

    /// <summary>The stored keys of a contact; none for a deleted one.</summary>
    public static IEnumerable<DuplicateKey> Rows(Contact contact, string? company, FieldCipher cipher) =>
        contact.DeletedAt is not null ? [] : MatchKeys.Of(Form(Fields(contact, company))).Select(k => Digest(k, cipher)).Distinct().Select(k => new DuplicateKey { Key = k, ContactId = contact.Id });

    /// <summary>Eight bytes of the blind index: enough to tell millions apart, and what meets by chance is compared anyway.</summary>
    public static long Digest(string key, FieldCipher cipher) => BinaryPrimitives.ReadInt64BigEndian(cipher.Index(key, "duplicate"));

    /// <summary>Brings the keys of saved contacts in step, with what is saved next, and has them compared anew.</summary>
    public static async Task KeepAsync(AppDbContext db, IReadOnlyCollection<(Contact Contact, string? Company, bool IsNew)> contacts, CancellationToken ct)
    {
        var stored = contacts.Where(c => !c.IsNew).Select(c => c.Contact.Id).ToList();
        var present = stored.Count == 0 ? [] : await db.DuplicateKeys.Where(k => stored.Contains(k.ContactId)).ToListAsync(ct);
        var keys = present.Where(k => db.Entry(k).State != EntityState.Deleted).ToLookup(k => k.ContactId);
        var changed = new List<Guid>();
        foreach (var (contact, company, _) in contacts)
        {
            var wanted = Rows(contact, company, db.Cipher).ToDictionary(k => k.Key);
            var gone = keys[contact.Id].Where(k => !wanted.Remove(k.Key)).ToList();
            db.DuplicateKeys.RemoveRange(gone);
            db.DuplicateKeys.AddRange(wanted.Values);
            if (gone.Count + wanted.Count > 0) changed.Add(contact.Id);
        }
        Mark(db, changed);
    }

    public static void Mark(AppDbContext db, IEnumerable<Guid> contacts) => db.DuplicateMarks.AddRange(contacts.Select(id => new DuplicateMark { ContactId = id }));
}
