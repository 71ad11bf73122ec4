using System.Diagnostics;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Profiles;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Profiles as the job would have made them along the way: after half of the conversations, after most, and after the last.</summary>
internal sealed class DemoProfiles(RulesProfileAnalyst analyst, IDbContextFactory<AppDbContext> contexts)
{
    private const int Fewest = 2;
    private static readonly double[] Stages = [0.5, 0.8, 1];

    private readonly List<(Interaction Interaction, ConversationAnalysis Analysis, IReadOnlyList<ConversationFinding> Findings)> talks = [];

    public void Add(Interaction interaction, ConversationAnalysis? analysis, IReadOnlyList<ConversationFinding> findings)
    {
        if (analysis is not null && !interaction.IsPrivate) talks.Add((interaction, analysis, findings));
    }

    public async Task WriteAsync(IEnumerable<Contact> contacts, IEnumerable<User> people, BulkWriter bulk, CancellationToken ct)
    {
        var (byContact, owners) = (talks.ToLookup(t => t.Interaction.ContactId), people.ToDictionary(p => p.Id));
        var made = await Task.WhenAll(contacts.Where(c => byContact[c.Id].Any()).Select(c => Task.Run(() => VersionsAsync(c, owners[c.OwnerId], [.. byContact[c.Id].OrderBy(t => t.Interaction.At)], ct), ct)));
        await bulk.WriteAsync(made.SelectMany(m => m).Select(m => m.Run), ct);
        await bulk.WriteAsync(made.SelectMany(m => m).Select(m => m.Profile), ct);
    }

    /// <summary>What reps know better: once said to be another, once said to be wrong.</summary>
    public async Task CorrectAsync(IReadOnlyCollection<Contact> contacts, IReadOnlyDictionary<Guid, User> people, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = contacts.Select(c => c.Id).ToList();
        var latest = (await db.Profiles.AsNoTracking().Where(p => ids.Contains(p.ContactId)).OrderBy(p => p.Id).ToListAsync(ct)).GroupBy(p => p.ContactId).Select(g => g.Last()).ToDictionary(p => p.ContactId);
        foreach (var (contact, daysAgo) in contacts.Where(c => latest.TryGetValue(c.Id, out var p) && p.Claims.Exists(x => x.Key == ProfileKeys.Style)).Take(2).Select((c, index) => (c, 3 + (5 * index))))
        {
            var (owner, style) = (people[contact.OwnerId], latest[contact.Id].Claims.First(c => c.Key == ProfileKeys.Style));
            var at = now.AddDays(-daysAgo).UtcDateTime;
            var right = style.Value == nameof(CommunicationStyle.Diplomatic) ? CommunicationStyle.Analytical : CommunicationStyle.Diplomatic;
            db.ProfileCorrections.Add(new() { ContactId = contact.Id, Claim = style.Identity, Value = right.ToString(), UserId = owner.Id, At = at });
            db.Begin("profile.correct", new(owner.Id, owner.Name, owner.Role, owner.TeamId, [], owner.Language, owner.TimeZone, ChangeOrigin.Page), at);
            await db.SaveChangesAsync(ct);
        }
    }

    private async Task<List<(AiRun Run, ContactProfile Profile)>> VersionsAsync(Contact contact, User owner, List<(Interaction Interaction, ConversationAnalysis Analysis, IReadOnlyList<ConversationFinding> Findings)> held, CancellationToken ct)
    {
        var versions = new List<(AiRun, ContactProfile)>();
        var facts = new ProfileFacts(contact.Title, contact.Seniority, contact.DecisionMaker, contact.BudgetAuthority, contact.Stage, contact.DealValueMinor, contact.Currency, contact.Account?.Industry);
        foreach (var count in Stages.Select(s => Math.Max((int)(s * held.Count), Math.Min(Fewest, held.Count))).Distinct())
        {
            var sources = held.Take(count).TakeLast(ProfileInputs.MostConversations).Select(h => new ProfileSource(h.Interaction.Id, h.Interaction.Type, h.Interaction.Direction, h.Interaction.At, h.Interaction.Content, h.Analysis.Sentiment, h.Analysis.Stage, h.Analysis.Summary)).ToList();
            var findings = held.SelectMany(h => h.Findings).OrderBy(f => f.Start).ThenBy(f => f.Id).ToLookup(f => f.InteractionId);
            var input = ProfileInputs.Of(contact.Id, facts, sources, findings, owner.TimeZone)!;
            var watch = Stopwatch.StartNew();
            var (claims, by) = await analyst.AnalyseAsync(input, owner.Id, ct);
            var milliseconds = (int)watch.ElapsedMilliseconds;
            if (ProfileCheck.Apply(input, claims) is not { } kept) continue;
            var run = new AiRun
            {
                Id = Guid.CreateVersion7(input.AsOf.AddSeconds(2)), Type = AiRunType.Profile, UserId = owner.Id, ContactId = contact.Id, InputDigest = ProfileInputs.DigestOf(input, by),
                Analyst = by.Analyst, AnalystVersion = by.Version, Milliseconds = milliseconds, Claims = kept.Claims.Count, Dropped = kept.Dropped, At = input.AsOf.UtcDateTime.AddSeconds(2),
            };
            versions.Add((run, StoredProfiles.Version(input, kept, run)));
        }
        return versions;
    }
}
