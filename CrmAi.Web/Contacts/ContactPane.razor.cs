using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Web.History;
using CrmAi.Web.Interactions;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Contacts;

/// <summary>One contact: who they are, what was said, what follows from it, and where to write the next note.</summary>
public sealed partial class ContactPane : LiveComponent
{
    private static readonly string[] Panes = ["timeline", "insight", "compose", "upcoming"];

    private readonly Dictionary<string, ChatSide> speakers = [];
    private ContactDetail? contact;
    private Timeline? timeline;
    private ContactInsight? insight;
    private string pane = "timeline";
    private bool missing;

    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private IConversations Conversations { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public Guid Id { get; set; }
    [Parameter, EditorRequired] public ContactFilter Filter { get; set; } = new();
    [Parameter] public Evidence? Target { get; set; }
    [Parameter] public EventCallback<string> OnNamed { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Watch(LiveTopic.Contact(Id));
        await ReadAsync(Gone);
    }

    protected override void OnParametersSet()
    {
        if (Target is not null) pane = "timeline";
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var read = await Contacts.GetAsync(Id, ct);
        missing = read is null;
        if (read is null) return;
        if (contact is null)
        {
            contact = read;
            StateHasChanged();
        }
        contact = read;
        OfferActions(read);
        await OnNamed.InvokeAsync(read.Fields.Name);
        insight = await Conversations.InsightAsync(Id, ct);
    }

    /// <summary>The address at which a sentence is shown, with the list's filter kept.</summary>
    private string EvidenceLink(Evidence evidence)
    {
        var address = Filter.Address(Id);
        return $"{address}{(address.Contains('?') ? '&' : '?')}interaction={evidence.InteractionId}&start={evidence.Start}&length={evidence.Length}";
    }

    // Whose words a name's are was confirmed in earlier conversations; nobody is asked twice.
    private void Learn(IEnumerable<SpeakerSide> confirmed)
    {
        foreach (var speaker in confirmed.Where(s => s.Side != ChatSide.Unknown)) speakers.TryAdd(speaker.Name, speaker.Side);
    }

    private async Task EditAsync()
    {
        if (contact is null || await ContactDialog.OpenAsync(Dialogs, L["contact.edit"], contact) is not { } saved) return;
        await ReadAsync(Gone);
        Undo.Offer(L["contact.saved"], saved);
    }

    private async Task DeleteAsync()
    {
        var result = await Contacts.DeleteAsync(Id, Gone);
        if (!result.Succeeded)
        {
            Toasts.Problem(L.Of(result.Errors));
            return;
        }
        var address = Filter.Address(Id);
        Undo.Offer(L["contact.deleted", contact?.Fields.Name ?? ""], result.Value, () =>
        {
            Navigation.NavigateTo(address);
            return Task.CompletedTask;
        });
        Navigation.NavigateTo(Filter.Address(null));
    }

    private Task HistoryAsync() => HistoryDialog.OpenAsync(Dialogs, L["history.title"], "Contact", Id);
}
