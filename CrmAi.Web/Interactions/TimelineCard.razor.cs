using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Conversations;
using CrmAi.Web.History;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Interactions;

/// <summary>One interaction. While its analysis is under way it watches for the outcome itself.</summary>
public sealed partial class TimelineCard : LiveComponent
{
    private const int ChipsShown = 5;

    private TimelineItem item = null!;
    private TimelineItem? given;
    private ParsedChat chat = null!;
    private bool busy;

    [Inject] private IInteractions Interactions { get; set; } = null!;
    [Inject] private IConversations Conversations { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public TimelineItem Item { get; set; } = null!;
    [Parameter] public Evidence? Target { get; set; }

    /// <summary>It was deleted, or its deletion was taken back.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    private bool Pending => item.Analysis.State is AnalysisState.Waiting or AnalysisState.Running;

    private string Day => L.When(DateOnly.FromDateTime(Clock.Local(item.Fields.At)), null, Clock);

    private IEnumerable<(string Text, string Colour)> Found => item.Analysis.Findings
        .Where(f => f.Kind is FindingKind.Objection or FindingKind.BuyingSignal or FindingKind.Budget or FindingKind.DecisionMaker or FindingKind.Competitor or FindingKind.Pain or FindingKind.Risk)
        .GroupBy(f => (Text: L.Say(f, Clock), Colour: FindingWords.Colour(f.Kind)))
        .Select(g => (g.Count() > 1 ? $"{g.Key.Text} {g.Count()}" : g.Key.Text, g.Key.Colour))
        .Take(ChipsShown);

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(given, Item)) return;
        given = Item;
        Show(Item);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        if (await Interactions.GetAsync(item.Id, ct) is { } read) Show(read);
    }

    private void Show(TimelineItem next)
    {
        if (item is null || item.Fields.Content != next.Fields.Content || !item.Fields.Speakers.SequenceEqual(next.Fields.Speakers)) chat = Read(next);
        item = next;
        if (Pending) Watch(LiveTopic.Contact(item.ContactId));
        else Watch();
    }

    private ParsedChat Read(TimelineItem next) => ChatParser.Parse(next.Fields.Content,
        new ChatContext(Clock.Offset(next.Fields.At), [], [], next.Fields.Speakers.DistinctBy(s => s.Name).ToDictionary(s => s.Name, s => s.Side)));

    private async Task AnalyseAsync()
    {
        busy = true;
        var result = await Conversations.AnalyseAsync(item.Id, Gone);
        busy = false;
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        await ReadAsync(Gone);
    }

    private async Task RateAsync(bool useful)
    {
        if (item.Analysis.AiRunId is not { } run) return;
        var before = item;
        item = item with { Analysis = item.Analysis with { RatedUseful = useful } };
        var result = await Conversations.RateAsync(run, useful, null, Gone);
        if (result.Succeeded) return;
        item = before;
        Toasts.Problem(L.Of(result.Errors));
    }

    private async Task EditAsync()
    {
        if (await InteractionDialog.OpenAsync(Dialogs, L["card.edit"], item) is not { } saved) return;
        await ReadAsync(Gone);
        Undo.Offer(L["card.saved"], saved, () => OnChanged.InvokeAsync());
    }

    private async Task DeleteAsync()
    {
        var result = await Interactions.DeleteAsync(item.Id, Gone);
        if (!result.Succeeded)
        {
            Toasts.Problem(L.Of(result.Errors));
            return;
        }
        Undo.Offer(L["card.deleted"], result.Value, () => OnChanged.InvokeAsync());
        await OnChanged.InvokeAsync();
    }

    private Task HistoryAsync() => HistoryDialog.OpenAsync(Dialogs, L["history.title"], "Interaction", item.Id);
}
