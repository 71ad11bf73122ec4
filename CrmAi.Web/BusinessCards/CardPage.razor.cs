using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CrmAi.Web.BusinessCards;

/// <summary>A card beside what was read of it: looked over, put right, saved, and the next one is there.</summary>
public sealed partial class CardPage : LiveComponent
{
    private IReadOnlyList<CardRow> open = [];
    private IReadOnlyList<Error> errors = [];
    private CardReview? review;
    private ElementReference page;
    private IJSObjectReference? module, keys;
    private string? record, problem;
    private Guid shown, asked;
    private int generation;
    private bool missing, saving, restored, begun;

    [Inject] private IBusinessCards Cards { get; set; } = null!;
    [Inject] private IRegistryEntries Registry { get; set; } = null!;
    [Inject] private INameConfirmations Names { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Drafts Drafts { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter] public Guid Id { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == Id) return;
        (shown, review, missing, problem, errors, restored, begun) = (Id, null, false, null, [], false, false);
        var me = await CurrentUser.GetAsync(Gone);
        record = Drafts.Record(me.Id, "card", Id);
        Watch(LiveTopic.CardsOf(me.Id));
        await ReadAsync(Gone);
        if (review is { } read && read.Card.Card.OwnerId != me.Id) Watch(LiveTopic.CardsOf(me.Id), LiveTopic.CardsOf(read.Card.Card.OwnerId));
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var id = Id;
        var latest = await Cards.GetAsync(id, ct);
        var all = latest is null ? [] : await Cards.OpenAsync(latest.Card.OwnerId != (await CurrentUser.GetAsync(ct)).Id, ct);
        if (id != Id) return;
        (open, missing) = (all, latest is null);
        if (latest is null) review = null;
        else if (review is null) review = new(latest);
        else review.Show(latest);
        if (review is not null) await MatchAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                module = await Js.InvokeAsync<IJSObjectReference>("import", Gone, "./review.js");
                keys = await module.InvokeAsync<IJSObjectReference>("attach", Gone, page);
            }
            if (begun || keys is null || review is null) return;
            begun = true;
            await keys.InvokeVoidAsync("begin", Gone);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException) { }
    }

    private async Task ChangedAsync(CardFieldKind kind)
    {
        errors = [.. errors.Where(e => e.Field != kind.ToString())];
        if (kind is not (CardFieldKind.Title or CardFieldKind.TitleEn or CardFieldKind.Website or CardFieldKind.Address or CardFieldKind.AddressEn or CardFieldKind.Fax)) await MatchAsync();
    }

    // The last that was asked is shown, whichever answer comes last.
    private async Task MatchAsync()
    {
        if (review is not { Card.Card.IsOpen: true } mine) return;
        var question = asked = Guid.NewGuid();
        if (await Cards.MatchAsync(Id, mine.Text, Gone) is { } matches && question == asked && review == mine) mine.Show(matches);
    }

    private async Task SaveAsync()
    {
        if (saving || review is not { } mine) return;
        (saving, problem) = (true, null);
        try
        {
            var saved = await Cards.SaveAsync(Id, mine.Card.Card.Version, mine.ToSave(), Gone);
            errors = saved.Errors;
            if (!saved.Succeeded)
            {
                problem = saved.Errors.Any(e => e.Field is null) ? L.Of(saved.Errors.Where(e => e.Field is null)) : L["form.problems", saved.Errors.Count];
                problem += " " + L["form.kept"];
                await ReadAsync(Gone); // what was saved in between, by whomever, is shown beside what was typed
                return;
            }
            var id = Id;
            await Drafts.ClearAsync(record!, Gone);
            Undo.Offer(L["namecard.saved", mine.Text.Name ?? mine.Text.NameEn ?? ""], [saved.Value.ChangeSetId, .. await KeepOutsideAsync(mine, saved.Value)], () => BackAsync(id), "card");
            await NextAsync();
        }
        finally { saving = false; }
    }

    // What was chosen of searches outside belongs to the company and the contact, which are there only now. What is refused leaves the contact saved, and is told.
    private async Task<IReadOnlyList<Guid>> KeepOutsideAsync(CardReview mine, SavedCard saved)
    {
        var kept = new List<Guid>();
        if (mine.Registered is { } company && saved.AccountId is { } account) Keep(await Registry.PickAsync(account, company.LookUpId, company.Candidate.SourceId, Gone));
        if (mine.Confirmed is { } person) Keep(await Names.PickAsync(saved.ContactId, person.LookUpId, person.Candidate.SourceId, Gone));
        return kept;

        void Keep(Result<Saved> picked)
        {
            if (picked.Succeeded) kept.Add(picked.Value.ChangeSetId);
            else Toasts.Problem(L.Of(picked.Errors));
        }
    }

    private async Task DiscardAsync()
    {
        var id = Id;
        var discarded = await Cards.DiscardAsync(id, Gone);
        if (!discarded.Succeeded) { problem = L.Of(discarded.Errors); return; }
        Undo.Offer(L["namecard.discarded"], discarded.Value, () => BackAsync(id), "card");
        await NextAsync();
    }

    private async Task LaterAsync()
    {
        var later = await Cards.PutOffAsync(Id, Gone);
        if (!later.Succeeded) { problem = L.Of(later.Errors); return; }
        Toasts.Show(L["namecard.later.done"], slot: "card");
        await NextAsync();
    }

    private async Task RetryAsync()
    {
        var again = await Cards.RetryAsync(Id, Gone);
        problem = again.Succeeded ? null : L.Of(again.Errors);
        await ReadAsync(Gone);
    }

    // What was typed goes; what was read stands there again.
    private async Task ForgetAsync()
    {
        await Drafts.ClearAsync(record!, Gone);
        if (review is { } mine) review = new(mine.Card);
        (restored, errors, problem) = (false, [], null);
        generation++;
        await MatchAsync();
    }

    // The one behind this, or the first that is left: those that are read before those that are not.
    private async Task NextAsync()
    {
        var before = open.ToList().FindIndex(c => c.Id == Id);
        var left = (await Cards.OpenAsync(review?.Card.Card.OwnerId != (await CurrentUser.GetAsync(Gone)).Id, Gone)).Where(c => c.Id != Id).ToList();
        var behind = open.Skip(before + 1).Select(c => c.Id).ToHashSet();
        var next = left.OrderByDescending(c => c.State is CardState.ToReview or CardState.Failed).ThenByDescending(c => behind.Contains(c.Id)).FirstOrDefault();
        Navigation.NavigateTo(next is null ? "/cards" : $"/cards/{next.Id}");
    }

    private Task BackAsync(Guid card)
    {
        Navigation.NavigateTo($"/cards/{card}");
        return card == Id && !Gone.IsCancellationRequested ? InvokeAsync(async () => { await ReadAsync(Gone); StateHasChanged(); }) : Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        try
        {
            if (keys is not null)
            {
                await keys.InvokeVoidAsync("dispose", CancellationToken.None);
                await keys.DisposeAsync();
            }
            if (module is not null) await module.DisposeAsync();
        }
        catch (JSDisconnectedException) { }
    }
}
