using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Profiles;

internal sealed class Profiles(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : IProfiles
{
    private const int MostVersions = 40;

    public async Task<ProfileView?> GetAsync(Guid contactId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await OfAsync(db, viewer, contactId, ct) is not { } contact) return null;
        var profile = await db.Profiles.AsNoTracking().Where(p => p.ContactId == contactId).OrderByDescending(p => p.Id).FirstOrDefaultAsync(ct);
        var job = await db.Jobs.AsNoTracking().Where(j => j.SubjectId == contactId && j.Kind == ProfileJob.Kind).OrderByDescending(j => j.Id).FirstOrDefaultAsync(ct);
        var state = job?.State switch
        {
            JobState.Waiting => AnalysisState.Waiting,
            JobState.Running => AnalysisState.Running,
            JobState.Failed => AnalysisState.Failed,
            _ => profile is null ? AnalysisState.None : AnalysisState.Done,
        };
        var may = MayCorrect(viewer, contact);
        var error = state == AnalysisState.Failed ? job!.ErrorCode : null;
        if (profile is null) return new(state, error, null, null, null, null, 0, new(0, 0, 0), may, []);
        var texts = await ProfileTexts.ReadAsync(db, viewer, contactId, [profile], ct);
        var corrections = await CorrectionsAsync(db, contactId, ct);
        var claims = ProfileViews.Claims(profile, texts, corrections);
        var last = await db.Interactions.VisibleTo(viewer, db).Where(i => i.ContactId == contactId && !i.IsPrivate && !i.IsScheduled).MaxAsync(i => (DateTime?)i.At, ct);
        var run = await db.AiRuns.Where(r => r.Id == profile.AiRunId).Select(r => new { r.Useful, r.ErrorCode }).SingleOrDefaultAsync(ct);
        var quality = DataQuality.Of([.. claims.Select(c => c.Claim)], claims.Count(c => c.Correction is not null), last is { } at ? time.GetUtcNow().UtcDateTime - at : null);
        return new(state, error, profile.AiRunId, profile.Analyst, profile.AnalystVersion, profile.At, profile.Conversations, quality, may, claims, run?.Useful, run?.ErrorCode);
    }

    public async Task<IReadOnlyList<ProfileVersion>?> HistoryAsync(Guid contactId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == contactId, ct)) return null;
        // One more than is shown, to compare the oldest of them with.
        var versions = await db.Profiles.AsNoTracking().Where(p => p.ContactId == contactId).OrderByDescending(p => p.Id).Take(MostVersions + 1).ToListAsync(ct);
        var texts = await ProfileTexts.ReadAsync(db, viewer, contactId, versions, ct);
        return [.. versions.Take(MostVersions).Select((version, at) => new ProfileVersion(version.Id, version.At, version.Analyst, version.AnalystVersion, version.Conversations,
            Changes(at + 1 < versions.Count ? versions[at + 1] : null, version, texts)))];
    }

    public async Task<Result> AnalyseAsync(Guid contactId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await OfAsync(db, viewer, contactId, ct) is not { } contact) return Error.NotFound;
        if (!MayCorrect(viewer, contact)) return Error.Forbidden;
        // One that waits by itself is from now on asked for, whatever is switched off before it runs.
        if (await db.Jobs.Where(j => j.SubjectId == contactId && j.Kind == ProfileJob.Kind && (j.State == JobState.Waiting || j.State == JobState.Running)).ExecuteUpdateAsync(set => set.SetProperty(j => j.ByHand, true), ct) > 0)
            return new Error("analysis.running", null);
        var job = ProfileRequests.JobOf(contactId, viewer.Id, JobLane.Person, time.GetUtcNow().UtcDateTime);
        job.ByHand = true;
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> CorrectAsync(Guid contactId, Correction correction, CancellationToken ct)
    {
        if (correction.Value is { } value && (string.IsNullOrWhiteSpace(value) || value.Length > ProfileCorrection.MaxValue)) return new Error("profile.value", nameof(correction.Value), ProfileCorrection.MaxValue);
        if (correction.Level is < 0 or > 100) return new Error("profile.level", nameof(correction.Level));
        if (correction.Note?.Length > ProfileCorrection.MaxNote) return new Error("profile.note.long", nameof(correction.Note), ProfileCorrection.MaxNote);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await OfAsync(db, viewer, contactId, ct) is not { } contact) return Error.NotFound;
        if (!MayCorrect(viewer, contact)) return Error.Forbidden;
        var profile = await db.Profiles.AsNoTracking().Where(p => p.ContactId == contactId).OrderByDescending(p => p.Id).FirstOrDefaultAsync(ct);
        var row = await db.ProfileCorrections.SingleOrDefaultAsync(c => c.ContactId == contactId && c.Claim == correction.Claim, ct);
        var claim = profile?.Claims.Find(c => c.Identity == correction.Claim);
        if (claim is null && row is null) return Error.NotFound;
        if (correction.Value is { } code && !ProfileKeys.Choices(ProfileKeys.Of(correction.Claim)).Contains(code.Trim())) return new Error("profile.value", nameof(correction.Value), ProfileCorrection.MaxValue);
        if (row is null) db.ProfileCorrections.Add(row = new() { ContactId = contactId, Claim = correction.Claim });
        var now = time.GetUtcNow().UtcDateTime;
        (row.Value, row.Level, row.Note, row.UserId, row.At) = (correction.Value?.Trim(), correction.Level, string.IsNullOrWhiteSpace(correction.Note) ? null : correction.Note.Trim(), viewer.Id, now);
        db.Begin("profile.correct", viewer, now);
        return await db.TrySaveAsync(ct) is { } problem ? problem : Result.Ok;
    }

    public async Task<Result> WithdrawAsync(Guid correctionId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.ProfileCorrections.SingleOrDefaultAsync(c => c.Id == correctionId, ct);
        if (row is null || await OfAsync(db, viewer, row.ContactId, ct) is not { } contact) return Error.NotFound;
        if (!MayCorrect(viewer, contact)) return Error.Forbidden;
        db.ProfileCorrections.Remove(row);
        db.Begin("profile.withdraw", viewer, time.GetUtcNow().UtcDateTime);
        return await db.TrySaveAsync(ct) is { } problem ? problem : Result.Ok;
    }

    private static Task<Contact?> OfAsync(AppDbContext db, Viewer viewer, Guid contactId, CancellationToken ct) =>
        db.Contacts.VisibleTo(viewer).AsNoTracking().Include(c => c.Shares).SingleOrDefaultAsync(c => c.Id == contactId, ct);

    // A profile is the contact's: who may not change the one, may not change the other.
    private static bool MayCorrect(Viewer viewer, Contact contact) => viewer.MayChange(contact) && viewer.May(Operation.WriteInteractions);

    private static async Task<IReadOnlyDictionary<string, (ProfileCorrection, string)>> CorrectionsAsync(AppDbContext db, Guid contactId, CancellationToken ct) =>
        (await db.ProfileCorrections.AsNoTracking().Where(c => c.ContactId == contactId).Join(db.Users, c => c.UserId, u => u.Id, (Row, u) => new { Row, u.Name }).ToListAsync(ct))
            .ToDictionary(x => x.Row.Claim, x => (x.Row, x.Name));

    private static IReadOnlyList<ShownChange> Changes(ContactProfile? before, ContactProfile after, ProfileTexts texts)
    {
        // What one may not see changed nothing that one can see.
        List<ProfileClaim> Seen(ContactProfile? profile) => profile is null ? [] : [.. profile.Claims.Where(c => texts.Quotes(c.Evidence, profile).Count > 0)];
        return [.. ProfileDiff.Between(Seen(before), Seen(after)).Select(c => new ShownChange(c, texts.Quotes(c.Because, after)))];
    }
}
