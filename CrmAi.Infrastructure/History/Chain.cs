using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CrmAi.Domain.History;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

/// <summary>
/// Seals change sets in batches, each seal over the one before, so that a removed or altered change shows.
/// Writers do not wait for it: it follows a few seconds behind them, by one hand at a time.
/// </summary>
internal sealed class Chain(IDbContextFactory<AppDbContext> contexts, FieldCipher cipher, TimeProvider time)
{
    private const int Batch = 500;

    // Sets whose ids were made earlier may still be on their way into the database.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    /// <summary>Seals what has settled; answers how many change sets that were.</summary>
    public async Task<int> SealAsync(CancellationToken ct)
    {
        var all = 0;
        for (; ; )
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var now = time.GetUtcNow().UtcDateTime;
            var before = now - Settled;
            // Before the sets: whoever seals them in between has taken the number that follows.
            var last = await db.ChangeSeals.OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
            var sets = await db.ChangeSets.Where(s => s.SealNumber == null && s.At < before).OrderBy(s => s.Id).Take(Batch).Include(s => s.Entries).ToListAsync(ct);
            if (sets.Count == 0) return all;
            var seal = new ChangeSeal { Number = (last?.Number ?? 0) + 1, Count = sets.Count, At = now, Hash = Hash(last?.Hash ?? [], sets) };
            db.ChangeSeals.Add(seal); // the number is the key: a second sealer fails here and leaves everything as it was
            foreach (var set in sets) set.SealNumber = seal.Number;
            await db.SaveChangesAsync(ct);
            all += sets.Count;
        }
    }

    public async Task<ChainCheck> VerifyAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        byte[] previous = [];
        long seals = 0, sets = 0;
        await foreach (var seal in db.ChangeSeals.AsNoTracking().OrderBy(s => s.Number).AsAsyncEnumerable().WithCancellation(ct))
        {
            await using var inner = await contexts.CreateDbContextAsync(ct);
            var covered = await inner.ChangeSets.AsNoTracking().Where(s => s.SealNumber == seal.Number).OrderBy(s => s.Id).Include(s => s.Entries).ToListAsync(ct);
            seals++;
            sets += covered.Count;
            var intact = seal.Number == seals && covered.Count == seal.Count && seal.Hash.AsSpan().SequenceEqual(Hash(previous, covered))
                && covered.SelectMany(s => s.Entries).All(PayloadFits);
            if (!intact) return new(seals, sets, seal.Number);
            previous = seal.Hash;
        }
        return new(seals, sets, null);
    }

    private bool PayloadFits(ChangeEntry entry)
    {
        if (entry.Payload is null) return true;
        try { return cipher.HistoryDigest(cipher.Decrypt(entry.Payload, "ChangeEntry.Payload")).AsSpan().SequenceEqual(entry.Digest); }
        catch (CryptographicException) { return false; } // not as we wrote it
    }

    private byte[] Hash(byte[] previous, IEnumerable<ChangeSet> sets)
    {
        using var content = new MemoryStream();
        content.Write(previous);
        foreach (var set in sets.OrderBy(s => s.Id))
        {
            content.Write(set.Id.ToByteArray(true));
            content.Write(set.UserId.ToByteArray(true));
            Number(set.At.Ticks);
            Number((long)set.Origin);
            content.Write(Encoding.UTF8.GetBytes(set.Command));
            foreach (var entry in set.Entries.OrderBy(e => e.Id))
            {
                content.Write(entry.Id.ToByteArray(true));
                content.Write(entry.RecordId.ToByteArray(true));
                Number((long)entry.Kind);
                content.Write(Encoding.UTF8.GetBytes(entry.RecordType));
                content.Write(entry.Digest);
            }
        }
        return cipher.HistoryDigest(content.ToArray());

        void Number(long value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            content.Write(bytes);
        }
    }
}
