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
    private IReadOnlyList<string> unknown = [];
    private (Evidence? Target, string? Find) sought;
    private bool busy, unchanged;

    [Inject] private IInteractions Interactions { get; set; } = null!;
    [Inject] private IConversations Conversations { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public TimelineItem Item { get; set; } = null!;
    [Parameter] public Evidence? Target { get; set; }

    /// <summary>What is searched for, marked wherever the card says it.</summary>
    [Parameter] public string? Find { get; set; }

    /// <summary>The contact's, of amounts.</summary>
    [Parameter] public string? Currency { get; set; }

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
        unchanged = ReferenceEquals(given, Item) && sought == (Target, Find);
        sought = (Target, Find);
        if (ReferenceEquals(given, Item)) return;
        given = Item;
        Show(Item);
    }

    // The timeline draws itself on every tick; of its cards only those in which something changed.
    protected override bool ShouldRender()
    {
        var render = !unchanged;
        unchanged = false;
        return render;
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        if (await Interactions.GetAsync(item.Id, ct) is { } read) Show(read);
    }

    private void Show(TimelineItem next)
    {
        if (item is null || item.Fields.Content != next.Fields.Content || !item.Fields.Speakers.SequenceEqual(next.Fields.Speakers)) (chat, unknown) = Read(next);
        item = next;
        if (Pending) Watch(LiveTopic.Contact(item.ContactId));
        else Watch();
    }

    private (ParsedChat Chat, IReadOnlyList<string> Unknown) Read(TimelineItem next)
    {
        var read = ChatParser.Parse(next.Fields.Content, new ChatContext(Clock.Offset(next.Fields.At), [], [], next.Fields.Speakers.DistinctBy(s => s.Name).ToDictionary(s => s.Name, s => s.Side)));
        return (read, UnknownSpeakers.Of(read));
    }

    private Task MarkAsync()
    {
        var on = !item.Fields.IsImportant;
        return SetAsync(f => f.IsImportant, f => f with { IsImportant = on }, L[on ? "card.marked" : "card.unmarked"]);
    }

    private Task HideAsync()
    {
        var on = !item.Fields.IsPrivate;
        return SetAsync(f => f.IsPrivate, f => f with { IsPrivate = on }, L[on ? "card.privated" : "card.unprivated"]);
    }

    private Task ArchiveAsync()
    {
        var on = !item.Fields.IsArchived;
        return SetAsync(f => f.IsArchived, f => f with { IsArchived = on }, L[on ? "card.archived" : "card.unarchived"]);
    }

    private Task AnswerAsync((string Name, ChatSide Side) answer) =>
        SetAsync(f => f.Content, f => f with { Speakers = [.. f.Speakers.Where(s => s.Name != answer.Name), new(answer.Name, answer.Side)] }, L["speakers.saved", answer.Name, L.Of(answer.Side)]);

    // Shown at once, and taken back with the reason where it is refused.
    private async Task SetAsync(Func<InteractionEdit, object?> field, Func<InteractionEdit, InteractionEdit> change, string done)
    {
        var before = item;
        Show(item with { Fields = change(item.Fields) });
        StateHasChanged();
        var result = await Interactions.ApplyAsync(before, field, change, Gone);
        if (!result.Succeeded)
        {
            Show(before);
            Toasts.Problem(L.Of(result.Errors));
            return;
        }
        Show(item with { Version = result.Value.Version });
        Undo.Offer(done, result.Value, () => OnChanged.InvokeAsync());
        await OnChanged.InvokeAsync();
    }

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
