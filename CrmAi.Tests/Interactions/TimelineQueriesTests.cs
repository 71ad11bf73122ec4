using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Interactions;

public sealed class TimelineQueriesTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Acting my = null!;
    private Team team = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        my = db.As(await db.AddUserAsync(Role.SalesRep, team, u => u.AutoAnalysis = false));
        contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(29)]
    [InlineData(30)]
    public async Task Around_AnyEntry_ReadsOnToBothEndsWithoutGapsOrRepeats(int position)
    {
        var made = new List<Guid>();
        for (var i = 0; i < 31; i++) made.Add((await AddAsync(Samples.Interaction($"第{i}") with { At = new DateTime(2026, 1, 1 + (i / 5), 0, 0, 0, DateTimeKind.Utc) })).Id); // several at the same time
        made.Reverse();
        var part = (await my.Interactions.AroundAsync(contact, new(), made[position], 6, default)).Value;
        var seen = part.Items.Select(i => i.Id).ToList();
        seen.ShouldContain(made[position]);
        seen.Count.ShouldBeInRange(4, 9);
        for (var place = part.Newer; place is not null;)
        {
            var page = (await my.Interactions.NewerAsync(contact, new(), place, 4, default)).Value;
            seen.InsertRange(0, page.Items.Select(i => i.Id));
            place = page.Next;
        }
        for (var place = part.Older; place is not null;)
        {
            var page = (await my.Interactions.TimelineAsync(contact, new(), place, 4, default)).Value;
            seen.AddRange(page.Items.Select(i => i.Id));
            place = page.Next;
        }
        seen.ShouldBe(made);
    }

    [Fact]
    public async Task Around_WhatIsNotThere_IsNotFound()
    {
        var call = await AddAsync(Samples.Interaction());
        (await my.Interactions.AroundAsync(contact, new(), Guid.NewGuid(), 5, default)).Errors.ShouldBe([Error.NotFound]);
        (await my.Interactions.AroundAsync(contact, new(InteractionType.Email), call.Id, 5, default)).Errors.ShouldBe([Error.NotFound]);
        (await db.As(await db.AddUserAsync(Role.SalesRep)).Interactions.AroundAsync(contact, new(), call.Id, 5, default)).Errors.ShouldBe([Error.NotFound]);
        (await my.Interactions.NewerAsync(contact, new(), "nonsense", 5, default)).Errors.Single().Code.ShouldBe("cursor.unknown");
    }

    [Fact]
    public async Task Search_FindsLettersOfEitherCase_InEverythingACardShows()
    {
        var text = await AddAsync(Samples.Interaction("We talked about the Budget"));
        var transcript = await AddAsync(Samples.Interaction("电话") with { Transcript = "BUDGET 八十万" });
        var place = await AddAsync(Samples.Interaction("会议") with { Location = "Budget hall" });
        var file = (await my.Attachments.UploadAsync("budget.txt", new MemoryStream("1"u8.ToArray()), default)).Value;
        var named = await AddAsync(Samples.Interaction("附件见下") with { AttachmentIds = [file.Id] });
        await AddAsync(Samples.Interaction("别的"));
        (await IdsAsync(new(Search: "buDGet"))).ShouldBe([text.Id, transcript.Id, place.Id, named.Id], ignoreOrder: true);
        (await my.Interactions.CountAsync(contact, new(Search: "budget"), default)).ShouldBe(4);
        (await IdsAsync(new(Search: "[b]"))).ShouldBeEmpty();
        (await IdsAsync(new(Search: "\\"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Archived_IsShownOnlyWhenAskedFor()
    {
        var kept = await AddAsync(Samples.Interaction("一"));
        var archived = await AddAsync(Samples.Interaction("二") with { IsArchived = true });
        (await IdsAsync(new())).ShouldBe([kept.Id]);
        (await IdsAsync(new(Search: "二"))).ShouldBeEmpty();
        (await IdsAsync(new() { Archived = true })).ShouldBe([archived.Id]);
        (await my.Interactions.AroundAsync(contact, new() { Archived = true }, archived.Id, 5, default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Private_IsReadByItsAuthorAndAdministratorsAlone_AndOnlyTheySayWhatIs()
    {
        var hidden = await AddAsync(Samples.Interaction("只给自己", isPrivate: true));
        var open = await AddAsync(Samples.Interaction("给大家"));
        var manager = db.As(await db.AddUserAsync(Role.Manager, team));
        var admin = db.As(await db.AddUserAsync(Role.Admin));
        (await IdsAsync(new() { PrivateOnly = true })).ShouldBe([hidden.Id]);
        (await manager.Interactions.CountAsync(contact, new(), default)).ShouldBe(1);
        (await manager.Interactions.CountAsync(contact, new() { PrivateOnly = true }, default)).ShouldBe(0);
        (await manager.Interactions.AroundAsync(contact, new(), hidden.Id, 5, default)).Errors.ShouldBe([Error.NotFound]);
        (await admin.Interactions.CountAsync(contact, new(), default)).ShouldBe(2);

        var seen = (await manager.Interactions.GetAsync(open.Id, default))!;
        (seen.MayChange, seen.MayHide).ShouldBe((true, false));
        (await manager.Interactions.UpdateAsync(open.Id, 1, seen.Fields with { IsPrivate = true }, default)).Errors.Single().Code.ShouldBe("interaction.private.author");
        (await manager.Interactions.UpdateAsync(open.Id, 1, seen.Fields with { IsImportant = true }, default)).Succeeded.ShouldBeTrue();
        (await admin.Interactions.UpdateAsync(open.Id, 2, seen.Fields with { IsPrivate = true }, default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Restore_BringsBackForThirtyDays()
    {
        var talk = await AddAsync(Samples.Interaction());
        (await my.Interactions.RestoreAsync(talk.Id, default)).Errors.ShouldBe([Error.NotFound]);
        (await my.Interactions.DeleteAsync(talk.Id, default)).Succeeded.ShouldBeTrue();
        (await db.As(await db.AddUserAsync(Role.SalesRep)).Interactions.RestoreAsync(talk.Id, default)).Errors.ShouldBe([Error.NotFound]);
        (await db.As(await db.AddUserAsync(Role.Viewer, team)).Interactions.RestoreAsync(talk.Id, default)).Errors.ShouldBe([Error.Forbidden]);
        db.Clock.Advance(TimeSpan.FromDays(29));
        (await my.Interactions.RestoreAsync(talk.Id, default)).Value.Version.ShouldBe(3);
        (await IdsAsync(new())).ShouldBe([talk.Id]);
        (await my.Interactions.DeleteAsync(talk.Id, default)).Succeeded.ShouldBeTrue();
        db.Clock.Advance(TimeSpan.FromDays(31));
        (await my.Interactions.RestoreAsync(talk.Id, default)).Errors.Single().Code.ShouldBe("undo.late");
    }

    [Fact]
    public async Task EveryField_IsKeptAndReadBack()
    {
        var edit = Samples.Interaction() with
        {
            Subject = "主题",
            DurationSeconds = 90,
            Location = "二车间",
            Address = "工业园区",
            Latitude = 31.23,
            Longitude = 121.47,
            Platform = "腾讯会议",
            Outcome = InteractionOutcome.Pending,
            NextSteps = ["寄样件"],
            Topics = ["节拍"],
            FollowUpAt = new(2027, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            DealStage = CrmAi.Domain.Contacts.DealStage.Proposal,
            DealProbability = 0.4,
            DealValueMinor = 8_760_000,
            Transcript = "转写",
            RecordingUrl = "https://files.example/1",
            Methodology = "SPIN",
            MethodologyStage = "难点",
            MethodologyRating = 7,
            MethodologyNotes = "先问后说",
            IsImportant = true,
            IsPrivate = true,
        };
        var read = (await my.Interactions.GetAsync((await AddAsync(edit)).Id, default))!.Fields;
        System.Text.Json.JsonSerializer.Serialize(read).ShouldBe(System.Text.Json.JsonSerializer.Serialize(edit));
    }

    private async Task<Saved> AddAsync(InteractionEdit edit) => (await my.Interactions.AddAsync(contact, edit, default)).Value;

    private async Task<IEnumerable<Guid>> IdsAsync(TimelineFilter filter) => (await my.Interactions.TimelineAsync(contact, filter, null, 50, default)).Value.Items.Select(i => i.Id);
}
