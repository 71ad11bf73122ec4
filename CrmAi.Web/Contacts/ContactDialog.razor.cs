using System.Text.Json;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Contacts;

/// <summary>Adds a contact beside the list. What is entered stays, whatever the outcome.</summary>
public sealed partial class ContactDialog : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource gone = new();
    private ContactForm form = new();
    private IReadOnlyList<Error> errors = [];
    private IReadOnlyList<FolderRow> folders = [];
    private IReadOnlyList<CustomFieldRow> custom = [];
    private CrmAi.Web.Duplicates.DuplicateWarning? warning;
    private string? record;
    private int generation;
    private bool saving, restored, focused;

    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private IFolders Folders { get; set; } = null!;
    [Inject] private IDuplicates Duplicates { get; set; } = null!;
    [Inject] private ICustomFields CustomFields { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private Drafts Drafts { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;

    /// <summary>Where the contact works; null where it is not known yet.</summary>
    [Parameter] public AccountRow? Company { get; set; }

    private ContactEdit Edit => form.Edit;

    private MatchFields Matched => new() { Name = Edit.Name, EnglishName = Edit.EnglishName, Mobile = Edit.Mobile, Phone = Edit.Phone, Email = Edit.Email, WeChat = Edit.WeChat, Company = Edit.Company, Others = [] };

    private ContactEdit Before => new() { AccountId = Company?.Id, Company = Company?.Name };

    private IEnumerable<Choice> YesNo => [new(true, L["yes"]), new(false, L["no"])];

    public static async Task<Saved?> OpenAsync(DialogService dialogs, string title, AccountRow? company = null) =>
        await dialogs.OpenSideAsync<ContactDialog>(title, new() { [nameof(Company)] = company! }, new SideDialogOptions { Width = "min(620px, 100vw)", CloseDialogOnOverlayClick = false, ShowMask = true, AutoFocusFirstElement = false }) as Saved;

    protected override async Task OnInitializedAsync()
    {
        form.Edit = Before;
        folders = await Folders.ListAsync(gone.Token);
        custom = await CustomFields.ListAsync(CustomFieldTarget.Contact, archivedToo: false, gone.Token);
        // Each company keeps its own draft, so that one begun elsewhere does not come back under this name.
        var key = Drafts.Record((await CurrentUser.GetAsync(gone.Token)).Id, Company is null ? "contact" : "contact-at", Company?.Id);
        if ((await Drafts.ReadAsync(key, gone.Token)).TryGetValue("fields", out var kept)) Restore(kept);
        record = key;
    }

    // By ourselves: the dialog would do it half a second later, out of the field that is being typed in, and into what comes first, which may be the button that discards the draft.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (focused || record is null) return;
        focused = true;
        try { await Scripts.FocusAsync("#f-Name", gone.Token); }
        catch (OperationCanceledException) { }
    }

    private void Restore(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize<ContactEdit>(json) is not { } draft) return;
            form.Edit = draft;
            restored = true;
        }
        catch (JsonException) { } // written by an older version of the page: the texts are kept one by one
    }

    // Custom fields say what is wrong with them as they are left; one that was never entered is told of above.
    private static bool IsOfTheWhole(Error error) => error.Field is null || error.Field.StartsWith("custom.", StringComparison.Ordinal);

    private async Task<string?> OwnAsync(Guid field, string? value)
    {
        await SetAsync(Edit.WithCustom(field, value));
        return null;
    }

    private string? About(string field) => L.About(errors, field);

    private async Task SetAsync(ContactEdit edit)
    {
        form.Edit = edit;
        if (record is not null) await Drafts.KeepAsync(record, "fields", JsonSerializer.Serialize(edit), gone.Token);
    }

    private RenderFragment Entry(string field, string? value, Func<string?, ContactEdit> with, bool required = false, string? mode = null, int lines = 1, int max = ContactRules.MaxShort) =>
        Box(field, value, text => SetAsync(with(text.Length == 0 && !required ? null : text)), required, mode, lines, max, null);

    private RenderFragment Typed(string field, string value, Action<string> set, string? mode = null, string? hint = null) => Box(field, value, text =>
    {
        set(text);
        return Task.CompletedTask;
    }, false, mode, 1, 2000, hint);

    // One field of text: label, entry with its draft, what is wrong with it.
    private RenderFragment Box(string field, string? value, Func<string, Task> set, bool required, string? mode, int lines, int max, string? hint) => builder =>
    {
        builder.OpenComponent<Field>(0);
        builder.AddComponentParameter(1, nameof(Field.Label), L["field." + field].Value);
        builder.AddComponentParameter(2, nameof(Field.For), "f-" + field);
        builder.AddComponentParameter(3, nameof(Field.Error), About(field));
        builder.AddComponentParameter(4, nameof(Field.Hint), hint);
        builder.AddComponentParameter(5, nameof(Field.Required), required);
        builder.AddComponentParameter(6, nameof(Field.Class), lines > 1 ? "wide" : null);
        builder.AddComponentParameter(7, nameof(Field.ChildContent), (RenderFragment)(inner =>
        {
            inner.OpenComponent<TextEntry>(0);
            inner.AddComponentParameter(1, nameof(TextEntry.Id), "f-" + field);
            inner.AddComponentParameter(2, nameof(TextEntry.Value), value);
            inner.AddComponentParameter(3, nameof(TextEntry.ValueChanged), EventCallback.Factory.Create<string>(this, set));
            inner.AddComponentParameter(4, nameof(TextEntry.Multiline), lines > 1);
            inner.AddComponentParameter(5, nameof(TextEntry.Rows), lines);
            inner.AddComponentParameter(6, nameof(TextEntry.MaxLength), max);
            inner.AddComponentParameter(7, nameof(TextEntry.Invalid), About(field) is not null);
            inner.AddComponentParameter(8, nameof(TextEntry.DraftRecord), record);
            inner.AddComponentParameter(9, nameof(TextEntry.DraftField), field);
            inner.AddComponentParameter(10, nameof(TextEntry.OnSubmit), EventCallback.Factory.Create(this, SaveAsync));
            inner.AddComponentParameter(11, nameof(TextEntry.OnRestored), EventCallback.Factory.Create(this, () => restored = true));
            if (mode is not null) inner.AddAttribute(12, "inputmode", mode);
            inner.CloseComponent();
        }));
        builder.CloseComponent();
    };

    private async Task SaveAsync()
    {
        if (saving) return;
        var read = form.Read(Clock.Today);
        errors = read.Errors;
        if (errors.Count > 0) return;
        saving = true;
        StateHasChanged();
        try
        {
            var result = await Contacts.AddAsync(read.Value, gone.Token);
            if (result.Succeeded) await CloseAsync(result.Value);
            else errors = result.Errors;
        }
        finally
        {
            saving = false;
        }
    }

    private async Task CloseAsync(Saved saved)
    {
        if (record is not null) await Drafts.ClearAsync(record, gone.Token);
        foreach (var other in warning?.Others ?? []) await Duplicates.DismissAsync(saved.Id, other, gone.Token);
        Dialogs.CloseSide(saved);
    }

    private async Task DiscardAsync()
    {
        await Drafts.ClearAsync(record!, gone.Token);
        (form, errors, restored) = (new() { Edit = Before }, [], false);
        generation++;
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        gone.Dispose();
    }

    private sealed record Choice(bool? Value, string Text);
}
