using System.Buffers.Binary;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>What contacts and companies are found by when they may be duplicates. Of companies keys follow with the comparing, a little after the save. Whoever writes contacts past the change tracker writes <see cref="Rows"/> beside them, and the full scan puts right what they left out.</summary>
internal static class MatchIndex
{
    public static MatchForm Form(MatchFields fields) => MatchForm.Of(fields, Pinyin.Names);

    public static IMatchForm Form(IMatchFields fields) => fields is CompanyFields company ? CompanyMatchForm.Of(company, text => Pinyin.Syllables(text, isName: false)) : Form((MatchFields)fields);

    public static MatchFields Fields(Contact contact, string? company) => new()
    {
        Name = contact.Name, EnglishName = contact.EnglishName, Mobile = contact.Mobile, Phone = contact.Phone, Email = contact.Email, WeChat = contact.WeChat, Company = company, Others = contact.SocialProfiles,
    };

    /// <summary>The stored keys of a contact; none for a deleted one.</summary>
    public static IEnumerable<DuplicateKey> Rows(Contact contact, string? company, FieldCipher cipher) =>
        contact.DeletedAt is not null ? [] : Rows(contact.Id, Fields(contact, company), cipher);

    public static IEnumerable<DuplicateKey> Rows(Guid id, IMatchFields fields, FieldCipher cipher) => Form(fields).Keys.Select(k => Digest(k, cipher)).Distinct().Select(k => new DuplicateKey { Key = k, RecordId = id });

    /// <summary>Eight bytes of the blind index: enough to tell millions apart, and what meets by chance is compared anyway.</summary>
    public static long Digest(string key, FieldCipher cipher) => BinaryPrimitives.ReadInt64BigEndian(cipher.Index(key, "duplicate"));

    /// <summary>Brings the keys of saved contacts in step, with what is saved next, and has them compared anew.</summary>
    public static async Task KeepAsync(AppDbContext db, IReadOnlyCollection<(Contact Contact, string? Company, bool IsNew)> contacts, CancellationToken ct)
    {
        var stored = contacts.Where(c => !c.IsNew).Select(c => c.Contact.Id).ToList();
        var present = stored.Count == 0 ? [] : await db.DuplicateKeys.Where(k => stored.Contains(k.RecordId)).ToListAsync(ct);
        var keys = present.Where(k => db.Entry(k).State != EntityState.Deleted).ToLookup(k => k.RecordId);
        var changed = new List<Guid>();
        foreach (var (contact, company, _) in contacts)
        {
            var wanted = Rows(contact, company, db.Cipher).ToDictionary(k => k.Key);
            var gone = keys[contact.Id].Where(k => !wanted.Remove(k.Key)).ToList();
            db.DuplicateKeys.RemoveRange(gone);
            db.DuplicateKeys.AddRange(wanted.Values);
            if (gone.Count + wanted.Count > 0) changed.Add(contact.Id);
        }
        Mark(db, MergeKind.Contact, changed);
    }

    public static void Mark(AppDbContext db, MergeKind kind, IEnumerable<Guid> ids) => db.DuplicateMarks.AddRange(ids.Select(id => new DuplicateMark { Kind = kind, RecordId = id }));
}
