using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Users;

/// <summary>What one may not read is not told by other ways either.</summary>
public sealed class PrivacyTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private Acting owner = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        owner = db.As(await db.AddUserAsync(Role.SalesRep, team));
        contact = (await owner.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Theory]
    [InlineData(Role.Admin, false)]
    [InlineData(Role.Manager, false)]
    [InlineData(Role.SupportAgent, false)]
    [InlineData(Role.SalesRep, true)]
    [InlineData(Role.Trainer, true)]
    [InlineData(Role.Analyst, true)]
    [InlineData(Role.Viewer, true)]
    public async Task Channels_ForARole_AreShownOrMasked(Role role, bool masked)
    {
        var person = db.As(await db.AddUserAsync(role, team));
        foreach (var seen in (ContactDetail[])[(await person.Contacts.GetAsync(contact, default))!, (await person.Contacts.PageAsync(new(ContactScope.All, Order: ContactOrder.Created), null, 5, default)).Value.Items.Single()])
        {
            seen.Masked.ShouldBe(masked);
            (seen.Fields.Mobile, seen.Fields.Email, seen.Fields.WeChat, seen.Fields.Personal.City, seen.Fields.SocialProfiles.Count).ShouldBe(masked
                ? ("+86****6620", "z***@maker.example", "zh***", null, 0) : ("+86 138-0000-6620", "zhang.san@maker.example", "zhangsan_88", "苏州", 1));
        }
        // Nor are they found out by trying.
        foreach (var guess in (string[])["13800006620", "+86138-0000-6620", "zhang.san@maker.example"])
            (await person.Contacts.ListAsync(new(ContactScope.All, guess), 0, 5, default)).Total.ShouldBe(masked ? 0 : 1, guess);
    }

    [Fact]
    public async Task PrivateInteraction_ForOthers_DoesNotExist()
    {
        var talk = (await owner.Interactions.AddAsync(contact, Samples.Interaction("SECRETWORD " + Samples.Talk, isPrivate: true), default)).Value;
        var mate = db.As(await db.AddUserAsync(Role.Manager, team));

        await NothingShowsAsync(); // while it waits
        (await db.DrainAsync()).ShouldBe(1);
        await NothingShowsAsync(); // and once it is analysed

        (await owner.Interactions.GetAsync(talk.Id, default))!.Analysis.Findings.ShouldNotBeEmpty();
        (await db.As(await db.AddUserAsync(Role.Admin)).Interactions.GetAsync(talk.Id, default)).ShouldNotBeNull();

        async Task NothingShowsAsync()
        {
            (await mate.Interactions.GetAsync(talk.Id, default)).ShouldBeNull();
            (await mate.Interactions.TimelineAsync(contact, new(), null, 10, default)).Value.Items.ShouldBeEmpty();
            (await mate.Interactions.TimelineAsync(contact, new(Search: "SECRETWORD"), null, 10, default)).Value.Items.ShouldBeEmpty();
            (await mate.Interactions.UpdateAsync(talk.Id, 1, Samples.Interaction(), default)).Errors.ShouldBe([Error.NotFound]);
            (await mate.Interactions.DeleteAsync(talk.Id, default)).Errors.ShouldBe([Error.NotFound]);
            (await mate.Conversations.AnalyseAsync(talk.Id, default)).Errors.ShouldBe([Error.NotFound]);
            var insight = (await mate.Conversations.InsightAsync(contact, default))!;
            (insight.Analysed, insight.Waiting, insight.Findings.Count, insight.Moods.Count, insight.NextAction).ShouldBe((0, 0, 0, 0, null));
            var row = (await mate.Contacts.ListAsync(new(ContactScope.All), 0, 5, default)).Items.Single();
            (row.Mood, row.Waiting, row.LastContactAt).ShouldBe((null, 0, null));
            var seen = (await mate.Contacts.GetAsync(contact, default))!;
            (seen.InteractionCount, seen.LastContactAt).ShouldBe((0, null));
        }
    }

    [Fact]
    public async Task AttachmentOfAPrivateInteraction_ForOthers_DoesNotOpen()
    {
        var file = (await owner.Attachments.UploadAsync("a.pdf", new MemoryStream("%PDF-1.7"u8.ToArray()), default)).Value;
        var mate = db.As(await db.AddUserAsync(Role.Manager, team));
        (await mate.Attachments.OpenAsync(file.Id, default)).ShouldBeNull();
        (await mate.Interactions.AddAsync(contact, Samples.Interaction() with { AttachmentIds = [file.Id] }, default)).Errors.Single().Code.ShouldBe("attachment.unknown");
        (await owner.Interactions.AddAsync(contact, Samples.Interaction(isPrivate: true) with { AttachmentIds = [file.Id] }, default)).Succeeded.ShouldBeTrue();
        (await mate.Attachments.OpenAsync(file.Id, default)).ShouldBeNull();
        await using var mine = (await owner.Attachments.OpenAsync(file.Id, default))!.Content;
        (await owner.Interactions.AddAsync(contact, Samples.Interaction() with { AttachmentIds = [file.Id] }, default)).Errors.Single().Code.ShouldBe("attachment.unknown");
    }

    [Fact]
    public async Task Account_CountingItsPeople_CountsThoseOneSees()
    {
        var account = (await owner.Contacts.GetAsync(contact, default))!.Account!;
        (await owner.Contacts.AddAsync(Samples.Contact("秘密", Visibility.Private), default)).Succeeded.ShouldBeTrue();
        (await owner.Accounts.GetAsync(account.Id, default))!.Contacts.ShouldBe(2);
        (await db.As(await db.AddUserAsync(Role.SalesRep, team)).Accounts.GetAsync(account.Id, default))!.Contacts.ShouldBe(1);
    }

    [Fact]
    public async Task SettingsAndTokens_OfOthers_AreOutOfReach()
    {
        var token = (await owner.Users.MakeTokenAsync("x", 1, default)).Value;
        var row = (await owner.Users.TokensAsync(default)).Single();
        (row.Prefix.Length, token.StartsWith(row.Prefix, StringComparison.Ordinal)).ShouldBe((12, true));
        var other = db.As(await db.AddUserAsync(Role.Admin));
        (await other.Users.TokensAsync(default)).ShouldBeEmpty();
        (await other.Users.RevokeTokenAsync(row.Id, default)).Errors.ShouldBe([Error.NotFound]);
        var tokens = other.Get<IApiTokens>();
        (await tokens.OwnerOfAsync(token, default)).ShouldNotBeNull();
        (await tokens.OwnerOfAsync(token + "x", default)).ShouldBeNull();
        db.Clock.Advance(TimeSpan.FromDays(1));
        (await tokens.OwnerOfAsync(token, default)).ShouldBeNull();
        (await db.As(await db.AddUserAsync(Role.Admin), ChangeOrigin.Api).Users.MakeTokenAsync("x", 1, default)).Errors.ShouldBe([Error.Forbidden]);
    }

    [Theory]
    [InlineData("", 1, "token.name.empty")]
    [InlineData("x", 0, "token.days.range")]
    [InlineData("x", 366, "token.days.range")]
    public async Task Token_OfBadInput_IsRefused(string name, int days, string code) => (await owner.Users.MakeTokenAsync(name, days, default)).Errors.Single().Code.ShouldBe(code);

    [Fact]
    public async Task Token_BeyondTwenty_IsRefused()
    {
        for (var i = 0; i < 20; i++) (await owner.Users.MakeTokenAsync($"{i}", 1, default)).Succeeded.ShouldBeTrue();
        (await owner.Users.MakeTokenAsync("x", 1, default)).Errors.Single().Code.ShouldBe("token.limit");
        (await owner.Users.MakeTokenAsync(new('x', 101), 1, default)).Errors.Single().Code.ShouldBe("token.name.long");
    }

    [Fact]
    public async Task Settings_OfBadInputOrStaleVersion_AreRefused()
    {
        var me = await owner.Users.MeAsync(default);
        var bad = me with { Language = "fr", TimeZone = "Mars/Base", WorkStart = new(18, 0), WorkEnd = new(9, 0), WorkDays = [7] };
        (await owner.Users.SaveAsync(bad, default)).Errors.Select(e => e.Code).ShouldBe(["settings.language.unknown", "settings.timezone.unknown", "settings.hours.order", "settings.days.range"]);
        (await owner.Users.SaveAsync(me with { Language = "en" }, default)).Succeeded.ShouldBeTrue();
        (await owner.Users.SaveAsync(me with { Language = "zh-CN" }, default)).Errors.ShouldBe([Error.Conflict]);
        (await owner.Users.MeAsync(default)).Language.ShouldBe("en");
    }
}
