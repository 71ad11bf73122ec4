using CrmAi.Domain.Accounts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;
using Radzen;

namespace CrmAi.Web.Accounts;

/// <summary>
/// One company while its fields are changed one by one. A change shows at once and goes back with the reason where it is refused.
/// It is made to what stood there when the person began, so that nobody's later change is overwritten unseen.
/// </summary>
public sealed class AccountEditing(Guid id, IAccounts accounts, Undo undo, DialogService dialogs, IStringLocalizer<Text> words) : IDisposable
{
    private const int Attempts = 5;

    private readonly SemaphoreSlim turn = new(1);
    private readonly Dictionary<string, Opened> opened = [];
    private readonly List<Func<AccountEdit, AccountEdit>> pending = [];
    private AccountDetail? account;

    /// <summary>Told whenever what is shown has changed.</summary>
    public event Action? Changed;

    public bool IsRead => account is not null;

    /// <summary>As last read.</summary>
    public AccountDetail Account => account ?? throw new InvalidOperationException("The company is not read yet.");

    /// <summary>What is shown: as last read, with what is on its way.</summary>
    public AccountEdit Fields { get; private set; } = new();

    /// <summary>Where the browser keeps what is typed and not yet saved.</summary>
    public string? DraftRecord { get; set; }

    /// <summary>The administrator's own fields, to name them where two edits meet.</summary>
    public IReadOnlyList<CustomFieldRow> Custom { get; set; } = [];

    public bool MayChange => account is { MayChange: true };

    /// <summary>An older read that arrives late is left aside.</summary>
    public void Show(AccountDetail latest)
    {
        if (account is not null && latest.Version < account.Version) return;
        account = latest;
        Refresh();
    }

    /// <summary>The person begins with this field.</summary>
    public void Open(string field) => opened[field] = new(Account.Version, Fields);

    /// <summary>Saves whatever becomes of the page. Empty where it stands, otherwise why not.</summary>
    public async Task<IReadOnlyList<Error>> SaveAsync(string field, string label, Func<AccountEdit, AccountEdit> change)
    {
        var from = opened.Remove(field, out var known) ? known : new Opened(Account.Version, Fields);
        pending.Add(change);
        Refresh();
        await turn.WaitAsync();
        try
        {
            var result = await WriteAsync(from, change(from.Fields));
            if (result is { Succeeded: false })
            {
                opened.TryAdd(field, from);
                return result.Value.Errors;
            }
            await ReadAsync();
            if (result is { } written) undo.Offer(words["account.changed", label], written.Value, ReadAgainAsync, "account.edit");
            return [];
        }
        finally
        {
            pending.Remove(change);
            turn.Release();
            Refresh();
        }
    }

    /// <summary>Gives the company to a colleague; null where it is done, otherwise why not.</summary>
    public async Task<string?> AssignAsync(Guid ownerId, string name)
    {
        var result = await accounts.AssignAsync(id, ownerId, CancellationToken.None);
        if (!result.Succeeded) return words.Of(result.Errors);
        await ReadAgainAsync();
        undo.Offer(words["account.assigned", name], result.Value, ReadAgainAsync);
        return null;
    }

    /// <summary>A refusal in words: of this field, or of the one it names.</summary>
    public string? Say(IReadOnlyList<Error> errors) => errors.Count == 0 ? null : words.Of(errors);

    public async Task ReadAgainAsync()
    {
        await ReadAsync();
        Refresh();
    }

    // Where others saved in between, their changes and this one are brought together; null where nothing is left to write.
    private async Task<Result<Saved>?> WriteAsync(Opened from, AccountEdit mine)
    {
        var fields = AccountFields.All(words, Custom);
        var (before, version) = (from.Fields, from.Version);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (fields.All(f => (f.Show(mine) ?? "") == (f.Show(before) ?? ""))) return null;
            var result = await accounts.UpdateAsync(id, version, mine, CancellationToken.None);
            if (result.Succeeded || !result.Errors.Any(e => e.Code == Error.Conflict.Code)) return result;
            if (await accounts.GetAsync(id, CancellationToken.None) is not { } latest) return Error.NotFound;
            if (await ConflictDialog.SettleAsync(dialogs, words, fields, before, mine, latest.Fields) is not { } settled) return Error.Conflict;
            (before, mine, version) = (latest.Fields, settled, latest.Version);
        }
        return Error.Conflict;
    }

    private async Task ReadAsync()
    {
        if (await accounts.GetAsync(id, CancellationToken.None) is { } latest) account = latest;
    }

    private void Refresh()
    {
        Fields = pending.Aggregate(Account.Fields, (fields, change) => change(fields));
        Changed?.Invoke();
    }

    public void Dispose() => turn.Dispose();

    private sealed record Opened(int Version, AccountEdit Fields);
}
