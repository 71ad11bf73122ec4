using System.Text.Json;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>A card beside the job that reads it.</summary>
internal sealed class CardAt
{
    public required BusinessCard Card { get; init; }
    public JobState? Job { get; init; }
    public string? Problem { get; init; }
    public string? Owner { get; init; }
    public string? Contact { get; init; }

    /// <summary>As people see it: how far its reading is tells the job.</summary>
    public CardState State => Card.State != CardState.Waiting ? Card.State : Job switch
    {
        JobState.Running => CardState.Reading,
        JobState.Failed or JobState.Cancelled => CardState.Failed,
        _ => CardState.Waiting,
    };
}

internal static class CardRows
{
    public static IQueryable<CardAt> Beside(this IQueryable<BusinessCard> cards, AppDbContext db, Viewer viewer)
    {
        var contacts = db.Contacts.VisibleTo(viewer, deletedToo: true);
        return from card in cards.AsNoTracking()
               join one in db.Jobs on card.JobId equals one.Id into jobs
               from job in jobs.DefaultIfEmpty()
               select new CardAt
               {
                   Card = card, Job = job == null ? null : job.State, Problem = job == null ? null : job.ErrorCode, Owner = db.Users.Where(u => u.Id == card.OwnerId).Select(u => u.Name).FirstOrDefault(),
                   Contact = contacts.Where(c => c.Id == card.ContactId).Select(c => c.Name).FirstOrDefault(),
               };
    }

    public static IQueryable<BusinessCard> In(this IQueryable<BusinessCard> cards, AppDbContext db, CardState state) => state switch
    {
        CardState.Waiting => cards.Where(c => c.State == CardState.Waiting && !db.Jobs.Any(j => j.Id == c.JobId && j.State != JobState.Waiting && j.State != JobState.Done)),
        CardState.Reading => cards.Where(c => c.State == CardState.Waiting && db.Jobs.Any(j => j.Id == c.JobId && j.State == JobState.Running)),
        CardState.Failed => cards.Where(c => c.State == CardState.Waiting && db.Jobs.Any(j => j.Id == c.JobId && (j.State == JobState.Failed || j.State == JobState.Cancelled))),
        _ => cards.Where(c => c.State == state),
    };

    public static ReadCard? ReadOf(BusinessCard card) => card.Read is null ? null : JsonSerializer.Deserialize<ReadCard>(card.Read, JsonColumns.Options);

    /// <param name="known">Cards that somebody answers to.</param>
    public static CardRow Row(CardAt at, ReadCard? read, HashSet<Guid> known)
    {
        var (card, text) = (at.Card, CardForm.Of(read));
        return new(card.Id, card.Version, card.BatchId, card.OwnerId, at.Owner ?? "", card.FileName, at.State, at.State is CardState.Failed ? at.Problem ?? "job.fault" : null, at.Contact ?? text.Name ?? text.NameEn, text.Company ?? text.CompanyEn,
            read?.Fields.Count(f => f.IsDoubtful && read[f.Kind] == f) ?? 0, known.Contains(card.Id), at.Contact is null ? null : card.ContactId, card.CreatedAt)
        {
            HasPicture = card.StorageKey is not null,
            HasPreview = card.PreviewKey is not null,
            DecidedAt = card.DecidedAt,
        };
    }
}
