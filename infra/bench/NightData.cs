using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Data.Seed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Bench;

/// <summary>Contacts with three conversations each, analysed as the job of the day would: the demo's texts, read once and told to many.</summary>
internal static class NightData
{
    private const int Reps = 25, Talks = 3, Texts = 900, LongestText = 4_000, Batch = 2_000;

    public static async Task FillAsync(ServiceProvider services, int contacts, CancellationToken ct)
    {
        await services.GetRequiredService<IDatabases>().MigrateAsync(ct);
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(ct);
        if (await db.Contacts.AnyAsync(ct)) return;
        var now = DateTime.UtcNow;
        var reps = Enumerable.Range(0, Reps).Select(i => new User { Email = $"rep{i}@company.example", Name = $"Rep {i}", Role = Role.SalesRep, CreatedAt = now }).ToList();
        db.Users.AddRange(reps);
        db.Begin("bench", new(reps[0].Id, reps[0].Name, Role.Admin, null, [], "zh-CN", "UTC", ChangeOrigin.Command), now);
        await db.SaveChangesAsync(ct);
        var read = await ReadAsync(services.GetRequiredService<RulesConversationAnalyst>(), now, ct);
        // Read by whoever would read them at present: none is to be read again.
        var analyst = services.GetRequiredService<IConversationAnalyst>();
        var reader = (analyst.Name, await analyst.VersionAsync(Guid.Empty, null, ct));
        var bulk = new BulkWriter(db);
        foreach (var some in Enumerable.Range(0, contacts).Chunk(Batch))
        {
            var people = some.Select(i => new Contact { Name = $"Person {i}", OwnerId = reps[i % Reps].Id, DealValueMinor = 1_000_00L * (i % 997), CreatedAt = now.AddDays(-60), UpdatedAt = now.AddDays(-1) }).ToList();
            var told = people.SelectMany((person, place) => Enumerable.Range(0, Talks).Select(talk => Told(read[((some[place] * Talks) + talk) % read.Count], some[place], person.Id, person.OwnerId, reader, now.AddDays(-1 - talk)))).ToList();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await bulk.WriteAsync(people, ct);
            await bulk.WriteAsync(told.Select(t => t.Interaction), ct);
            await bulk.WriteAsync(told.Select(t => t.Run), ct);
            await bulk.WriteAsync(told.Select(t => t.Analysis), ct);
            await bulk.WriteAsync(told.SelectMany(t => t.Findings), ct);
            await transaction.CommitAsync(ct);
        }
        await services.GetRequiredService<IDatabases>().MeasureAsync(ct);
    }

    private static async Task<IReadOnlyList<(DemoInteraction From, ConversationResult Result)>> ReadAsync(RulesConversationAnalyst analyst, DateTime now, CancellationToken ct)
    {
        var read = new List<(DemoInteraction, ConversationResult)>();
        foreach (var from in DemoStory.Create(now).Interactions.Where(i => !i.IsScheduled && !i.IsPrivate && i.Content.Length is > 0 and < LongestText).Take(Texts))
        {
            var interaction = new Interaction { Content = from.Content, At = now, CreatedAt = now, UpdatedAt = now };
            var input = ConversationInputs.Of(interaction, [], [], "Asia/Shanghai");
            if (ConversationCheck.Apply(input, (await analyst.AnalyseAsync(input, Guid.Empty, ct)).Result) is { } kept) read.Add((from, kept.Result));
        }
        return read;
    }

    private static (Interaction Interaction, AiRun Run, ConversationAnalysis Analysis, List<ConversationFinding> Findings) Told((DemoInteraction From, ConversationResult Result) read, int number, Guid contact, Guid rep, (string Name, string Version) reader, DateTime at)
    {
        // A last word of its own, in letters, since numbers stay at home: one question for two contacts would be asked once.
        var interaction = new Interaction
        {
            ContactId = contact, AuthorId = rep, Type = read.From.Type, Direction = read.From.Direction, Content = $"{read.From.Content}\n{WordOf(number)}", At = at, CreatedAt = at, UpdatedAt = at,
        };
        var run = new AiRun { Type = AiRunType.Conversation, UserId = rep, ContactId = contact, InteractionId = interaction.Id, InputDigest = new byte[32], Analyst = reader.Name, AnalystVersion = reader.Version, At = at };
        return (interaction, run, StoredConversations.Analysis(interaction, read.Result, run), [.. StoredConversations.Findings(interaction, read.Result)]);
    }

    private static string WordOf(int number)
    {
        const string Letters = "bcdfghjkmnpqrstvwxz";
        var word = "";
        for (var left = number; word.Length < 4 || left > 0; left /= Letters.Length) word = Letters[left % Letters.Length] + word;
        return word;
    }
}
