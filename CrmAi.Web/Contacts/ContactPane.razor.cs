using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Interactions;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Contacts;

/// <summary>One contact: who they are, what was said, what follows from it, and where to write the next note.</summary>
public sealed partial class ContactPane : LiveComponent
{
    private const string Story = "timeline", InProfile = "profile", InDetails = "details", InHistory = "history";

    // Parts of the story, beside each other on a desk and one at a time on a phone.
    private static readonly string[] Phone = ["insight", "compose", "upcoming"];
    private static readonly string[] Panes = [Story, .. Phone, InProfile, InDetails, InHistory];

    private readonly Dictionary<string, ChatSide> speakers = [];
    private ContactDetail? contact;
    private Timeline? timeline;
    private ContactInsight? insight;
    private string pane = Story;
    private bool missing, storyOpened, editing;
    private Viewer? viewer;

    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private IConversations Conversations { get; set; } = null!;
    [Inject] private IMerges Merges { get; set; } = null!;
    [Inject] private ContactEditing Editing { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter, EditorRequired] public Guid Id { get; set; }
    [Parameter, EditorRequired] public ContactFilter Filter { get; set; } = new();
    [Parameter] public Evidence? Target { get; set; }

    /// <summary>Which part of the contact is shown, as the address says it.</summary>
    [SupplyParameterFromQuery(Name = "pane")] private string? Pane { get; set; }

    /// <summary>The profile's changes in place of its cards.</summary>
    [SupplyParameterFromQuery(Name = "versions")] private string? Versions { get; set; }
    [Parameter] public EventCallback<string> OnNamed { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Editing.Changed += Refresh;
        viewer = await CurrentUser.GetAsync(Gone);
        Watch(LiveTopic.Contact(Id));
        await ReadAsync(Gone);
    }

    private bool IsStory => pane is not (InProfile or InDetails or InHistory);

    protected override void OnParametersSet()
    {
        pane = Target is null && Array.Find(Panes, p => p == Pane) is { } named ? named : Story;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!IsStory || storyOpened) return;
        // The timeline reads the address itself: it may not join while those who do are being told of a new one.
        await Task.Yield();
        storyOpened = true;
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var read = await Contacts.GetAsync(Id, ct);
        missing = read is null;
        if (read is null)
        {
            // One that was made part of another is looked for there.
            if (await Merges.SurvivorOfAsync(MergeKind.Contact, Id, ct) is { } survivor) Navigation.NavigateTo(Filter.Address(survivor), replace: true);
            return;
        }
        if (contact is null)
        {
            Editing.Show(contact = read);
            StateHasChanged();
        }
        Editing.Show(read);
        contact = Editing.Contact;
        OfferActions(contact);
        // The header shows the company too.
        Watch(read.Account is { } account ? [LiveTopic.Contact(Id), LiveTopic.Account(account.Id)] : [LiveTopic.Contact(Id)]);
        await OnNamed.InvokeAsync(read.Fields.Name);
        insight = await Conversations.InsightAsync(Id, ct);
    }

    /// <summary>The address at which a sentence is shown, with the list's filter kept.</summary>
    private string EvidenceLink(Evidence evidence) => With(Filter.Address(Id), $"interaction={evidence.InteractionId}&start={evidence.Start}&length={evidence.Length}");

    // Whose words a name's are was confirmed in earlier conversations; nobody is asked twice.
    private void Learn(IEnumerable<SpeakerSide> confirmed)
    {
        foreach (var speaker in confirmed.Where(s => s.Side != ChatSide.Unknown)) speakers.TryAdd(speaker.Name, speaker.Side);
    }

    private string PaneAddress(string name) => name == Story ? Filter.Address(Id) : With(Filter.Address(Id), $"pane={name}");

    private string VersionsAddress => Versions is null ? With(PaneAddress(InProfile), "versions=1") : PaneAddress(InProfile);

    private static string With(string address, string parameter) => $"{address}{(address.Contains('?') ? '&' : '?')}{parameter}";

    private void Refresh()
    {
        contact = Editing.Contact;
        StateHasChanged();
    }

    private void Edit()
    {
        editing = true;
        if (pane != InDetails) Navigation.NavigateTo(PaneAddress(InDetails));
    }

    private void Leave() => Navigation.NavigateTo(Filter.Address(null));
}
