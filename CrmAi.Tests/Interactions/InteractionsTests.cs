using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Interactions;

public sealed class InteractionsTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Acting my = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        my = db.As(await db.AddUserAsync(Role.SalesRep));
        contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Interaction_Added_ReadsBackWithLineEndsMadeAlike()
    {
        var saved = await AddAsync(Samples.Interaction("一\r\n二\r三\n<script>") with { Participants = [new("李", "CTO", "li@maker.example", null)], Speakers = [new("李", ChatSide.Customer)], Topics = ["价格"] });
        var read = (await my.Interactions.GetAsync(saved.Id, default))!;
        (read.Fields.Content, read.Version, read.MayChange).ShouldBe(("一\n二\n三\n<script>", 1, true));
        read.Fields.Participants.ShouldBe([new("李", "CTO", "li@maker.example", null)]);
        read.Fields.Speakers.ShouldBe([new("李", ChatSide.Customer)]);
    }

    [Fact]
    public async Task Interaction_WithACharacterNoDatabaseKeeps_LosesNothingBehindIt()
    {
        var saved = await AddAsync(Samples.Interaction("前\0后") with { Subject = "题\0目" });
        var read = (await my.Interactions.GetAsync(saved.Id, default))!;
        (read.Fields.Content, read.Fields.Subject).ShouldBe(("前\uFFFD后", "题 目"));
    }

    [Fact]
    public async Task Statistics_OfTheContact_FollowWhatTookPlace()
    {
        var (early, late) = (new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 2, 2, 0, 0, 0, DateTimeKind.Utc));
        await AddAsync(Samples.Interaction() with { At = early });
        var last = await AddAsync(Samples.Interaction() with { At = late });
        await AddAsync(Samples.Interaction() with { At = db.Clock.Now.AddDays(3), IsScheduled = true });
        var read = (await my.Contacts.GetAsync(contact, default))!;
        (read.InteractionCount, read.LastContactAt, read.Version).ShouldBe((2, late, 1));
        (await my.Interactions.DeleteAsync(last.Id, default)).Succeeded.ShouldBeTrue();
        read = (await my.Contacts.GetAsync(contact, default))!;
        (read.InteractionCount, read.LastContactAt).ShouldBe((1, early));
    }

    [Fact]
    public async Task Timeline_ReadToTheEnd_VisitsEachOnceNewestFirst()
    {
        var made = new List<(DateTime At, Guid Id)>();
        for (var i = 0; i < 11; i++)
        {
            var at = new DateTime(2026, 1, 1 + (i / 4), 0, 0, 0, DateTimeKind.Utc); // several at the same time
            made.Add((at, (await AddAsync(Samples.Interaction($"第{i}") with { At = at })).Id));
        }
        var seen = new List<Guid>();
        for (string? after = null; ;)
        {
            var page = (await my.Interactions.TimelineAsync(contact, new(), after, 3, default)).Value;
            seen.AddRange(page.Items.Select(i => i.Id));
            if ((after = page.Next) is null) break;
        }
        seen.ShouldBe(made.OrderByDescending(m => m.At).ThenByDescending(m => Convert.ToHexString(m.Id.ToByteArray(true)), StringComparer.Ordinal).Select(m => m.Id));
    }

    [Fact]
    public async Task Timeline_Filtered_ShowsWhatIsAskedFor()
    {
        var call = await AddAsync(Samples.Interaction("100%满意") with { Type = InteractionType.Call, Subject = "回访", IsImportant = true });
        var mail = await AddAsync(Samples.Interaction(Samples.Talk) with { Type = InteractionType.Email });
        await db.DrainAsync();
        async Task<IEnumerable<Guid>> Ids(TimelineFilter filter) => (await my.Interactions.TimelineAsync(contact, filter, null, 10, default)).Value.Items.Select(i => i.Id);
        (await Ids(new(Type: InteractionType.Email))).ShouldBe([mail.Id]);
        (await Ids(new(ImportantOnly: true))).ShouldBe([call.Id]);
        (await Ids(new(Search: "0%"))).ShouldBe([call.Id]);
        (await Ids(new(Search: "%"))).ShouldBe([call.Id]);
        (await Ids(new(Search: "_"))).ShouldBeEmpty();
        (await Ids(new(Search: "回访"))).ShouldBe([call.Id]);
        (await Ids(new(Finding: FindingKind.Objection))).ShouldBe([mail.Id]);
        (await Ids(new(Finding: FindingKind.Injection))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Interaction_SavedFromAStaleVersion_IsRefusedAndNothingOverwritten()
    {
        var saved = await AddAsync(Samples.Interaction("一"));
        (await my.Interactions.UpdateAsync(saved.Id, 1, Samples.Interaction("二"), default)).Value.Version.ShouldBe(2);
        (await my.Interactions.UpdateAsync(saved.Id, 1, Samples.Interaction("三"), default)).Errors.ShouldBe([Error.Conflict]);
        (await my.Interactions.GetAsync(saved.Id, default))!.Fields.Content.ShouldBe("二");
    }

    [Fact]
    public async Task Interaction_OfBadInput_IsRefused()
    {
        (await my.Interactions.AddAsync(Guid.NewGuid(), Samples.Interaction(), default)).Errors.ShouldBe([Error.NotFound]);
        (await my.Interactions.AddAsync(contact, Samples.Interaction(" "), default)).Errors.Single().Code.ShouldBe("interaction.content.empty");
        (await my.Interactions.AddAsync(contact, Samples.Interaction() with { AttachmentIds = [Guid.NewGuid()] }, default)).Errors.Single().Code.ShouldBe("attachment.unknown");
        (await my.Interactions.UpdateAsync(Guid.NewGuid(), 1, Samples.Interaction(), default)).Errors.ShouldBe([Error.NotFound]);
        (await my.Interactions.TimelineAsync(Guid.NewGuid(), new(), null, 5, default)).Errors.ShouldBe([Error.NotFound]);
        (await my.Interactions.TimelineAsync(contact, new(), null, 5, default)).Value.Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Times_OfAnyKind_AreKeptAsTheInstantTheyName()
    {
        var local = new DateTime(2026, 3, 4, 10, 0, 0, DateTimeKind.Local);
        var saved = await AddAsync(Samples.Interaction() with { At = local, FollowUpAt = local });
        var read = (await my.Interactions.GetAsync(saved.Id, default))!.Fields;
        (read.At, read.FollowUpAt).ShouldBe((local.ToUniversalTime(), local.ToUniversalTime()));
        foreach (var at in (DateTime[])[local, DateTime.SpecifyKind(local, DateTimeKind.Unspecified)])
        {
            var person = (await my.Contacts.AddAsync(Samples.Contact() with { NextFollowUpAt = at }, default)).Value;
            (await my.Contacts.GetAsync(person.Id, default))!.Fields.NextFollowUpAt.ShouldBe(at.Kind == DateTimeKind.Local ? at.ToUniversalTime() : DateTime.SpecifyKind(at, DateTimeKind.Utc));
        }
    }

    [Fact]
    public async Task Watchers_OfAContact_AreToldAfterEachChange()
    {
        var live = db.Get<ILiveUpdates>();
        var (told, before) = (new TaskCompletionSource<int>(), 0);
        using (live.Watch(LiveTopic.Contact(contact), async () => told.TrySetResult((await my.Interactions.TimelineAsync(contact, new(), null, 5, default)).Value.Items.Count)))
        {
            await AddAsync(Samples.Interaction());
            await Eventually.TrueAsync(() => told.Task.IsCompleted, "the watcher was not told");
            (await told.Task).ShouldBe(before + 1);
        }
        db.Get<CrmAi.Infrastructure.Platform.Live.InProcessLiveUpdates>().Watching(LiveTopic.Contact(contact)).ShouldBe(0);
    }

    private async Task<Saved> AddAsync(InteractionEdit edit) => (await my.Interactions.AddAsync(contact, edit, default)).Value;
}
