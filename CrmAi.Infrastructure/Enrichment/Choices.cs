using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Enrichment;

/// <summary>Writes what a person chose of their own searches, to be saved with the command it belongs to. Whether they may change the record is the caller's to ask.</summary>
internal static class Choices
{
    /// <summary>What is known of the company stands at once, the rest follows by a job. Errors: enrichment.candidate.</summary>
    public static async Task<Result<RegistryEntry>> RegisterAsync(AppDbContext db, Viewer viewer, Guid accountId, CandidateChoice choice, DateTime now, CancellationToken ct)
    {
        var search = await db.LookUps.AsNoTracking().SingleOrDefaultAsync(l => l.Id == choice.LookUpId && l.UserId == viewer.Id && l.Kind == LookUpKind.Company, ct);
        if (search?.Found is not { } found || found.Companies.FirstOrDefault(c => c.SourceId == choice.SourceId) is not { } chosen) return new Error("enrichment.candidate", nameof(choice.SourceId));
        var entry = await db.RegistryEntries.SingleOrDefaultAsync(e => e.Id == accountId, ct);
        if (entry is null) db.RegistryEntries.Add(entry = new() { Id = accountId, Source = found.Source, SourceId = chosen.SourceId, Facts = Known(chosen) });
        else (entry.Source, entry.SourceId, entry.Facts, entry.Risk, entry.Officers) = (found.Source, chosen.SourceId, Known(chosen), null, []);
        entry.Verification = null;
        (entry.Link, entry.PickedBy, entry.PickedAt, entry.CheckedAt) = (chosen.Link, viewer.Id, now, found.At);
        db.Jobs.Add(RegistryJob.Of(accountId, viewer.Id, JobLane.Person, now));
        return entry;
    }

    /// <summary>Errors: enrichment.candidate.</summary>
    public static async Task<Result<NameConfirmation>> ConfirmAsync(AppDbContext db, Viewer viewer, Guid contactId, CandidateChoice choice, DateTime now, CancellationToken ct)
    {
        var search = await db.LookUps.AsNoTracking().SingleOrDefaultAsync(l => l.Id == choice.LookUpId && l.UserId == viewer.Id && l.Kind == LookUpKind.Person, ct);
        if (search?.Found is not { } found || found.People.FirstOrDefault(p => p.SourceId == choice.SourceId) is not { } page) return new Error("enrichment.candidate", nameof(choice.SourceId));
        var row = await db.NameConfirmations.SingleOrDefaultAsync(c => c.Id == contactId, ct);
        if (row is null) db.NameConfirmations.Add(row = new() { Id = contactId, Source = found.Source, Page = page });
        (row.Source, row.Page, row.RetrievedAt, row.PickedBy, row.PickedAt) = (found.Source, page, found.At, viewer.Id, now);
        return row;
    }

    // Until the rest comes.
    private static CompanyFacts Known(CompanyCandidate c) => new()
    {
        Name = c.Name, CreditCode = c.CreditCode, Status = c.Status, StatusText = c.StatusText, LegalRepresentative = c.LegalRepresentative, Capital = c.Capital, Founded = c.Founded,
    };
}
