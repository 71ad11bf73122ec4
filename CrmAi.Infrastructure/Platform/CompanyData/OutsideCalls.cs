using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <param name="Operation">Its path, which the ledger names.</param>
/// <param name="Arguments">All that makes it another question.</param>
/// <param name="Make">The request, to the service's address.</param>
internal sealed record OutsideQuestion(string Operation, IReadOnlyList<string> Arguments, Func<Uri, HttpRequestMessage> Make);

/// <summary>
/// The one gate to outside services: an answer that is kept is given again, the same question is asked once for all who ask it at the same time, in whichever process, each request is counted against the day's quota
/// before it goes, and each question that reached the service is a run in the ledger.
/// </summary>
internal sealed class OutsideCalls(IDbContextFactory<AppDbContext> contexts, OutsideQuota quota, OutsideHolds holds, TimeProvider time)
{
    // How often it is looked whether another process has the answer by now.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly SharedWork<(string Body, DateTime At)> underWay = new();

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <param name="read">Throws <see cref="DataFaultException"/> where the answer is none.</param>
    /// <param name="count">How many facts it has, for the ledger.</param>
    public async Task<Result<Retrieved<T>>> AskAsync<T>(DataLine line, OutsideQuestion question, Func<JsonElement, T> read, Func<T, int> count, Asker asker, CancellationToken ct)
    {
        if (!line.Options.IsConfigured) return new Error("enrichment.unset", null);
        var digest = DigestOf(line, question);
        try
        {
            if (await KeptAsync(digest, asker.Since, ct) is { } kept) return new Retrieved<T>(read(DataLine.Parse(kept.Body)), line.Source, kept.At);
            var (got, _) = await underWay.DoAsync(KeyOf(digest, asker), stop => FetchAsync(line, question, digest, body => count(read(body)), asker, stop), ct);
            return new Retrieved<T>(read(DataLine.Parse(got.Body)), line.Source, got.At);
        }
        catch (DataFaultException fault)
        {
            return new Error(fault.Code, null);
        }
    }

    private async Task<(string Body, DateTime At)> FetchAsync(DataLine line, OutsideQuestion question, byte[] digest, Func<JsonElement, int> count, Asker asker, CancellationToken ct)
    {
        await using var held = await HoldAsync(digest, ct);
        // Another may have had it answered since this one looked.
        if (await KeptAsync(digest, asker.Since, ct) is { } kept) return (kept.Body, kept.At);
        var (began, sent, facts) = (time.GetTimestamp(), false, 0);
        try
        {
            var body = await line.AskAsync(question.Make, async token =>
            {
                await quota.TakeAsync(line, asker.IsWaiting, token);
                sent = true;
            }, answer => facts = count(answer), ct);
            var at = Now;
            await KeepAsync(digest, body, at, line.Options.KeepFor);
            await LogAsync(null);
            return (body, at);
        }
        catch (DataFaultException fault) when (sent)
        {
            await LogAsync(fault.Code);
            throw;
        }

        // Never cancelled: it was asked.
        async Task LogAsync(string? error)
        {
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            db.AiRuns.Add(new()
            {
                Type = AiRunType.Enrichment, UserId = asker.UserId, ContactId = asker.ContactId, InputDigest = digest, Analyst = line.Source, AnalystVersion = question.Operation, Claims = facts, ErrorCode = error,
                Milliseconds = (int)Math.Min(int.MaxValue, time.GetElapsedTime(began).TotalMilliseconds), At = Now,
            });
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    private async Task<HeldQuestion> HoldAsync(byte[] digest, CancellationToken ct)
    {
        while (true)
        {
            if (await holds.TakeAsync(digest, ct) is { } held) return held;
            // By the clock on the wall: it is another process that is waited for.
            await Task.Delay(Look, ct);
        }
    }

    private async Task<OutsideAnswer?> KeptAsync(byte[] digest, DateTime? since, CancellationToken ct)
    {
        var (now, from) = (Now, since ?? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc));
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.OutsideAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.Digest == digest && a.ExpiresAt > now && a.At >= from, ct);
    }

    private async Task KeepAsync(byte[] digest, string body, DateTime at, TimeSpan keepFor)
    {
        if (keepFor == TimeSpan.Zero) return;
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        var row = await db.OutsideAnswers.SingleOrDefaultAsync(a => a.Digest == digest, CancellationToken.None);
        if (row is null) db.OutsideAnswers.Add(new() { Digest = digest, Body = body, At = at, ExpiresAt = at + keepFor });
        else (row.Body, row.At, row.ExpiresAt) = (body, at, at + keepFor);
        await db.TrySaveAsync(CancellationToken.None); // another process asked the same at the same time: its answer is as good
    }

    // Who waits is not refused for the night's share, and who wants it newer is not given what was kept from before.
    private static string KeyOf(byte[] digest, Asker asker) => $"{Convert.ToHexString(digest)} {asker.IsWaiting} {asker.Since?.Ticks}";

    // Each part goes with its length, so that nothing moves from one to the next.
    private static byte[] DigestOf(DataLine line, OutsideQuestion question)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (string[])[line.Source, line.Address.ToString(), question.Operation, .. question.Arguments])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }
}
