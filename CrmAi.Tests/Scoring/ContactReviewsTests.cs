using System.Text.Json;
using System.Text.Json.Nodes;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.NextActions;
using CrmAi.Infrastructure.NightRuns;
using CrmAi.Infrastructure.Scoring;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.Scoring;

/// <summary>Many contacts at a time, past the tracker, come out as one by one through it.</summary>
public sealed class ContactReviewsTests : IAsyncLifetime
{
    private const int People = 60, Rounds = 6;

    private static readonly string[] Zones = ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"];

    private readonly BusyAnalyst analyst = new();
    private TestDatabase db = null!;

    public async Task InitializeAsync() => db = await TestDatabase.CreateAsync(s => s.Replace(ServiceDescriptor.Singleton<INextActionAnalyst>(analyst)));

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Together_OverHistoriesNobodyThoughtOf_WritesTheRowsOfOneByOne()
    {
        var (dice, now) = (new Random(20), db.Clock.Now);
        var contacts = await PeopleAsync(dice);
        var (seen, scores) = (new HashSet<SuggestionState>(), 0);
        for (var round = 0; round < Rounds; round++)
        {
            // The last two say nothing new, and one of them comes on the same day.
            if (round < Rounds - 2) await db.WriteAsync(d => { foreach (var contact in contacts) Talks(d, contact, dice, now); });
            List<string> alone;
            await using (var d = db.Open())
            {
                await using var undone = await d.Database.BeginTransactionAsync();
                foreach (var contact in contacts)
                {
                    await db.Get<ContactReviews>().PutAsync(d, NightChoice.Viewer, [contact.Id], now, default);
                    await d.SaveChangesAsync();
                    d.ChangeTracker.Clear();
                }
                alone = await RowsAsync(d);
                await undone.RollbackAsync();
            }
            await using (var d = db.Open()) await db.Get<ContactReviews>().WriteAsync(d, NightChoice.Viewer, [.. contacts.Select(c => c.Id)], now, default);
            (await db.ReadAsync(RowsAsync)).ShouldBe(alone, $"round {round}");
            foreach (var state in await db.ReadAsync(d => d.SuggestedActions.Select(s => s.State).Distinct().ToListAsync())) seen.Add(state);
            scores = await db.ReadAsync(d => d.ContactScores.CountAsync());
            await DecideAsync(dice, now);
            now = round == Rounds - 2 ? now : now.AddDays(1 + dice.Next(9));
        }
        seen.ShouldBe(Enum.GetValues<SuggestionState>(), ignoreOrder: true, "the histories bring every state");
        scores.ShouldBeGreaterThan(People, "and scores of several days");
    }

    [Fact]
    public async Task Together_NothingNewAtTheSameMoment_AddsNothing()
    {
        var (dice, now) = (new Random(3), db.Clock.Now);
        var contacts = await PeopleAsync(dice);
        await db.WriteAsync(d => { foreach (var contact in contacts) Talks(d, contact, dice, now); });
        for (var time = 0; time < 2; time++)
        {
            await using var d = db.Open();
            await db.Get<ContactReviews>().WriteAsync(d, NightChoice.Viewer, [.. contacts.Select(c => c.Id)], now, default);
        }
        (await db.ReadAsync(d => d.SuggestedActions.AllAsync(s => s.Version == 1))).ShouldBeTrue("what says the same is not written again");
        (await db.ReadAsync(d => d.ContactScores.GroupBy(s => s.ContactId).AllAsync(g => g.Count() == 1))).ShouldBeTrue();
    }

    [Fact]
    public async Task Night_WhereSomebodyDecidesMeanwhile_KeepsTheDecision()
    {
        var contacts = await AskingAsync(4);
        var one = await db.ReadAsync(d => d.SuggestedActions.OrderBy(s => s.Id).FirstAsync());
        analyst.Meanwhile = () => db.WriteAsync(d => d.SuggestedActions.Single(s => s.Id == one.Id).State = SuggestionState.Rejected);
        db.Clock.Advance(TimeSpan.FromDays(60)); // all lose their reason
        (await db.Get<NightReviews>().RunAsync(contacts, default)).ShouldBeEmpty();
        var states = await db.ReadAsync(d => d.SuggestedActions.ToDictionaryAsync(s => s.Id, s => s.State));
        states[one.Id].ShouldBe(SuggestionState.Rejected);
        states.Where(s => s.Key != one.Id).ShouldAllBe(s => s.Value == SuggestionState.Expired);
    }

    [Fact]
    public async Task Night_WhereTheDaysJobIsFirst_LeavesOneRowADay()
    {
        var contacts = await AskingAsync(3);
        await db.WriteAsync(d => d.ContactScores.RemoveRange(d.ContactScores));
        analyst.Meanwhile = async () =>
        {
            await using var d = db.Open();
            await db.Get<ContactReviews>().PutAsync(d, NightChoice.Viewer, [contacts[1]], db.Clock.Now, default);
            await d.SaveChangesAsync();
        };
        (await db.Get<NightReviews>().RunAsync(contacts, default)).ShouldBeEmpty();
        (await db.ReadAsync(d => d.ContactScores.Select(s => s.ContactId).ToListAsync())).ShouldBe(contacts, ignoreOrder: true);
    }

    [Fact]
    public async Task Night_WithOneThatCannotBeGoneOver_DoesTheOthers()
    {
        var contacts = await AskingAsync(5, gone: false);
        var broken = contacts[2];
        analyst.Refuses = await db.ReadAsync(d => d.Interactions.Where(i => i.ContactId == broken).Select(i => i.Id).SingleAsync());
        (await db.Get<NightReviews>().RunAsync(contacts, default)).ShouldBe([broken]);
        (await db.ReadAsync(d => d.SuggestedActions.Select(s => s.ContactId).Distinct().ToListAsync())).ShouldBe(contacts.Where(c => c != broken), ignoreOrder: true);
    }

    private async Task<List<Guid>> AskingAsync(int count, bool gone = true)
    {
        var rep = await db.AddUserAsync(Role.SalesRep);
        var contacts = Enumerable.Range(0, count).Select(i => new Contact { Name = $"人{i}", OwnerId = rep.Id, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now }).ToList();
        await db.WriteAsync(d =>
        {
            d.Contacts.AddRange(contacts);
            foreach (var contact in contacts) Talk(d, contact, InteractionType.WeChat, InteractionDirection.Inbound, db.Clock.Now.AddDays(-1), null, NextActionKind.SendQuote);
        });
        var ids = contacts.ConvertAll(c => c.Id);
        if (gone) (await db.Get<NightReviews>().RunAsync(ids, default)).ShouldBeEmpty();
        return ids;
    }

    private async Task<List<Contact>> PeopleAsync(Random dice)
    {
        var owners = new List<User>();
        foreach (var zone in Zones) owners.Add(await db.AddUserAsync(Role.SalesRep, change: u => u.TimeZone = zone));
        var people = Enumerable.Range(0, People).Select(i => new Contact
        {
            Name = $"人{i}", OwnerId = owners[i % owners.Count].Id, Stage = Any<DealStage>(dice), DealValueMinor = dice.Next(3) == 0 ? null : dice.Next(9_000_000), DecisionMaker = dice.Next(2) == 0, IsArchived = i % 17 == 0,
            NextFollowUpAt = dice.Next(4) == 0 ? db.Clock.Now.AddDays(dice.Next(-3, 6)) : null, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now,
        }).ToList();
        await db.WriteAsync(d => d.Contacts.AddRange(people));
        return people;
    }

    private static void Talks(AppDbContext d, Contact contact, Random dice, DateTime now)
    {
        for (var talk = dice.Next(4); talk > 0; talk--) Talk(d, contact, Any<InteractionType>(dice), Any<InteractionDirection>(dice), now.AddHours(-dice.Next(1, 400)), dice, dice.Next(2) == 0 ? Any<NextActionKind>(dice) : null);
        if (dice.Next(6) == 0) d.Interactions.Add(new() { ContactId = contact.Id, AuthorId = contact.OwnerId, Type = InteractionType.Meeting, IsScheduled = true, Content = dice.Next(2) == 0 ? "" : "议程", At = now.AddHours(dice.Next(1, 90)), CreatedAt = now, UpdatedAt = now });
    }

    private static void Talk(AppDbContext d, Contact contact, InteractionType type, InteractionDirection direction, DateTime at, Random? dice, NextActionKind? next)
    {
        const string Text = "客户: 麻烦把报价发给我，谢谢。价格有点高，老板下周决定。";
        var talk = new Interaction { ContactId = contact.Id, AuthorId = contact.OwnerId, Type = type, Direction = direction, Content = Text, IsPrivate = dice?.Next(9) == 0, At = at, CreatedAt = at, UpdatedAt = at };
        d.Interactions.Add(talk);
        if (dice?.Next(5) == 0) return; // nobody analysed it
        var run = new AiRun { Type = AiRunType.Conversation, UserId = contact.OwnerId, ContactId = contact.Id, InteractionId = talk.Id, InputDigest = new byte[32], Analyst = "rules", AnalystVersion = "1", At = at };
        d.AddRange(run, new ConversationAnalysis
        {
            InteractionId = talk.Id, ContactId = contact.Id, AiRunId = run.Id, Summary = [new(0, 8)], Sentiment = dice is null ? Sentiment.Neutral : Any<Sentiment>(dice), SentimentConfidence = dice?.NextDouble() ?? 0, NextAction = next, NextActionSpan = next is null ? null : new(4, 10),
            Analyst = "rules", AnalystVersion = "1", InputDigest = new byte[32], AnalysedAt = at,
        });
        if (dice is null) return;
        for (var finding = dice.Next(4); finding > 0; finding--)
        {
            d.Findings.Add(new()
            {
                InteractionId = talk.Id, ContactId = contact.Id, Kind = Any<FindingKind>(dice), Objection = dice.Next(2) == 0 ? Any<ObjectionKind>(dice) : null, Value = dice.Next(2) == 0 ? "x" : null,
                Date = dice.Next(3) == 0 ? DateOnly.FromDateTime(at).AddDays(dice.Next(9)) : null, Confidence = dice.NextDouble(), Start = dice.Next(10), Length = 1 + dice.Next(10),
            });
        }
    }

    private Task DecideAsync(Random dice, DateTime now) => db.WriteAsync(d =>
    {
        foreach (var action in d.SuggestedActions.Where(s => s.State == SuggestionState.Open).OrderBy(s => s.Id))
        {
            action.State = dice.Next(6) switch { 0 => SuggestionState.Accepted, 1 => SuggestionState.Rejected, 2 => SuggestionState.Snoozed, _ => SuggestionState.Open };
            if (action.State == SuggestionState.Snoozed) action.SnoozedUntil = now.AddDays(dice.Next(1, 9));
        }
    });

    // Every column but those that are another for each row that is made.
    private static async Task<List<string>> RowsAsync(AppDbContext d)
    {
        var scores = await d.ContactScores.AsNoTracking().OrderBy(s => s.ContactId).ThenBy(s => s.Day).ToListAsync();
        var actions = await d.SuggestedActions.AsNoTracking().OrderBy(s => s.ContactId).ThenBy(s => s.Key).ToListAsync();
        return [.. scores.Select(Text), .. actions.Select(Text)];

        static string Text<T>(T row)
        {
            var all = JsonSerializer.SerializeToNode(row, JsonColumns.Options)!.AsObject();
            foreach (var own in (string[])["id", "ticket"]) all.Remove(own);
            return all.ToJsonString();
        }
    }

    private static T Any<T>(Random dice) where T : struct, Enum => Enum.GetValues<T>()[dice.Next(Enum.GetValues<T>().Length)];

    /// <summary>The rules, while something else happens once, or with a conversation that they choke on.</summary>
    private sealed class BusyAnalyst : INextActionAnalyst
    {
        private readonly RulesNextActionAnalyst rules = new();

        public string Name => rules.Name;

        public string Version => rules.Version;

        public Func<Task>? Meanwhile { get; set; }

        public Guid? Refuses { get; set; }

        public async Task<IReadOnlyList<ActionCandidate>> SuggestAsync(NextActionInput input, CancellationToken ct)
        {
            var (other, _) = (Meanwhile, Meanwhile = null);
            if (other is not null) await other();
            return input.Talks.Any(t => t.Talk.InteractionId == Refuses) ? throw new FormatException("no") : await rules.SuggestAsync(input, ct);
        }
    }
}
