using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;
using Radzen;

namespace CrmAi.Web.Contacts;

/// <summary>
/// One contact while its fields are changed one by one. A change shows at once and goes back with the reason where it is refused.
/// It is made to what stood there when the person began, so that nobody's later change is overwritten unseen.
/// </summary>
public sealed class ContactEditing(IContacts contacts, Undo undo, DialogService dialogs, UserClock clock, IStringLocalizer<Text> words)
{
    private const int Attempts = 5;

    private readonly Dictionary<string, Opened> opened = [];
    private readonly List<Func<ContactEdit, ContactEdit>> pending = [];
    private Task last = Task.CompletedTask;

    /// <summary>Told whenever what is shown has changed.</summary>
    public event Action? Changed;

    /// <summary>As last read.</summary>
    public ContactDetail Contact { get; private set; } = null!;

    /// <summary>What is shown: as last read, with what is on its way.</summary>
    public ContactEdit Fields { get; private set; } = new();

    public ContactLookups Lookups { get; set; } = ContactLookups.None;

    /// <summary>Where the browser keeps what is typed and not yet saved.</summary>
    public string? DraftRecord { get; set; }

    public bool MayChange => Contact.MayChange;

    /// <summary>Why channels and personal details cannot be edited; null where they can, or where nothing can.</summary>
    public string? Locked => Contact.Masked ? words["header.masked.tip", Contact.Owner].Value : null;

    /// <summary>An older read that arrives late is left aside.</summary>
    public void Show(ContactDetail latest)
    {
        if (Contact is not null && latest.Version < Contact.Version) return;
        Contact = latest;
        Refresh();
    }

    /// <summary>The person begins with this field.</summary>
    public void Open(string field) => opened[field] = new(Contact.Version, Fields);

    /// <summary>Saves whatever becomes of the page. Empty where it stands, otherwise why not.</summary>
    public async Task<IReadOnlyList<Error>> SaveAsync(string field, string label, Func<ContactEdit, ContactEdit> change)
    {
        var from = opened.Remove(field, out var known) ? known : new Opened(Contact.Version, Fields);
        pending.Add(change);
        Refresh();
        // One after the other, in the order in which they were made.
        var (turn, done) = (last, new TaskCompletionSource());
        last = done.Task;
        await turn;
        try
        {
            var result = await WriteAsync(from, change(from.Fields));
            if (result is { Succeeded: false })
            {
                opened.TryAdd(field, from);
                return result.Value.Errors;
            }
            if (await contacts.GetAsync(Contact.Id, CancellationToken.None) is { } latest) Contact = latest;
            if (result is { } written) undo.Offer(words["inline.saved", label], written.Value, ReadAgainAsync, "contact.edit");
            return [];
        }
        finally
        {
            pending.Remove(change);
            done.SetResult();
            Refresh();
        }
    }

    // Where others saved in between, their changes and this one are brought together; null where nothing is left to write.
    private async Task<Result<Saved>?> WriteAsync(Opened from, ContactEdit mine)
    {
        var fields = ContactFields.All(words, clock, Lookups);
        var (before, version) = (from.Fields, from.Version);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (fields.All(f => (f.Show(mine) ?? "") == (f.Show(before) ?? ""))) return null;
            var result = await contacts.UpdateAsync(Contact.Id, version, mine, CancellationToken.None);
            if (result.Succeeded || !result.Errors.Any(e => e.Code == Error.Conflict.Code)) return result;
            if (await contacts.GetAsync(Contact.Id, CancellationToken.None) is not { } latest) return Error.NotFound;
            var theirs = Plain(latest);
            if (await ConflictDialog.SettleAsync(dialogs, words, fields, before, mine, theirs) is not { } settled) return Error.Conflict;
            (before, mine, version) = (theirs, settled, latest.Version);
        }
        return Error.Conflict;
    }

    public async Task ReadAgainAsync()
    {
        if (await contacts.GetAsync(Contact.Id, CancellationToken.None) is { } latest) Show(latest);
    }

    /// <summary>A refusal in words: of this field, or of the one it names.</summary>
    public string? Say(IReadOnlyList<Error> errors, string field) => errors.Count == 0 ? null
        : string.Join(" ", errors.Select(e => e.Field is null || e.Field == field || words["field." + e.Field].ResourceNotFound ? words.Of(e) : $"{words["field." + e.Field]}: {words.Of(e)}").Distinct());

    private void Refresh()
    {
        Fields = pending.Aggregate(Plain(Contact), (fields, change) => change(fields));
        Changed?.Invoke();
    }

    private static ContactEdit Plain(ContactDetail contact) => contact.Fields with { Company = contact.Company ?? contact.Fields.Company };

    private sealed record Opened(int Version, ContactEdit Fields);
}
