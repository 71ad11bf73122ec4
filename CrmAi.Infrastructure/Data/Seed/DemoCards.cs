using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Platform.Files;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Cards from a fair: a dozen wait to be looked over, one of them somebody one knows, one too blurred to be read; others were saved lately, with what was put right.</summary>
internal sealed class DemoCards(IDbContextFactory<AppDbContext> contexts, IFileStore files, DateTimeOffset now)
{
    private const string Owner = "zhoulan";

    private readonly Guid batch = Ids.Next(), before = Ids.Next();

    public async Task RunAsync(IReadOnlyDictionary<string, User> people, CancellationToken ct)
    {
        var owner = people[Owner];
        var viewer = new Viewer(owner.Id, owner.Name, owner.Role, owner.TeamId, owner.TeamId is { } team ? [team] : [], owner.Language, owner.TimeZone, ChangeOrigin.Page);
        var all = JsonSerializer.Deserialize<List<DemoCard>>(Open("cards.json"), JsonColumns.Options)!;
        foreach (var (from, number) in all.Select((c, i) => (c, i + 1))) await AddAsync(viewer, from, number, ct);
    }

    private async Task AddAsync(Viewer viewer, DemoCard from, int number, CancellationToken ct)
    {
        var sent = from.Saved is null ? now.AddHours(-26).AddSeconds(number * 4).UtcDateTime : now.AddDays(-9 + (number % 4 * 2)).UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var card = await CardAsync(viewer, from, number, sent, ct);
        var job = CardRequests.Ask(card, sent);
        (job.State, job.Attempts, job.Done, job.StartedAt, job.FinishedAt) = (from.Read is null ? JobState.Failed : JobState.Done, 1, from.Read is null ? 0 : 1, sent, sent.AddMilliseconds(from.Milliseconds));
        (job.ErrorCode, job.ErrorDetail) = from.Problem is null ? (null, null) : (from.Problem, nameof(Jobs.JobPutOffException));
        var run = new AiRun
        {
            Type = AiRunType.Card, UserId = viewer.Id, InputDigest = card.Digest, Analyst = from.Read?.Reader ?? "tesseract", AnalystVersion = from.Read?.Version ?? "", Milliseconds = from.Milliseconds,
            Claims = from.Read?.Fields.Count ?? 0, ErrorCode = from.Problem, At = sent.AddMilliseconds(from.Milliseconds),
        };
        if (from.Read is { } read)
        {
            (card.State, card.Read, card.Reader, card.ReaderVersion) = (CardState.ToReview, JsonSerializer.Serialize(read, JsonColumns.Options), read.Reader, read.Version);
            (card.Milliseconds, card.AiRunId, card.ReadAt) = (from.Milliseconds, run.Id, run.At);
        }
        db.AddRange(card, job, run);
        db.Begin("card.add", viewer, sent);
        await db.SaveChangesAsync(ct);
        if (from is not { Saved: { } saved, Read: { } known }) return;
        var at = sent.AddMinutes(6);
        var contact = await new CardSaving(db, viewer, card, known, at).AddAsync(saved.Normal(), null, ct);
        (card.State, card.ContactId, card.DecidedBy, card.DecidedAt) = (CardState.Saved, contact.Value.Id, viewer.Id, at);
        db.AddRange(CardRules.Corrected(known, saved.Normal()).Select(c => new CardCorrection { CardId = card.Id, Field = c.Kind, Read = c.Read, Saved = c.Saved, Reader = known.Reader, ReaderVersion = known.Version, At = at }));
        db.Begin("card.save", viewer, at);
        await db.SaveChangesAsync(ct);
        if (contact.Value.Account is not { PrimaryContactId: null } made) return;
        made.PrimaryContactId = contact.Value.Id;
        db.Begin("account.update", viewer, at.AddMinutes(1));
        await db.SaveChangesAsync(ct);
    }

    private async Task<BusinessCard> CardAsync(Viewer viewer, DemoCard from, int number, DateTime sent, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await using (var file = Open(from.File)) await file.CopyToAsync(bytes, ct);
        var picture = Pictures.Read(bytes.ToArray()) ?? throw new InvalidOperationException($"Cards/{from.File} is no picture.");
        var stored = await files.SaveAsync(new MemoryStream(picture.Bytes), BusinessCard.MaxSize, ct);
        await using var small = Open($"Small.{from.File}");
        return new()
        {
            PreviewKey = (await files.SaveAsync(small, BusinessCard.MaxSize, ct)).Key,
            OwnerId = viewer.Id, BatchId = from.Saved is null ? batch : before, Number = number, FileName = $"IMG_{4100 + number}.jpg", StorageKey = stored.Key, ContentType = picture.ContentType, Size = stored.Size,
            Width = picture.Width, Height = picture.Height, Digest = stored.Sha256, CreatedAt = sent,
        };
    }

    private static Stream Open(string name) =>
        typeof(DemoCards).Assembly.GetManifestResourceStream($"CrmAi.Infrastructure.Data.Seed.Cards.{name}") ?? throw new InvalidOperationException($"Cards/{name} is not embedded.");

    /// <param name="Read">What the reader said of it; null where it could not be read, for the reason that <paramref name="Problem"/> names.</param>
    /// <param name="Saved">As it was saved, for one that was.</param>
    private sealed record DemoCard(string File, int Milliseconds, ReadCard? Read, string? Problem, CardForm? Saved);
}
