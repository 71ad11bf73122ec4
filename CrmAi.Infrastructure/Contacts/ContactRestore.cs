using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Puts fields, labels and shares of a contact back.</summary>
internal sealed class ContactRestore(TimeProvider time) : IRestorable
{
    public string RecordType => nameof(Contact);

    public IReadOnlyCollection<string> Fields { get; } = [.. typeof(ContactEdit).GetProperties().Select(p => p.Name).Except([nameof(ContactEdit.Company), nameof(ContactEdit.FolderId), nameof(ContactEdit.TagIds), nameof(ContactEdit.Custom)])];

    public async Task<Result<OpenRecord>> OpenAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var contact = await db.Contacts.VisibleTo(viewer).Include(c => c.Account).Include(c => c.Tags).Include(c => c.Shares).AsSplitQuery().SingleOrDefaultAsync(c => c.Id == id, ct);
        if (contact is null) return Error.NotFound;
        if (!viewer.MayChange(contact)) return Error.Forbidden;
        var shares = viewer.MayGovern(contact) ? contact.Shares.ToDictionary(s => s.UserId, s => s.MayChange) : null;
        return new OpenRecord(contact.Version, EditPatch.Of(ContactMapping.Edit(contact, viewer)), contact.Tags.Select(t => t.TagId).ToHashSet(), shares, (edit, wanted, token) => SaveAsync(db, viewer, contact, edit, wanted, token));
    }

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, Viewer viewer, Contact contact, EditPatch patch, IReadOnlyDictionary<Guid, bool>? shares, CancellationToken ct)
    {
        var (edit, now) = (ContactMapping.Normal(patch.Edit<ContactEdit>()), time.GetUtcNow().UtcDateTime);
        var errors = ContactRules.Check(edit, DateOnly.FromDateTime(now));
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        if (await ContactWriting.ApplyAsync(db, viewer, contact, edit, now, ct) is { Count: > 0 } refusals) return Result.Refused<Saved>(refusals);
        if (shares is not null)
        {
            var people = shares.Keys.Where(p => p != contact.OwnerId).ToList();
            var added = people.Except(contact.Shares.Select(s => s.UserId)).ToList();
            if (await db.Users.CountAsync(u => added.Contains(u.Id) && u.IsActive, ct) < added.Count) return new Error("user.unknown", "shares");
            db.ContactShares.RemoveRange(contact.Shares.Where(s => !people.Contains(s.UserId)));
            foreach (var person in people)
            {
                if (contact.Shares.Find(s => s.UserId == person) is { } present) present.MayChange = shares[person];
                else db.ContactShares.Add(new() { ContactId = contact.Id, UserId = person, MayChange = shares[person], CreatedAt = now });
            }
        }
        var command = db.Begin("contact.putback", viewer, now);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Saved(contact.Id, contact.Version, command.Id);
    }
}
