using CrmAi.Domain.BusinessCards;
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

    // Whom saving changes, which is seen without scrolling to where it is chosen.
    private static string Into(CardMatch contact) => contact.Company is { } company ? $"{contact.Name} · {company}" : contact.Name;

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
            Undo.Offer(L["namecard.saved", mine.Text.Name ?? mine.Text.NameEn ?? ""], new Saved(saved.Value.Id, saved.Value.Version, saved.Value.ChangeSetId), () => BackAsync(id), "card");
            foreach (var left in saved.Value.LeftOut) Toasts.Problem(L[left.Field == nameof(CardSave.Registered) ? "namecard.left.Registered" : "namecard.left.Confirmed", L.Of([left])]);
            await NextAsync();
        }
        finally { saving = false; }
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
