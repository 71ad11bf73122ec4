using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Users;

internal sealed class Users(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : IUsers, IApiTokens
{
    private const int TokenLimit = 20, TokenBytes = 32, PrefixLength = 12, Suggestions = 20;
    private const string TokenMark = "crm_";

    public static readonly IReadOnlyList<string> Languages = ["zh-CN", "en"];

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<UserSettings> MeAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var me = await db.Users.AsNoTracking().SingleAsync(u => u.Id == viewer.Id, ct);
        var team = await db.Teams.Where(t => t.Id == me.TeamId).Select(t => t.Name).SingleOrDefaultAsync(ct);
        return new(me.Email, me.Name, me.Role, team, me.Language, me.TimeZone, me.Theme, me.WorkStart, me.WorkEnd, me.WorkDays, me.AutoAnalysis, me.ProfileUpdates, me.Version) { Muted = me.Muted, ScriptGeneration = me.ScriptGeneration };
    }

    public async Task<Result> SaveAsync(UserSettings settings, CancellationToken ct)
    {
        var errors = new List<Error>();
        if (!Languages.Contains(settings.Language)) errors.Add(new("settings.language.unknown", nameof(settings.Language)));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out _)) errors.Add(new("settings.timezone.unknown", nameof(settings.TimeZone)));
        if (settings.WorkEnd <= settings.WorkStart) errors.Add(new("settings.hours.order", nameof(settings.WorkEnd)));
        if (settings.WorkDays.Any(d => d is < 0 or > 6)) errors.Add(new("settings.days.range", nameof(settings.WorkDays)));
        if (errors.Count > 0) return Result.Refused(errors);

        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var me = await db.Users.SingleAsync(u => u.Id == viewer.Id, ct);
        if (me.Version != settings.Version) return Error.Conflict;
        (me.Language, me.TimeZone, me.Theme, me.WorkStart, me.WorkEnd, me.AutoAnalysis, me.ProfileUpdates) =
            (settings.Language, settings.TimeZone, settings.Theme, settings.WorkStart, settings.WorkEnd, settings.AutoAnalysis, settings.ProfileUpdates);
        me.ScriptGeneration = settings.ScriptGeneration;
        me.WorkDays = [.. settings.WorkDays.Distinct().Order()];
        me.Muted = [.. settings.Muted.Distinct().Order()];
        db.Begin("user.settings", viewer, Now);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : Result.Ok;
    }

    public async Task<IReadOnlyList<TokenRow>> TokensAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ApiTokens.Where(t => t.UserId == viewer.Id && t.RevokedAt == null).OrderByDescending(t => t.Id)
            .Select(t => new TokenRow(t.Id, t.Name, t.Prefix, t.CreatedAt, t.ExpiresAt, t.LastUsedAt)).ToListAsync(ct);
    }

    public async Task<Result<string>> MakeTokenAsync(string name, int days, CancellationToken ct)
    {
        name = OneLine.Of(name);
        if (name.Length == 0) return new Error("token.name.empty", nameof(name));
        if (name.Length > 100) return new Error("token.name.long", nameof(name), 100);
        if (days is < 1 or > 365) return new Error("token.days.range", nameof(days), 1, 365);
        var viewer = await user.GetAsync(ct);
        if (viewer.Origin == ChangeOrigin.Api) return Error.Forbidden; // a leaked token must not make others
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = Now;
        if (await db.ApiTokens.CountAsync(t => t.UserId == viewer.Id && t.RevokedAt == null && t.ExpiresAt > now, ct) >= TokenLimit) return new Error("token.limit", null, TokenLimit);
        var token = TokenMark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        db.ApiTokens.Add(new() { UserId = viewer.Id, Name = name, Prefix = token[..PrefixLength], Hash = HashOf(token), CreatedAt = now, ExpiresAt = now.AddDays(days) });
        db.Begin("token.make", viewer, now);
        await db.SaveChangesAsync(ct);
        return token;
    }

    public async Task<Result> RevokeTokenAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var token = await db.ApiTokens.SingleOrDefaultAsync(t => t.Id == id && t.UserId == viewer.Id && t.RevokedAt == null, ct);
        if (token is null) return Error.NotFound;
        token.RevokedAt = Now;
        db.Begin("token.revoke", viewer, Now);
        await db.SaveChangesAsync(ct);
        return Result.Ok;
    }

    public async Task<IReadOnlyList<UserRow>> ColleaguesAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.Where(u => u.IsActive && (viewer.Role == Role.Admin || u.Id == viewer.Id || (u.TeamId != null && viewer.TeamIds.Contains(u.TeamId.Value))))
            .OrderBy(u => u.Name).Select(u => new UserRow(u.Id, u.Name, u.Role)).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<PersonName>> FindAsync(string text, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        var words = SearchTerms.Words(text);
        if (words.Count == 0 || !viewer.May(Operation.WriteContacts)) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        // The people of one company are few: their names are read here, where pinyin is known.
        var people = await db.Users.Where(u => u.IsActive).OrderBy(u => u.Name).ThenBy(u => u.Id)
            .Select(u => new PersonName(u.Id, u.Name, db.Teams.Where(t => t.Id == u.TeamId).Select(t => t.Name).FirstOrDefault())).ToListAsync(ct);
        return [.. people.Where(p => words.All(word => IsCalled(p.Name, word))).OrderByDescending(p => ContactKeys.Fold(p.Name).StartsWith(words[0], StringComparison.Ordinal)).Take(Suggestions)];
    }

    private static bool IsCalled(string name, string word)
    {
        var folded = ContactKeys.Fold(name);
        return folded.Contains(word, StringComparison.Ordinal)
            || (Pinyin.HasReading(folded) && Pinyin.Names(folded).SelectMany(SearchTerms.Readings).Any(reading => reading.StartsWith(word, StringComparison.Ordinal)));
    }

    public async Task<Guid?> OwnerOfAsync(string token, CancellationToken ct)
    {
        if (!token.StartsWith(TokenMark, StringComparison.Ordinal) || token.Length > 100) return null;
        var hash = HashOf(token);
        var now = Now;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.ApiTokens.Where(t => t.Hash == hash && t.RevokedAt == null && t.ExpiresAt > now)
            .Join(db.Users.Where(u => u.IsActive), t => t.UserId, u => u.Id, (t, u) => new { t.Id, t.UserId, t.LastUsedAt }).SingleOrDefaultAsync(ct);
        if (found is null) return null;
        // To the minute is enough, and spares a write for each request.
        if (found.LastUsedAt is null || now - found.LastUsedAt > TimeSpan.FromMinutes(1))
            await db.ApiTokens.Where(t => t.Id == found.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), ct);
        return found.UserId;
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
