using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Contacts;

public sealed class ContactQueryTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private Acting my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("east");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        my = db.As(rep);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Conditions_Together_LeaveThoseThatMeetThemAll()
    {
        var now = db.Clock.Now;
        var folder = new Folder { OwnerId = rep.Id, Name = "f" };
        var (red, blue) = (new Tag { Name = "red" }, new Tag { Name = "blue" });
        var account = new Account { Name = "甲公司", Industry = "食品", OwnerId = rep.Id, TeamId = team.Id, CreatedAt = now, UpdatedAt = now };
        Contact Make(string name, Action<Contact>? change = null)
        {
            var made = new Contact
            {
                Name = name, OwnerId = rep.Id, TeamId = team.Id, AccountId = account.Id, FolderId = folder.Id, Priority = Priority.High, Stage = DealStage.Proposal, Seniority = Seniority.Director, Lifecycle = Lifecycle.Prospect,
                LastContactAt = now.AddDays(-5), NextFollowUpAt = now.AddDays(1), Personal = new() { BirthYear = 1987 }, CreatedAt = now, UpdatedAt = now,
            };
            made.Tags = [new() { ContactId = made.Id, TagId = red.Id }, new() { ContactId = made.Id, TagId = blue.Id }];
            change?.Invoke(made);
            return made;
        }
        await db.WriteAsync(d =>
        {
            d.AddRange(folder, red, blue, account);
            d.AddRange(Make("all"), Make("priority", c => c.Priority = Priority.Low), Make("stage", c => c.Stage = DealStage.ClosedLost), Make("folder", c => c.FolderId = null), Make("tags", c => c.Tags.RemoveAt(1)),
                Make("account", c => c.AccountId = null), Make("late", c => c.LastContactAt = now.AddDays(-1)), Make("early", c => c.LastContactAt = now.AddDays(-50)), Make("never", c => c.LastContactAt = null),
                Make("seniority", c => c.Seniority = null), Make("lifecycle", c => c.Lifecycle = Lifecycle.Lead), Make("born", c => c.Personal = new() { BirthYear = 1990 }), Make("archived", c => c.IsArchived = true), Make("follow", c => c.NextFollowUpAt = null));
        });
        var query = new ContactQuery(ContactScope.Mine, null, Priority.High, DealStage.Proposal, folder.Id, now.AddDays(2))
        {
            TagIds = [red.Id, blue.Id], OwnerId = rep.Id, AccountId = account.Id, ContactedFrom = now.AddDays(-6), ContactedBefore = now.AddDays(-4), Seniority = Seniority.Director, Lifecycle = Lifecycle.Prospect, Industry = "食品", BirthDecade = 1980,
        };

        (await NamesAsync(query)).ShouldBe(["all"]);
        (await NamesAsync(query with { Archived = true })).ShouldBe(["archived"]);
        (await NamesAsync(query with { ContactedFrom = null })).ShouldBe(["all", "early", "never"]);
        (await NamesAsync(query with { FolderId = null, Unfiled = true })).ShouldBe(["folder"]);
        (await NamesAsync(query with { TagIds = [red.Id] })).ShouldBe(["all", "tags"]);
        (await NamesAsync(query with { AccountId = null, Industry = "" })).ShouldBe(["account"]);
        (await NamesAsync(query with { BirthDecade = 1990 })).ShouldBe(["born"]);
        (await NamesAsync(query with { OwnerId = Guid.CreateVersion7() })).ShouldBeEmpty();
        (await NamesAsync(query with { Search = "jiagongsi al" })).ShouldBe(["all"]);
        var row = (await my.Contacts.ListAsync(query, 0, 5, default)).Items.Single();
        (row.OwnerId, row.FolderId, row.IsArchived).ShouldBe((rep.Id, folder.Id, false));
        row.TagIds.ShouldBe([red.Id, blue.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task Row_OfAContactWithPhotos_ShowsTheNewestProfilePhoto()
    {
        var contact = Contact("p", rep);
        ContactPhoto Photo(PhotoKind kind) => new() { ContactId = contact.Id, Kind = kind, Source = PhotoSource.Upload, StorageKey = "k", ContentType = "image/png", AddedAt = db.Clock.Now };
        var (old, newest, other) = (Photo(PhotoKind.Profile), Photo(PhotoKind.Profile), Photo(PhotoKind.Event));
        await db.WriteAsync(d => d.AddRange(contact, old, newest, other));
        (await my.Contacts.ListAsync(new(), 0, 5, default)).Items.Single().Photo.ShouldBe(newest.Id);
    }

    [Fact]
    public async Task Scopes_OfEachRole_HoldWhatTheyMaySeeAndNoMore()
    {
        var south = await db.AddTeamAsync("south");
        var (colleague, stranger, manager, analyst) = (await db.AddUserAsync(Role.SalesRep, team), await db.AddUserAsync(Role.SalesRep, south), await db.AddUserAsync(Role.Manager, team), await db.AddUserAsync(Role.Analyst));
        await db.WriteAsync(d => d.AddRange(Contact("mine", rep), Contact("my own", rep, Visibility.Private), Contact("team's", colleague), Contact("colleague's own", colleague, Visibility.Private),
            Contact("south's", stranger), Contact("everybody's", stranger, Visibility.Public), Contact("south's own", stranger, Visibility.Private)));

        (await NamesAsync(new(ContactScope.Mine))).ShouldBe(["mine", "my own"]);
        (await NamesAsync(new(ContactScope.Team))).ShouldBe(["mine", "my own", "team's"]);
        (await NamesAsync(new(ContactScope.All))).ShouldBe(["everybody's", "mine", "my own", "team's"]);
        (await NamesAsync(new(ContactScope.All) { OwnerId = stranger.Id })).ShouldBe(["everybody's"]);
        (await NamesAsync(new(ContactScope.Team), db.As(manager))).ShouldBe(["mine", "team's"]);
        (await NamesAsync(new(ContactScope.All), db.As(analyst))).ShouldBe(["everybody's", "mine", "south's", "team's"]);
        foreach (var search in (string[])["own", "s"])
            (await NamesAsync(new(ContactScope.All, search), db.As(stranger))).ShouldBe(search == "own" ? ["south's own"] : ["everybody's", "south's", "south's own"]);
    }

    [Fact]
    public async Task Groups_OfEachKind_CountWhatTheListHolds()
    {
        var colleague = await db.AddUserAsync(Role.SalesRep, team);
        Account Company(string name, string? industry) => new() { Name = name, Industry = industry, OwnerId = rep.Id, TeamId = team.Id, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now };
        var (food, bare) = (Company("甲", "食品"), Company("乙", null));
        void Fill(Contact c, Account? account, Seniority? seniority, int? born) => (c.AccountId, c.Seniority, c.Personal) = (account?.Id, seniority, new() { BirthYear = born });
        var all = Enumerable.Range(0, 6).Select(i => Contact($"c{i}", i < 4 ? rep : colleague, i == 5 ? Visibility.Private : Visibility.Team)).ToList();
        Fill(all[0], food, Seniority.Manager, 1981);
        Fill(all[1], food, Seniority.Manager, 1989);
        Fill(all[2], bare, null, 1990);
        Fill(all[3], null, Seniority.CLevel, null);
        Fill(all[4], food, Seniority.CLevel, 1985);
        Fill(all[5], food, Seniority.CLevel, 1985);
        await db.WriteAsync(d => { d.AddRange(food, bare); d.AddRange(all); });

        (await GroupsAsync(new(ContactScope.Team), ContactGrouping.Industry)).ShouldBe(["食品 3", " 2"]);
        (await GroupsAsync(new(ContactScope.Mine), ContactGrouping.Industry)).ShouldBe([" 2", "食品 2"]);
        (await GroupsAsync(new(ContactScope.Team), ContactGrouping.Seniority)).ShouldBe(["CLevel 2", "Manager 2", " 1"]);
        (await GroupsAsync(new(ContactScope.Team, Search: "c0"), ContactGrouping.Seniority)).ShouldBe(["Manager 1"]);
        // The colleague's details are not for this viewer: neither counted nor found.
        (await GroupsAsync(new(ContactScope.Team), ContactGrouping.BirthDecade)).ShouldBe(["1980 2", " 1", "1990 1"]);
        (await NamesAsync(new(ContactScope.Team) { BirthDecade = 1980 })).ShouldBe(["c0", "c1"]);
    }

    [Fact]
    public async Task Groups_ByFolder_CountWhatTheFilterLeavesInEach()
    {
        var (first, second) = (new Folder { OwnerId = rep.Id, Name = "f" }, new Folder { OwnerId = rep.Id, Name = "g" });
        var all = Enumerable.Range(0, 4).Select(i => Contact($"c{i}", rep)).ToList();
        (all[0].FolderId, all[1].FolderId, all[2].FolderId) = (first.Id, first.Id, second.Id);
        (all[1].Priority, all[2].Priority) = (Priority.High, Priority.High);
        await db.WriteAsync(d => { d.AddRange(first, second); d.AddRange(all); });

        (await GroupsAsync(new(), ContactGrouping.Folder)).ShouldBe([$"{first.Id} 2", $"{second.Id} 1", " 1"], ignoreOrder: true);
        (await GroupsAsync(new(Priority: Priority.High), ContactGrouping.Folder)).ShouldBe([$"{first.Id} 1", $"{second.Id} 1"], ignoreOrder: true);
    }

    [Fact]
    public async Task Total_AfterASave_IsCountedAnew()
    {
        (await my.Contacts.ListAsync(new(), 0, 5, default)).Total.ShouldBe(0);
        var id = (await my.Contacts.AddAsync(new() { Name = "new" }, default)).Value.Id;
        (await my.Contacts.ListAsync(new(), 0, 5, default)).Total.ShouldBe(1);
        (await my.Contacts.DeleteAsync(id, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.ListAsync(new(), 0, 5, default)).Total.ShouldBe(0);
    }

    private Contact Contact(string name, User owner, Visibility visibility = Visibility.Team) =>
        new() { Name = name, OwnerId = owner.Id, TeamId = owner.TeamId, Visibility = visibility, CreatedAt = db.Clock.Now, UpdatedAt = db.Clock.Now };

    private async Task<List<string>> NamesAsync(ContactQuery query, Acting? who = null) =>
        [.. (await (who ?? my).Contacts.ListAsync(query, 0, 50, default)).Items.Select(c => c.Name).Order(StringComparer.Ordinal)];

    private async Task<List<string>> GroupsAsync(ContactQuery query, ContactGrouping by) => [.. (await my.Contacts.GroupsAsync(query, by, default)).Select(g => $"{g.Key} {g.Contacts}")];
}
