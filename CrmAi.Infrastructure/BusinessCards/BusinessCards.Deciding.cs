using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>What becomes of a card.</summary>
internal sealed partial class BusinessCards
{
    public async Task<Result<SavedCard>> SaveAsync(Guid id, int version, CardSave save, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        var text = save.Text.Normal();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await OpenAsync(db, viewer, id, ct);
        if (!found.Succeeded) return Result.Refused<SavedCard>(found.Errors);
        var card = found.Value;
        var errors = CardRules.Check(text, DateOnly.FromDateTime(Now));
        if (errors.Count > 0) return Result.Refused<SavedCard>(errors);
        if (card.Version != version) return Error.Conflict;
        var read = CardRows.ReadOf(card);
        var saving = new CardSaving(db, viewer, card, read, Now);
        var contact = save.ContactId is null ? await saving.AddAsync(text, save.AccountId, ct, save.Custom) : await saving.FillAsync(text, save, ct);
        if (!contact.Succeeded) return Result.Refused<SavedCard>([.. contact.Errors.Select(CardRules.InWordsOfCards)]);
        await saving.KeepChoicesAsync(contact.Value, save, ct);
        Decide(card, CardState.Saved, viewer);
        card.ContactId = contact.Value.Id;
        if (read is not null)
            db.CardCorrections.AddRange(CardRules.Corrected(read, text).Select(c => new CardCorrection { CardId = card.Id, Field = c.Kind, Read = c.Read, Saved = c.Saved, Reader = read.Reader, ReaderVersion = read.Version, At = Now }));
        var command = db.Begin("card.save", viewer, Now);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new SavedCard(card.Id, card.Version, contact.Value.Id, saving.CompanyId, command.Id) { LeftOut = saving.LeftOut };
    }

    public async Task<Result<Saved>> DiscardAsync(Guid id, CancellationToken ct, int? version = null)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await OpenAsync(db, viewer, id, ct);
        if (!found.Succeeded) return Result.Refused<Saved>(found.Errors);
        if (version is { } seen && found.Value.Version != seen) return Error.Conflict;
        Decide(found.Value, CardState.Discarded, viewer);
        var command = db.Begin("card.discard", viewer, Now);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Saved(id, found.Value.Version, command.Id);
    }

    public Task<Result> PutOffAsync(Guid id, CancellationToken ct) => ChangeAsync(id, "card.later", (_, card) =>
    {
        card.PutOffAt = Now;
        return Task.FromResult<Error?>(null);
    }, ct);

    public Task<Result> RetryAsync(Guid id, CancellationToken ct) => ChangeAsync(id, "card.retry", async (db, card) =>
    {
        if (card.State == CardState.ToReview) card.State = CardState.Waiting; // whoever waits gets a job
        else if (!await db.BusinessCards.Where(c => c.Id == card.Id).In(db, CardState.Failed).AnyAsync(ct)) return new Error("card.reading", null);
        else db.Jobs.Add(CardRequests.Ask(card, Now));
        (card.Read, card.Reader, card.ReaderVersion, card.Milliseconds, card.AiRunId, card.ReadAt) = (null, null, null, null, null, null);
        return null;
    }, ct);

    private async Task<Result> ChangeAsync(Guid id, string name, Func<AppDbContext, BusinessCard, Task<Error?>> change, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await OpenAsync(db, viewer, id, ct);
        if (!found.Succeeded) return Result.Refused(found.Errors);
        if (await change(db, found.Value) is { } refusal) return refusal;
        db.Begin(name, viewer, Now);
        return await db.TrySaveAsync(ct) is { } race ? race : Result.Ok;
    }

    // One that was dealt with already says so, whatever was asked.
    private static async Task<Result<BusinessCard>> OpenAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        if (await db.BusinessCards.VisibleTo(viewer, db).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } card) return Error.NotFound;
        return card.State is CardState.Saved or CardState.Discarded ? new Error("card.done", null) : card;
    }

    private void Decide(BusinessCard card, CardState state, Viewer viewer) => (card.State, card.DecidedAt, card.DecidedBy) = (state, Now, viewer.Id);
}
