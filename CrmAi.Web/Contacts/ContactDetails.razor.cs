using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Contacts;

/// <summary>Every field of a contact, each edited where it stands.</summary>
public sealed partial class ContactDetails : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private Guid viewer;
    private bool ready, focused;

    [Inject] private IFolders Folders { get; set; } = null!;
    [Inject] private ITags Tags { get; set; } = null!;
    [Inject] private ICustomFields CustomFields { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public ContactEditing Editing { get; set; } = null!;

    /// <summary>Begins with the first field once it is there.</summary>
    [Parameter] public bool StartsEditing { get; set; }
    [Parameter] public EventCallback OnStarted { get; set; }

    private bool IsOwner => Editing.Contact.OwnerId == viewer;

    private MatchFields Matched => Editing.Fields is var e ? new() { Name = e.Name, EnglishName = e.EnglishName, Mobile = e.Mobile, Phone = e.Phone, Email = e.Email, WeChat = e.WeChat, Company = e.Company } : new();

    private IEnumerable<CustomFieldRow> Custom => Editing.Lookups.Custom.Where(f => !f.IsArchived || Editing.Fields.Custom.ContainsKey(f.Id));

    private IEnumerable<(string, string)> Facts
    {
        get
        {
            var contact = Editing.Contact;
            yield return (L["field.OwnerId"], contact.Owner);
            yield return (L["details.interactions"], contact.InteractionCount.ToString("N0", CultureInfo.CurrentCulture));
            yield return (L["details.last"], contact.LastContactAt is { } last ? Clock.Full(last) : "—");
            yield return (L["details.created"], Clock.Full(contact.CreatedAt));
            if (contact.UpdatedAt > contact.CreatedAt) yield return (L["details.updated"], Clock.Full(contact.UpdatedAt));
        }
    }

    protected override async Task OnInitializedAsync()
    {
        Editing.Changed += Refresh;
        var who = await CurrentUser.GetAsync(gone.Token);
        viewer = who.Id;
        Editing.DraftRecord = Drafts.Record(who.Id, "details", Editing.Contact.Id);
        Editing.Lookups = await ContactLookups.ReadAsync(Folders, Tags, CustomFields, gone.Token);
        ready = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!ready || !StartsEditing) focused = false;
        else if (!focused)
        {
            focused = true;
            await Scripts.FocusAsync(".contact-details input", gone.Token);
            await OnStarted.InvokeAsync();
        }
    }

    private Error? YearOf(string text) =>
        string.IsNullOrWhiteSpace(text) || int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : new("birth_year.range", nameof(PersonalDetails.BirthYear), 1900, Clock.Today.Year);

    private void Refresh() => StateHasChanged();

    public void Dispose()
    {
        Editing.Changed -= Refresh;
        gone.Cancel();
        gone.Dispose();
    }
}
