using CrmAi.Domain.Accounts;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Enrichment;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>Writes a card's fields into a contact and its company, to be saved with the card in one command.</summary>
internal sealed class CardSaving(AppDbContext db, Viewer viewer, BusinessCard card, ReadCard? read, DateTime now)
{
    /// <summary>The company that the card names, once the contact is written; null where the contact stays at another, or has none.</summary>
    public Guid? CompanyId { get; private set; }

    /// <summary>See <see cref="SavedCard.LeftOut"/>.</summary>
    public IReadOnlyList<Error> LeftOut { get; private set; } = [];

    /// <summary>A new contact, of whoever photographed the card.</summary>
    public async Task<Result<Contact>> AddAsync(CardForm text, Guid? accountId, CancellationToken ct, IReadOnlyDictionary<Guid, string>? custom = null)
    {
        var owner = await db.Users.Where(u => u.Id == card.OwnerId).Select(u => new { u.Id, u.TeamId }).SingleAsync(ct);
        var contact = new Contact { Name = "", OwnerId = owner.Id, TeamId = owner.TeamId, CreatedAt = now };
        var edit = ContactMapping.Normal(CardRules.Contact(text, accountId) with { Custom = custom ?? new Dictionary<Guid, string>() });
        if (await ContactWriting.ApplyAsync(db, viewer, contact, edit, now, ct) is { Count: > 0 } refusals) return Result.Refused<Contact>(refusals);
        db.Contacts.Add(contact);
        // A company made along with it belongs to the same person, so that they can take both back.
        if (contact.Account is { } made && db.Entry(made).State == EntityState.Added) (made.OwnerId, made.TeamId) = (owner.Id, owner.TeamId);
        CompanyId = contact.AccountId;
        Note(contact, CardRules.Notes(text, read, await CompanyAsync(contact, text, ct)));
        Photo(contact);
        return contact;
    }

    /// <summary>One that is there: its empty fields, and those that were chosen to be replaced.</summary>
    public async Task<Result<Contact>> FillAsync(CardForm text, CardSave save, CancellationToken ct)
    {
        var contact = await db.Contacts.VisibleTo(viewer).Include(c => c.Account).Include(c => c.Tags).Include(c => c.Shares).Include(c => c.Photos).AsSplitQuery().SingleOrDefaultAsync(c => c.Id == save.ContactId, ct);
        if (contact is null) return new Error("card.contact.gone", null);
        if (!viewer.MayChange(contact)) return Error.Forbidden;
        if (contact.Version != save.ContactVersion) return Error.Conflict;
        if (contact.Photos.Count >= IContactPhotos.MaxPerContact) return new Error("photo.limit", null, IContactPhotos.MaxPerContact);
        var replaced = save.Replace ?? [];
        contact.Name = Taken(CardFieldKind.Name, contact.Name, text.Name) ?? contact.Name;
        contact.EnglishName = Taken(CardFieldKind.NameEn, contact.EnglishName, text.NameEn);
        contact.Title = Taken(CardFieldKind.Title, contact.Title, CardRules.Title(text));
        contact.Mobile = Taken(CardFieldKind.Mobile, contact.Mobile, text.Mobile);
        contact.Phone = Taken(CardFieldKind.Tel, contact.Phone, text.Tel);
        contact.Email = Taken(CardFieldKind.Email, contact.Email, text.Email);
        contact.WeChat = Taken(CardFieldKind.WeChat, contact.WeChat, text.WeChat);
        var present = contact.Account is { DeletedAt: null } there ? there : null;
        if (present is null || replaced.Contains(CardFieldKind.Company))
        {
            if ((save.AccountId is not null || (text.Company ?? text.CompanyEn) is not null) && await AccountAsync(contact, save.AccountId, text.Company ?? text.CompanyEn!, ct) is { } refusal) return refusal;
            present = contact.Account is { DeletedAt: null } taken ? taken : null;
        }
        // Who changed jobs keeps the company that was left on; what the card says of another is not written into it.
        var isTheirs = present is not null && (present.Id == save.AccountId || new[] { text.Company, text.CompanyEn }.OfType<string>().Any(n => Account.Fold(n) == present.NameFolded));
        CompanyId = isTheirs ? present!.Id : null;
        contact.UpdatedAt = now;
        Note(contact, CardRules.Notes(text, read, isTheirs ? await CompanyAsync(contact, text, ct) : null));
        Photo(contact);
        return contact;

        string? Taken(CardFieldKind kind, string? has, string? says) => says is not null && (string.IsNullOrEmpty(has) || replaced.Contains(kind)) ? says : has;
    }

    /// <summary>What was chosen of searches outside goes with what the card becomes; what cannot is told, and keeps nobody from saving the card.</summary>
    public async Task KeepChoicesAsync(Contact contact, CardSave save, CancellationToken ct)
    {
        var left = new List<Error>();
        if (save.Registered is { } company && await RegisterAsync(contact, company, ct) is { } refusal) left.Add(refusal with { Field = nameof(save.Registered) });
        if (save.Confirmed is { } person && await Choices.ConfirmAsync(db, viewer, contact.Id, person, now, ct) is { Succeeded: false } refused) left.Add(refused.Errors[0] with { Field = nameof(save.Confirmed) });
        LeftOut = left;
    }

    private async Task<Error?> RegisterAsync(Contact contact, CandidateChoice choice, CancellationToken ct)
    {
        if (CompanyId is not { } id) return new("card.elsewhere", null);
        var account = contact.Account ?? await db.Accounts.VisibleTo(viewer).SingleAsync(a => a.Id == id, ct);
        if (!viewer.MayChange(account)) return Error.Forbidden;
        return await Choices.RegisterAsync(db, viewer, id, choice, now, ct) is { Succeeded: false } refused ? refused.Errors[0] : null;
    }

    private async Task<Error?> AccountAsync(Contact contact, Guid? chosen, string company, CancellationToken ct)
    {
        var account = chosen is { } id ? await db.Accounts.VisibleTo(viewer).SingleOrDefaultAsync(a => a.Id == id, ct) : await ContactWriting.FindOrMakeAsync(db, viewer, company, contact.Visibility, now, ct);
        if (account is null) return new("account.unknown", nameof(ContactEdit.Company));
        (contact.Account, contact.AccountId) = (account, account.Id);
        return null;
    }

    // What of a company stands on a card fills what is empty, where one may change the company.
    private async Task<Account?> CompanyAsync(Contact contact, CardForm text, CancellationToken ct)
    {
        if (contact.AccountId is not { } id) return null;
        var account = contact.Account ?? await db.Accounts.VisibleTo(viewer).SingleOrDefaultAsync(a => a.Id == id, ct);
        if (account is not { DeletedAt: null } || !viewer.MayChange(account)) return account;
        var before = (account.Website, account.Addresses.Count, account.Description);
        if (string.IsNullOrEmpty(account.Website)) account.Website = CardRules.Website(text);
        if (account.Addresses.Count == 0) account.Addresses = [.. CardRules.Addresses(text)];
        if (string.IsNullOrEmpty(account.Description) && text is { Company: not null, CompanyEn: { } english }) account.Description = english;
        if (before != (account.Website, account.Addresses.Count, account.Description)) account.UpdatedAt = now;
        return account;
    }

    // Only what they do not say already.
    private void Note(Contact contact, IReadOnlyList<string> lines)
    {
        var left = string.Join('\n', lines.Where(l => contact.Notes?.Contains(l, StringComparison.Ordinal) != true));
        if (left.Length == 0) return;
        var joined = string.IsNullOrEmpty(contact.Notes) ? left : $"{contact.Notes}\n{left}";
        if (joined.Length <= ContactRules.MaxNotes) contact.Notes = joined;
        else Remark(contact, left);
    }

    // Where the notes have no room for it, it stands in the timeline instead: nothing that was read goes lost.
    private void Remark(Contact contact, string text) => db.Interactions.Add(new()
    {
        ContactId = contact.Id, AuthorId = viewer.Id, Type = InteractionType.Other, Direction = InteractionDirection.Inbound, Content = text, At = now, CreatedAt = now, UpdatedAt = now,
    });

    // The same file as the card's: whoever removes one asks whether the other still needs it.
    private void Photo(Contact contact)
    {
        if (card.StorageKey is not { } key) return;
        db.ContactPhotos.Add(new() { ContactId = contact.Id, Kind = PhotoKind.NameCard, Source = read is null ? PhotoSource.Upload : PhotoSource.Ocr, StorageKey = key, ContentType = card.ContentType, AddedAt = now });
    }
}
