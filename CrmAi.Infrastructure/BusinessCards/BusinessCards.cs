using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BusinessCards;

internal sealed partial class BusinessCards(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, CardUploads uploads, CardMatching matching, ICardReader reader, IFileStore files, TimeProvider time) : IBusinessCards
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<UploadedCard>> UploadAsync(Guid? batch, string? fileName, Stream content, CancellationToken ct) =>
        await uploads.AddAsync(await user.GetAsync(ct), batch, fileName, content, ct);

    public async Task<IReadOnlyList<CardRow>> OpenAsync(bool everybody, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var open = Of(db, viewer, everybody).Where(c => c.State == CardState.Waiting || c.State == CardState.ToReview).Beside(db, viewer)
            .OrderBy(c => c.Card.PutOffAt != null).ThenBy(c => c.Card.PutOffAt).ThenBy(c => c.Card.Id).Take(IBusinessCards.MaxTake);
        return await RowsAsync(db, viewer, open, ct);
    }

    public async Task<Result<Page<CardRow>>> PageAsync(CardQuery query, string? after, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, IBusinessCards.MaxTake);
        var place = after is null ? null : Cursor.Parse(after);
        if (after is not null && place is null) return new Error("cursor.unknown", nameof(after));
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = Of(db, viewer, query.Everybody);
        if (query.State is { } state) found = found.In(db, state);
        if (query.BatchId is { } batch) found = found.Where(c => c.BatchId == batch);
        if (place is { } last) found = found.Where(c => c.CreatedAt <= last.At && (c.CreatedAt < last.At || c.Id < last.Id));
        var rows = await RowsAsync(db, viewer, found.Beside(db, viewer).OrderByDescending(c => c.Card.CreatedAt).ThenByDescending(c => c.Card.Id).Take(take + 1), ct);
        return new Page<CardRow>([.. rows.Take(take)], rows.Count > take ? new Cursor(rows[take - 1].CreatedAt, rows[take - 1].Id).ToString() : null);
    }

    public async Task<CardSums> SumsAsync(bool everybody, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var cards = Of(db, viewer, everybody);
        var counts = await cards.GroupBy(c => c.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var failed = await cards.In(db, CardState.Failed).CountAsync(ct);
        return new(counts.GetValueOrDefault(CardState.Waiting) - failed, counts.GetValueOrDefault(CardState.ToReview), failed, counts.GetValueOrDefault(CardState.Saved));
    }

    public async Task<CardDetail?> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.BusinessCards.VisibleTo(viewer, db).Where(c => c.Id == id).Beside(db, viewer).SingleOrDefaultAsync(ct) is not { } at) return null;
        var (read, text) = (CardRows.ReadOf(at.Card), CardForm.Of(CardRows.ReadOf(at.Card)));
        var known = at.Card.State is CardState.ToReview ? await matching.KnownAsync(db, viewer, [(id, text)], ct) : [];
        var by = at.Card.DecidedBy is { } decided ? await db.Users.Where(u => u.Id == decided).Select(u => u.Name).SingleOrDefaultAsync(ct) : null;
        return new(CardRows.Row(at, read, known), read, text, at.Card.Milliseconds, at.Card.ReadAt, by);
    }

    public async Task<PhotoContent?> PictureAsync(Guid id, CancellationToken ct, bool isSmall = false)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var card = await db.BusinessCards.VisibleTo(viewer, db).Where(c => c.Id == id && c.StorageKey != null).Select(c => new { c.ContentType, c.StorageKey, c.PreviewKey }).SingleOrDefaultAsync(ct);
        if (card is null) return null;
        return (isSmall && card.PreviewKey is { } small ? Open("image/jpeg", small) : null) ?? Open(card.ContentType, card.StorageKey!);
    }

    private PhotoContent? Open(string type, string key)
    {
        try { return new(type, files.Open(key)); }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException) { return null; }
    }

    public async Task<CardMatches?> MatchAsync(Guid id, CardForm text, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.BusinessCards.VisibleTo(viewer, db).AnyAsync(c => c.Id == id, ct) ? await matching.FindAsync(db, viewer, text.Normal(), ct) : null;
    }

    public async Task<IReadOnlyList<CorrectionCount>> CorrectionsAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var saved = db.BusinessCards.VisibleTo(viewer, db).Where(c => c.State == CardState.Saved && c.Reader != null);
        var cards = await saved.GroupBy(c => new { c.Reader, c.ReaderVersion }).Select(g => new { g.Key.Reader, g.Key.ReaderVersion, Count = g.Count() }).ToListAsync(ct);
        var fields = await db.CardCorrections.Where(x => saved.Any(c => c.Id == x.CardId)).GroupBy(x => new { x.Reader, x.ReaderVersion, x.Field }).Select(g => new { g.Key.Reader, g.Key.ReaderVersion, g.Key.Field, Count = g.Count() }).ToListAsync(ct);
        return [.. cards.SelectMany(c => CardForm.Kinds.Select(kind => new CorrectionCount(c.Reader!, c.ReaderVersion!, kind,
            fields.Where(f => f.Reader == c.Reader && f.ReaderVersion == c.ReaderVersion && f.Field == kind).Sum(f => f.Count), c.Count))).OrderByDescending(c => c.Corrected).ThenBy(c => c.Field)];
    }

    public Task<Result> ReaderAsync(CancellationToken ct) => reader.CheckAsync(ct);

    private static IQueryable<BusinessCard> Of(AppDbContext db, Viewer viewer, bool everybody)
    {
        var visible = db.BusinessCards.VisibleTo(viewer, db);
        return everybody ? visible : visible.Where(c => c.OwnerId == viewer.Id);
    }

    private async Task<IReadOnlyList<CardRow>> RowsAsync(AppDbContext db, Viewer viewer, IQueryable<CardAt> cards, CancellationToken ct)
    {
        var found = (await cards.ToListAsync(ct)).Select(at => (At: at, Read: CardRows.ReadOf(at.Card))).ToList();
        var known = await matching.KnownAsync(db, viewer, [.. found.Where(f => f.At.Card.State == CardState.ToReview).Select(f => (f.At.Card.Id, CardForm.Of(f.Read)))], ct);
        return [.. found.Select(f => CardRows.Row(f.At, f.Read, known))];
    }
}
